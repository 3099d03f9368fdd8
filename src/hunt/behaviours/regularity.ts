import { BIN, type Gaps } from '../../lake/beats.ts';

/**
 * How regular a pair's pauses are, against chance. If contacts came at random (Poisson), the share of pauses between a
 * and r·a is at most `chanceShare(r)`, whatever a and whatever the mean: so the test needs no estimate of the period, and
 * pauses that vary by ± j lie in a window of ratio (1 + j) / (1 − j). The bound on chance is Chernoff's for a binomial:
 * p ≤ exp(−n · KL(f ‖ p0)), times the number of windows tried. All of it can be done by hand.
 */
export type Regularity = {
  /** −log10 of the bound on the probability that chance alone does this; below 0 where chance does it easily. */
  readonly strength: number;
  /** Seconds: the shortest and longest pause of the window, and its middle. */
  readonly from: number;
  readonly to: number;
  readonly period: number;
  /** Ratio of longest to shortest, of those that were tried. */
  readonly ratio: number;
  /** Pauses in all, and the share inside the window. */
  readonly pauses: number;
  readonly share: number;
  /** The share that chance reaches at most. */
  readonly chance: number;
  readonly windows: number;
  /** Contacts nearer than this (seconds) counted as one visit. */
  readonly merge: number;
};

/** Window ratios: jitter of ± 5, 11, 23, 38 and 51 %. Wider ones hold so much by chance that few beats prove nothing. */
export const RATIOS = [1.1, 1.25, 1.6, 2.2, 3.1] as const;

/**
 * The largest share of exponential pauses that any window from a to r·a can hold: max over a of e^(−a) − e^(−ra), reached
 * at a = ln r / (r − 1).
 */
export function chanceShare(ratio: number): number {
  const a = Math.log(ratio) / (ratio - 1);
  return Math.exp(-a) - Math.exp(-ratio * a);
}

/** Kullback–Leibler divergence of two coins, in nats. */
export function divergence(share: number, chance: number): number {
  const part = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(x / y));
  return part(share, chance) + part(1 - share, 1 - chance);
}

/** The best window over all scales and ratios, or null where there is no pause. `floor` lifts chance to what is common here. */
export function regularity(scales: readonly Gaps[], floor: (ratio: number) => number = () => 0): Regularity | null {
  let best: Regularity | null = null;
  for (const scale of scales)
    for (const ratio of RATIOS) {
      const found = bestWindow(scale, ratio, floor(ratio), scales.length);
      if (found && (best === null || found.strength > best.strength)) best = found;
    }
  return best;
}

/** The fullest window of one ratio at one scale, weighed. */
function bestWindow({ merge, bins }: Gaps, ratio: number, floor: number, scales: number): Regularity | null {
  const pauses = bins.reduce((sum, [, n]) => sum + n, 0);
  const window = fullest(bins, ratio);
  if (pauses === 0 || window === null) return null;
  const share = window.count / pauses;
  const chance = Math.max(floor, chanceShare(BIN ** spanOf(ratio)));
  const windows = scales * RATIOS.length * bins.length;
  const excess = share > chance ? (pauses * divergence(share, chance)) / Math.LN10 : 0;
  return {
    strength: excess - Math.log10(windows),
    from: seconds(window.low),
    to: seconds(window.high + 1),
    period: Math.sqrt(seconds(window.low) * seconds(window.high + 1)),
    ratio,
    pauses,
    share,
    chance,
    windows,
    merge,
  };
}

/** Bins that a window of this ratio covers, one more for what straddles its edge. */
const spanOf = (ratio: number): number => Math.ceil(Math.log(ratio) / Math.log(BIN)) + 1;

const seconds = (bin: number): number => BIN ** bin / 10;

/** The share of pauses that the fullest window of this ratio holds: what `regularity` compares, and what is learned. */
export function fullestShare(gaps: Gaps, ratio: number): number {
  const pauses = gaps.bins.reduce((sum, [, n]) => sum + n, 0);
  return pauses === 0 ? 0 : (fullest(gaps.bins, ratio)?.count ?? 0) / pauses;
}

function fullest(
  bins: readonly (readonly [bin: number, count: number])[],
  ratio: number,
): { low: number; high: number; count: number } | null {
  const span = spanOf(ratio);
  let best: { low: number; high: number; count: number } | null = null;
  let start = 0;
  let count = 0;
  for (const [bin, n] of bins) {
    count += n;
    for (let first = bins[start]; first && bin - first[0] >= span; first = bins[++start]) count -= first[1];
    if (best === null || count > best.count) best = { low: bins[start]?.[0] ?? bin, high: bin, count };
  }
  return best;
}

/** Benjamini–Hochberg: for each −log10 p the −log10 of the share of false ones among all that are at least as strong. */
export function falseDiscovery(strengths: readonly number[]): number[] {
  const order = strengths.map((s, i) => [s, i] as const).sort(([a], [b]) => a - b);
  const result = new Array<number>(strengths.length).fill(0);
  let least = 0;
  for (const [place, [strength, i]] of order.entries()) {
    const rank = order.length - place;
    least = Math.max(least, Math.max(0, strength) - Math.log10(order.length / rank));
    result[i] = least;
  }
  return result;
}
