import { VirgaError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import { printLines } from '../output.ts';

/** Log lines as standard events, one NDJSON line a record, in the order of the files. */
export const normalizeCommand = {
  name: 'normalize',
  summary: 'print log records as OCSF or ECS events, with what was refused and why',
  define: (command) => {
    command
      .argument('<path...>', 'log files or directories; - is standard input')
      .option('--schema <schema>', 'ocsf or ecs', 'ocsf')
      .option('--as <format>', 'read everything as this format (see `virga formats`)');
  },
  run: async (args, options, io) => {
    const { normalize } = await import('../../pipeline/normalize.ts');
    const { schema } = options;
    if (schema !== 'ocsf' && schema !== 'ecs')
      throw new VirgaError('usage.wrong', `--schema takes ocsf or ecs, not ${JSON.stringify(schema)}.`);
    await printLines(io.stdout, normalize(args, { schema, as: typeof options.as === 'string' ? options.as : null }));
    return 0;
  },
} satisfies Command;
