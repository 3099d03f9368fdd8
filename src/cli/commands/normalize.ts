import { VirgaError } from '../../model/errors.ts';
import type { Normalized } from '../../pipeline/normalize.ts';
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
      .option('--as <format>', 'read everything as this format (see `virga formats`)')
      .option('--mapping <file...>', 'formats of your own, each a file in YAML (see `virga formats --help`)')
      .option('--raw', 'add each record as it stands in the log');
  },
  run: async (args, options, io) => {
    const { normalize } = await import('../../pipeline/normalize.ts');
    const { schema } = options;
    if (schema !== 'ocsf' && schema !== 'ecs')
      throw new VirgaError('usage.wrong', `--schema takes ocsf or ecs, not ${JSON.stringify(schema)}.`);
    const records = normalize(args, {
      schema,
      as: typeof options.as === 'string' ? options.as : null,
      mappings: Array.isArray(options.mapping) ? options.mapping.map(String) : [],
      raw: options.raw === true,
      stdin: io.stdin,
      note: (text) => io.stderr.write(`virga: ${text}\n`),
    });
    const counts = { accepted: 0, refused: 0 };
    await printLines(io.stdout, counted(records, counts));
    if (counts.accepted === 0 && counts.refused > 0)
      throw new VirgaError(
        'format.unknown',
        `Not one of ${counts.refused} records could be read; the output says why.`,
      );
    return 0;
  },
} satisfies Command;

async function* counted(
  records: AsyncIterable<Normalized>,
  counts: { accepted: number; refused: number },
): AsyncGenerator<Normalized> {
  for await (const record of records) {
    counts['event' in record ? 'accepted' : 'refused']++;
    yield record;
  }
}
