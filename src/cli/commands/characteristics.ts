import { VirgaError } from '../../model/errors.ts';
import type { Command, CommandGroup } from '../command.ts';
import { listingFormat, printListing } from '../listing.ts';
import { printLines, writeReport } from '../output.ts';

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

const exportCommand = {
  name: 'export',
  summary: 'write what adversary software looks like for the tools of others: Sigma rules or STIX 2.1',
  define: (command) => {
    command
      .argument('[path...]', 'files or directories as `import` takes them; none: the built-in set')
      .option('-f, --format <format>', 'stix or sigma (one YAML document each)', 'stix')
      .option('-o, --out <file>', 'write there instead of to standard output')
      .addHelpText(
        'after',
        '\nExamples:\n  virga characteristics export --format sigma --out known-software.yml\n  virga characteristics export profiles/ --out profiles.stix.json\nWhat cannot be asked for by two attributes is left out, and counted. Mind the licence of the files that you pass on.',
      );
  },
  run: async (args, options, io) => {
    const { exportCharacteristics } = await import('../../pipeline/characteristics-export.ts');
    const { format } = options;
    if (format !== 'stix' && format !== 'sigma')
      throw new VirgaError('usage.wrong', `--format takes stix or sigma, not ${JSON.stringify(format)}.`);
    const note = (text: string): void => void io.stderr.write(`virga: ${text}\n`);
    const told = await exportCharacteristics({ paths: args, format, stdin: io.stdin, note, now: new Date() });
    if (told.written === 0)
      throw new VirgaError('characteristics.unreadable', 'Nothing that two attributes of a request tell was given.');
    if (typeof options.out === 'string') writeReport(options.out, told.text);
    else io.stdout.write(told.text);
    if (told.left > 0)
      note(`${told.written} written, ${told.left} left out: fewer than two of path, user agent, cookie and referrer.`);
    return 0;
  },
} satisfies Command;

/** What known adversary software looks like. */
export const characteristicsCommand = {
  name: 'characteristics',
  summary: 'what known adversary software looks like: profiles, configurations, fingerprints',
  commands: [importCommand, exportCommand, listCommand],
} satisfies CommandGroup;
