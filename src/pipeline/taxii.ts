/** `virga taxii`: what a TAXII server holds, and its objects as files that `--intel` reads. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { listShelves, readCollection, type Shelves, type TaxiiAccess } from '../intel/taxii/client.ts';
import { type Collection, type Cursor, START } from '../intel/taxii/taxii.ts';
import { VirgaError } from '../model/errors.ts';
import { openDoor } from '../outbound/door.ts';
import type { Policy } from '../outbound/policy.ts';
import { stixId } from '../stix/object.ts';

export type TaxiiServer = {
  readonly url: string;
  readonly authorization: string | null;
  readonly policy: Partial<Policy>;
};

async function through<T>(server: TaxiiServer, work: (access: TaxiiAccess) => Promise<T>): Promise<T> {
  const door = openDoor(server.policy);
  const headers: Record<string, string> = server.authorization === null ? {} : { authorization: server.authorization };
  try {
    return await work({ door, url: server.url, headers });
  } finally {
    await door.close();
  }
}

/** API roots and their collections. */
export const listTaxii = (server: TaxiiServer): Promise<Shelves> => through(server, listShelves);

export type Pull = {
  readonly server: TaxiiServer;
  /** Id, alias or title; null for all that may be read. */
  readonly collection: string | null;
  /** Where bundles are written; what was read is noted beside it in `OUT.cursor.json`. */
  readonly out: string;
  /** RFC 3339; null: go on where the last pull ended. */
  readonly addedAfter: string | null;
  readonly limit: number | null;
  readonly progress: (objects: number) => void;
};

export type Pulled = {
  readonly root: string;
  readonly collection: string;
  readonly title: string;
  readonly objects: number;
  readonly files: readonly string[];
};

/** Writes what is new in each collection; a page is on disk before it counts as read. */
export async function pullTaxii(pull: Pull): Promise<readonly Pulled[]> {
  const noted = new CursorFile(`${path.resolve(pull.out)}.cursor.json`);
  return through(pull.server, async (access) => {
    const pulled: Pulled[] = [];
    for (const { root, collection } of chosen(await listShelves(access), pull.collection, pull.server.url))
      pulled.push(await pullCollection(access, root, collection, pull, noted));
    return pulled;
  });
}

/** The collections that are meant, by id, alias or title; all that may be read where none is named. */
export function chosen({ roots, elsewhere }: Shelves, wanted: string | null, url: string) {
  const all = roots.flatMap(({ root, collections }) => collections.map((collection) => ({ root, collection })));
  const named = all.filter(({ collection: { id, title } }) => wanted === null || wanted === id || wanted === title);
  const readable = named.filter(({ collection }) => collection.canRead);
  if (readable.length > 0) return readable;
  const why = wanted === null ? 'no collection' : `no collection ${JSON.stringify(wanted.slice(0, 80))}`;
  const may = named.length > 0 ? 'only collections that may not be read' : why;
  const other = elsewhere.length > 0 ? `; it names ${elsewhere.join(', ')}, which is another server` : '';
  throw new VirgaError('taxii.no-collection', `${url.replace(/[?#].*/s, '')} shows ${may}${other}.`);
}

async function pullCollection(
  access: TaxiiAccess,
  root: string,
  { id, title }: Collection,
  pull: Pull,
  noted: CursorFile,
): Promise<Pulled> {
  const key = `${root}collections/${id}/`;
  const from: Cursor = pull.addedAfter === null ? noted.get(key) : { addedAfter: pull.addedAfter, next: null };
  const files: string[] = [];
  let objects = 0;
  for await (const page of readCollection(access, { root, id, limit: pull.limit }, from)) {
    if (page.objects.length > 0) files.push(writeBundle(pull.out, id, page.objects));
    noted.set(key, page.cursor);
    objects += page.objects.length;
    pull.progress(objects);
  }
  return { root, collection: id, title, objects, files };
}

/** Writes a bundle under the next free number; its id follows from its content. */
function writeBundle(dir: string, collection: string, objects: readonly unknown[]): string {
  const text = JSON.stringify(objects);
  const id = stixId('bundle', text);
  const stem = collection.replace(/[^A-Za-z0-9-]/g, '_').slice(0, 80);
  mkdirSync(dir, { recursive: true });
  const taken = readdirSync(dir).filter((name) => name.startsWith(`${stem}-`)).length;
  const file = path.join(dir, `${stem}-${String(taken + 1).padStart(6, '0')}.json`);
  writeWhole(file, `{"type":"bundle","id":"${id}","objects":${text}}\n`);
  return file;
}

function writeWhole(file: string, text: string): void {
  try {
    writeFileSync(`${file}.part`, text);
    renameSync(`${file}.part`, file);
  } catch (cause) {
    throw new VirgaError('output.failed', `${file} could not be written.`, { cause });
  }
}

const cursors = z.record(z.string(), z.object({ addedAfter: z.string().nullable(), next: z.string().nullable() }));

/** Where each collection stands, in one file. */
class CursorFile {
  readonly #file: string;
  #cursors: Readonly<Record<string, Cursor>>;

  constructor(file: string) {
    this.#file = file;
    this.#cursors = existsSync(file) ? readCursors(file) : {};
  }

  get(collection: string): Cursor {
    return this.#cursors[collection] ?? START;
  }

  set(collection: string, cursor: Cursor): void {
    this.#cursors = { ...this.#cursors, [collection]: cursor };
    writeWhole(this.#file, `${JSON.stringify(this.#cursors, null, 2)}\n`);
  }
}

function readCursors(file: string): Readonly<Record<string, Cursor>> {
  try {
    return cursors.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new VirgaError('taxii.bad-cursor', `${file} is not what a pull wrote.`, { cause });
  }
}
