import type { CommandGroup } from '../../command.ts';
import { importCommand } from './import.ts';
import { listCommand } from './list.ts';
import { reviewCommand } from './review.ts';

/** The intelligence desk. */
export const intelCommands = {
  name: 'intel',
  summary: 'keep indicators: import, review, expire, export',
  commands: [importCommand, listCommand, reviewCommand],
} satisfies CommandGroup;
