import type { Command as Commander } from 'commander';
import { VirgaError } from '../model/errors.ts';
import type { Io } from './command.ts';

type Listing = {
  readonly json: () => string;
  readonly markdown: () => string;
  readonly table: (width: number) => string;
};

/** The one option of a command that prints a registry. */
export const listingFormat = (command: Commander): void => {
  command.option('-f, --format <format>', 'table, json or markdown', 'table');
};

export function printListing(listing: Listing, options: Record<string, unknown>, io: Io): number {
  if (options.format === 'json') io.stdout.write(listing.json());
  else if (options.format === 'markdown') io.stdout.write(listing.markdown());
  else if (options.format === 'table') io.stdout.write(listing.table(process.stdout.columns ?? 140));
  else
    throw new VirgaError(
      'usage.wrong',
      `--format takes table, json or markdown, not ${JSON.stringify(options.format)}.`,
    );
  return 0;
}
