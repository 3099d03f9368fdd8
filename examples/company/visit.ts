/** When people work in the example. */
import type { Random } from '../../src/replays/random.ts';
import { day, hour, minute } from './staff.ts';

/** `count` moments in working hours (07:00 to 17:00 UTC, fewer at noon), in order. */
export const workingMoments = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => {
    const at = day + 7 * hour + random.int(0, 10 * 60 - 1) * minute + random.int(0, minute - 1);
    const noon = at > day + 11.5 * hour && at < day + 12.25 * hour;
    return noon && random.chance(60) ? at + 2 * hour : at;
  }).sort((a, b) => a - b);
