import { describe, expect, test } from 'vitest';
import {
  brier,
  type Factors,
  fitFactors,
  probability,
  reliability,
  reliabilitySvg,
  type Sample,
} from './calibration.ts';

const start: Factors = {
  prior: -2,
  of: { intelligence: 1, characteristic: 1, behaviour: 1, lifecycle: 1, benign: 1 },
};
const least: Factors = {
  prior: -4,
  of: { intelligence: 0.2, characteristic: 0.2, behaviour: 0.2, lifecycle: 0.2, benign: 0.2 },
};
const sample = (behaviour: number, benign: number, adversary: boolean, counts = 1): Sample => ({
  sums: { intelligence: 0, characteristic: 0, behaviour, lifecycle: 0, benign },
  adversary,
  counts,
  level: 'lead',
});

/** Behaviour of weight 2 that is adversary use in `share` of 100. */
const mixed = (share: number): Sample[] => Array.from({ length: 100 }, (_, n) => sample(2, 0, n < share));

describe('fitting', () => {
  test('the fitted probability comes near the share in the samples', () => {
    const factors = fitFactors(mixed(80), { start, hold: 0.1, least, most: 4 });
    expect(probability(sample(2, 0, true), factors)).toBeCloseTo(0.8, 1);
  });

  test('held hard, it stays where it started', () => {
    const factors = fitFactors(mixed(80), { start, hold: 1e5, least, most: 4 });
    expect(factors.of.behaviour).toBeCloseTo(1, 1);
  });

  test('no factor and no prior leaves its bounds', () => {
    const factors = fitFactors(mixed(0), { start, hold: 0.01, least, most: 4 });
    expect(factors.of.behaviour).toBeGreaterThanOrEqual(0.2);
    expect(factors.prior).toBeGreaterThanOrEqual(-4);
  });
});

describe('calibration', () => {
  const judged = [
    { predicted: 0.9, sample: sample(0, 0, true) },
    { predicted: 0.9, sample: sample(0, 0, false, 3) },
    { predicted: 0.1, sample: sample(0, 0, false) },
  ];

  test('Brier score by hand: (0.01 + 3 · 0.81 + 0.01) / 5', () => {
    expect(brier(judged)).toBeCloseTo((0.01 + 3 * 0.81 + 0.01) / 5, 10);
  });

  test('bins hold weighed shares', () => {
    expect(reliability(judged)).toEqual([
      { from: 0.1, to: 0.2, samples: 1, predicted: 0.1, observed: 0 },
      { from: 0.9, to: 1, samples: 2, predicted: 0.9, observed: 0.25 },
    ]);
  });

  test('the diagram has a dot for each bin', () => {
    expect(reliabilitySvg(reliability(judged)).match(/<circle /g)).toHaveLength(2);
  });
});
