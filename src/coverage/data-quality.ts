import type { DataQuality } from '../model/attack-coverage.ts';
import type { TelemetryCoverage } from '../model/finding.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Least days for 1 to 5: from a day's look to half a year's. */
const RETENTION = [1, 7, 30, 90, 180];
/** Most hours between the newest event and the look for 5 to 2; older is 1. */
const TIMELINESS = [1, 24, 7 * 24, 30 * 24];

/**
 * The quality of what some formats hold, five looks of 0 to 5, in the manner of DeTT&CT but computed. `hosts`: internal
 * hosts of all telemetry, `seen` and `wanted`: places; `until`: milliseconds since 1970 of the look.
 */
export function qualityOf(
  formats: readonly TelemetryCoverage[],
  facts: { readonly hosts: number; readonly seen: number; readonly wanted: number; readonly until: number },
): DataQuality | null {
  const times = formats.flatMap((f) =>
    f.start === null || f.end === null
      ? []
      : [{ start: Date.parse(f.start), end: Date.parse(f.end), gaps: f.gaps_hours }],
  );
  if (times.length === 0) return null;
  const [start, end] = [Math.min(...times.map((t) => t.start)), Math.max(...times.map((t) => t.end))];
  const days = (end - start) / DAY;
  const hours = times.reduce((sum, t) => sum + (t.end - t.start) / HOUR + 1, 0);
  const gaps = times.reduce((sum, t) => sum + t.gaps, 0);
  const age = (facts.until - end) / HOUR;
  const hosts = Math.max(...formats.map((f) => f.internal_hosts));
  const parts = {
    device_completeness: fifths(facts.hosts === 0 ? 0 : hosts / facts.hosts),
    data_field_completeness: fifths(facts.wanted === 0 ? 0 : facts.seen / facts.wanted),
    retention: RETENTION.filter((least) => days >= least).length,
    timeliness: 5 - TIMELINESS.filter((most) => age > most).length,
    consistency: fifths(1 - gaps / hours),
  };
  const { device_completeness: device, data_field_completeness: fields, retention, timeliness, consistency } = parts;
  return { ...parts, score: round((2 * device + 2 * fields + 2 * retention + timeliness + consistency) / 8) };
}

const round = (n: number): number => Math.round(n * 100) / 100;
const fifths = (share: number): number => round(Math.min(1, Math.max(0, share)) * 5);
