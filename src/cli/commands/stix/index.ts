import type { CommandGroup } from '../../command.ts';
import { checkCommand } from './check.ts';
import { exportCommand } from './export.ts';
import { findCommand } from './find.ts';
import { matchCommand } from './match.ts';

/** STIX: patterns evaluated, checked and asked of events; indicators written. */
export const stixCommands = {
  name: 'stix',
  summary: 'work with STIX patterns and bundles',
  commands: [matchCommand, checkCommand, findCommand, exportCommand],
} satisfies CommandGroup;
