import { writeFileSync } from 'node:fs';
import type { Command as Commander } from 'commander';
import { VirgaError } from '../../../model/errors.ts';
import type { Io } from '../../command.ts';

/** Options that several attack commands share. */
export const workspaceOption = (command: Commander): Commander =>
  command.requiredOption('-w, --workspace <dir>', 'where the mirror is kept');

export const releaseOptions = (command: Commander): Commander =>
  command
    .option('-r, --release <release>', 'the release, such as 19.1; default: the newest that is imported')
    .option(
      '-d, --domain <domain>',
      'enterprise-attack, mobile-attack or ics-attack; default: the first that holds it',
    );

export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
/** The value of a required option. */
export const sure = (value: unknown): string => String(value ?? '');

/** One of these words, or wrong usage. */
export function oneOf<T extends string>(option: string, value: unknown, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined)
    throw new VirgaError('usage.wrong', `${option} takes ${words.join(', ')}, not ${JSON.stringify(value)}.`);
  return found;
}

/** Writes to `--out` where it is given, else to standard output. */
export function write(io: Io, out: string | null, content: string): void {
  if (out === null) {
    io.stdout.write(content);
    return;
  }
  try {
    writeFileSync(out, content);
  } catch (cause) {
    throw new VirgaError('output.failed', `The output could not be written to ${out}.`, { cause });
  }
}
