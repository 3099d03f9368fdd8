import type { CommandGroup } from '../../command.ts';
import { expireCommand } from './expire.ts';
import { exportCommand } from './export.ts';
import { extractCommand } from './extract.ts';
import { feedsCommand, pullCommand } from './feeds.ts';
import { importCommand } from './import.ts';
import { listCommand } from './list.ts';
import { reviewCommand } from './review.ts';
import { sightingsCommand } from './sightings.ts';
import { sourcesCommand } from './sources.ts';
import { logCommand, verifyCommand } from './verify.ts';
import { warningsCommand } from './warnings.ts';

/** The intelligence desk. */
export const intelCommands = {
  name: 'intel',
  summary: 'keep indicators: import, review, expire, export',
  commands: [
    importCommand,
    extractCommand,
    listCommand,
    feedsCommand,
    pullCommand,
    sourcesCommand,
    warningsCommand,
    reviewCommand,
    sightingsCommand,
    expireCommand,
    exportCommand,
    logCommand,
    verifyCommand,
  ],
} satisfies CommandGroup;
