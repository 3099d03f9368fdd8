/** Paths as given → the files to read, in a stable order; what is not read is named too. */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { VirgaError } from '../model/errors.ts';
import type { RefusalReason } from './feed.ts';

/** A file to read (`-` is stdin), or an entry of a directory that is not read, and why. */
export type Found =
  | { readonly file: string; readonly skip: null }
  | { readonly file: string; readonly skip: RefusalReason; readonly detail: string };

/**
 * Every file under `paths`: directories in depth, by name; a directory that links lead to twice is read once. A path that
 * the caller named must exist (`path.missing`, `path.no-permission`); what is wrong deeper down is a `skip`.
 */
export function* walk(paths: readonly string[]): Generator<Found> {
  const seen = new Set<string>();
  for (const given of paths) {
    if (given === '-') yield { file: given, skip: null };
    else if (statNamed(given).isDirectory()) yield* walkDirectory(given, seen, true);
    else yield { file: given, skip: null };
  }
}

function statNamed(given: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(given);
  } catch (error) {
    throw pathError(given, error);
  }
}

/** The typed error of a path that the caller named. */
export function pathError(given: string, cause: unknown): VirgaError {
  const code = codeOf(cause);
  if (code === 'EACCES' || code === 'EPERM')
    return new VirgaError('path.no-permission', `${given} may not be read.`, { cause });
  return new VirgaError('path.missing', `${given} does not exist.`, { cause });
}

/** The system's error code, such as ENOENT; the empty text where there is none. */
export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

function* walkDirectory(directory: string, seen: Set<string>, named: boolean): Generator<Found> {
  let entries: Dirent[];
  try {
    const real = realpathSync(directory);
    if (seen.has(real)) return;
    seen.add(real);
    entries = readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (named) throw pathError(directory, error);
    yield { file: directory, skip: 'unreadable', detail: `the directory cannot be read (${codeOf(error)})` };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) yield* walkEntry(path.join(directory, entry.name), entry, seen);
}

function* walkEntry(file: string, entry: Dirent, seen: Set<string>): Generator<Found> {
  if (entry.name.startsWith('.')) {
    yield { file, skip: 'hidden', detail: 'name it to have it read' };
    return;
  }
  const what = entry.isSymbolicLink() ? followed(file) : entry;
  if (what?.isDirectory()) yield* walkDirectory(file, seen, false);
  else if (what?.isFile()) yield { file, skip: null };
  else if (what === null) yield { file, skip: 'unreadable', detail: 'a link that leads nowhere' };
  else yield { file, skip: 'not-a-file', detail: 'a device, socket or pipe' };
}

function followed(file: string): { isDirectory(): boolean; isFile(): boolean } | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}
