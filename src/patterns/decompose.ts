/** A pattern as single comparisons, any of which is enough: what a matcher of names and addresses can use. */
import { type Comparison, type Condition, type Literal, type Observed, quote, writePath } from './pattern.ts';

/** A property that equals a text, or is like it (`%` any run, `_` one character). */
export type Alternative = { readonly path: string; readonly like: boolean; readonly value: string };

/**
 * The comparisons of which any one makes the pattern hold; null where it needs more than one, or another operator.
 * `[x_ref.type = 'ipv4-addr' AND x_ref.value = '…']` is one comparison: the first only says of what kind the second is.
 */
export function decompose(observed: Observed): readonly Alternative[] | null {
  if (observed.node === 'observation') return ofCondition(observed.condition);
  return observed.node === 'any' ? union(observed.parts.map(decompose)) : null;
}

function ofCondition(condition: Condition): readonly Alternative[] | null {
  if (condition.node === 'comparison') return ofComparison(condition);
  return condition.node === 'any' ? union(condition.parts.map(ofCondition)) : ofGuarded(condition.parts);
}

function union(parts: readonly (readonly Alternative[] | null)[]): readonly Alternative[] | null {
  const all: Alternative[] = [];
  for (const part of parts) {
    if (part === null) return null;
    for (const alternative of part) all.push(alternative);
  }
  return all;
}

function ofComparison({ path, operator, negated, values }: Comparison): readonly Alternative[] | null {
  if (negated) return null;
  const written = writePath(path);
  if (operator === '=' || operator === 'IN') return values.map((value) => alternative(written, false, value));
  const [first] = values;
  if (first === undefined) return null;
  if (operator === 'LIKE') return [alternative(written, /[%_]/.test(String(first.value)), first)];
  return operator === 'ISSUBSET' ? [alternative(written, false, first)] : null;
}

const alternative = (path: string, like: boolean, { value }: Literal): Alternative => ({
  path,
  like,
  value: String(value),
});

function ofGuarded(parts: readonly Condition[]): readonly Alternative[] | null {
  const [guard, value, ...more] = parts;
  if (guard?.node !== 'comparison' || value?.node !== 'comparison' || more.length > 0) return null;
  const path = writePath(guard.path);
  if (guard.operator !== '=' || guard.negated || !path.endsWith('_ref.type')) return null;
  return writePath(value.path) === path.replace(/type$/, 'value') ? ofComparison(value) : null;
}

/** The comparison as it stands in a pattern. */
export const writeAlternative = ({ path, like, value }: Alternative): string =>
  `${path} ${like ? 'LIKE' : '='} ${quote(value)}`;
