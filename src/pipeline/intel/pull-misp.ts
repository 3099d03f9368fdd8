/** A MISP feed: `manifest.json` names the events and when each changed; only new and changed events are read. */
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { VirgaError } from '../../model/errors.ts';
import { parseJson } from '../../model/json.ts';
import { readText } from '../../outbound/body.ts';
import { openDoor } from '../../outbound/door.ts';
import type { Answer } from '../../outbound/policy.ts';
import { isUrl, secretHeaders } from './feed-settings.ts';
import { fileName, importPulled, nothing, type Pulled, type PullTask } from './pull.ts';
import { conditions } from './pull-file.ts';

/** https://www.misp-project.org/feeds/ and its feed generator (checked 2026-11-24): event → when it changed last, and more that we do not need. */
const manifest = z.record(
  z.string(),
  z.object({ timestamp: z.union([z.string(), z.number()]).transform(String).default('') }),
);
type Manifest = z.infer<typeof manifest>;

/** It becomes part of a path and a URL: nothing else may. */
const EVENT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Largest manifest and largest event: CIRCL's, of years, are a tenth of it. */
const MAX_TEXT = 256 * 1024 ** 2;
/** Events of one pull; the rest comes with the next. */
const MAX_EVENTS = 20_000;

/** Where the files of a feed are read. */
type Place = {
  /** Null: not changed since the last pull. */
  readonly manifest: () => Promise<{ text: string; etag: string | null; modified: string | null } | null>;
  readonly event: (uuid: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

export async function pullMisp(task: PullTask): Promise<Pulled> {
  const place = isUrl(task.feed.from) ? remote(task) : local(task.feed.from);
  try {
    const read = await place.manifest();
    if (read === null) return { ...nothing(task.name), ...unchangedSince(task.last) };
    return await pullEvents(task, place, parseManifest(read.text, task), read);
  } finally {
    await place.close();
  }
}

const unchangedSince = (last: Pulled | null): Partial<Pulled> =>
  last === null ? {} : { etag: last.etag, modified: last.modified, size: last.size };

function parseManifest(text: string, { name }: PullTask): Manifest {
  try {
    const parsed = manifest.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
  } catch {
    // the same sentence for both
  }
  throw new VirgaError(
    'outbound.answer',
    `The manifest of the feed ${name} is not what MISP writes: event ids with what they are about.`,
  );
}

type Tags = { readonly etag: string | null; readonly modified: string | null };

async function pullEvents(task: PullTask, place: Place, events: Manifest, { etag, modified }: Tags): Promise<Pulled> {
  const { desk, name } = task;
  const noted = path.join(desk.directory, 'feeds', `${fileName(name)}.json`);
  const known = notedEvents(noted);
  const wanted = Object.entries(events).filter(
    ([uuid, { timestamp }]) => EVENT_ID.test(uuid) && (known[uuid] !== timestamp || timestamp === ''),
  );
  const folder = path.join(desk.temp, `feed-${fileName(name)}`);
  const faults = Object.keys(events).flatMap((id) =>
    EVENT_ID.test(id) ? [] : [`${JSON.stringify(id.slice(0, 60))} is no event id`],
  );
  const read: Record<string, string> = {};
  for (const [uuid, { timestamp }] of wanted.slice(0, MAX_EVENTS)) {
    const fault = await fetchEvent(place, uuid, folder, name);
    if (fault === null) read[uuid] = timestamp;
    else faults.push(fault);
  }
  const size = Object.keys(events).length;
  const complete = faults.length === 0 && wanted.length <= MAX_EVENTS;
  const base = { ...nothing(name), kind: 'misp', size, ...(complete ? { etag, modified } : {}) };
  if (faults.length > 0 && Object.keys(read).length === 0)
    throw new VirgaError('outbound.answer', `No event of the feed ${name} could be read; the first: ${faults[0]}`);
  if (wanted.length === 0) return base;
  const pulled = await importPulled(task, folder, base);
  rmSync(folder, { recursive: true, force: true });
  const kept = Object.fromEntries(Object.entries(known).filter(([uuid]) => uuid in events));
  note(noted, { ...kept, ...read });
  const left = faults.length === 0 ? '' : `; ${faults.length} could not be read, the first: ${faults[0]}`;
  return { ...pulled, detail: `${Object.keys(read).length} of ${size} events new or changed: ${pulled.detail}${left}` };
}

/** Writes an event where the import finds it; why not, where that cannot be. */
async function fetchEvent(place: Place, uuid: string, folder: string, name: string): Promise<string | null> {
  try {
    const text = await place.event(uuid);
    const file = path.join(folder, uuid, fileName(name));
    mkdirSync(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return null;
  } catch (error) {
    if (error instanceof VirgaError) return error.message;
    throw error;
  }
}

const times = z.record(z.string(), z.string());

/** What was read before; a lost note only means that events are read again. */
function notedEvents(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  try {
    return times.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

function note(file: string, events: Readonly<Record<string, string>>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(events));
}

function remote({ feed, last, name }: PullTask): Place {
  const door = openDoor({ inside: feed.inside });
  const headers = secretHeaders(feed);
  const url = /\/manifest\.json(?:[?#]|$)/i.test(feed.from)
    ? feed.from
    : `${feed.from.replace(/\/?$/, '/')}manifest.json`;
  const textOf = async (answer: Answer, what: string): Promise<string> => {
    if (answer.status === 200) return readText(answer, MAX_TEXT);
    answer.discard();
    throw new VirgaError('outbound.answer', `${what} of the feed ${name} answered with status ${answer.status}.`);
  };
  return {
    manifest: async () => {
      const answer = await door.ask({ url, headers: { ...headers, ...conditions(last) } });
      if (answer.status === 304 && last !== null) {
        answer.discard();
        return null;
      }
      const { etag = null, 'last-modified': modified = null } = answer.headers;
      return { text: await textOf(answer, 'The manifest'), etag, modified };
    },
    event: async (uuid) => textOf(await door.ask({ url: new URL(`${uuid}.json`, url).href, headers }), `Event ${uuid}`),
    close: door.close,
  };
}

function local(from: string): Place {
  const folder = path.basename(from) === 'manifest.json' ? path.dirname(from) : from;
  const read = async (name: string): Promise<string> => {
    const file = path.join(folder, name);
    try {
      const pieces: Buffer[] = [];
      let length = 0;
      for await (const piece of createReadStream(file)) {
        length += piece.length;
        if (length > MAX_TEXT) throw new VirgaError('outbound.too-large', `${file} is larger than ${MAX_TEXT} bytes.`);
        pieces.push(piece);
      }
      return Buffer.concat(pieces).toString('utf8');
    } catch (cause) {
      if (cause instanceof VirgaError) throw cause;
      throw new VirgaError('path.missing', `${file} cannot be read.`, { cause });
    }
  };
  return {
    manifest: async () => ({ text: await read('manifest.json'), etag: null, modified: null }),
    event: (uuid) => read(`${uuid}.json`),
    close: async () => {},
  };
}
