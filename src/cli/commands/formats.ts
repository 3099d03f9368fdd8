import { VirgaError } from '../../model/errors.ts';
import type { Command } from '../command.ts';
import { listingFormat, printListing } from '../listing.ts';
import { printLines } from '../output.ts';

/** Prints the registry of formats, or tries a format of the user's own on a log. */
export const formatsCommand = {
  name: 'formats',
  summary: 'list the log formats that are read, what each one sees and what it is blind to; try one of your own',
  define: (command) => {
    command.argument('[words...]', '`try MAPPING LOG...`: read logs as the mapping file says');
    listingFormat(command);
    command.option('--first <n>', 'with try: how many records are shown', '5').addHelpText(
      'after',
      `
A mapping file (YAML, docs/guide/own-formats.md) tells what the fields of a log mean:

  id: acme.proxy
  class: http
  read: { lines: json }
  detect: [clientAddr, targetUrl]
  columns:
    time: { field: when, as: time }
    src_endpoint_ip: clientAddr
    url: targetUrl

  virga formats try acme.yaml access.log     # the first records as events, and what stayed unmapped
  virga normalize --mapping acme.yaml access.log`,
    );
  },
  run: async (args, options, io) => {
    if (args.length === 0) {
      const { formatListing } = await import('../../pipeline/formats.ts');
      return printListing(formatListing(), options, io);
    }
    const [word, mapping, ...logs] = args;
    const count = Number(options.first);
    if (word !== 'try' || mapping === undefined || logs.length === 0)
      throw new VirgaError('usage.wrong', 'It is `virga formats`, or `virga formats try MAPPING LOG...`.');
    if (!Number.isInteger(count) || count < 1)
      throw new VirgaError('usage.wrong', `--first takes a number of records, not ${JSON.stringify(options.first)}.`);
    const { tryMapping } = await import('../../pipeline/try-mapping.ts');
    await printLines(io.stdout, tryMapping(mapping, logs, { first: count, stdin: io.stdin }));
    return 0;
  },
} satisfies Command;
