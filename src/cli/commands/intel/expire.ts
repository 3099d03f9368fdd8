import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { printLines } from '../../output.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

/** The queue of what expires. */
export const expireCommand = {
  name: 'expire',
  summary: 'list what expired since it was last announced, what expires soon, and what has faded',
  define: (command) => {
    deskOptions(command)
      .option('--within <days>', 'days ahead', '7')
      .option('--announce', 'remember that what expired by now was announced, so that it is not listed again')
      .option('--by <name>', 'who announces, as claimed; default: the account of the system')
      .option('-f, --format <format>', 'ndjson', 'ndjson')
      .addHelpText(
        'after',
        '\nExpiry needs no command: an indicator stops to convict at its time. This one tells you.',
      );
  },
  run: async (_args, options, io) => {
    oneOf('--format', options.format, ['ndjson']);
    const within = Number(options.within);
    if (!Number.isFinite(within) || within < 0)
      throw new VirgaError('usage.wrong', `--within takes days, not ${JSON.stringify(options.within)}.`);
    const { expireIntel } = await import('../../../pipeline/intel/expire.ts');
    const queue = await expireIntel({
      ...readDesk(options),
      within,
      announce: options.announce === true,
      by: textOption(options.by),
      now: () => new Date(),
    });
    await printLines(io.stdout, each(queue));
    return 0;
  },
} satisfies Command;

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
