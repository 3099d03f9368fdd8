/** A TAXII 2.1 collection as a feed: what was added since the last pull, page by page. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { listShelves, readCollection, type TaxiiAccess } from '../../intel/taxii/client.ts';
import { type Cursor, START } from '../../intel/taxii/taxii.ts';
import { VirgaError } from '../../model/errors.ts';
import { openDoor } from '../../outbound/door.ts';
import { stixId } from '../../stix/object.ts';
import { chosen } from '../taxii.ts';
import { type FeedSettings, secretHeaders } from './feed-settings.ts';
import { fileName, importPulled, nothing, type Pulled, type PullTask } from './pull.ts';

/** Per collection, since one feed may read all that a server shows. */
const cursors = z.record(z.string(), z.object({ addedAfter: z.string().nullable(), next: z.string().nullable() }));
type Cursors = z.infer<typeof cursors>;

export async function pullTaxiiFeed(task: PullTask): Promise<Pulled> {
  const { feed, name, desk } = task;
  const door = openDoor({ inside: feed.inside });
  const folder = path.join(desk.temp, `feed-${fileName(name)}`);
  try {
    const access = { door, url: feed.from, headers: secretHeaders(feed) };
    const at: Cursors = { ...startOf(task) };
    const got = await readAll(access, feed, at, (objects, page) => keepPage(folder, name, objects, page));
    const cursor = JSON.stringify(at);
    const fresh = { ...nothing(name), size: null, cursor };
    if (got.objects === 0) {
      if (got.fault !== null) throw got.fault;
      return fresh;
    }
    const pulled = await importPulled(task, folder, fresh);
    return got.fault === null ? pulled : { ...pulled, detail: `${pulled.detail}; stopped early: ${got.fault.message}` };
  } finally {
    await door.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function startOf({ last, feed }: PullTask): Cursors {
  if (!last?.cursor) return {};
  try {
    return cursors.parse(JSON.parse(last.cursor));
  } catch (cause) {
    throw new VirgaError('taxii.bad-cursor', `The place where the feed from ${feed.from} was read to is damaged.`, {
      cause,
    });
  }
}

type Got = { readonly objects: number; readonly fault: VirgaError | null };

/** Reads every collection from where it stands; `at` moves on with each page that was kept. A fault keeps what came before it. */
async function readAll(
  access: TaxiiAccess,
  feed: FeedSettings,
  at: Cursors,
  keep: (objects: readonly unknown[], page: number) => void,
): Promise<Got> {
  let [objects, page] = [0, 0];
  try {
    for (const { root, id } of await placesOf(access, feed)) {
      const key = `${root}collections/${id}/`;
      const from: Cursor = at[key] ?? START;
      for await (const read of readCollection(access, { root, id, limit: null }, from)) {
        if (read.objects.length > 0) keep(read.objects, page++);
        objects += read.objects.length;
        at[key] = read.cursor;
      }
    }
    return { objects, fault: null };
  } catch (error) {
    if (error instanceof VirgaError) return { objects, fault: error };
    throw error;
  }
}

const COLLECTION = /^(.*\/)collections\/([^/]+)\/?(?:objects\/?)?$/;

/** The collection that the URL is, or those of the server that the settings mean. */
async function placesOf(access: TaxiiAccess, feed: FeedSettings): Promise<readonly { root: string; id: string }[]> {
  const [, root, id] = COLLECTION.exec(feed.from) ?? [];
  if (root !== undefined && id !== undefined) return [{ root, id: decodeURIComponent(id) }];
  return chosen(await listShelves(access), feed.collection, feed.from).map((found) => ({
    root: found.root,
    id: found.collection.id,
  }));
}

/** Each page is a bundle in a folder of its own, under the name of the feed. */
function keepPage(folder: string, name: string, objects: readonly unknown[], page: number): void {
  const file = path.join(folder, String(page).padStart(6, '0'), fileName(name));
  mkdirSync(path.dirname(file), { recursive: true });
  const text = JSON.stringify(objects);
  writeFileSync(file, `{"type":"bundle","id":"${stixId('bundle', text)}","objects":${text}}`);
}
