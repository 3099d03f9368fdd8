/** One comparison of a pattern as a function of a value. */
import { MatchFault } from './fault.ts';
import { compare, equals } from './order.ts';
import type { Comparison, Literal, Operator } from './pattern.ts';
import { likeness, searcher } from './regular.ts';
import { isSubset, mustBeRange } from './subset.ts';
import { mustReadInstant } from './values.ts';

export type Test = (value: unknown) => boolean;

/**
 * The test that a comparison puts to each value. A faulty constant is a fault now, whatever the data. NOT turns the
 * answer round, but an order that does not exist stays false both ways (STIX 2.1, 9.6.1).
 */
export function makeTest({ operator, values, negated }: Comparison): Test {
  for (const literal of values) if (literal.kind === 'time') mustReadInstant(literal.value, 'in the pattern');
  const order = orders[operator];
  const [first] = values;
  if (order !== undefined && first !== undefined) return orderTest(first, order, negated);
  const test = plainTest(operator, values);
  return negated ? (value) => !test(value) : test;
}

const orders: Readonly<Partial<Record<Operator, (difference: number) => boolean>>> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
};

function orderTest(literal: Literal, holds: (difference: number) => boolean, negated: boolean): Test {
  return (value) => {
    const difference = compare(value, literal);
    return difference !== null && holds(difference) !== negated;
  };
}

function plainTest(operator: Operator, values: readonly Literal[]): Test {
  const [first] = values;
  if (operator === 'IN') return memberTest(values);
  if (operator === 'EXISTS' || first === undefined) return () => true;
  if (operator === '=') return (value) => equals(value, first);
  if (operator === '!=') return (value) => !equals(value, first);
  const text = String(first.value);
  if (operator === 'LIKE') return likeness(text);
  if (operator === 'MATCHES') return searcher(text);
  const range = mustBeRange(text);
  if (operator === 'ISSUBSET') return (value) => typeof value === 'string' && isSubset(value, range);
  return (value) => typeof value === 'string' && isSubset(range, value);
}

/** Members of a set are of one type. Numbers, texts and truths are looked up; the rest is compared one by one. */
function memberTest(values: readonly Literal[]): Test {
  const [first, ...more] = values;
  const odd = more.find(({ kind }) => kind !== first?.kind);
  if (odd !== undefined) throw new MatchFault(`a set holds one type, not ${first?.kind} and ${odd.kind}`);
  const simple = first !== undefined && first.kind !== 'time' && first.kind !== 'binary';
  const known: ReadonlySet<unknown> = new Set(simple ? values.map(({ value }) => value) : []);
  return (value) =>
    simple && typeof value !== 'object' ? known.has(value) : values.some((literal) => equals(value, literal));
}
