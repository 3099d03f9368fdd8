import { statSync } from 'node:fs';
import { byScore, judge } from '../findings/judge.ts';
import { readHosts } from '../hunt/hosts.ts';
import { type IndicatorIndex, indicatorIndex } from '../hunt/indicator-index.ts';
import { createMatcher, type Hit } from '../hunt/match.ts';
import { readSeen, type Seen } from '../hunt/seen.ts';
import { type Lake, narrow } from '../lake/lake.ts';
import { type FormatSeen, formatsSeen, resolversSeen, sourcesSeen } from '../lake/ledger.ts';
import {
  announcedBefore,
  lastBatch,
  matchedUpTo,
  namesBehind,
  reachOf,
  recordAnnounced,
  recordMatched,
} from '../lake/lookback.ts';
import type { Finding } from '../model/finding.ts';
import { insideOf } from '../observables/private.ts';
import { entitiesOf } from './entities.ts';
import { aroundHunt } from './intel/around.ts';
import { lastFact, readAllStored, type StoredIntel } from './intel/stored.ts';
import { createIntelLog, type IntelLog, streamIntel } from './intel-log.ts';

export type LiveOptions = {
  readonly intel: readonly string[];
  /** Whose intelligence is matched beside the files, and whose warning lists are in force. */
  readonly workspace: string;
  /** A PostgreSQL server that keeps the workspace's facts, as `postgres://…`. */
  readonly stateUrl?: string | null;
  /** CIDR ranges of one's own besides the private ones. */
  readonly internal: readonly string[];
  readonly now: () => Date;
  /** Tell leads, too. */
  readonly leads: boolean;
};

/** Meets each batch with the indicators as it comes in. */
export type Live = {
  /** What is new in this batch: findings never told before, or told with another level or severity. */
  readonly match: (seq: number) => Promise<readonly Finding[]>;
  /** After the findings were handed out: the batch needs no second look. */
  readonly settle: (seq: number, findings: readonly Finding[]) => Promise<void>;
  /** Batches that came in but were not matched when an earlier run ended. */
  readonly missed: () => Promise<readonly number[]>;
  readonly indicators: () => number;
};

/** Events from clocks that are ahead are matched, too. */
const FAR = Date.UTC(9999, 11, 31);

/** How long, in milliseconds, what changes slowly is believed: sources, resolvers, formats, the files of intelligence. */
const REFRESH = 60_000;

/** What was read is read again after this long, in milliseconds, for what expires meanwhile. */
const REREAD = 6 * 3_600_000;

/** Reads the indicators and gets ready. Events with a time in the future (a clock that is ahead) are matched all the same. */
export async function startLive(lake: Lake, options: LiveOptions): Promise<Live> {
  let intel = await readIntelligence(lake, options);
  const surroundings = surroundingsOf(lake, options);
  const started = await matchedUpTo(lake);
  if (started === null) await recordMatched(lake, await lastBatch(lake));
  return {
    match: async (seq) => {
      if (options.now().getTime() - intel.checked >= REFRESH) intel = await refreshed(lake, intel, options);
      const findings = await matchBatch(lake, seq, intel, surroundings, options);
      const before = await announcedBefore(
        lake,
        findings.map((f) => f.id),
      );
      return findings.filter((f) => before.get(f.id) !== `${f.level} ${f.severity}`);
    },
    settle: async (seq, findings) => {
      for (const finding of findings) await recordAnnounced(lake, finding);
      await recordMatched(lake, seq);
    },
    missed: async () => {
      const last = await lastBatch(lake);
      const from = (await matchedUpTo(lake)) ?? last;
      return Array.from({ length: Math.max(0, last - from) }, (_, i) => from + 1 + i);
    },
    indicators: () => intel.index.size(),
  };
}

type Intelligence = {
  readonly index: IndicatorIndex;
  readonly log: IntelLog;
  readonly stored: StoredIntel;
  readonly stamp: string;
  readonly read: number;
  readonly checked: number;
};

async function readIntelligence(lake: Lake, options: LiveOptions): Promise<Intelligence> {
  const now = options.now().getTime();
  const stamp = await stampOf(options);
  const given = createIntelLog(now, await aroundHunt(options, now));
  const index = indicatorIndex();
  await streamIntel(options.intel, given).feed({ add: index.add, hits: () => [] });
  const stored = await readAllStored(lake, { ...options, asOf: now, inside: insideOf(options.internal) });
  for (const indicator of stored.indicators) index.add(indicator);
  return { index, log: stored.joined(given), stored, stamp, read: now, checked: now };
}

async function refreshed(lake: Lake, intel: Intelligence, options: LiveOptions): Promise<Intelligence> {
  const checked = options.now().getTime();
  const fresh = checked - intel.read < REREAD && (await stampOf(options)) === intel.stamp;
  return fresh ? { ...intel, checked } : readIntelligence(lake, options);
}

/** Changes when a file or directory of intelligence does, or what the workspace keeps. */
async function stampOf(options: LiveOptions): Promise<string> {
  const files = options.intel.map((path) => statSync(path, { throwIfNoEntry: false }));
  return [await lastFact(options), ...files.map((facts) => (facts ? `${facts.size} ${facts.mtimeMs}` : ''))].join('\n');
}

type Surroundings = {
  readonly sources: readonly string[];
  readonly internal: number;
  readonly resolvers: readonly string[];
  readonly formats: readonly FormatSeen[];
  readonly read: number;
};

function surroundingsOf(lake: Lake, options: LiveOptions): () => Promise<Surroundings> {
  const inside = insideOf(options.internal);
  let known: Surroundings | null = null;
  // Read when a batch has a hit, and then no more than once in a while: each is a walk over the whole ledger.
  return async () => {
    const now = options.now().getTime();
    if (known && now - known.read < REFRESH) return known;
    const sources = await sourcesSeen(lake);
    known = {
      sources,
      internal: sources.filter(inside).length,
      resolvers: await resolversSeen(lake),
      formats: await formatsSeen(lake),
      read: now,
    };
    return known;
  };
}

async function matchBatch(
  lake: Lake,
  seq: number,
  intel: Intelligence,
  surroundings: () => Promise<Surroundings>,
  options: LiveOptions,
): Promise<Finding[]> {
  if (intel.index.size() === 0) return [];
  await lake.settle();
  const fresh = narrow(lake, [seq]);
  const seen = await readSeen(fresh);
  const matcher = createMatcher(seen);
  for (const indicator of intel.index.candidates(seen)) matcher.add(indicator);
  const met = matcher.hits().filter((hit) => hit.wanted.length > 0);
  if (met.length === 0) return [];
  const around = await surroundings();
  const all = await widened(lake, seen, met, around);
  const hits = await intel.stored.reviewed(met, all, intel.log);
  if (hits.length === 0) return [];
  const hosts = await readHosts(lake, insideOf(options.internal));
  const entities = await entitiesOf({
    lake: fresh,
    seen: all,
    hits,
    supports: [],
    intel: intel.log,
    formats: around.formats,
    hosts,
    own: new Set(),
    internalHosts: around.internal,
    asOf: FAR,
  });
  return entities
    .map(judge)
    .filter((f) => options.leads || f.level === 'finding')
    .sort(byScore);
}

/** What the batch shows of the names and addresses that were hit, with what all batches before it showed of them. */
async function widened(lake: Lake, seen: Seen, hits: readonly Hit[], around: Surroundings): Promise<Seen> {
  const keys = hits.flatMap((hit) => hit.wanted);
  const names = [...new Set(keys.filter((k) => k.kind === 'name' || k.kind === 'url').map((k) => k.key))];
  const addresses = [...new Set(keys.filter((k) => k.kind === 'address').map((k) => k.key))];
  return {
    ...seen,
    names: new Map([...seen.names, ...(await reachOf(lake, names))]),
    addresses: new Map([...seen.addresses, ...(await namesBehind(lake, addresses))]),
    sources: around.sources,
    resolvers: around.resolvers,
  };
}
