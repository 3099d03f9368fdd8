/** Members of JSON by path: `a.b`, with `*` for each member of a list or object. */
import { asObject } from '../document.ts';

/** The values at a path, in order; lists on the way are walked through. */
export function* membersAt(value: unknown, path: readonly string[]): Generator<unknown> {
  const [name, ...rest] = path;
  if (name === undefined) yield value;
  else if (Array.isArray(value)) {
    const inner = name === '*' ? rest : path;
    for (const member of value) yield* membersAt(member, inner);
  } else {
    const bag = asObject(value);
    if (bag === null) return;
    if (name === '*') for (const member of Object.values(bag)) yield* membersAt(member, rest);
    else if (Object.hasOwn(bag, name)) yield* membersAt(bag[name], rest);
    else if (rest.length > 0) yield* dotted(bag, path);
  }
}

/** A member whose name holds the dots itself: `{ "a.b": 1 }`. */
function* dotted(bag: Readonly<Record<string, unknown>>, path: readonly string[]): Generator<unknown> {
  const whole = path.join('.');
  if (Object.hasOwn(bag, whole)) yield bag[whole];
}

export const pathOf = (written: string): readonly string[] => written.split('.');
