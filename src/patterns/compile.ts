/** What stands in square brackets as a function of one object of observed data. */
import { makeTest } from './comparison.ts';
import type { Budget } from './fault.ts';
import type { Comparison, Condition } from './pattern.ts';
import { type Bag, type Resolve, select } from './select.ts';

export type Holds = (object: Bag, resolve: Resolve) => boolean;

/** Throws `MatchFault` for a constant that has no sense, be there data or not. */
export function compileCondition(condition: Condition, budget: Budget): Holds {
  if (condition.node === 'comparison') return compileComparison(condition, budget);
  const parts = condition.parts.map((part) => compileCondition(part, budget));
  if (condition.node === 'all') return (object, resolve) => parts.every((holds) => holds(object, resolve));
  return (object, resolve) => parts.some((holds) => holds(object, resolve));
}

/** One value that passes is enough. */
function compileComparison(comparison: Comparison, budget: Budget): Holds {
  const { path, operator, negated } = comparison;
  const test = makeTest(comparison);
  return (object, resolve) => {
    if (object.type !== path.type) return false;
    const values = select(object, path, resolve, budget);
    if (operator === 'EXISTS') return values.size > 0 !== negated;
    for (const value of values) {
      budget.spend(typeof value === 'string' ? 1 + value.length / 16 : 1);
      if (test(value)) return true;
    }
    return false;
  };
}
