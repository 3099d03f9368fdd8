import type { Command } from '../../command.ts';
import { deskOptions, oneOf, readDesk, textOption } from './options.ts';

/** Files of indicators into the workspace; what is there already is not added twice. */
export const importCommand = {
  name: 'import',
  summary: 'take indicators from files into the workspace; importing the same again changes nothing',
  define: (command) => {
    deskOptions(command.argument('<path...>', 'files or directories; - is standard input; .gz and .zst as they are'))
      .option('--by <name>', 'who imports; default: the account of the system')
      .option('-f, --format <format>', 'table or json', 'table')
      .addHelpText(
        'after',
        '\nExamples:\n  virga intel import feeds/ --workspace hunting\n  curl -s https://feed.example/list.csv | virga intel import - -w hunting --format json',
      );
  },
  run: async (args, options, io) => {
    const format = oneOf('--format', options.format, ['table', 'json']);
    const { importIntel } = await import('../../../pipeline/intel/import.ts');
    const { importTable } = await import('../../../pipeline/intel/words.ts');
    const report = await importIntel(args, {
      ...readDesk(options, false),
      by: textOption(options.by),
      now: () => new Date(),
      stdin: bytesOf(io.stdin),
    });
    io.stdout.write(format === 'json' ? `${JSON.stringify(report)}\n` : importTable(report));
    return 0;
  },
} satisfies Command;

async function* bytesOf(stdin: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const piece of stdin) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
