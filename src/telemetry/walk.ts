import { randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  type Dirent,
  readdirSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { VirgaError } from '../model/errors.ts';
import { worldError } from './source.ts';

/** A file to read, and what the user calls it: standard input and pipes are spooled to a file of another name. */
export type LogFile = { readonly path: string; readonly name: string };

export type Listing = {
  readonly files: readonly LogFile[];
  /** How many entries of directories were left out: hidden ones, devices, links that lead nowhere. */
  readonly leftOut: number;
};

/**
 * The files under the paths, in the order given, those of a directory sorted by name. Names that begin with a dot,
 * devices, and links that lead nowhere or back are left out; the same real file comes once. `-` is standard input.
 * What can be read only once (standard input, a pipe) is spooled to `temp`.
 */
export async function listLogs(
  paths: readonly string[],
  temp: string,
  stdin: NodeJS.ReadableStream = process.stdin,
): Promise<Listing> {
  const walk = new Walk();
  for (const given of paths) {
    if (given === '-') walk.add({ path: await spool(stdin, temp), name: '-' });
    else if (factsOf(given).isFIFO()) walk.add({ path: await spool(createReadStream(given), temp), name: given });
    else walk.under(given);
  }
  return { files: walk.files, leftOut: walk.leftOut };
}

/** The paths of `listLogs` alone. */
export const listFiles = async (
  paths: readonly string[],
  temp: string,
  stdin: NodeJS.ReadableStream = process.stdin,
): Promise<string[]> => (await listLogs(paths, temp, stdin)).files.map((file) => file.path);

class Walk {
  readonly files: LogFile[] = [];
  leftOut = 0;
  readonly #seen = new Set<string>();

  under(given: string): void {
    const facts = factsOf(given);
    if (facts.isFile()) this.add({ path: given, name: given });
    else if (!facts.isDirectory()) throw new VirgaError('path.no-logs', `${given} is neither a file nor a directory.`);
    else if (this.#directory(given) === 0) throw new VirgaError('path.no-logs', `There is no file under ${given}.`);
  }

  add(file: LogFile): void {
    if (this.#first(file.path)) this.files.push(file);
  }

  /**
   * How many files were met, those known already among them. Each real directory is entered once, so links that lead
   * back, or many ways to one place, cost nothing; one that was entered before counts as a file.
   */
  #directory(given: string): number {
    if (!this.#first(given)) return 1;
    let met = 0;
    for (const entry of entriesOf(given)) {
      const inner = path.join(given, entry.name);
      const target = entry.isSymbolicLink() ? statSync(inner, { throwIfNoEntry: false }) : entry;
      if (entry.name.startsWith('.') || !(target?.isFile() || target?.isDirectory())) this.leftOut++;
      else if (target.isDirectory()) met += this.#directory(inner);
      else {
        this.add({ path: inner, name: inner });
        met++;
      }
    }
    return met;
  }

  #first(file: string): boolean {
    const real = asWorld(file, () => realpathSync(file));
    if (this.#seen.has(real)) return false;
    this.#seen.add(real);
    return true;
  }
}

const entriesOf = (directory: string): Dirent[] =>
  asWorld(directory, () => readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)));

const factsOf = (given: string): Stats => asWorld(given, () => statSync(given));

function asWorld<T>(given: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw worldError(given, cause);
  }
}

async function spool(stream: NodeJS.ReadableStream, temp: string): Promise<string> {
  const file = path.join(temp, `virga-${randomUUID()}.input`);
  try {
    await pipeline(stream, createWriteStream(file, { mode: 0o600 }));
  } catch (cause) {
    throw worldError(file, cause);
  }
  return file;
}
