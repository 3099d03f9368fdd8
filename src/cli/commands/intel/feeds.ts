import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { printLines } from '../../output.ts';
import { deskOptions, readDesk, textOption } from './options.ts';

const collect = (value: string, before: string[]): string[] => [...before, value];

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Feeds: list them with their health, set one, remove one. */
export const feedsCommand = {
  name: 'feeds',
  summary: 'list feeds with their health, set one up, or remove it',
  define: (command) => {
    deskOptions(
      command.argument('[name]', 'a feed to set up or remove').argument('[from]', 'its URL, file or directory'),
    )
      .option('--every <hours>', 'hours between two pulls', '24')
      .option('--authorization-env <variable>', 'environment variable that holds the authorization header')
      .option('--inside <cidr>', 'a private range that may be asked: your own servers; may be repeated', collect, [])
      .option('--remove', 'remove the feed; what it brought stays')
      .option('--by <name>', 'who does it; default: the account of the system')
      .addHelpText(
        'after',
        '\nA feed is ill when it is failing, late, empty, shrunk or changed in shape.\n\nExamples:\n  virga intel feeds abuse https://feed.example/list.csv --every 6 -w hunting\n  virga intel feeds -w hunting',
      );
  },
  run: async ([name, from], options, io) => {
    const { listFeeds, setFeed } = await import('../../../pipeline/intel/feeds.ts');
    const desk = { ...readDesk(options), by: textOption(options.by), now: () => new Date() };
    if (name === undefined) {
      await printLines(io.stdout, each(await listFeeds(desk)));
      return 0;
    }
    const every = Number(options.every);
    if (!(every > 0)) throw new VirgaError('usage.wrong', `--every takes hours, not ${JSON.stringify(options.every)}.`);
    if (options.remove !== true && from === undefined)
      throw new VirgaError('usage.wrong', 'Say where the feed comes from, or give --remove.');
    const inside = Array.isArray(options.inside) ? options.inside.map(String) : [];
    const authorization = textOption(options.authorizationEnv);
    await setFeed(
      desk,
      name,
      options.remove === true || from === undefined ? null : { from, every, authorization, inside },
    );
    return 0;
  },
} satisfies Command;

/** Pulls what is due. */
export const pullCommand = {
  name: 'pull',
  summary: 'pull the feeds that are due into the workspace',
  define: (command) => {
    deskOptions(command.argument('[name...]', 'these feeds, due or not'))
      .option('--all', 'every feed, due or not')
      .option('--by <name>', 'who pulls; default: the account of the system')
      .addHelpText(
        'after',
        '\nPrints one line a feed; exit status 1 where one failed. Nothing is fetched again that did not change (ETag, Last-Modified).\n\nExample, from cron:\n  virga intel pull -w hunting && virga retro -w hunting --exit-code',
      );
  },
  run: async (names, options, io) => {
    const { pullFeeds } = await import('../../../pipeline/intel/feeds.ts');
    const person = { by: textOption(options.by), now: () => new Date() };
    const pulled = await pullFeeds({ ...readDesk(options), ...person, names, all: options.all === true });
    await printLines(io.stdout, each(pulled));
    return pulled.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
  },
} satisfies Command;
