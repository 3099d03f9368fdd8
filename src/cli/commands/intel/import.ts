import { VirgaError } from '../../../model/errors.ts';
import type { Command } from '../../command.ts';
import { readCount } from '../../options.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

/** Files of indicators into the workspace; what is there already is not added twice. */
export const importCommand = {
  name: 'import',
  summary: 'take indicators from files into the workspace; importing the same again changes nothing',
  define: (command) => {
    deskOptions(command.argument('<path...>', 'files or directories; - is standard input; .gz and .zst as they are'))
      .option(
        '--mapping <file>',
        'a file in YAML that says where the items of a JSON file are and what its fields mean',
      )
      .option(
        '--dry-run',
        'with --mapping: print the first records as indicators, then what stayed unmapped; keep nothing',
      )
      .option('--first <records>', 'records that --dry-run prints', '10')
      .option('--by <name>', 'who imports, as claimed; default: the account of the system')
      .option('-f, --format <format>', 'table or json', 'table')
      .addHelpText(
        'after',
        '\nExamples:\n  virga intel import feeds/ --workspace hunting\n  curl -s https://feed.example/list.csv | virga intel import - -w hunting --format json\n  virga intel import acme.json --mapping acme.yaml --dry-run',
      );
  },
  run: async (args, options, io) => {
    const format = oneOf('--format', options.format, ['table', 'json']);
    const mapping = textOption(options.mapping);
    if (options.dryRun === true) {
      if (mapping === null) throw new VirgaError('usage.wrong', '--dry-run needs --mapping: it tries a mapping file.');
      const { tryIntelMapping } = await import('../../../pipeline/intel/mapping.ts');
      const lines = await tryIntelMapping(mapping, args, readCount('--first', String(options.first)));
      for (const line of lines) io.stdout.write(`${JSON.stringify(line)}\n`);
      return 0;
    }
    const { importIntel } = await import('../../../pipeline/intel/import.ts');
    const { importTable } = await import('../../../pipeline/intel/words.ts');
    const report = await importIntel(args, {
      ...readDesk(options, false),
      by: textOption(options.by),
      now: () => new Date(),
      stdin: bytesOf(io.stdin),
      mapping,
    });
    io.stdout.write(format === 'json' ? `${JSON.stringify(report)}\n` : importTable(report));
    return 0;
  },
} satisfies Command;

async function* bytesOf(stdin: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const piece of stdin) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
