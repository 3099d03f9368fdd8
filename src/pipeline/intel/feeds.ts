/** Feeds: places that intelligence is pulled from again and again, with a health that everybody can see. */
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { healthOf } from '../../intel/health.ts';
import { VirgaError } from '../../model/errors.ts';
import type { Detail, Fact } from '../../model/fact.ts';
import { openDoor } from '../../outbound/door.ts';
import { type Desk, type DeskOptions, openDesk, personOf } from './desk.ts';
import { sha256 } from './digest.ts';
import { importInto } from './import.ts';

const feedSchema = z.object({
  /** http(s) URL, file or directory. */
  from: z.string(),
  /** Hours between two pulls. */
  every: z.number(),
  /** Environment variable that holds the value of the `authorization` header; the secret itself is never stored. */
  authorization: z.string().nullable(),
  /** Private ranges that may be asked. */
  inside: z.array(z.string()),
});
export type FeedSettings = z.infer<typeof feedSchema>;

type Person = { readonly by: string | null; readonly now: () => Date };
type Pulled = Detail<'feed.pulled'>;

/** Sets a feed (null removes it). */
export async function setFeed(options: DeskOptions & Person, name: string, feed: FeedSettings | null): Promise<void> {
  await atDesk(options, async (desk) => {
    if (feed === null && !(await feedsOf(desk)).has(name)) throw noFeed(name);
    const stamp = { who: personOf(options.by), at: options.now().getTime() };
    await desk.state.append([{ action: 'feed.set', detail: { name, feed } }], stamp);
  });
}

/** Every feed with its settings, its last pull and its health. */
export async function listFeeds(options: DeskOptions & Pick<Person, 'now'>) {
  return atDesk(options, async (desk) => {
    const pulls = await desk.state.facts('feed.pulled');
    return [...(await feedsOf(desk))].map(([name, feed]) => {
      const mine = pulls.filter(({ detail }) => detail.name === name);
      const last = mine.at(-1)?.detail;
      const { ailments, why, last: at } = healthOf(mine, feed.every, options.now().getTime());
      const content = { outcome: last?.outcome ?? null, kind: last?.kind ?? null, indicators: last?.indicators ?? 0 };
      return { name, ...feed, healthy: ailments.length === 0, ailments, why, last_pull: at, ...content };
    });
  });
}

/** Pulls the feeds named, or all that are due (`all`: due or not). A feed that fails does not hold up the others. */
export async function pullFeeds(
  options: DeskOptions & Person & { readonly names: readonly string[]; readonly all: boolean },
): Promise<readonly Pulled[]> {
  return atDesk(options, async (desk) => {
    const feeds = await feedsOf(desk);
    for (const name of options.names) if (!feeds.has(name)) throw noFeed(name);
    const results: Pulled[] = [];
    for (const [name, feed] of feeds) {
      const before = (await desk.state.facts('feed.pulled')).filter(({ detail }) => detail.name === name);
      const wanted =
        options.names.length > 0 ? options.names.includes(name) : options.all || isDue(before, feed, options.now());
      if (wanted) results.push(await pullOne(desk, name, feed, before, options));
    }
    return results;
  });
}

async function atDesk<T>(options: DeskOptions, work: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openDesk(options);
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

async function feedsOf(desk: Desk): Promise<Map<string, FeedSettings>> {
  const feeds = new Map<string, FeedSettings>();
  for (const { detail } of await desk.state.facts('feed.set')) {
    if (detail.feed === null) feeds.delete(detail.name);
    else feeds.set(detail.name, feedSchema.parse(detail.feed));
  }
  return feeds;
}

const noFeed = (name: string): VirgaError =>
  new VirgaError('usage.wrong', `There is no feed ${JSON.stringify(name)}; \`virga intel feeds\` lists them.`);

function isDue(pulls: readonly Fact<'feed.pulled'>[], feed: FeedSettings, now: Date): boolean {
  const last = pulls.at(-1);
  return last === undefined || now.getTime() - last.at >= feed.every * 3_600_000;
}

async function pullOne(
  desk: Desk,
  name: string,
  feed: FeedSettings,
  before: readonly Fact<'feed.pulled'>[],
  person: Person,
): Promise<Pulled> {
  const pulled = await contentOf(desk, name, feed, before, person).catch((error: unknown) => {
    if (error instanceof VirgaError) return { ...nothing(name), outcome: 'failed' as const, detail: error.message };
    throw error;
  });
  await desk.state.append([{ action: 'feed.pulled', detail: pulled }], {
    who: personOf(person.by),
    at: person.now().getTime(),
  });
  return pulled;
}

const nothing = (name: string): Pulled => ({
  name,
  outcome: 'unchanged',
  detail: '',
  kind: null,
  objects: 0,
  indicators: 0,
  bytes: 0,
  etag: null,
  modified: null,
  cursor: null,
});

/** What the place holds now, imported; or that it did not change since the last content. */
async function contentOf(
  desk: Desk,
  name: string,
  feed: FeedSettings,
  before: readonly Fact<'feed.pulled'>[],
  person: Person,
): Promise<Pulled> {
  const last = before.filter(({ detail }) => detail.outcome !== 'failed').at(-1)?.detail ?? null;
  if (!/^https?:\/\//i.test(feed.from)) return imported(desk, name, feed.from, nothing(name), person);
  const door = openDoor({ inside: feed.inside });
  try {
    const answer = await door.ask({ url: feed.from, headers: headersOf(feed, last) });
    const { etag = null, 'last-modified': modified = null } = answer.headers;
    if (answer.status === 304 && last !== null) {
      answer.discard();
      return { ...nothing(name), etag: last.etag, modified: last.modified, cursor: last.cursor };
    }
    if (answer.status !== 200) {
      answer.discard();
      throw new VirgaError('outbound.answer', `The feed ${name} answered with status ${answer.status}.`);
    }
    // The file bears the feed's name: rows without a source of their own are that feed's.
    const file = path.join(desk.temp, name.replace(/[^A-Za-z0-9._-]/g, '_'));
    await pipeline(Readable.from(answer.body), createWriteStream(file));
    const cursor = await sha256(file);
    if (cursor === last?.cursor) return { ...nothing(name), etag, modified, cursor };
    return await imported(desk, name, file, { ...nothing(name), etag, modified, cursor }, person);
  } finally {
    await door.close();
  }
}

function headersOf(feed: FeedSettings, last: Pulled | null): Record<string, string> {
  const secret = feed.authorization === null ? undefined : process.env[feed.authorization];
  if (feed.authorization !== null && secret === undefined)
    throw new VirgaError('usage.wrong', `The environment variable ${feed.authorization} is not set.`);
  return {
    ...(secret === undefined ? {} : { authorization: secret }),
    ...(last?.etag ? { 'if-none-match': last.etag } : {}),
    ...(last?.modified ? { 'if-modified-since': last.modified } : {}),
  };
}

async function imported(desk: Desk, name: string, from: string, pulled: Pulled, person: Person): Promise<Pulled> {
  const { files, refusals, indicators } = await importInto(desk, [from], person);
  const sum = (of: (file: (typeof files)[number]) => number): number =>
    files.reduce((total, file) => total + of(file), 0);
  const first = refusals[0];
  const changed = `${indicators.added} added, ${indicators.updated} updated`;
  return {
    ...pulled,
    name,
    outcome: 'imported',
    detail: first === undefined ? changed : `${changed}; first refusal: line ${first.line}, ${first.detail}`,
    kind: files.find((file) => file.kind !== null)?.kind ?? null,
    objects: sum((file) => file.objects),
    indicators: sum((file) => file.indicators),
  };
}
