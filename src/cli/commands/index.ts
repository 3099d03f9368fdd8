import type { Command, CommandGroup } from '../command.ts';
import { attackCommands } from './attack/index.ts';
import { beaconsCommand } from './beacons.ts';
import { characteristicsCommand } from './characteristics.ts';
import { classifyCommand } from './classify.ts';
import { evaluateCommand } from './evaluate.ts';
import { formatsCommand } from './formats.ts';
import { huntCommand } from './hunt.ts';
import { ingestCommand } from './ingest.ts';
import { intelCommands } from './intel/index.ts';
import { normalizeCommand } from './normalize.ts';
import { platformsCommand } from './platforms.ts';
import { retentionCommand } from './retention.ts';
import { retroCommand } from './retro.ts';
import { serveCommands } from './serve.ts';
import { stixCommands } from './stix/index.ts';
import { taxiiCommands } from './taxii.ts';

/** Every command, in the order of the help. A command imports its pipeline inside `run`, so that --help stays fast. */
export const commands: readonly (Command | CommandGroup)[] = [
  huntCommand,
  ingestCommand,
  retentionCommand,
  beaconsCommand,
  evaluateCommand,
  intelCommands,
  retroCommand,
  classifyCommand,
  normalizeCommand,
  formatsCommand,
  platformsCommand,
  characteristicsCommand,
  stixCommands,
  attackCommands,
  taxiiCommands,
  serveCommands,
];
