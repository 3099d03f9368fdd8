/** The options that the commands of the intelligence desk share. */
import type { Command as Commander } from 'commander';
import { VirgaError } from '../../../model/errors.ts';
import type { DeskOptions } from '../../../pipeline/intel/desk.ts';
import { readBytes } from '../../options.ts';

export const deskOptions = (command: Commander): Commander =>
  command
    .option('-w, --workspace <dir>', 'keep intelligence and facts there')
    .option('--state <url>', 'keep the facts in PostgreSQL instead (postgres://…); default: VIRGA_STATE')
    .option('--memory <size>', 'memory that the engine may use before it spills to disk', '700MB');

/** The desk that the options mean; `needed`: without a workspace the command makes no sense. */
export function readDesk(options: Record<string, unknown>, needed = true): DeskOptions {
  const workspace = typeof options.workspace === 'string' ? options.workspace : null;
  if (workspace === null && needed)
    throw new VirgaError('usage.wrong', '--workspace is needed: it is where the intelligence is kept.');
  return { workspace, stateUrl: readState(options), memory: readBytes('--memory', String(options.memory)) };
}

/** The PostgreSQL server that keeps the facts, or null: the workspace does. */
export function readState(options: Record<string, unknown>): string | null {
  const url = typeof options.state === 'string' ? options.state : (process.env.VIRGA_STATE ?? null);
  if (url !== null && !/^postgres(?:ql)?:\/\//.test(url))
    throw new VirgaError('usage.wrong', `--state takes an address such as postgres://virga@localhost/virga.`);
  return url;
}

export const textOption = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** One of `allowed`; undefined where the option is absent. */
export function oneOf<T extends string>(option: string, value: unknown, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((a) => a === value);
  if (found === undefined)
    throw new VirgaError('usage.wrong', `${option} takes ${allowed.join(', ')}, not ${JSON.stringify(value)}.`);
  return found;
}
