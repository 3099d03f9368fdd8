import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { VirgaError } from '../../model/errors.ts';
import { worldError } from '../source.ts';

/** A file as it was listed. While it is listed it may be renamed: only an open file can be sure of what it is. */
export type Entry = {
  readonly path: string;
  /** `device:inode`. */
  readonly inode: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtime: number;
  /** Changes with size and time of the last change, in nanoseconds. */
  readonly stamp: string;
  /** False for a neighbour of the one file that is followed: looked at because rotation puts it there. */
  readonly own: boolean;
};

const MAX_FILES = 50_000;

/** Size, time and identity of a file, by its name or of an open one. */
export const entryOf = (file: string, facts: BigIntStats, own: boolean): Entry => ({
  path: file,
  inode: `${facts.dev}:${facts.ino}`,
  size: Number(facts.size),
  mtime: Number(facts.mtimeMs),
  stamp: `${facts.size}:${facts.mtimeNs}`,
  own,
});

/** Lists the files to look at. Of a single file also its neighbours whose names begin with its own. */
export function listingOf(root: string): () => Entry[] {
  const facts = statSync(root, { throwIfNoEntry: false });
  const parent = path.dirname(root);
  if (!facts && !statSync(parent, { throwIfNoEntry: false })?.isDirectory())
    throw new VirgaError('path.missing', `There is no ${root}, nor a directory for it.`);
  return () => {
    const files: Entry[] = [];
    if (facts?.isDirectory()) under(root, files, () => true);
    else under(parent, files, (name) => name.startsWith(path.basename(root)), root);
    return files;
  };
}

/** With `only`, no deeper, and that file alone is one's own. */
function under(directory: string, files: Entry[], wanted: (name: string) => boolean, only?: string): void {
  let names: string[];
  try {
    names = readdirSync(directory).sort();
  } catch (cause) {
    if (files.length === 0) throw worldError(directory, cause);
    return;
  }
  for (const name of names) {
    if (name.startsWith('.') || !wanted(name) || files.length >= MAX_FILES) continue;
    const file = path.join(directory, name);
    const facts = factsOf(file);
    if (facts?.isDirectory() && only === undefined) under(file, files, wanted);
    else if (facts?.isFile()) files.push(entryOf(file, facts, only === undefined || file === only));
  }
}

const factsOf = (file: string): BigIntStats | undefined => {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined; // not ours to read
  }
};

/** Each file once, under the name that it was seen with last: a file that is renamed meanwhile is listed twice. */
export const eachOnce = (files: readonly Entry[]): Entry[] => [...new Map(files.map((f) => [f.inode, f])).values()];
