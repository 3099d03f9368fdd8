import { describe, expect, test } from 'vitest';
import { rateOf, shareOf } from './interval.ts';

describe('intervals', () => {
  // Values by hand from the papers' formulas, to the third digit.
  test.each([
    [0, 10, 0, 0.278],
    [10, 10, 0.722, 1],
    [81, 263, 0.255, 0.366],
    [9, 10, 0.596, 0.982],
  ])('Wilson: %d of %d lies between %d and %d', (found, asked, low, high) => {
    expect(shareOf(found, asked)).toMatchObject({ low, high });
  });

  test('nothing asked says nothing', () => expect(shareOf(0, 0)).toEqual({ share: 0, low: 0, high: 1 }));

  // Exact limits for a Poisson mean: Garwood's table (0: 0 to 3.689; 1: 0.0253 to 5.572; 5: 1.623 to 11.668; 10: 4.795 to 18.390).
  test.each([
    [0, 0, 3.689],
    [1, 0.025, 5.572],
    [5, 1.623, 11.668],
    [10, 4.795, 18.39],
  ])('Garwood: %d events among 1,000 host-days lie between %d and %d', (count, low, high) => {
    expect(rateOf(count, 1000)).toEqual({ count, per_1000_hosts_per_day: count, low, high });
  });

  test('rates are for 1,000 hosts and one day', () => {
    expect(rateOf(2, 4000).per_1000_hosts_per_day).toBe(0.5);
  });
});
