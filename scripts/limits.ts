/**
 * Measures what the logs at hand allow, and writes src/coverage/measured-limits.ts: run with `npx tsx scripts/limits.ts`
 * after a change of a behaviour. The same code and seeds give the same numbers; some minutes on two cores.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MeasuredLimits } from '../src/coverage/measured.ts';
import type { EvaluationDocument, PlantResult } from '../src/model/evaluation.ts';
import { version } from '../src/model/version.ts';
import { type EvaluateOptions, evaluate } from '../src/pipeline/evaluate/evaluate.ts';
import { agents } from '../src/replays/agents.ts';
import { scenarios } from '../src/replays/scenarios/index.ts';
import { jitters, periods } from '../src/replays/scenarios/parts.ts';
import { beaconOf } from '../src/replays/scenarios/unlisted.ts';
import { telemetries } from '../src/replays/telemetry.ts';

const SEEDS = [1, 2, 3];
const HOSTS = 150;
const DAYS = [1, 3, 7];
const EACH = 2;

const common: Omit<EvaluateOptions, 'scenarios' | 'days' | 'stepHours' | 'each'> = {
  ...{ logs: [], mappings: [], internal: [], seeds: SEEDS, hosts: HOSTS, telemetries, memory: '700MB' },
  now: () => new Date(),
  progress: (step) => {
    if (step.kind === 'hunted') console.error(step.says);
  },
};

/** One look at the end of the logs. */
const ask = (days: number, more: Pick<EvaluateOptions, 'scenarios' | 'each'>): Promise<EvaluationDocument> =>
  evaluate({ ...common, days, stepHours: days * 24, ...more });

const toldOf = (plants: readonly PlantResult[]): { found: number; asked: number } => ({
  found: plants.filter((p) => p.told !== null).length,
  asked: plants.length,
});

async function rhythms(): Promise<MeasuredLimits['rhythms']> {
  const rows: MeasuredLimits['rhythms'][number][] = [];
  for (const days of DAYS)
    for (const agent of [agents.go, agents.chrome]) {
      const grid = periods.flatMap((period) => jitters.map((jitter) => beaconOf({ period, jitter }, agent)));
      const { plants } = await ask(days, { scenarios: grid, each: EACH });
      for (const t of telemetries)
        rows.push({
          ...{ telemetry: t.id, days, imitates_browser: agent === agents.chrome },
          told: periods.map((period) => ({
            period,
            ...toldOf(plants.filter((p) => p.telemetry === t.id && p.period === period)),
          })),
        });
    }
  return rows;
}

async function others(): Promise<Pick<MeasuredLimits, 'scenarios' | 'alarms'>> {
  const document = await ask(3, { scenarios: scenarios.filter((s) => s.id !== 'beacon'), each: 5 });
  const alarms = document.telemetry.map(({ telemetry, false_leads: f }) => ({
    ...{ telemetry, rate: f.per_1000_hosts_per_day, low: f.low, high: f.high },
  }));
  const rows = document.scenarios.map(({ scenario, telemetry, level, found, asked }) => ({
    ...{ scenario, telemetry, level, found, asked },
  }));
  return { scenarios: rows, alarms };
}

const measured: MeasuredLimits = {
  version,
  measured: new Date().toISOString().slice(0, 10),
  seeds: SEEDS,
  hosts: HOSTS,
  jitter: Math.max(...jitters),
  rhythms: await rhythms(),
  ...(await others()),
};

writeFileSync(
  path.join(import.meta.dirname, '..', 'src', 'coverage', 'measured-limits.ts'),
  `// Written by scripts/limits.ts; run it again after a change of a behaviour.
import type { MeasuredLimits } from './measured.ts';

export const measuredLimits: MeasuredLimits = ${JSON.stringify(measured)};
`,
);
