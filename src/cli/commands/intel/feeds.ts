import path from 'node:path';
import { VirgaError } from '../../../model/errors.ts';
import type { FeedSettings } from '../../../pipeline/intel/feed-settings.ts';
import type { Command } from '../../command.ts';
import { printLines } from '../../output.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

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
      .option('--type <type>', 'file, misp (a manifest) or taxii; default: told by the place')
      .option('--collection <id>', 'a TAXII 2.1 collection, by id or title; without it all that may be read')
      .option('--mapping <file>', 'mapping file by which its JSON is read (see `virga intel import --help`)')
      .option('--authorization-env <variable>', 'environment variable that holds the authorization header')
      .option('--authorization-file <file>', 'file that holds it instead')
      .option('--user <name>', 'HTTP Basic: the variable or file holds the password')
      .option('--auth-header <name>', 'header that the secret is sent in, such as Auth-Key', 'authorization')
      .option('--inside <cidr>', 'a private range that may be asked: your own servers; may be repeated', collect, [])
      .option('--remove', 'remove the feed; what it brought stays')
      .option('--by <name>', 'who does it, as claimed; default: the account of the system')
      .addHelpText(
        'after',
        '\nA feed is ill when it is failing, late, empty, shrunk or changed in shape.\n\nExamples:\n  virga intel feeds abuse https://feed.example/list.csv --every 6 -w hunting\n  virga intel feeds osint https://misp.example/feed/manifest.json -w hunting\n  virga intel feeds cert https://taxii.example/api1/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/ --user me --authorization-env CERT_PASSWORD -w hunting\n  virga intel feeds -w hunting',
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
    const feed = options.remove === true || from === undefined ? null : settingsOf(from, every, options);
    await setFeed(desk, name, feed);
    return 0;
  },
} satisfies Command;

const mappingOf = (file: string | null): string | null => (file === null ? null : path.resolve(file));

const WAYS: readonly NonNullable<FeedSettings['way']>[] = ['file', 'misp', 'taxii'];

function settingsOf(from: string, every: number, options: Record<string, unknown>): FeedSettings {
  const header = String(options.authHeader);
  if (!/^[A-Za-z0-9-]{1,60}$/.test(header))
    throw new VirgaError('usage.wrong', `--auth-header takes the name of a header, not ${JSON.stringify(header)}.`);
  return {
    ...{ from, every, header, user: textOption(options.user), collection: textOption(options.collection) },
    ...{ authorization: textOption(options.authorizationEnv), secretFile: textOption(options.authorizationFile) },
    inside: Array.isArray(options.inside) ? options.inside.map(String) : [],
    mapping: mappingOf(textOption(options.mapping)),
    way: oneOf('--type', options.type, WAYS) ?? null,
  };
}

/** Pulls what is due. */
export const pullCommand = {
  name: 'pull',
  summary: 'pull the feeds that are due into the workspace',
  define: (command) => {
    deskOptions(command.argument('[name...]', 'these feeds, due or not'))
      .option('--all', 'every feed, due or not')
      .option('--by <name>', 'who pulls, as claimed; default: the account of the system')
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
