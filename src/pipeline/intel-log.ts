import type { Matcher } from '../hunt/match.ts';
import { guardIndicator } from '../intel/guards.ts';
import { readIntel } from '../intel/read.ts';
import { knownAt, stateAt } from '../intel/validity.ts';
import type { Warnings } from '../intel/warnings/warning-list.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { HuntDocument } from '../model/finding.ts';
import type { Indicator, IntelSource } from '../model/indicator.ts';
import { classify, classifyHost } from '../platforms/matcher.ts';
import type { Around } from './intel/around.ts';

/** Keeps the account of the intelligence of a run: counts, sources, and what may not convict. */
export type IntelLog = {
  readonly asOf: number;
  /** Counts it; false where it was not known yet as of the run, so it must not be matched. */
  readonly note: (indicator: Indicator) => boolean;
  /** Why this indicator may not convict by what it names, or null. */
  readonly guard: (indicator: Indicator) => string | null;
  /** What warning lists say of it though it may convict, or null. */
  readonly remark: (indicator: Indicator) => string | null;
  /** Keeps that it may not convict, which only the logs could tell. */
  readonly hold: (indicator: Indicator, why: string) => void;
  readonly file: (refused: number) => void;
  /** How many may not convict; `summary` names the first of them. */
  readonly guarded: () => number;
  readonly summary: () => HuntDocument['intel'];
};

const MAX_GUARDED = 200;

/** The endpoint of a host or URL; of a text that is neither, one without a platform. */
export function endpointOf(text: string): Endpoint {
  const answer = classify(text);
  return answer.ok ? answer.endpoint : classifyHost(text);
}

/** What a guard or a warning list says against an indicator: the guard first. */
export function heldBy(indicator: Indicator, warnings: Warnings, classifyAs = endpointOf): string | null {
  const guard = guardIndicator(indicator, classifyAs);
  if (guard !== null) return guard.why;
  const [first] = warnings.of(indicator);
  return first?.effect === 'hold' ? first.why : null;
}

/** What warning lists say of an indicator that they do not hold; the first of them, and how many more. */
export function remarkOn(indicator: Indicator, warnings: Warnings): string | null {
  const found = warnings.of(indicator);
  const [first, ...more] = found;
  if (first === undefined || first.effect === 'hold') return null;
  return more.length === 0 ? first.why : `${first.why} ${more.length} more lists say the same.`;
}

export function createIntelLog(asOf: number, { warnings, feeds }: Around): IntelLog {
  const counts = {
    files: 0,
    indicators: 0,
    active: 0,
    expired: 0,
    'not-yet-valid': 0,
    'not-for-detection': 0,
    refused: 0,
  };
  const byKind: Record<string, number> = {};
  const byPlatform: Record<string, number> = {};
  const sources = new Map<string, { source: IntelSource; indicators: number; newest: number | null }>();
  const guarded = new Map<string, { value: string; source: string; why: string }>();
  let held = 0;
  const hold = (indicator: Indicator, why: string): void => {
    if (guarded.has(indicator.id)) return;
    held++;
    if (guarded.size < MAX_GUARDED)
      guarded.set(indicator.id, {
        value: indicator.value ?? indicator.pattern ?? '',
        source: indicator.source.name,
        why,
      });
  };
  return {
    asOf,
    hold,
    guarded: () => held,
    guard: (indicator) => heldBy(indicator, warnings),
    remark: (indicator) => remarkOn(indicator, warnings),
    note: (indicator) => {
      if (!knownAt(indicator, asOf)) return false;
      counts.indicators++;
      counts[stateAt(indicator, asOf)]++;
      byKind[indicator.kind] = (byKind[indicator.kind] ?? 0) + 1;
      const bare = indicator.kind === 'domain' && indicator.match === 'equals' && indicator.value !== null;
      const endpoint = bare ? classifyHost(indicator.value) : null; // once: nearly all indicators are bare names
      const platform = endpoint === null ? platformOf(indicator) : endpoint.platform;
      if (platform !== null) byPlatform[platform] = (byPlatform[platform] ?? 0) + 1;
      const source = sources.get(indicator.source.name) ?? { source: indicator.source, indicators: 0, newest: null };
      source.indicators++;
      if (indicator.recorded !== null)
        source.newest = Math.max(source.newest ?? indicator.recorded, indicator.recorded);
      sources.set(indicator.source.name, source);
      const why = heldBy(indicator, warnings, endpoint === null ? endpointOf : () => endpoint);
      if (why !== null) hold(indicator, why);
      return true;
    },
    file: (refused) => {
      counts.files++;
      counts.refused += refused;
    },
    summary: () => ({
      files: counts.files,
      indicators: counts.indicators,
      active: counts.active,
      expired: counts.expired,
      not_yet_valid: counts['not-yet-valid'],
      not_for_detection: counts['not-for-detection'],
      refused: counts.refused,
      by_kind: byKind,
      by_platform: Object.fromEntries(Object.entries(byPlatform).sort(([, a], [, b]) => b - a)),
      sources: [...sources.values()].map((s) => ({
        name: s.source.name,
        from: 'given',
        licence: s.source.licence,
        indicators: s.indicators,
        newest: s.newest === null ? null : new Date(s.newest).toISOString(),
      })),
      guarded: [...guarded.values()],
      warning_lists: warnings.lists,
      feeds,
    }),
  };
}

/** The platform that an indicator names; only where its value is a host or a URL. */
export function platformOf({ kind, value, match }: Pick<Indicator, 'kind' | 'value' | 'match'>): string | null {
  if (value === null || (kind !== 'domain' && kind !== 'url')) return null;
  const host =
    kind === 'url'
      ? (/^[a-z]+:\/\/([^/:?#]+)/.exec(value)?.[1] ?? '')
      : match === 'like'
        ? value.replace(/^.*[%_]/, 'x')
        : value;
  return host === '' ? null : classifyHost(host).platform;
}

/** Indicators that wait in memory for the matcher; past it, reading waits too. */
const MAX_WAITING = 400_000;

/** Intelligence that is read while the logs are: `feed` hands everything known to the matcher, what waited and what comes. */
export type IntelStream = { readonly feed: (matcher: Matcher) => Promise<void> };

/** Starts to read the files at once. A failure of reading is thrown by `feed`. */
export function streamIntel(paths: readonly string[], log: IntelLog): IntelStream {
  const waiting: Indicator[] = [];
  let matcher: Matcher | null = null;
  let start: () => void = () => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const take = async (indicators: readonly Indicator[]): Promise<void> => {
    for (const indicator of indicators) {
      if (!log.note(indicator)) continue;
      if (matcher) matcher.add(indicator);
      else waiting.push(indicator);
    }
    if (waiting.length > MAX_WAITING) await started;
  };
  const reading = paths.length === 0 ? Promise.resolve() : readAll(paths, log, take);
  reading.catch(() => {}); // told by `feed`; a hunt that fails before has its own failure to tell
  return {
    feed: async (given) => {
      matcher = given;
      for (const indicator of waiting.splice(0)) given.add(indicator);
      start();
      await reading;
    },
  };
}

async function readAll(
  paths: readonly string[],
  log: IntelLog,
  take: (indicators: readonly Indicator[]) => Promise<void>,
): Promise<void> {
  const { files } = await readIntel(paths, { take });
  for (const file of files) log.file(Object.values(file.refused).reduce((sum, n) => sum + n, 0));
}
