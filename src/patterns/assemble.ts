/** A pattern and observations → the search for an assignment of the one to the other. */
import { type Binder, bindAll, bindAny, bindRepeated, bindSome } from './bind.ts';
import { compileCondition } from './compile.ts';
import { type Budget, MatchFault } from './fault.ts';
import type { Observation } from './observation.ts';
import type { Observed } from './pattern.ts';
import { mustReadInstant } from './values.ts';

export type Scene = { readonly observations: readonly Observation[]; readonly budget: Budget };

/** From `start` on and before `stop`, in microseconds. */
type Window = { readonly start: bigint; readonly stop: bigint };

/** `plain` where the part is nothing but so many of these observations. */
type Part = {
  readonly binder: Binder;
  readonly plain: { readonly candidates: readonly number[]; readonly times: number } | null;
};

/** Throws `MatchFault` where the pattern has no sense (a window of no length is one that nothing is in). */
export function assemble(observed: Observed, scene: Scene, windows: readonly Window[] = []): Part {
  if ('parts' in observed) {
    const parts = observed.parts.map((part) => assemble(part, scene, windows).binder);
    return { binder: observed.node === 'any' ? bindAny(parts) : bindAll(parts, observed.node === 'then'), plain: null };
  }
  if (observed.node === 'observation') return plain(candidates(observed, scene, windows), 1);
  if (observed.node === 'between') return assemble(observed.of, scene, [...windows, windowOf(observed)]);
  const part = assemble(observed.of, scene, windows);
  return observed.node === 'within' ? within(part, observed.seconds) : repeat(part, observed.times);
}

const plain = (candidates: readonly number[], times: number): Part => ({
  binder: bindSome(candidates, times),
  plain: { candidates, times },
});

function candidates(
  { condition }: Extract<Observed, { node: 'observation' }>,
  { observations, budget }: Scene,
  windows: readonly Window[],
): readonly number[] {
  const holds = compileCondition(condition, budget);
  return [...observations.keys()].filter((index) => {
    const observation = observations[index];
    if (observation === undefined || !windows.every((window) => touches(observation, window))) return false;
    return observation.objects.some((object) => holds(object, observation.resolve));
  });
}

/** Whether a time can be chosen in the observation that is in the window. */
const touches = ({ first, last }: Observation, { start, stop }: Window): boolean =>
  start < stop && first < stop && last >= start;

const windowOf = ({ start, stop }: Extract<Observed, { node: 'between' }>): Window => ({
  start: mustReadInstant(start, 'START'),
  stop: mustReadInstant(stop, 'STOP'),
});

function repeat(part: Part, times: number): Part {
  if (!Number.isSafeInteger(times) || times < 1) throw new MatchFault('REPEATS takes a whole number from 1');
  if (part.plain !== null) return plain(part.plain.candidates, part.plain.times * times);
  return times === 1 ? part : { binder: bindRepeated(part.binder, times), plain: null };
}

/** One observation is always within any time of itself. */
function within(part: Part, seconds: number): Part {
  if (!(seconds > 0)) throw new MatchFault('WITHIN takes a number of seconds above 0');
  if (part.plain?.times === 1) return part;
  const own = BigInt(Math.min(Math.round(seconds * 1e6), Number.MAX_SAFE_INTEGER));
  const binder: Binder = (search, limit, next) =>
    part.binder(search, limit !== null && limit < own ? limit : own, next);
  return { binder, plain: null };
}
