import type { Command } from '../command.ts';
import { listingFormat, printListing } from '../listing.ts';

/** Prints the registry of platforms. */
export const platformsCommand = {
  name: 'platforms',
  summary: 'list the serverless platforms that are told apart, with their sources and blind spots',
  define: listingFormat,
  run: async (_args, options, io) => {
    const { platformListing } = await import('../../pipeline/platforms.ts');
    return printListing(platformListing(), options, io);
  },
} satisfies Command;
