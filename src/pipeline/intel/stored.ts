/** What the workspace keeps of intelligence, as a hunt asks it: reviewed, as of the time of the hunt. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Hit } from '../../hunt/match.ts';
import { keying } from '../../hunt/met.ts';
import type { Seen } from '../../hunt/seen.ts';
import { observableKey } from '../../intel/identity.ts';
import { readWho } from '../../intel/person.ts';
import { power, type Stand, standings } from '../../intel/review.ts';
import { currentSelect } from '../../lake/indicator-log.ts';
import { statements } from '../../lake/indicator-read.ts';
import { keepKeys } from '../../lake/keys.ts';
import type { Lake } from '../../lake/lake.ts';
import type { HuntDocument } from '../../model/finding.ts';
import type { Indicator, StoredIndicator } from '../../model/indicator.ts';
import { version } from '../../model/version.ts';
import { openState, type State } from '../../state/store.ts';
import type { IntelLog } from '../intel-log.ts';
import { filesOf } from './desk.ts';
import { type LookBack, lastSeen, nothingSearched, readCandidates, usable } from './look-back.ts';
import { summaryOf } from './met-log.ts';
import { quarantine } from './quarantine.ts';

export type StoredOptions = {
  readonly workspace: string | null;
  /** A PostgreSQL server that keeps the facts instead of the workspace. */
  readonly stateUrl?: string | null;
  /** Milliseconds since 1970: what was known and decided by then. */
  readonly asOf: number;
  /** Is this source one's own? */
  readonly inside: (src: string) => boolean;
  readonly now: () => Date;
};

/** The stored intelligence of one hunt. */
export type StoredIntel = {
  /** What may meet the logs, and the listed URLs whose paths stand on several hosts. */
  readonly indicators: readonly Indicator[];
  /** The hits that count: without what was rejected, and without what the files of this run say too. */
  readonly reviewed: (hits: readonly Hit[], seen: Seen, intel: IntelLog) => Promise<readonly Hit[]>;
  /** The account of the run with what is stored in it. */
  readonly joined: (intel: IntelLog) => IntelLog;
};

const nothing: StoredIntel = {
  indicators: [],
  reviewed: async (hits) => hits,
  joined: (intel) => intel,
};

/** Reads what the workspace keeps and may meet the lake; nothing where it keeps none. */
export const readStored = (lake: Lake, options: StoredOptions): Promise<StoredIntel> => read(lake, options, metBy);

/** Reads all that the workspace keeps, for logs that are still to come. */
export const readAllStored = (lake: Lake, options: StoredOptions): Promise<StoredIntel> =>
  read(lake, options, async (_, ask) => {
    const all: StoredIndicator[] = [];
    for await (const of of statements(lake.engine, ask.files, ask.asOf)) all.push(...of);
    return all;
  });

/** Number of the last fact of a workspace: changes when its intelligence, decisions or lists do; 0 where it keeps none. */
export const lastFact = async (options: Pick<StoredOptions, 'workspace' | 'stateUrl'>): Promise<number> =>
  keepsState(options) ? withState(options, (state) => state.last()) : 0;

const keepsState = ({ workspace, stateUrl }: Pick<StoredOptions, 'workspace' | 'stateUrl'>): boolean =>
  workspace !== null && (Boolean(stateUrl) || existsSync(path.join(workspace, 'state.db')));

/** Which statements of the log are looked at. */
type Choose = (lake: Lake, ask: LookBack) => Promise<readonly StoredIndicator[]>;

const metBy: Choose = async (lake, ask) => {
  await keepKeys(lake, keying(version));
  const current = currentSelect(ask.files, ask.asOf);
  return [
    ...(await readCandidates(lake, current, false)),
    ...(await readCandidates(lake, sharedPaths(current), false, 'all')),
  ];
};

async function read(lake: Lake, options: StoredOptions, choose: Choose): Promise<StoredIntel> {
  const { workspace, asOf } = options;
  if (workspace === null || !keepsState(options)) return nothing;
  return withState(options, async (state) => {
    const files = filesOf(await state.facts('intel.imported', asOf), path.join(workspace, 'intel'));
    const decisions = await state.facts('intel.decided', asOf);
    if (files.length === 0 && decisions.length === 0) return nothing;
    const sightings = await state.facts('intel.sighted', asOf);
    return storedIn(lake, options, { files, decisions, sightings, asOf, before: nothingSearched }, choose);
  });
}

async function withState<T>(
  { workspace, stateUrl }: Pick<StoredOptions, 'workspace' | 'stateUrl'>,
  work: (state: State) => Promise<T>,
): Promise<T> {
  const state = await openState(stateUrl ? { url: stateUrl } : { workspace: workspace ?? '' });
  try {
    return await work(state);
  } finally {
    await state.close();
  }
}

async function storedIn(lake: Lake, options: StoredOptions, ask: LookBack, choose: Choose): Promise<StoredIntel> {
  const current = currentSelect(ask.files, ask.asOf);
  const stands = standings(ask.decisions);
  const shown = new Map<Indicator, string>();
  const seen = lastSeen(ask.sightings);
  const chosen = await choose(lake, ask);
  const indicators = [...new Map(chosen.map((s) => [s.id, s])).values()].flatMap((s) => usable(s, stands, seen, shown));
  const summary = ask.files.length === 0 ? null : await summaryOf(lake, current, ask.asOf);
  return {
    indicators,
    reviewed: async (hits, met, intel) => {
      const kept = withoutRepeats(hits.filter((hit) => standsUp(hit, stands, shown)));
      await holdBack({ hits: kept, seen: met, shown, stands }, options);
      for (const { indicator } of kept) {
        const why = shown.get(indicator) ?? intel.guard(indicator);
        if (why !== null) intel.hold(indicator, why);
      }
      return kept;
    },
    joined: (intel) => ({
      ...intel,
      guard: (indicator) => shown.get(indicator) ?? intel.guard(indicator),
      summary: () => sumOf(intel.summary(), summary),
    }),
  };
}

/** Listed URLs whose path stands on more than one host: what the hunt learns templates from. */
const sharedPaths = (current: string): string => {
  const part = (group: 'host' | 'path'): string =>
    `regexp_extract(value, '^[a-z]+://([^/?#]+)(/[^?#]*)', ['host', 'path']).${group}`;
  const urls = `SELECT *, ${part('host')} AS url_host, ${part('path')} AS url_path FROM (${current}) WHERE kind = 'url' AND NOT alike AND detect`;
  return `SELECT * EXCLUDE (url_host, url_path) FROM (SELECT *, min(url_host) OVER w <> max(url_host) OVER w AS shared FROM (${urls}) WINDOW w AS (PARTITION BY url_path)) WHERE shared LIMIT 10000`;
};

/** What people decided of an observable holds for whoever lists it, files of this run too. */
function standsUp({ indicator }: Hit, stands: ReadonlyMap<string, Stand>, shown: Map<Indicator, string>): boolean {
  if (stands.size === 0 || shown.has(indicator)) return true;
  const stand = stands.get(observableKey(indicator));
  if (stand === undefined) return true;
  if (power(stand.verdict) === 'shown')
    shown.set(indicator, `${stand.verdict} by ${readWho(stand.who ?? '').name}: ${stand.reason}`);
  return power(stand.verdict) !== 'none';
}

/** A statement that a file of this run makes counts once, as the file has it. */
function withoutRepeats(hits: readonly Hit[]): readonly Hit[] {
  const given = new Set(hits.flatMap(({ indicator }) => (indicator.source.from === undefined ? [indicator.id] : [])));
  return hits.filter(({ indicator }) => indicator.source.from === undefined || !given.has(indicator.id));
}

type Held = Parameters<typeof quarantine>[0] & { readonly shown: Map<Indicator, string> };

/** Stored entries that would hit too many hosts are shown only; that becomes a fact unless the hunt is of the past. */
async function holdBack(held: Held, options: StoredOptions): Promise<void> {
  const stored = held.hits.filter(({ indicator }) => indicator.source.from === 'workspace');
  const { shown, facts } = quarantine({ ...held, hits: stored }, options.inside);
  for (const [indicator, why] of shown) held.shown.set(indicator, why);
  const at = options.now().getTime();
  if (facts.length > 0 && options.asOf >= at - FRESH)
    await withState(options, (state) => state.append(facts, { who: 'virga', at }));
}

/** A hunt whose time is older than this asks about the past. */
const FRESH = 24 * 3_600_000;

type Summary = HuntDocument['intel'];
type Counts = Omit<Summary, 'guarded' | 'warning_lists' | 'feeds'>;

function sumOf(given: Summary, stored: Counts | null): Summary {
  if (stored === null) return given;
  const plus = (name: 'files' | 'indicators' | 'active' | 'expired' | 'not_yet_valid' | 'not_for_detection'): number =>
    given[name] + stored[name];
  return {
    files: plus('files'),
    indicators: plus('indicators'),
    active: plus('active'),
    expired: plus('expired'),
    not_yet_valid: plus('not_yet_valid'),
    not_for_detection: plus('not_for_detection'),
    refused: given.refused,
    by_kind: sums(given.by_kind, stored.by_kind),
    by_platform: sums(given.by_platform, stored.by_platform),
    sources: [...given.sources, ...stored.sources],
    guarded: given.guarded,
    warning_lists: given.warning_lists,
    feeds: given.feeds,
  };
}

function sums(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const both = new Map(Object.entries(one));
  for (const [key, n] of Object.entries(other)) both.set(key, (both.get(key) ?? 0) + n);
  return Object.fromEntries([...both].sort(([, a], [, b]) => b - a));
}
