/** Feeds: places that intelligence is pulled from again and again, with a health that everybody can see. */
import { VirgaError } from '../../model/errors.ts';
import type { Fact } from '../../model/fact.ts';
import { type Desk, type DeskOptions, openDesk, personOf } from './desk.ts';
import { feedsAt, standingsOfFeeds } from './feed-health.ts';
import { type FeedSettings, type Way, wayOf } from './feed-settings.ts';
import { nothing, type Pulled, type PullTask } from './pull.ts';
import { pullFile } from './pull-file.ts';
import { pullMisp } from './pull-misp.ts';
import { pullTaxiiFeed } from './pull-taxii.ts';

type Person = { readonly by: string | null; readonly now: () => Date };

/** Sets a feed (null removes it). */
export async function setFeed(options: DeskOptions & Person, name: string, feed: FeedSettings | null): Promise<void> {
  await atDesk(options, async (desk) => {
    if (feed === null && !(await feedsAt(desk.state)).has(name)) throw noFeed(name);
    const stamp = { who: personOf(options.by), at: options.now().getTime() };
    await desk.state.append([{ action: 'feed.set', detail: { name, feed } }], stamp);
  });
}

/** Every feed with its settings, its last pull and its health. */
export async function listFeeds(options: DeskOptions & Pick<Person, 'now'>) {
  return atDesk(options, async (desk) => {
    const feeds = await feedsAt(desk.state);
    const pulls = new Map((await desk.state.facts('feed.pulled')).map(({ detail }) => [detail.name, detail]));
    const stands = await standingsOfFeeds(desk.state, options.now().getTime());
    return stands.map(({ name, ailments, why, last }) => {
      const pulled = pulls.get(name);
      const { outcome = null, kind = null, indicators = 0, detail = '' } = pulled ?? {};
      const health = { healthy: ailments.length === 0, ailments, why, last_pull: last };
      return { name, ...feeds.get(name), ...health, outcome, kind, indicators, detail };
    });
  });
}

/** Pulls the feeds named, or all that are due (`all`: due or not). A feed that fails does not hold up the others. */
export async function pullFeeds(
  options: DeskOptions & Person & { readonly names: readonly string[]; readonly all: boolean },
): Promise<readonly Pulled[]> {
  return atDesk(options, async (desk) => {
    const feeds = await feedsAt(desk.state);
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

const noFeed = (name: string): VirgaError =>
  new VirgaError('usage.wrong', `There is no feed ${JSON.stringify(name)}; \`virga intel feeds\` lists them.`);

function isDue(pulls: readonly Fact<'feed.pulled'>[], feed: FeedSettings, now: Date): boolean {
  const last = pulls.at(-1);
  return last === undefined || now.getTime() - last.at >= feed.every * 3_600_000;
}

/** How each kind of place is pulled. */
const pullers: Readonly<Record<Way, (task: PullTask) => Promise<Pulled>>> = {
  file: pullFile,
  misp: pullMisp,
  taxii: pullTaxiiFeed,
};

async function pullOne(
  desk: Desk,
  name: string,
  feed: FeedSettings,
  before: readonly Fact<'feed.pulled'>[],
  person: Person,
): Promise<Pulled> {
  const last = before.filter(({ detail }) => detail.outcome !== 'failed').at(-1)?.detail ?? null;
  const task = { desk, name, feed, last, ...person };
  const pulled = await pullers[wayOf(feed)](task).catch((error: unknown) => {
    if (error instanceof VirgaError) return { ...nothing(name), outcome: 'failed' as const, detail: error.message };
    throw error;
  });
  await desk.state.append([{ action: 'feed.pulled', detail: pulled }], {
    who: personOf(person.by),
    at: person.now().getTime(),
  });
  return pulled;
}
