/** Seeded chance: the same seed and label give the same numbers on every machine (whole numbers only, no floating sums). */

export type Random = {
  /** A whole number from `low` to `high`, both included. */
  readonly int: (low: number, high: number) => number;
  /** One member of the list; throws on an empty list. */
  readonly pick: <T>(list: readonly T[]) => T;
  /** `count` different members, in the order of the list. */
  readonly some: <T>(list: readonly T[], count: number) => T[];
  /** All members in another order. */
  readonly shuffled: <T>(list: readonly T[]) => T[];
  /** True in `percent` of 100 cases. */
  readonly chance: (percent: number) => boolean;
  /** A text of `length` characters of the alphabet. */
  readonly text: (alphabet: string, length: number) => string;
};

export const letters = 'abcdefghijklmnopqrstuvwxyz';
export const base36 = `${letters}0123456789`;
export const base62 = `${letters}ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789`;
export const hex = '0123456789abcdef';

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
};

/** mulberry32: 32 bits of state, enough for logs, no use for secrets. */
const stream = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
};

/** A stream of its own for each label, so that a new actor does not change what the others do. */
export const randomFor = (label: string): Random => {
  const next = stream(hashOf(label));
  const int = (low: number, high: number) => low + (next() % (high - low + 1));
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[int(0, list.length - 1)];
    if (chosen === undefined) throw new Error(`${label}: nothing to pick from`);
    return chosen;
  };
  const ranked = <T>(list: readonly T[]) =>
    list.map((member, place) => ({ member, place, rank: next() })).sort((a, b) => a.rank - b.rank || a.place - b.place);
  const some = <T>(list: readonly T[], count: number): T[] => {
    const kept = ranked(list).slice(0, count);
    return kept.sort((a, b) => a.place - b.place).map(({ member }) => member);
  };
  const shuffled = <T>(list: readonly T[]): T[] => ranked(list).map(({ member }) => member);
  const text = (alphabet: string, length: number) => {
    const characters = [...alphabet];
    return Array.from({ length }, () => pick(characters)).join('');
  };
  return { int, pick, some, shuffled, chance: (percent) => int(1, 100) <= percent, text };
};
