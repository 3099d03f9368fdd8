/** How each feed of a workspace stood at a time, from its settings and pulls. */
import { type Ailment, healthOf } from '../../intel/health.ts';
import type { Fact } from '../../model/fact.ts';
import type { State } from '../../state/store.ts';
import { type FeedSettings, feedSchema } from './feed-settings.ts';

export type FeedStanding = {
  readonly name: string;
  readonly ailments: readonly Ailment[];
  /** In words; empty where it is well. */
  readonly why: string;
  /** RFC 3339; null where it was never pulled. */
  readonly last: string | null;
};

/** The feeds that were set up by then. */
export async function feedsAt(state: Pick<State, 'facts'>, asOf?: number): Promise<ReadonlyMap<string, FeedSettings>> {
  const feeds = new Map<string, FeedSettings>();
  for (const { detail } of await state.facts('feed.set', asOf)) {
    if (detail.feed === null) feeds.delete(detail.name);
    else feeds.set(detail.name, feedSchema.parse(detail.feed));
  }
  return feeds;
}

/** Their health; `asOf` in milliseconds since 1970. */
export async function standingsOfFeeds(state: Pick<State, 'facts'>, asOf: number): Promise<readonly FeedStanding[]> {
  const pulls = new Map<string, Fact<'feed.pulled'>[]>();
  for (const pull of await state.facts('feed.pulled', asOf))
    pulls.set(pull.detail.name, [...(pulls.get(pull.detail.name) ?? []), pull]);
  return [...(await feedsAt(state, asOf))].map(([name, { every }]) => ({
    name,
    ...healthOf(pulls.get(name) ?? [], every, asOf),
  }));
}
