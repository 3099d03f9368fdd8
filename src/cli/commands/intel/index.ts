import type { CommandGroup } from '../../command.ts';
import { importCommand } from './import.ts';
import { listCommand } from './list.ts';

/** The intelligence desk. */
export const intelCommands = {
  name: 'intel',
  summary: 'keep indicators: import, review, expire, export',
  commands: [importCommand, listCommand],
} satisfies CommandGroup;
