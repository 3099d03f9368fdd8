/** Whether a pattern holds of observations, in memory. */
import { assemble } from './assemble.ts';
import type { Search } from './bind.ts';
import { sayFault } from './check.ts';
import { Budget, MatchFault } from './fault.ts';
import { readObservations } from './observation.ts';
import { parsePattern } from './parse.ts';
import type { Observed, StixVersion } from './pattern.ts';

export type Verdict = { readonly verdict: 'match' | 'nomatch' } | { readonly verdict: 'error'; readonly error: string };

/**
 * The verdict of a pattern on observed data (see `readObservations`). Never throws: what does not parse, what has no
 * sense and what would cost too much is an error with its reason.
 */
export function matchPattern(text: string, version: StixVersion, given: readonly unknown[]): Verdict {
  const reading = parsePattern(text, version);
  if (!reading.ok) return { verdict: 'error', error: sayFault(reading) };
  try {
    return { verdict: holds(reading.pattern, given) ? 'match' : 'nomatch' };
  } catch (fault) {
    if (!(fault instanceof MatchFault)) throw fault;
    return { verdict: 'error', error: fault.message };
  }
}

function holds(pattern: Observed, given: readonly unknown[]): boolean {
  const budget = new Budget();
  const observations = readObservations(given);
  const { binder } = assemble(pattern, { observations, budget });
  const accept = (): boolean => true;
  const search: Search = { observations, left: observations.map(({ times }) => times), depth: 0, budget, accept };
  return binder(search, null, accept);
}
