/** The look back: which indicators meet what is stored, since a point that was searched before. */
import { MIN_CONFIDENCE } from '../../findings/weights.ts';
import { createMatcher, type Hit } from '../../hunt/match.ts';
import { keying, readMet } from '../../hunt/met.ts';
import type { Seen } from '../../hunt/seen.ts';
import { observableKey } from '../../intel/identity.ts';
import { expiryOf, lifeOf } from '../../intel/life.ts';
import { readWho } from '../../intel/person.ts';
import { power, type Stand, standings, unreviewed } from '../../intel/review.ts';
import { currentSelect, type LogFile } from '../../lake/indicator-log.ts';
import { indicatorReader } from '../../lake/indicator-read.ts';
import { candidates, keepKeys, markRecent } from '../../lake/keys.ts';
import type { Lake } from '../../lake/lake.ts';
import type { Fact } from '../../model/fact.ts';
import type { Indicator, StoredIndicator } from '../../model/indicator.ts';
import { version } from '../../model/version.ts';
import { endpointOf } from '../intel-log.ts';

/** Everything up to these numbers was searched: imports, facts and batches, each pair of them. */
export type Searched = { readonly imports: number; readonly facts: number; readonly batches: number };

export const nothingSearched: Searched = { imports: 0, facts: 0, batches: 0 };

/** What a look back asks about. */
export type LookBack = {
  readonly files: readonly LogFile[];
  readonly decisions: readonly Fact<'intel.decided'>[];
  readonly sightings: readonly Fact<'intel.sighted'>[];
  /** Milliseconds since 1970: what was known by then. */
  readonly asOf: number;
  readonly before: Searched;
};

export type Met = {
  readonly hits: readonly Hit[];
  readonly seen: Seen;
  /** Indicator → why it may be shown but not convict. */
  readonly shown: ReadonlyMap<Indicator, string>;
  /** Newest batch that was searched. */
  readonly batches: number;
};

/**
 * What became active since `before` against every batch, and everything else against the batches that came since: so
 * each pair of an indicator and a batch is searched once, in whatever order they come.
 */
export async function lookBack(lake: Lake, ask: LookBack): Promise<Met> {
  const batches = await keepKeys(lake, keying(version));
  const stands = standings(ask.decisions);
  const fresh = await freshOf(lake, ask, batches);
  const older = await olderOf(lake, ask, batches, new Set(fresh.map((s) => s.id)));
  const shown = new Map<Indicator, string>();
  const seenLast = lastSeen(ask.sightings);
  const asIndicators = (list: readonly StoredIndicator[]): Indicator[] =>
    list.flatMap((statement) => usable(statement, stands, seenLast, shown));
  const [news, rest] = [asIndicators(fresh), asIndicators(older)];
  const seen = await readMet(lake, [...news, ...rest]);
  const hits = [...hitsOf(seen, news), ...hitsOf(seen, rest).map((hit) => ({ ...hit, after: ask.before.batches }))];
  return { hits, seen, shown, batches };
}

function hitsOf(seen: Seen, indicators: readonly Indicator[]): readonly Hit[] {
  const matcher = createMatcher(seen);
  for (const indicator of indicators) matcher.add(indicator);
  return matcher.hits();
}

/** Statements that came or changed since, and those about what was decided since, which meet any batch. */
async function freshOf(lake: Lake, ask: LookBack, batches: number): Promise<StoredIndicator[]> {
  if (batches === 0) return [];
  const current = currentSelect(ask.files, ask.asOf);
  const wakes = ({ detail: { verdict, until } }: Fact<'intel.decided'>): boolean =>
    until !== null || (verdict !== null && power(verdict) === 'convicts');
  const decided = ask.decisions.filter((d) => d.n > ask.before.facts && wakes(d)).flatMap((d) => d.detail.subjects);
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE decided (value VARCHAR)');
  await lake.engine.append(
    'decided',
    decided.map(({ value }) => [value]),
  );
  const news = `SELECT * FROM (${current}) WHERE seq > ${ask.before.imports} OR coalesce(value, pattern) IN (SELECT value FROM decided)`;
  return readCandidates(lake, news, false);
}

/** Everything else that meets the batches that came since. */
async function olderOf(
  lake: Lake,
  ask: LookBack,
  batches: number,
  fresh: ReadonlySet<string>,
): Promise<StoredIndicator[]> {
  if (ask.before.imports === 0 || batches <= ask.before.batches) return [];
  await markRecent(lake, ask.before.batches);
  const all = await readCandidates(lake, currentSelect(ask.files, ask.asOf), true);
  return all.filter((statement) => !fresh.has(statement.id));
}

/** Of these rows of the log those that may meet the lake (or the recent batches of it), or all of them. */
export async function readCandidates(
  lake: Lake,
  news: string,
  recent: boolean,
  which: 'met' | 'all' = 'met',
): Promise<StoredIndicator[]> {
  const reader = indicatorReader();
  const sql = which === 'all' ? news : `WITH news AS (${news}) ${candidates('news', recent)}`;
  return (await lake.engine.rows(sql)).map(reader);
}

/** When each observable was seen last, by its key. */
export function lastSeen(sightings: readonly Fact<'intel.sighted'>[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const { detail } of sightings)
    if (detail.kind === 'seen') seen.set(detail.subject.key, Math.max(seen.get(detail.subject.key) ?? 0, detail.last));
  return seen;
}

/** Who approves it settles what the source was not sure of: whether it is for detection, and a confidence too low to convict. */
const vouched = ({ confidence }: StoredIndicator): Pick<Indicator, 'detect' | 'confidence'> => ({
  detect: true,
  confidence: confidence !== null && confidence < MIN_CONFIDENCE ? null : confidence,
});

/** The statement as an indicator with its full dates; none where it was rejected; noted in `shown` where it may not convict. */
export function usable(
  statement: StoredIndicator,
  stands: ReadonlyMap<string, Stand>,
  seen: ReadonlyMap<string, number>,
  shown: Map<Indicator, string>,
): Indicator[] {
  const key = observableKey(statement);
  const stand = stands.get(key) ?? unreviewed;
  const may = power(stand.verdict);
  if (may === 'none') return [];
  const expiry = expiryOf(statement, lifeOf(statement, endpointOf), {
    until: stand.until,
    seen: seen.get(key) ?? null,
  });
  const indicator = {
    ...statement,
    validUntil: expiry.at,
    recorded: statement.recorded ?? statement.learned,
    ...(stand.verdict === 'approved' ? vouched(statement) : {}),
  };
  if (may === 'shown') shown.set(indicator, `${stand.verdict} by ${readWho(stand.who ?? '').name}: ${stand.reason}`);
  return [indicator];
}
