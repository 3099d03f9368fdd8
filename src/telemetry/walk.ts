import { createWriteStream, type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { VirgaError } from '../model/errors.ts';

/**
 * The files under the paths, in the order given, those of a directory sorted by name. Hidden files, devices and links
 * that lead in a circle are left out; the same real file comes once. `-` is standard input, spooled to `temp`.
 */
export async function listFiles(
  paths: readonly string[],
  temp: string,
  stdin: NodeJS.ReadableStream = process.stdin,
): Promise<string[]> {
  const seen = new Set<string>();
  const files: string[] = [];
  for (const given of paths) {
    const found = given === '-' ? [await spool(temp, stdin)] : [...filesUnder(given, new Set())];
    if (found.length === 0) throw new VirgaError('path.no-logs', `There is no file under ${given}.`);
    for (const file of found) {
      const real = realpathSync(file);
      if (!seen.has(real)) files.push(file);
      seen.add(real);
    }
  }
  return files;
}

function* filesUnder(given: string, above: ReadonlySet<string>): Generator<string> {
  const facts = factsOf(given);
  if (!facts.isDirectory()) {
    yield given;
    return;
  }
  const real = realpathSync(given);
  if (above.has(real)) return;
  for (const entry of entriesOf(given)) {
    if (entry.name.startsWith('.')) continue;
    const inner = path.join(given, entry.name);
    const target = entry.isSymbolicLink() ? statSync(inner, { throwIfNoEntry: false }) : entry;
    if (target?.isFile()) yield inner;
    else if (target?.isDirectory()) yield* filesUnder(inner, new Set([...above, real]));
  }
}

const entriesOf = (directory: string): Dirent[] =>
  asWorld(directory, () => readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)));

function factsOf(given: string): Stats {
  const facts = asWorld(given, () => statSync(given));
  if (!facts.isDirectory() && !facts.isFile())
    throw new VirgaError('path.no-logs', `${given} is neither a file nor a directory.`);
  return facts;
}

function asWorld<T>(given: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'EACCES' || code === 'EPERM')
      throw new VirgaError('path.no-permission', `${given} may not be read.`, { cause });
    throw new VirgaError('path.missing', `${given} does not exist.`, { cause });
  }
}

async function spool(temp: string, stdin: NodeJS.ReadableStream): Promise<string> {
  const file = path.join(temp, 'stdin');
  await pipeline(stdin, createWriteStream(file));
  return file;
}
