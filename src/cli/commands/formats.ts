import type { Command } from '../command.ts';
import { listingFormat, printListing } from '../listing.ts';

/** Prints the registry of formats. */
export const formatsCommand = {
  name: 'formats',
  summary: 'list the log formats that are read, what each one sees and what it is blind to',
  define: listingFormat,
  run: async (_args, options, io) => {
    const { formatListing } = await import('../../pipeline/formats.ts');
    return printListing(formatListing(), options, io);
  },
} satisfies Command;
