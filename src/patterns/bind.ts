/**
 * Which observations can stand for which parts of a pattern: a depth-first search that ends at the first assignment.
 * All limits on a partial assignment only get narrower as it grows, so a part that breaks one is given up at once.
 */
import { type Budget, MatchFault } from './fault.ts';
import type { Observation } from './observation.ts';

/** Observations chosen so far: the latest beginning and the earliest end among them bound every time that can be chosen. */
export type Span = { readonly latestFirst: bigint | null; readonly earliestLast: bigint | null };
export const EMPTY: Span = { latestFirst: null, earliestLast: null };

/** What a part of the pattern does: tries its assignments until `next` says that the rest holds too. */
export type Binder = (search: Search, limit: bigint | null, next: (span: Span) => boolean) => boolean;

/** The state of one search. */
export type Search = {
  readonly observations: readonly Observation[];
  /** How often each observation may still be chosen. */
  readonly left: number[];
  /** How many choices lie open: bounds the stack. */
  depth: number;
  readonly budget: Budget;
  /** What the whole pattern is followed by: says yes. */
  readonly accept: (span: Span) => boolean;
};

/** Each open choice takes a handful of frames of the stack. */
const MAX_DEPTH = 500;

export function join(a: Span, b: Span): Span {
  return {
    latestFirst: extreme(a.latestFirst, b.latestFirst, 1),
    earliestLast: extreme(a.earliestLast, b.earliestLast, -1),
  };
}

function extreme(a: bigint | null, b: bigint | null, sign: 1 | -1): bigint | null {
  if (a === null || b === null) return a ?? b;
  return a > b === sign > 0 ? a : b;
}

/** Whether a time can be chosen in each so that none are further apart than `limit` (microseconds; null: no limit). */
export function fitsWithin({ latestFirst, earliestLast }: Span, limit: bigint | null): boolean {
  return limit === null || latestFirst === null || earliestLast === null || latestFirst - earliestLast <= limit;
}

function choose(search: Search, index: number, times: number, next: (span: Span) => boolean): boolean {
  const observation = search.observations[index];
  const left = search.left[index] ?? 0;
  if (observation === undefined || left < times) return false;
  if (search.depth >= MAX_DEPTH) throw new MatchFault('too costly to evaluate: too many observations in one match');
  search.left[index] = left - times;
  search.depth++;
  const held = next({ latestFirst: observation.first, earliestLast: observation.last });
  search.depth--;
  search.left[index] = left;
  return held;
}

/**
 * `times` observations out of `candidates`, in any order; the same one as often as it was seen. Where nothing else of
 * the pattern wants observations, counting those that overlap is the whole answer, however many there are.
 */
export const bindSome =
  (candidates: readonly number[], times: number): Binder =>
  (search, limit, next) => {
    if (times > 1 || next === search.accept) {
      search.budget.spend(candidates.length);
      if (mostTogether(search, candidates, limit) < times) return false;
    }
    if (next === search.accept) return true;
    const from = (start: number, wanted: number, span: Span): boolean => {
      if (wanted === 0) return next(span);
      for (let i = start; i < candidates.length; i++) {
        const index = candidates[i] ?? -1;
        for (let take = Math.min(wanted, search.left[index] ?? 0); take > 0; take--) {
          search.budget.spend();
          const rest = (more: Span): boolean => {
            const joined = join(span, more);
            return fitsWithin(joined, limit) && from(i + 1, wanted - take, joined);
          };
          if (choose(search, index, take, rest)) return true;
        }
      }
      return false;
    };
    return from(0, times, EMPTY);
  };

/**
 * How many observations there are at most that no two of are further apart than `limit`: where the spans, each longer
 * by `limit`, overlap most.
 */
function mostTogether({ observations, left }: Search, candidates: readonly number[], limit: bigint | null): number {
  if (limit === null) return candidates.reduce((sum, index) => sum + (left[index] ?? 0), 0);
  const ends = candidates.flatMap((index) => {
    const observation = observations[index];
    const count = left[index] ?? 0;
    if (observation === undefined) return [];
    return [
      { at: observation.first, count },
      { at: observation.last + limit, count: -count },
    ];
  });
  ends.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : b.count - a.count));
  let now = 0;
  let most = 0;
  for (const { count } of ends) {
    now += count;
    most = Math.max(most, now);
  }
  return most;
}

/** The part, `times` times over, no observation twice. */
export const bindRepeated =
  (part: Binder, times: number): Binder =>
  (search, limit, next) => {
    const from = (wanted: number, before: Span): boolean => {
      if (wanted === 0) return next(before);
      if (wanted > search.left.reduce((sum, left) => sum + left, 0)) return false;
      return part(search, limit, (span) => {
        search.budget.spend(search.left.length);
        const joined = join(before, span);
        return fitsWithin(joined, limit) && from(wanted - 1, joined);
      });
    };
    return from(times, EMPTY);
  };

/** Any of the parts. */
export const bindAny =
  (parts: readonly Binder[]): Binder =>
  (search, limit, next) =>
    parts.some((part) => part(search, limit, next));

/** All of the parts, no observation twice; with `ordered` each part can be timed after those before it. */
export const bindAll =
  (parts: readonly Binder[], ordered: boolean): Binder =>
  (search, limit, next) => {
    const from = (i: number, before: Span): boolean => {
      const part = parts[i];
      if (part === undefined) return next(before);
      return part(search, limit, (span) => {
        search.budget.spend();
        if (ordered && !follows(before, span)) return false;
        const joined = join(before, span);
        return fitsWithin(joined, limit) && from(i + 1, joined);
      });
    };
    return from(0, EMPTY);
  };

const follows = ({ latestFirst }: Span, { earliestLast }: Span): boolean =>
  latestFirst === null || earliestLast === null || latestFirst <= earliestLast;
