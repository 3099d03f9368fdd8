import type { Command } from '../command.ts';
import { huntCommand } from './hunt.ts';

/** Every command, in the order of the help. A command imports its pipeline inside `run`, so that --help stays fast. */
export const commands: readonly Command[] = [huntCommand];
