import { VirgaError } from '../../model/errors.ts';
import type { Command, CommandGroup } from '../command.ts';
import { listingFormat, printListing } from '../listing.ts';
import { printLines } from '../output.ts';

const importCommand = {
  name: 'import',
  summary: 'read files that tell what adversary software looks like, and print what they say',
  define: (command) => {
    command
      .argument('<path...>', 'files or directories; - is standard input; the kind is told from the content')
      .option('-f, --format <format>', 'ndjson: one line a file', 'ndjson')
      .addHelpText(
        'after',
        '\nExamples:\n  virga characteristics import profiles/ --format ndjson\n  virga hunt logs/ --characteristics profiles/',
      );
  },
  run: async (args, options, io) => {
    const { readCharacteristics } = await import('../../pipeline/characteristics.ts');
    if (options.format !== 'ndjson')
      throw new VirgaError('usage.wrong', `--format takes ndjson, not ${JSON.stringify(options.format)}.`);
    const counts = { parsed: 0, failed: 0 };
    await printLines(io.stdout, counted(readCharacteristics(args, io.stdin), counts));
    if (counts.parsed === 0 && counts.failed > 0)
      throw new VirgaError(
        'characteristics.unreadable',
        `None of ${counts.failed} files could be read; the output says why.`,
      );
    return 0;
  },
} satisfies Command;

async function* counted<T extends { readonly parsed: boolean }>(
  reports: AsyncIterable<T>,
  counts: { parsed: number; failed: number },
): AsyncGenerator<T> {
  for await (const report of reports) {
    counts[report.parsed ? 'parsed' : 'failed']++;
    yield report;
  }
}

const listCommand = {
  name: 'list',
  summary: 'list the characteristics that are built in, with their sources',
  define: listingFormat,
  run: async (_args, options, io) => {
    const { knownSoftware } = await import('../../pipeline/known-software.ts');
    return printListing(knownSoftware(), options, io);
  },
} satisfies Command;

/** What known adversary software looks like. */
export const characteristicsCommand = {
  name: 'characteristics',
  summary: 'what known adversary software looks like: profiles, configurations, fingerprints',
  commands: [importCommand, listCommand],
} satisfies CommandGroup;
