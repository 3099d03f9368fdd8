import { describe, expect, it } from 'vitest';
import { BIN, type Gaps } from '../../lake/beats.ts';
import { chanceOf, chanceShare, divergence, falseDiscovery, fullestShare, RATIOS, regularity } from './regularity.ts';

/** Pauses in seconds as the lake hands them over. */
function gaps(pauses: readonly number[]): Gaps {
  const bins = new Map<number, number>();
  for (const p of pauses) {
    const bin = Math.floor(Math.log(p * 10) / Math.log(BIN));
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return [...bins].sort(([a], [b]) => a - b);
}

/** A sequence that looks random and is always the same (Lehmer, 2³¹ − 1). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const log10Tail = (n: number, k: number, p: number): number => {
  const logFactorial = (m: number): number =>
    Array.from({ length: m }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0);
  const terms = Array.from({ length: n - k + 1 }, (_, i) => k + i).map(
    (x) => logFactorial(n) - logFactorial(x) - logFactorial(n - x) + x * Math.log(p) + (n - x) * Math.log(1 - p),
  );
  return Math.log10(terms.reduce((sum, t) => sum + Math.exp(t), 0));
};

describe('the share that chance reaches', () => {
  it('is a quarter for a window of ratio 2, where e^(−ln 2) − e^(−2 ln 2) = 1/2 − 1/4', () => {
    expect(chanceShare(2)).toBeCloseTo(0.25, 12);
  });

  it.each(RATIOS)('is the maximum over all windows of ratio %d', (ratio) => {
    const grid = Array.from({ length: 4000 }, (_, i) => (i + 1) / 1000).map((a) => Math.exp(-a) - Math.exp(-ratio * a));
    expect(Math.max(...grid)).toBeCloseTo(chanceShare(ratio), 5);
    expect(Math.max(...grid)).toBeLessThanOrEqual(chanceShare(ratio) + 1e-12);
  });
});

describe('chance after merging', () => {
  it('is the plain share where merging is far below the window, and all where it reaches it', () => {
    expect(chanceOf(2, 1e9, 0.5)).toBeCloseTo(0.25, 6);
    expect(chanceOf(2, 300, 300)).toBe(1);
  });

  it('is the maximum of P(a ≤ m + X ≤ r·a) over the mean of an exponential X', () => {
    const [m, a, r] = [300, 900, 2];
    const means = Array.from({ length: 4000 }, (_, i) => 2 * (i + 1));
    const shares = means.map((mean) => Math.exp(-(a - m) / mean) - Math.exp(-(r * a - m) / mean));
    expect(Math.max(...shares)).toBeCloseTo(chanceOf(r, a, m), 5);
  });

  it('takes no comfort from pauses that merging made', () => {
    const random = chance(23);
    const pauses = Array.from({ length: 4000 }, () => -200 * Math.log(1 - random()) + 0.1);
    const found = regularity(gaps(pauses));
    expect(pauses.filter((p) => p >= 300).length).toBeGreaterThan(500);
    expect(found?.strength).toBeLessThan(1);
  });
});

describe('the bound on chance', () => {
  it.each([
    [10, 10, 0.3],
    [30, 25, 0.4],
    [100, 60, 0.4],
    [200, 199, 0.25],
  ])('%d pauses, %d inside, chance %d: never below the exact binomial tail', (n, k, p) => {
    const bound = (-n * divergence(k / n, p)) / Math.LN10;
    expect(bound).toBeGreaterThanOrEqual(log10Tail(n, k, p) - 1e-9);
    expect(bound).toBeLessThan(log10Tail(n, k, p) + Math.log10(n) + 1);
  });

  it('of pauses that are all inside is chance to the power of their number', () => {
    expect(Math.exp(-7 * divergence(1, 0.2))).toBeCloseTo(0.2 ** 7, 15);
  });
});

describe('regularity', () => {
  it('finds the period and the jitter', () => {
    const random = chance(7);
    const found = regularity(gaps(Array.from({ length: 60 }, () => 3600 * (0.8 + 0.4 * random()))));
    expect(found?.ratio).toBe(1.6);
    expect(found?.share).toBe(1);
    expect(found?.period).toBeGreaterThan(3600 * 0.85);
    expect(found?.period).toBeLessThan(3600 * 1.15);
    expect(found?.strength).toBeGreaterThan(20);
  });

  it('loses little by missing beats', () => {
    const found = regularity(gaps([...Array(40).fill(600), ...Array(8).fill(1200), 1800, 50_000]));
    expect(found?.strength).toBeGreaterThan(20);
    expect(found?.share).toBeCloseTo(0.8, 2);
  });

  it('takes random contacts for chance: of 400 pairs none passes one in ten thousand', () => {
    const random = chance(11);
    const strengths = Array.from(
      { length: 400 },
      () => regularity(gaps(Array.from({ length: 40 }, () => -3000 * Math.log(1 - random()) + 0.1)))?.strength ?? 0,
    );
    expect(Math.max(...strengths)).toBeLessThan(4);
    expect(strengths.filter((s) => s > 1).length).toBeLessThanOrEqual(40);
  });

  it('takes bursts that a person makes for chance', () => {
    const random = chance(5);
    const found = regularity(
      gaps(
        Array.from({ length: 80 }, () =>
          Math.exp(7 + 2.5 * Math.sqrt(-2 * Math.log(random())) * Math.cos(6.283 * random())),
        ),
      ),
    );
    expect(found?.strength ?? 0).toBeLessThan(2);
  });

  it('asks for more where the network itself is regular', () => {
    const pauses = gaps([...Array(30).fill(60), ...Array(10).fill(400)]);
    const [plain, lifted] = [regularity(pauses), regularity(pauses, () => 0.6)];
    expect(lifted?.strength).toBeLessThan(plain?.strength ?? 0);
    expect(lifted?.chance).toBe(0.6);
  });

  it('says nothing of no pauses', () => {
    expect(regularity([])).toBeNull();
    expect(fullestShare([], 1.1)).toBe(0);
  });
});

describe('Benjamini–Hochberg', () => {
  it('gives the shares of the worked example: p = 0.001, 0.008, 0.039, 0.041 of 4', () => {
    const q = falseDiscovery([0.041, 0.001, 0.039, 0.008].map((p) => -Math.log10(p))).map((s) => 10 ** -s);
    expect(q).toEqual([0.041, 0.004, 0.041, 0.016].map((v) => expect.closeTo(v, 6)));
  });

  it('never makes a pair stronger than it was', () => {
    const strengths = [5, 3, 3, 0.2, -1, 8];
    for (const [i, q] of falseDiscovery(strengths).entries())
      expect(q).toBeLessThanOrEqual(Math.max(0, strengths[i] ?? 0));
  });
});
