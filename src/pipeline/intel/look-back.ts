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
  /** How far was searched. Where that is not all, logs behind `searched.batches` were not looked at. */
  readonly searched: Searched;
  readonly left: Left;
};

/** What waits for the next look back: imports, and batches of logs. */
export type Left = { readonly imports: number; readonly batches: number };

/** What there is to search, up to these numbers. */
export type Reach = { readonly imports: number; readonly facts: number };

/**
 * What became active since `before` against every batch, and everything else against the batches that came since: so
 * each pair of an indicator and a batch is searched once, in whatever order they come. `goesOn` is asked before each step
 * but the first; where it says no, what is left is as if it had come later.
 */
export async function lookBack(
  lake: Lake,
  ask: LookBack,
  reach: Reach,
  goesOn: () => boolean = () => true,
): Promise<Met> {
  const newest = await keepKeys(lake, keying(version));
  await markDecided(lake, ask);
  const steps = stepper(goesOn);
  const older = await olderOf(lake, ask, newest, steps);
  const whole = older.upTo === newest;
  const fresh = whole ? await freshOf(lake, ask, newest, reach, steps) : { found: [], upTo: ask.before.imports };
  const stands = standings(ask.decisions);
  const shown = new Map<Indicator, string>();
  const seenLast = lastSeen(ask.sightings);
  const asIndicators = (list: readonly StoredIndicator[]): Indicator[] =>
    list.flatMap((statement) => usable(statement, stands, seenLast, shown));
  const [news, rest] = [asIndicators(fresh.found), asIndicators(older.found)];
  const seen = await readMet(lake, [...news, ...rest]);
  return {
    hits: [...hitsOf(seen, news), ...hitsOf(seen, rest).map((hit) => ({ ...hit, after: ask.before.batches }))],
    seen,
    shown,
    searched: { imports: fresh.upTo, facts: whole ? reach.facts : ask.before.facts, batches: older.upTo },
    left: { imports: reach.imports - fresh.upTo, batches: newest - older.upTo },
  };
}

/** Steps of growing size: 1, 2, 4…; the first is always taken, so that every look gets on. */
function stepper(goesOn: () => boolean): (from: number, to: number) => number {
  let [size, first] = [1, true];
  return (from, to) => {
    if (from >= to || !(first || goesOn())) return from;
    first = false;
    const next = Math.min(to, from + size);
    size *= 2;
    return next;
  };
}

function hitsOf(seen: Seen, indicators: readonly Indicator[]): readonly Hit[] {
  const matcher = createMatcher(seen);
  for (const indicator of indicators) matcher.add(indicator);
  return matcher.hits();
}

/** Makes `decided`: the values about which something was decided since that lets them convict. */
async function markDecided(lake: Lake, ask: LookBack): Promise<void> {
  const wakes = ({ detail: { verdict, until } }: Fact<'intel.decided'>): boolean =>
    until !== null || (verdict !== null && power(verdict) === 'convicts');
  const decided = ask.decisions.filter((d) => d.n > ask.before.facts && wakes(d)).flatMap((d) => d.detail.subjects);
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE decided (value VARCHAR)');
  await lake.engine.append(
    'decided',
    decided.map(({ value }) => [value]),
  );
}

const isDecided = 'coalesce(value, pattern) IN (SELECT value FROM decided)';

/** What of the statements was met, and up to which number it was searched. */
type Part = { readonly found: readonly StoredIndicator[]; readonly upTo: number };

/** Statements that came or changed since, and those about what was decided since, which meet any batch; by imports. */
async function freshOf(
  lake: Lake,
  ask: LookBack,
  newest: number,
  reach: Reach,
  step: ReturnType<typeof stepper>,
): Promise<Part> {
  if (newest === 0) return { found: [], upTo: reach.imports };
  const current = currentSelect(ask.files, ask.asOf);
  const decided = `SELECT * FROM (${current}) WHERE seq <= ${ask.before.imports} AND ${isDecided}`;
  const found = [...(await readCandidates(lake, decided, false))];
  let upTo = ask.before.imports;
  for (let to = step(upTo, reach.imports); to > upTo; to = step(upTo, reach.imports)) {
    found.push(
      ...(await readCandidates(lake, `SELECT * FROM (${current}) WHERE seq > ${upTo} AND seq <= ${to}`, false)),
    );
    upTo = to;
  }
  return { found, upTo };
}

/** Everything else that meets the batches that came since; by batches. */
async function olderOf(lake: Lake, ask: LookBack, newest: number, step: ReturnType<typeof stepper>): Promise<Part> {
  if (ask.before.imports === 0) return { found: [], upTo: newest };
  const known = `SELECT * FROM (${currentSelect(ask.files, ask.asOf)}) WHERE seq <= ${ask.before.imports} AND NOT (${isDecided})`;
  const found = new Map<string, StoredIndicator>();
  let upTo = ask.before.batches;
  for (let to = step(upTo, newest); to > upTo; to = step(upTo, newest)) {
    await markRecent(lake, upTo, to);
    for (const statement of await readCandidates(lake, known, true)) found.set(statement.id, statement);
    upTo = to;
  }
  return { found: [...found.values()], upTo };
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
