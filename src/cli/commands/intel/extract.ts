import type { Command } from '../../command.ts';
import { printLines } from '../../output.ts';
import { oneOf } from './options.ts';

/** What reports name, with the sentence of each: to be looked at before it is imported. */
export const extractCommand = {
  name: 'extract',
  summary: 'print what written reports name, item by item, each with its sentence; nothing is kept',
  define: (command) => {
    command
      .argument(
        '<path...>',
        'reports: text, Markdown, HTML or PDF; directories; - is standard input; .gz and .zst as they are',
      )
      .option('-f, --format <format>', 'ndjson', 'ndjson')
      .addHelpText(
        'after',
        `
Each line has \`text\` as it is written, what it was taken \`as\`, the \`sentence\`, \`offset\`, \`page\` and \`line\`.
  indicator  defanged, a hash, or listed under a heading that says indicators
  context    named in passing: imported, but convicts nobody until somebody approves it
  honest     a reference, the publisher's own, a private address, a file name (\`why\`)
  trait      a user agent, request path or header: use the report with --characteristics
  unread     defanged, but no value (\`why\`)

Examples:
  virga intel extract report.pdf
  virga intel import report.pdf -w hunting
  virga hunt logs/ --characteristics report.pdf -w hunting`,
      );
  },
  run: async (args, options, io) => {
    oneOf('--format', options.format, ['ndjson']);
    const { extract } = await import('../../../pipeline/intel/extract.ts');
    await printLines(io.stdout, extract(args, bytesOf(io.stdin)));
    return 0;
  },
} satisfies Command;

async function* bytesOf(stdin: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const piece of stdin) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
