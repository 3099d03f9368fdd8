/** The current indicators of a workspace, merged by observable, as of any time. */
import { type Guard, guardIndicator } from '../../intel/guards.ts';
import { reactionPoints, until } from '../../intel/life.ts';
import { byObservable, type MergedIndicator, merge, type Status } from '../../intel/merge.ts';
import { readWho } from '../../intel/person.ts';
import { standings } from '../../intel/review.ts';
import type { Warned } from '../../intel/warnings/warning-list.ts';
import { statements } from '../../lake/indicator-read.ts';
import type { IndicatorKind, StoredIndicator } from '../../model/indicator.ts';
import { endpointOf } from '../intel-log.ts';
import { type Desk, type DeskOptions, logFiles, openDesk } from './desk.ts';
import { warningsAt } from './warning-store.ts';

/** Which indicators are meant; what is absent does not narrow. */
export type Filter = {
  readonly kind?: IndicatorKind;
  readonly status?: Status;
  readonly source?: string;
  readonly platform?: string;
  /** Values that begin or end with this text. */
  readonly text?: string;
  readonly verdict?: string;
  readonly label?: string;
};

export type ListOptions = DeskOptions & {
  readonly filter: Filter;
  /** Milliseconds since 1970. */
  readonly asOf: number;
};

/** One indicator as `intel list` prints it. */
export type ListedIndicator = ReturnType<typeof listed> & {
  /** Why it may not convict by what it names. */
  readonly guard: Guard | null;
  /** The warning lists that it is on, those that hold it first. */
  readonly warnings: readonly Warned[];
};

export async function* listIntel(options: ListOptions): AsyncGenerator<ListedIndicator> {
  const desk = await openDesk(options);
  try {
    const warnings = await warningsAt(desk, options.asOf);
    for await (const indicator of indicatorsOf(desk, options.asOf, options.filter))
      yield {
        ...listed(indicator),
        guard: guardIndicator(indicator.leading, endpointOf),
        warnings: warnings.of(indicator.leading),
      };
  } finally {
    await desk.close();
  }
}

/** The merged indicators of an open desk, as of a time. */
export async function* indicatorsOf(desk: Desk, asOf: number, filter: Filter = {}): AsyncGenerator<MergedIndicator> {
  const known = {
    stands: standings(await desk.state.facts('intel.decided', asOf)),
    seen: await lastSeen(desk, asOf),
    classify: endpointOf,
    asOf,
  };
  for await (const [first, ...rest] of byObservable(statements(desk.engine, await logFiles(desk, asOf), asOf))) {
    if (first === undefined) continue;
    const merged = merge([first, ...rest], known);
    if (fits(merged, filter)) yield merged;
  }
}

async function lastSeen(desk: Desk, asOf: number): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  for (const { detail } of await desk.state.facts('intel.sighted', asOf))
    if (detail.kind === 'seen') seen.set(detail.subject.key, Math.max(seen.get(detail.subject.key) ?? 0, detail.last));
  return seen;
}

function fits(indicator: MergedIndicator, filter: Filter): boolean {
  const { leading, statements: all } = indicator;
  const text = leading.value ?? leading.pattern ?? '';
  return (
    (filter.kind === undefined || filter.kind === leading.kind) &&
    (filter.status === undefined || filter.status === indicator.status) &&
    (filter.source === undefined || all.some((s) => s.source.name === filter.source)) &&
    (filter.label === undefined || all.some((s) => s.labels.includes(filter.label ?? ''))) &&
    (filter.verdict === undefined || filter.verdict === indicator.stand.verdict) &&
    (filter.text === undefined || text.startsWith(filter.text) || text.endsWith(filter.text)) &&
    (filter.platform === undefined || platformOf(leading) === filter.platform)
  );
}

const platformOf = ({ kind, value }: StoredIndicator): string | null =>
  value !== null && (kind === 'domain' || kind === 'url') ? endpointOf(value).platform : null;

const timeText = (time: number | null): string | null => {
  if (time === null) return null;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

/** When its weight falls to each reaction point; null where a date of a person or source ends it instead. */
function decayOf({ life, expiry, since }: MergedIndicator) {
  if (expiry.by !== 'kind') return null;
  const points = reactionPoints.map((share) => ({ weight_left: share, at: timeText(since + until(life, share)) }));
  return { half_life_days: life.halfLife, since: timeText(since), reaction_points: points };
}

function listed(indicator: MergedIndicator) {
  const { leading, statements: all, stand, life, expiry, status, fadedConfidence, key, endpoint } = indicator;
  return {
    id: leading.id,
    value: leading.value,
    kind: leading.kind,
    match: leading.match,
    pattern: leading.pattern,
    source: leading.source.name,
    confidence: leading.confidence,
    confidence_now: fadedConfidence,
    valid_from: timeText(leading.validFrom),
    valid_until: timeText(expiry.at),
    valid_until_by: expiry.by,
    recorded: timeText(leading.learned),
    created: timeText(leading.recorded),
    status,
    platform: platformOf(leading),
    endpoint,
    description: leading.description,
    labels: leading.labels,
    life: life.id,
    decay: decayOf(indicator),
    review: {
      verdict: stand.verdict,
      blockable: stand.blockable,
      awaits_second: stand.awaits,
      one_account: stand.oneAccount,
      reason: stand.reason,
      by: stand.who === null ? null : readWho(stand.who).name,
      claimed_by: stand.who === null ? null : readWho(stand.who).account,
      at: timeText(stand.at),
      admiralty: stand.admiralty,
    },
    key,
    statements: all.map((s) => ({
      id: s.id,
      source: s.source.name,
      licence: s.source.licence,
      confidence: s.confidence,
      valid_from: timeText(s.validFrom),
      valid_until: timeText(s.validUntil),
      created: timeText(s.recorded),
      recorded: timeText(s.learned),
      detect: s.detect,
      file: s.source.file,
      line: s.line,
    })),
  };
}
