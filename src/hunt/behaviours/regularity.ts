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

/**
 * Contacts nearer than this (seconds) are one visit, the rest are pauses. One beat makes several records (A and AAAA,
 * redirect, retry), and a person's click makes many; short beats need the first scale, slow ones the others.
 */
const MERGES = [0.5, 20, 300] as const;

/** The first bin that lies wholly at or above so many seconds. */
const firstBin = (merge: number): number => Math.ceil(Math.log(merge * 10) / Math.log(BIN));

/** The pauses that remain at one scale. */
export const pausesAt = (gaps: Gaps, merge: number): Gaps => gaps.filter(([bin]) => bin >= firstBin(merge));

/** The best window over all scales and ratios, or null where there is no pause. `floor` lifts chance to what is common here. */
export function regularity(gaps: Gaps, floor: (ratio: number) => number = () => 0): Regularity | null {
  let best: Regularity | null = null;
  for (const merge of MERGES)
    for (const ratio of RATIOS)
      for (const found of windowsOf(pausesAt(gaps, merge), merge, ratio, floor(ratio)))
        if (best === null || found.strength > best.strength) best = found;
  return best;
}

/** Every window of one ratio at one scale that a pause ends, weighed. */
function* windowsOf(bins: Gaps, merge: number, ratio: number, floor: number): Generator<Regularity> {
  const pauses = bins.reduce((sum, [, n]) => sum + n, 0);
  const windows = MERGES.length * RATIOS.length * bins.length;
  for (const { low, high, count } of slide(bins, ratio)) {
    const share = count / pauses;
    const from = seconds(low);
    const chance = Math.max(floor, chanceOf(BIN ** spanOf(ratio), from, seconds(firstBin(merge))));
    const excess = share > chance ? (pauses * divergence(share, chance)) / Math.LN10 : 0;
    const to = seconds(high + 1);
    const strength = excess - Math.log10(windows);
    yield { strength, from, to, period: Math.sqrt(from * to), ratio, pauses, share, chance, windows, merge };
  }
}

/**
 * Chance where contacts nearer than `merge` are one visit: pauses are then at least so long, which is like a wider window
 * on what is left of them: (r − κ) / (1 − κ) with κ = merge / from.
 */
export function chanceOf(ratio: number, from: number, merge: number): number {
  const forced = merge / from;
  return forced >= 1 ? 1 : chanceShare((ratio - forced) / (1 - forced));
}

/** Bins that a window of this ratio covers, one more for what straddles its edge. */
const spanOf = (ratio: number): number => Math.ceil(Math.log(ratio) / Math.log(BIN)) + 1;

const seconds = (bin: number): number => BIN ** bin / 10;

/** The share of pauses that the fullest window of this ratio holds: what is learned of the pairs that many have. */
export function fullestShare(bins: Gaps, ratio: number): number {
  const pauses = bins.reduce((sum, [, n]) => sum + n, 0);
  return pauses === 0 ? 0 : Math.max(...[...slide(bins, ratio)].map((w) => w.count)) / pauses;
}

/** Windows of one ratio, each ending at a filled bin. */
function* slide(
  bins: Gaps,
  ratio: number,
): Generator<{ readonly low: number; readonly high: number; readonly count: number }> {
  const span = spanOf(ratio);
  let start = 0;
  let count = 0;
  for (const [bin, n] of bins) {
    count += n;
    for (let first = bins[start]; first && bin - first[0] >= span; first = bins[++start]) count -= first[1];
    yield { low: bins[start]?.[0] ?? bin, high: bin, count };
  }
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
