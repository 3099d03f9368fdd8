import type {
  AnalyticCoverage,
  AttackCoverage,
  LogSourceCoverage,
  TechniqueCoverage,
} from '../model/attack-coverage.ts';
import type { AttackPage, LogSource } from '../model/attack-page.ts';
import type { TelemetryCoverage } from '../model/finding.ts';
import { type Evidenced, evidenced, wantedOf } from './attack-evidence.ts';
import { qualityOf } from './data-quality.ts';

export type AttackCoverageFacts = {
  /** Pages of the techniques that Virga evidences, as the release has them. */
  readonly pages: readonly AttackPage[];
  readonly release: string;
  readonly domain: string;
  readonly telemetry: readonly TelemetryCoverage[];
  /** Internal hosts of all telemetry together. */
  readonly internalHosts: number;
  /** What the telemetry is, in words. */
  readonly from: string;
  /** Milliseconds since 1970 of the look. */
  readonly until: number;
};

export const evidencedTechniques: readonly string[] = evidenced.map((e) => e.technique);

/** For each technique that Virga evidences: the log sources that MITRE's analytics ask for, and which of them are there. */
export function attackCoverage(facts: AttackCoverageFacts): AttackCoverage {
  const { telemetry, pages } = facts;
  const has = (technique: string): AttackPage | undefined => pages.find((p) => p.object.attack_id === technique);
  const times = telemetry.flatMap((t) => [t.start, t.end].filter((time) => time !== null)).sort();
  return {
    ...{ release: facts.release, domain: facts.domain, telemetry: facts.from },
    ...{ start: times[0] ?? null, end: times.at(-1) ?? null, internal_hosts: facts.internalHosts },
    techniques: evidenced.flatMap((e) => {
      const page = has(e.technique);
      return page ? [techniqueOf(page, e, facts)] : [];
    }),
    missing: evidencedTechniques.filter((technique) => !has(technique)),
    limits: [
      'Device completeness counts only hosts that some log shows; hosts without any log are unknown to it.',
      'A log source counts by what its records can hold, not by whether somebody looks at them.',
      'What happens before contact (creation of a function, access to it) is outside of this telemetry.',
    ],
  };
}

function techniqueOf(
  { object, context }: AttackPage,
  { by, places }: Evidenced,
  facts: AttackCoverageFacts,
): TechniqueCoverage {
  const analytics = context.analytics.map(
    (a): AnalyticCoverage => ({
      ...{ attack_id: a.attack_id, name: a.name, platforms: a.platforms },
      log_sources: a.log_sources.map((l) => logSource(l, facts)),
    }),
  );
  const sight = sightOf(places, facts);
  const sources = analytics.flatMap((a) => a.log_sources);
  return {
    ...{ attack_id: object.attack_id ?? '', name: object.name, tactics: context.tactics.flatMap((t) => t.name ?? []) },
    ...{ strategies: context.detection_strategies, analytics, evidence: { by, ...sight } },
    score: Math.round((sight.seen.length / Math.max(1, places.length)) * ((sight.quality?.score ?? 0) / 5) * 100),
    log_sources_had: sources.filter((s) => s.have === 'yes').length,
    log_sources_partly: sources.filter((s) => s.have === 'partly').length,
    log_sources: sources.length,
  };
}

function logSource({ name, channel, component }: LogSource, facts: AttackCoverageFacts): LogSourceCoverage {
  const wanted = wantedOf(name, component?.attack_id ?? null);
  const told = { name, channel, component: component?.attack_id ?? null, component_name: component?.name ?? null };
  if (typeof wanted === 'string')
    return { ...told, have: 'no', why: wanted, formats: [], wanted: [], seen: [], quality: null };
  const sight = sightOf(wanted, facts);
  const missing = wanted.filter((place) => !sight.seen.includes(place));
  if (sight.seen.length === 0) return { ...told, have: 'no', why: `no log shows ${missing.join(', ')}`, ...sight };
  return missing.length === 0
    ? { ...told, have: 'yes', why: `${sight.formats.join(', ')} show it`, ...sight }
    : { ...told, have: 'partly', why: `${sight.formats.join(', ')} show it, without ${missing.join(', ')}`, ...sight };
}

function sightOf(places: readonly string[], { telemetry, internalHosts, until }: AttackCoverageFacts) {
  const showing = telemetry.filter((t) => t.events > 0 && t.sees.some((place) => places.includes(place)));
  const seen = places.filter((place) => showing.some((t) => t.sees.includes(place)));
  return {
    ...{ wanted: places, seen, formats: showing.map((t) => t.format) },
    quality: qualityOf(showing, { hosts: internalHosts, seen: seen.length, wanted: places.length, until }),
  };
}
