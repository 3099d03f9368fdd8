/** Outcomes as numbers: recall and false alarms with their intervals, by scenario, platform, rhythm and telemetry. */
import type {
  Delay,
  EvaluationDocument,
  PlantResult,
  PlatformResult,
  Recall,
  RhythmResult,
  ScenarioResult,
  TelemetryResult,
} from '../model/evaluation.ts';
import { rateOf, shareOf } from './interval.ts';
import { isFound, type Outcome } from './outcome.ts';
import type { Scenario } from './plant.ts';
import type { Telemetry } from './telemetry.ts';

export type Results = Pick<
  EvaluationDocument,
  'telemetry' | 'scenarios' | 'platforms' | 'rhythms' | 'out_of_sight' | 'plants'
>;

export function resultsOf(
  outcomes: readonly Outcome[],
  telemetries: readonly Telemetry[],
  scenarios: readonly Scenario[],
): Results {
  const plants = outcomes.flatMap((o) => o.plants);
  return {
    telemetry: telemetries.map((t) =>
      telemetryResult(
        t,
        outcomes.filter((o) => o.telemetry.id === t.id),
      ),
    ),
    scenarios: scenarios.flatMap((s) => telemetries.flatMap((t) => scenarioResults(s, t, plants))),
    platforms: telemetries.flatMap((t) => platformResults(t, plants)),
    rhythms: telemetries.flatMap((t) => rhythmResults(t, plants)),
    out_of_sight: telemetries.map((t) => ({
      telemetry: t.id,
      scenarios: scenarios
        .filter((s) => {
          const mine = plants.filter((p) => p.telemetry === t.id && p.scenario === s.id);
          return mine.length > 0 && mine.every((p) => p.asked === null);
        })
        .map((s) => s.id),
    })),
    plants,
  };
}

const recallOf = (plants: readonly PlantResult[]): Recall => {
  const asked = plants.filter((p) => p.asked !== null);
  const found = asked.filter(isFound).length;
  return { asked: asked.length, found, recall: shareOf(found, asked.length) };
};

function telemetryResult(t: Telemetry, outcomes: readonly Outcome[]): TelemetryResult {
  const hostDays = outcomes.reduce((sum, o) => sum + o.hostDays, 0);
  const wrong = outcomes.flatMap((o) => o.wrong);
  const findings = wrong.filter((w) => w.level === 'finding');
  const leads = wrong.filter((w) => w.level === 'lead');
  const twins = [...new Set(wrong.map((w) => w.twin))].sort();
  return {
    telemetry: t.id,
    says: t.says,
    ...recallOf(outcomes.flatMap((o) => o.plants)),
    host_days: hostDays,
    false_findings: rateOf(findings.length, hostDays),
    false_leads: rateOf(leads.filter((w) => !w.contested).length, hostDays),
    contested_leads: leads.filter((w) => w.contested).length,
    by_twin: twins.map((twin) => ({
      twin,
      findings: findings.filter((w) => w.twin === twin).length,
      leads: leads.filter((w) => w.twin === twin).length,
    })),
  };
}

/** One row for each level that was asked for: what a telemetry shows may allow a finding of one plant and a lead of another. */
function scenarioResults(s: Scenario, t: Telemetry, plants: readonly PlantResult[]): ScenarioResult[] {
  const mine = plants.filter((p) => p.scenario === s.id && p.telemetry === t.id);
  return (['finding', 'lead'] as const).flatMap((level) => {
    const asked = mine.filter((p) => p.asked === level);
    if (asked.length === 0) return [];
    return [{ scenario: s.id, says: s.says, telemetry: t.id, level, ...recallOf(asked), delay_hours: delayOf(asked) }];
  });
}

function delayOf(plants: readonly PlantResult[]): Delay | null {
  const hours = plants.flatMap((p) => (p.delay_hours === null ? [] : [p.delay_hours])).sort((a, b) => a - b);
  const at = (share: number): number => hours[Math.min(hours.length - 1, Math.floor(share * hours.length))] ?? 0;
  return hours.length === 0 ? null : { median: at(0.5), nine_of_ten: at(0.9) };
}

function platformResults(t: Telemetry, plants: readonly PlantResult[]): PlatformResult[] {
  const mine = plants.filter((p) => p.telemetry === t.id && p.asked !== null);
  return [...new Set(mine.map((p) => p.platform))]
    .sort()
    .map((platform) => ({ platform, telemetry: t.id, ...recallOf(mine.filter((p) => p.platform === platform)) }));
}

/** Channels that nothing but their rhythm tells. */
function rhythmResults(t: Telemetry, plants: readonly PlantResult[]): RhythmResult[] {
  const groups = new Map<string, PlantResult[]>();
  for (const p of plants)
    if (p.telemetry === t.id && p.scenario === 'beacon' && p.asked !== null) {
      const key = `${p.period} ${p.jitter}`;
      groups.set(key, [...(groups.get(key) ?? []), p]);
    }
  return [...groups.values()]
    .map((of) => ({ telemetry: t.id, period: of[0]?.period ?? 0, jitter: of[0]?.jitter ?? 0, ...recallOf(of) }))
    .sort((a, b) => a.period - b.period || a.jitter - b.jitter);
}
