import type { Rate, Share } from '../model/evaluation.ts';

/** Intervals of 95 %: what a number of trials allows to say. */
const Z = 1.959964;
const TAIL = 0.025;

/** Wilson's interval of a share: E. B. Wilson, JASA 22 (1927), 209–212. Without a trial: 0 to 1. */
export function shareOf(found: number, asked: number): Share {
  if (asked === 0) return { share: 0, low: 0, high: 1 };
  const p = found / asked;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * asked)) / (1 + z2 / asked);
  const half = (Z / (1 + z2 / asked)) * Math.sqrt((p * (1 - p)) / asked + z2 / (4 * asked * asked));
  return { share: round(p), low: round(Math.max(0, middle - half)), high: round(Math.min(1, middle + half)) };
}

/** Garwood's exact interval of a Poisson rate, per 1,000 hosts and day: F. Garwood, Biometrika 28 (1936), 437–442. */
export function rateOf(count: number, hostDays: number): Rate {
  const scale = hostDays === 0 ? 0 : 1000 / hostDays;
  const low = count === 0 ? 0 : solve((mean) => 1 - atMost(count - 1, mean) - TAIL, 0, count);
  const high = solve((mean) => TAIL - atMost(count, mean), count, 4 * count + 20);
  return {
    count,
    per_1000_hosts_per_day: round(count * scale),
    low: round(low * scale),
    high: round(high * scale),
  };
}

/** The probability of at most `count` events where `mean` are expected. */
function atMost(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let k = 1; k <= count; k++) {
    term *= mean / k;
    sum += term;
  }
  return Math.min(1, sum);
}

/** Where a rising function crosses zero. */
function solve(rising: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const round = (x: number): number => Math.round(x * 1000) / 1000;
