/**
 * Fits the weights of the score on labelled replays and measures, on others, how far the score can be believed:
 * `npx tsx scripts/fit.ts` writes src/findings/fitted-factors.ts, docs/reference/calibration.md and calibration.svg.
 * The same code and seeds give the same numbers; some minutes on two cores.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fittedFactors } from '../src/findings/fitted-factors.ts';
import { type EvidenceClass, evidenceClasses, type Finding } from '../src/model/finding.ts';
import { version } from '../src/model/version.ts';
import { huntReplays } from '../src/pipeline/evaluate/evaluate.ts';
import {
  brier,
  type Factors,
  fitFactors,
  type Judged,
  probability,
  reliability,
  reliabilitySvg,
  type Sample,
} from '../src/replays/calibration.ts';
import type { Replay } from '../src/replays/replay.ts';
import { scenarios } from '../src/replays/scenarios/index.ts';
import { telemetries } from '../src/replays/telemetry.ts';

const TRAIN = [11, 12, 13, 14, 15, 16];
const TEST = [21, 22, 23, 24, 25, 26];
const NETWORK = { hosts: 150, days: 3, each: 4 };
/** Of what is told, one in five is adversary use: an assumption; in replays it would be most. */
const SHARE = 0.2;
const JUDGEMENT: Factors = {
  prior: -2,
  of: { intelligence: 1, characteristic: 1, behaviour: 1, lifecycle: 1, benign: 1 },
};

/** An exact, valid indicator of middling confidence (weight 4.7) alone gives more than 0.9, whatever the twins are. */
const LEAST: Factors = {
  prior: -2.3,
  of: { intelligence: 1, characteristic: 0.4, behaviour: 0.4, lifecycle: 0.4, benign: 0.4 },
};

type Raw = Omit<Sample, 'counts'>;

/** One sample for each endpoint of a replay: a name that a hundred honest hosts use is one mistake, not a hundred. */
function samplesOf(replay: Replay, told: readonly Finding[]): Raw[] {
  const planted = new Set(replay.plants.flatMap((p) => p.hosts.map((host) => `${p.src} ${host}`)));
  const samples = new Map<string, Raw>();
  for (const f of told) {
    const host = f.endpoint.host ?? f.endpoint.ip ?? '';
    const adversary = planted.has(`${f.internal.ip} ${host}`);
    const key = `${host} ${adversary}`;
    if (!samples.has(key)) samples.set(key, { sums: sumsOf(f), adversary, level: f.level });
  }
  return [...samples.values()];
}

function sumsOf(f: Finding): Record<EvidenceClass, number> {
  const sums = { intelligence: 0, characteristic: 0, behaviour: 0, lifecycle: 0, benign: 0 };
  for (const e of f.evidence) sums[e.class] += e.weight / fittedFactors.of[e.class];
  return sums;
}

async function collect(seeds: readonly number[]): Promise<Sample[]> {
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-fit-'));
  const raw: Raw[] = [];
  try {
    await huntReplays(
      {
        ...{ ...NETWORK, seeds, scenarios, telemetries, logs: [], mappings: [], internal: [], memory: '700MB' },
        stepHours: NETWORK.days * 24,
        now: () => new Date(),
        progress: (step) => {
          if (step.kind === 'hunted') console.error(step.says);
        },
      },
      temp,
      (_seed, _telemetry, replay, looks) => raw.push(...samplesOf(replay, looks.at(-1)?.told ?? [])),
    );
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
  const adversary = raw.filter((s) => s.adversary).length;
  const honest = raw.length - adversary;
  return raw.map((s) => ({ ...s, counts: s.adversary ? (honest * SHARE) / (1 - SHARE) / adversary : 1 }));
}

/** As a finding shows it: a lead stays below one half. */
const shown = (sample: Sample, p: number): number => (sample.level === 'lead' ? Math.min(0.499, p) : p);
const judgedBy = (samples: readonly Sample[], factors: Factors): Judged[] =>
  samples.map((sample) => ({ sample, predicted: probability(sample, factors) }));
const fixed = (n: number): string => n.toFixed(3);

const train = await collect(TRAIN);
const test = await collect(TEST);
const fitted = fitFactors(train, { start: JUDGEMENT, hold: 10, least: LEAST, most: 1.5 });
const two = (n: number): number => Math.round(n * 100) / 100;
const factors: Factors = {
  prior: two(fitted.prior),
  of: Object.fromEntries(evidenceClasses.map((c) => [c, two(fitted.of[c])])) as Factors['of'],
};
const before = judgedBy(test, JUDGEMENT);
const after = judgedBy(test, factors);
const asShown = after.map((j) => ({ ...j, predicted: shown(j.sample, j.predicted) }));
const bins = reliability(after);
const day = new Date().toISOString().slice(0, 10);
const root = path.join(import.meta.dirname, '..');

writeFileSync(
  path.join(root, 'src', 'findings', 'fitted-factors.ts'),
  `// Written by scripts/fit.ts on ${day} (Virga ${version}, seeds ${TRAIN.join(', ')}); how far to believe it: docs/reference/calibration.md.
import type { EvidenceClass } from '../model/finding.ts';

/** Log-odds before any evidence, and what the weights of each class are multiplied by. */
export const fittedFactors: { readonly prior: number; readonly of: Readonly<Record<EvidenceClass, number>> } = ${JSON.stringify(factors)};
`,
);
writeFileSync(path.join(root, 'docs', 'reference', 'calibration.svg'), reliabilitySvg(bins));
writeFileSync(
  path.join(root, 'docs', 'reference', 'calibration.md'),
  `# How far the score can be believed

<!-- Written by scripts/fit.ts; run it again instead of changing this file. -->

The score is \`1 / (1 + e^−(prior + Σ weights))\`. Each weight is its own ([behaviours](../guide/behaviours.md), [characteristics](../guide/characteristics.md), [findings](../guide/hunt.md)) times the factor of its class. Prior and factors are fitted by logistic regression on labelled replays of our own ([how they are made](../guide/evaluate.md)), held to the values of judgement (prior −2, factors 1) as ten more samples would, and bounded so that an exact, valid indicator of middling confidence alone still gives more than 0.9 (prior at least −2.3, factor of intelligence at least 1); the rule of evidence, not the score, decides what is a finding.

Virga ${version}, ${day}. Fitted on seeds ${TRAIN.join(', ')} (${train.length} samples, ${train.filter((s) => s.adversary).length} of them planted), measured on seeds ${TEST.join(', ')} (${test.length}, ${test.filter((s) => s.adversary).length}); ${NETWORK.hosts} hosts, ${NETWORK.days} days, five sets of logs. One sample is one endpoint that was told in one replay. Plants count so that one in five of what is told is adversary use: an assumption, without which every alarm of a replay would be right.

| | prior | ${evidenceClasses.join(' | ')} |
| --- | --- | ${evidenceClasses.map(() => '---').join(' | ')} |
| fitted | ${factors.prior} | ${evidenceClasses.map((c) => factors.of[c]).join(' | ')} |

| Brier score (0 is perfect) | on held-out seeds |
| --- | --- |
| always one in five | ${fixed(brier(after.map((j) => ({ ...j, predicted: SHARE }))))} |
| weights by judgement alone | ${fixed(brier(before))} |
| fitted | ${fixed(brier(after))} |
| as shown: a lead is held below one half | ${fixed(brier(asShown))} |

![Reliability diagram](calibration.svg)

| score | samples | mean score | share of adversary use |
| --- | --- | --- | --- |
${bins.map((b) => `| ${b.from.toFixed(1)} to ${b.to.toFixed(1)} | ${b.samples} | ${b.predicted.toFixed(2)} | ${b.observed.toFixed(2)} |`).join('\n')}

Leads are held below one half on purpose: without a list or known software behind it, a score above one half would be read as a verdict.

What it does not say: the honest twins of the replays are ours, and so is their share; in your network the numbers differ. \`virga evaluate --logs\` measures there.
`,
);
console.log(JSON.stringify({ factors, before: brier(before), after: brier(after), shown: brier(asShown) }));
