/** How good each source is, from what became of its indicators. Pure; one pass. */
import type { Endpoint } from '../model/endpoint.ts';
import type { StoredIndicator } from '../model/indicator.ts';
import type { MergedIndicator } from './merge.ts';

/** A number with what it was counted from; null where nothing was. */
export type Measure = { readonly value: number | null; readonly of: number };

export type SourceQuality = {
  readonly source: string;
  /** Its current statements, and how many of them are active or expired. */
  readonly indicators: number;
  readonly active: number;
  readonly expired: number;
  /** Right / (right + wrong) among those with an outcome: approved; rejected, or cleared as a false positive. */
  readonly precision: Measure & {
    readonly right: number;
    readonly wrong: number;
    readonly low: number | null;
    readonly high: number | null;
  };
  /** Median days by which it was before the first other source, among the indicators that others have too; below 0 it was later. */
  readonly lead_days: Measure;
  /** Share of the same at which it was first. */
  readonly first: Measure;
  /** Median days from its word to the first sighting in our own logs, among those that were sighted; below 0 it came after. */
  readonly before_sighting_days: Measure;
  /** Share of its indicators that at least one other source has too. */
  readonly overlap: Measure;
  /** The sources that share most with it. */
  readonly shared_with: readonly { readonly source: string; readonly indicators: number; readonly share: number }[];
  /** Share of its names and URLs that are on a known shared platform. */
  readonly on_platforms: Measure;
  /** Median days since its last word on each indicator. */
  readonly age_days: Measure;
  /** Share of its indicators that have expired. */
  readonly expired_share: Measure;
  /** When something of it became known here last. */
  readonly newest: string | null;
};

/** What our own logs and people said of an observable besides reviews; milliseconds since 1970. */
export type Outcome = { readonly firstSeen: number | null; readonly cleared: number | null };

type Counts = {
  indicators: number;
  active: number;
  expired: number;
  right: number;
  wrong: number;
  named: number;
  onPlatform: number;
  shared: number;
  first: number;
  newest: number;
  readonly leads: number[];
  readonly sightings: number[];
  readonly ages: number[];
  readonly others: Map<string, number>;
};

const DAY = 86_400_000;
const MOST_OTHERS = 5;

const fresh = (): Counts => ({
  ...{
    indicators: 0,
    active: 0,
    expired: 0,
    right: 0,
    wrong: 0,
    named: 0,
    onPlatform: 0,
    shared: 0,
    first: 0,
    newest: 0,
  },
  ...{ leads: [], sightings: [], ages: [], others: new Map() },
});

/** Takes the merged indicators one by one, then gives a row for each source, those with most indicators first. */
export function measureSources(asOf: number, classify: (text: string) => Endpoint) {
  const bySource = new Map<string, Counts>();
  const add = (indicator: MergedIndicator, outcome: Outcome): void => {
    const platform = platformOf(indicator, classify);
    const mine = lastWords(indicator.statements);
    for (const [source, statement] of mine) {
      const counts = bySource.get(source) ?? fresh();
      bySource.set(source, counts);
      count(counts, indicator, statement, asOf);
      if (platform !== undefined) counts.named++;
      if (platform) counts.onPlatform++;
      judge(counts, indicator, outcome);
      if (outcome.firstSeen !== null) counts.sightings.push((outcome.firstSeen - saidAt(statement)) / DAY);
      if (mine.size > 1) compare(counts, source, mine);
    }
  };
  const rows = (): readonly SourceQuality[] =>
    [...bySource].map(([source, counts]) => row(source, counts)).sort((a, b) => b.indicators - a.indicators);
  return { add, rows };
}

/** Of each source its last word: one source may say the same under two ids. */
function lastWords(statements: readonly StoredIndicator[]): ReadonlyMap<string, StoredIndicator> {
  const words = new Map<string, StoredIndicator>();
  for (const statement of statements) {
    const before = words.get(statement.source.name);
    if (before === undefined || before.learned < statement.learned) words.set(statement.source.name, statement);
  }
  return words;
}

/** When the source said it: by its own record, else when it became known here. */
const saidAt = ({ recorded, learned }: StoredIndicator): number => recorded ?? learned;

function count(counts: Counts, { status }: MergedIndicator, statement: StoredIndicator, asOf: number): void {
  counts.indicators++;
  if (status === 'active') counts.active++;
  if (status === 'expired') counts.expired++;
  const word = Math.max(statement.validFrom ?? 0, statement.recorded ?? 0) || statement.learned;
  counts.ages.push((asOf - word) / DAY);
  counts.newest = Math.max(counts.newest, statement.learned);
}

/** An approval counts as right and a rejection as wrong; what was cleared after the last decision is wrong. */
function judge(counts: Counts, { stand }: MergedIndicator, { cleared }: Outcome): void {
  const wrong = stand.verdict === 'rejected' || (cleared !== null && cleared >= (stand.at ?? 0));
  if (wrong) counts.wrong++;
  else if (stand.verdict === 'approved') counts.right++;
}

function compare(counts: Counts, source: string, words: ReadonlyMap<string, StoredIndicator>): void {
  counts.shared++;
  const own = words.get(source);
  const others = [...words].filter(([other]) => other !== source);
  for (const [other] of others) counts.others.set(other, (counts.others.get(other) ?? 0) + 1);
  if (own === undefined) return;
  const lead = Math.min(...others.map(([, statement]) => saidAt(statement))) - saidAt(own);
  counts.leads.push(lead / DAY);
  if (lead > 0) counts.first++;
}

/** Undefined where the indicator is no name and no URL. */
function platformOf({ leading }: MergedIndicator, classify: (text: string) => Endpoint): string | null | undefined {
  const { kind, value } = leading;
  return value !== null && (kind === 'domain' || kind === 'url') ? classify(value).platform : undefined;
}

function row(source: string, counts: Counts): SourceQuality {
  const { indicators, right, wrong, shared } = counts;
  const judged = right + wrong;
  const others = [...counts.others].sort((a, b) => b[1] - a[1]).slice(0, MOST_OTHERS);
  return {
    ...{ source, indicators, active: counts.active, expired: counts.expired },
    precision: { ...share(right, judged), right, wrong, ...wilson(right, judged) },
    lead_days: median(counts.leads),
    first: share(counts.first, shared),
    before_sighting_days: median(counts.sightings),
    overlap: share(shared, indicators),
    shared_with: others.map(([other, n]) => ({ source: other, indicators: n, share: round(n / indicators) })),
    on_platforms: share(counts.onPlatform, counts.named),
    age_days: median(counts.ages),
    expired_share: share(counts.expired, indicators),
    newest: counts.newest === 0 ? null : new Date(counts.newest).toISOString(),
  };
}

const round = (x: number): number => Math.round(x * 1000) / 1000;

const share = (part: number, of: number): Measure => ({ value: of === 0 ? null : round(part / of), of });

function median(numbers: readonly number[]): Measure {
  const sorted = Float64Array.from(numbers).sort();
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return {
    value: low === undefined || high === undefined ? null : Math.round((low + high) * 5) / 10,
    of: sorted.length,
  };
}

/** 95 % interval of a share by Wilson: a few outcomes say little, and this shows how little. */
function wilson(hits: number, of: number): { low: number | null; high: number | null } {
  if (of === 0) return { low: null, high: null };
  const z = 1.96;
  const p = hits / of;
  const middle = p + (z * z) / (2 * of);
  const spread = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: round(Math.max(0, (middle - spread) / scale)), high: round(Math.min(1, (middle + spread) / scale)) };
}
