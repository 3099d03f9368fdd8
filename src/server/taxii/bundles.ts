/** A store of files: a collection for each path of STIX bundles, and an inbox that keeps what is sent as bundles. */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { VirgaError } from '../../model/errors.ts';
import { parseJson } from '../../model/json.ts';
import { stixId } from '../../stix/object.ts';
import type { Entry, ServedCollection, TaxiiStore } from './store.ts';

/** One file is read whole. */
const MAX_FILE = 256 * 1024 * 1024;

const bundleShape = z.object({
  type: z.literal('bundle'),
  objects: z.array(z.looseObject({ type: z.string(), id: z.string() })).default([]),
});

/** Serves the bundles at each path, as they are on disk at each request; `inbox` is a directory for what is sent. Throws where one cannot be read now. */
export async function bundleStore(paths: readonly string[], inbox: string | null): Promise<TaxiiStore> {
  const served = paths.map(pathCollection);
  for (const { entries } of served) await entries();
  const all = inbox === null ? served : [...served, inboxCollection(inbox)];
  return { collections: () => all };
}

const uuidFor = (name: string): string => stixId('collection', name).slice('collection--'.length);

function pathCollection(given: string): ServedCollection {
  const title = path.basename(path.resolve(given));
  const cache = new Map<string, { readonly state: string; readonly entries: readonly Entry[] }>();
  const read = (file: string): readonly Entry[] => {
    const { mtimeMs, size } = statSync(file);
    const state = `${mtimeMs} ${size}`;
    const known = cache.get(file);
    if (known?.state === state) return known.entries;
    const entries = readBundle(file, size, mtimeMs);
    cache.set(file, { state, entries });
    return entries;
  };
  return {
    ...{ id: uuidFor(title), title, description: `STIX bundles of ${title}`, readable: true, writable: false },
    entries: async () =>
      filesIn(given)
        .flatMap(read)
        .sort((a, b) => (a.added < b.added ? -1 : a.added > b.added ? 1 : 0)),
    add: (objects) => objects.map(() => 'this collection takes nothing'),
  };
}

function filesIn(given: string): readonly string[] {
  try {
    if (!statSync(given).isDirectory()) return [given];
    return readdirSync(given)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => path.join(given, name));
  } catch (cause) {
    throw new VirgaError('path.missing', `There is nothing at ${given}.`, { cause });
  }
}

function readBundle(file: string, size: number, changed: number): readonly Entry[] {
  if (size > MAX_FILE) throw new VirgaError('intel.unreadable', `${file} is larger than ${MAX_FILE} bytes.`);
  const parsed = bundleShape.safeParse(parse(file));
  if (!parsed.success) throw new VirgaError('intel.unreadable', `${file} is no STIX bundle.`);
  const added = new Date(changed).toISOString().replace('Z', '000Z');
  return parsed.data.objects.map((object) => entryOf(object, added));
}

function parse(file: string): unknown {
  try {
    return parseJson(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new VirgaError('intel.unreadable', `${file} is no JSON.`, { cause });
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function entryOf(object: z.infer<typeof bundleShape>['objects'][number], added: string): Entry {
  const version = text(object.modified) ?? text(object.created) ?? added;
  const specVersion =
    object.spec_version === '2.1'
      ? '2.1'
      : object.spec_version === undefined && object.modified !== undefined
        ? '2.0'
        : '2.1';
  return { id: object.id, type: object.type, version, specVersion, added, object };
}

/** Write-only: what is sent waits for a person to import it, and is served to nobody. */
function inboxCollection(dir: string): ServedCollection {
  return {
    ...{ id: uuidFor('virga inbox'), title: 'inbox', description: 'Objects sent here wait for review.' },
    ...{ readable: false, writable: true, entries: async () => [] },
    add: (objects) => {
      mkdirSync(dir, { recursive: true });
      const bundle = { type: 'bundle', id: stixId('bundle', JSON.stringify(objects)), objects };
      const file = path.join(dir, `${bundle.id}.json`);
      writeFileSync(`${file}.part`, `${JSON.stringify(bundle)}\n`);
      renameSync(`${file}.part`, file);
      return objects.map(() => null);
    },
  };
}
