import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { printLines } from '../../output.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Warning lists: what is in force, take in, remove, ask. */
export const warningsCommand = {
  name: 'warnings',
  summary: 'list the warning lists in force, take MISP lists in, remove one, or ask about values',
  define: (command) => {
    deskOptions(command.argument('[path...]', 'list.json files of MISP, or folders of them'))
      .option(
        '--effect <effect>',
        'hold: what is on it may not convict; inform: the evidence says so; default: by list',
      )
      .option('--remove <name>', 'take this list out of force, one of ours too')
      .option('--ask', 'the arguments are hosts, URLs, addresses or hashes: say which lists they are on')
      .option('--by <name>', 'who does it, as claimed; default: the account of the system')
      .addHelpText(
        'after',
        '\nPrints NDJSON: the lists in force, or one line a file or value. A later version of a name replaces the earlier one.\n\nExamples:\n  virga intel warnings misp-warninglists/lists -w hunting\n  virga intel warnings lots-project/list.json --effect inform -w hunting\n  virga intel warnings --ask docs.google.com evil.workers.dev -w hunting',
      );
  },
  run: async (paths, options, io) => {
    const { addWarnings, askWarnings, listWarnings, removeWarnings } = await import(
      '../../../pipeline/intel/warnings.ts'
    );
    const desk = { ...readDesk(options), by: textOption(options.by), now: () => new Date() };
    const remove = textOption(options.remove);
    const effect = oneOf('--effect', options.effect, ['hold', 'inform']) ?? null;
    if (remove !== null && paths.length > 0) throw new VirgaError('usage.wrong', '--remove takes no files besides.');
    if (remove !== null) await removeWarnings(desk, remove);
    else if (options.ask === true) await printLines(io.stdout, each(await askWarnings(desk, paths)));
    else if (paths.length === 0) await printLines(io.stdout, each(await listWarnings(desk)));
    else {
      const taken = await addWarnings(desk, paths, effect);
      await printLines(io.stdout, each(taken));
      if (taken.length > 0 && taken.every(({ outcome }) => outcome === 'no list')) return 1;
    }
    return 0;
  },
} satisfies Command;
