/** Weights fitted on labelled replays, and how far the score can be believed. Pure; scripts/fit.ts runs it. */
import type { EvidenceClass, Finding } from '../model/finding.ts';

/** What was told of one endpoint in one replay: the weights of its evidence by class, before any factor, and the truth. */
export type Sample = {
  readonly sums: Readonly<Record<EvidenceClass, number>>;
  readonly adversary: boolean;
  /** How much it counts, so that plants are as rare among the samples as they are meant to be. */
  readonly counts: number;
  readonly level: Finding['level'];
};

/** Log-odds before any evidence, and what the weights of each class are multiplied by. */
export type Factors = { readonly prior: number; readonly of: Readonly<Record<EvidenceClass, number>> };

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const classes = (of: Readonly<Record<EvidenceClass, number>>): EvidenceClass[] =>
  (Object.keys(of) as EvidenceClass[]).sort();

/** The probability that the factors give to a sample, not held down where it is a lead. */
export const probability = ({ sums }: Sample, { prior, of }: Factors): number =>
  sigmoid(prior + classes(of).reduce((total, c) => total + of[c] * sums[c], 0));

export type FitOptions = {
  /** What was there by judgement, and how strongly the fit is held to it: as if so many samples had said it. */
  readonly start: Factors;
  readonly hold: number;
  /** Nothing leaves these bounds: the rule of evidence must hold whatever the samples say. */
  readonly least: Factors;
  readonly most: number;
};

/** Logistic regression by gradient, held to where it starts (a normal prior): the same samples give the same factors. */
export function fitFactors(samples: readonly Sample[], { start, hold, least, most }: FitOptions): Factors {
  const names = classes(start.of);
  const total = samples.reduce((sum, s) => sum + s.counts, 0);
  let factors = start;
  for (let step = 0; step < 20_000; step++) {
    const slope = { prior: 0, of: { ...start.of } };
    for (const c of names) slope.of[c] = 0;
    for (const sample of samples) {
      const miss = (probability(sample, factors) - (sample.adversary ? 1 : 0)) * sample.counts;
      slope.prior += miss;
      for (const c of names) slope.of[c] += miss * sample.sums[c];
    }
    const rate = 0.5 / (total + hold);
    const of = { ...factors.of };
    for (const c of names) {
      const pull = hold * (factors.of[c] - start.of[c]);
      of[c] = Math.min(most, Math.max(least.of[c], factors.of[c] - rate * (slope.of[c] + pull)));
    }
    const prior = factors.prior - rate * (slope.prior + hold * (factors.prior - start.prior));
    factors = { prior: Math.max(least.prior, prior), of };
  }
  return factors;
}

export type Judged = { readonly predicted: number; readonly sample: Sample };

/** The mean square of what was missed: 0 is perfect, 0.25 is a coin. G. W. Brier, Monthly Weather Review 78 (1950), 1–3. */
export function brier(judged: readonly Judged[]): number {
  const total = judged.reduce((sum, { sample }) => sum + sample.counts, 0);
  return (
    judged.reduce(
      (sum, { predicted, sample }) => sum + sample.counts * (predicted - (sample.adversary ? 1 : 0)) ** 2,
      0,
    ) / total
  );
}

export type Bin = {
  readonly from: number;
  readonly to: number;
  /** Samples, not weighed. */
  readonly samples: number;
  readonly predicted: number;
  readonly observed: number;
};

/** Predicted against observed in tenths; empty tenths are left out. */
export function reliability(judged: readonly Judged[]): Bin[] {
  return Array.from({ length: 10 }, (_, n) => n / 10).flatMap((from): Bin[] => {
    const inside = judged.filter(({ predicted: p }) => p >= from && (p < from + 0.1 || (from === 0.9 && p === 1)));
    const weight = inside.reduce((sum, { sample }) => sum + sample.counts, 0);
    if (weight === 0) return [];
    const mean = (value: (one: Judged) => number): number =>
      inside.reduce((sum, one) => sum + one.sample.counts * value(one), 0) / weight;
    return [
      {
        from,
        to: from + 0.1,
        samples: inside.length,
        predicted: mean((j) => j.predicted),
        observed: mean((j) => (j.sample.adversary ? 1 : 0)),
      },
    ];
  });
}

const SIDE = 320;
const EDGE = 40;

/** The reliability diagram: on the line, the score means what it says. The size of a dot tells how many samples it holds. */
export function reliabilitySvg(bins: readonly Bin[]): string {
  const x = (p: number): number => Math.round((EDGE + p * SIDE) * 10) / 10;
  const y = (p: number): number => Math.round((EDGE + (1 - p) * SIDE) * 10) / 10;
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const dots = bins.map(
    (b) =>
      `<circle cx="${x(b.predicted)}" cy="${y(b.observed)}" r="${Math.round((3 + Math.log2(1 + b.samples)) * 10) / 10}"><title>${b.samples} samples: predicted ${b.predicted.toFixed(2)}, observed ${b.observed.toFixed(2)}</title></circle>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE + 2 * EDGE} ${SIDE + 2 * EDGE}" role="img" aria-label="Reliability diagram: observed share of adversary use against the score" font-family="sans-serif" font-size="11" fill="#333">
<rect width="100%" height="100%" fill="#fff"/><path d="M${x(0)} ${y(0)}H${x(1)}V${y(1)}H${x(0)}Z" fill="none" stroke="#999"/>
<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#999" stroke-dasharray="4 4"/>
${ticks.map((t) => `<text x="${x(t)}" y="${y(0) + 14}" text-anchor="middle">${t}</text><text x="${x(0) - 6}" y="${y(t) + 4}" text-anchor="end">${t}</text>`).join('\n')}
<text x="${x(0.5)}" y="${y(0) + 30}" text-anchor="middle">score before leads are held below one half</text>
<text x="12" y="${y(0.5)}" text-anchor="middle" transform="rotate(-90 12 ${y(0.5)})">share of adversary use</text>
<g fill="#1f6f8b" fill-opacity="0.75">
${dots.join('\n')}
</g></svg>
`;
}
