/** What an object path selects in an object of observed data. */
import type { Budget } from './fault.ts';
import type { ObjectPath, Step } from './pattern.ts';
import { readValue } from './values.ts';

/** An object of observed data, and what a reference in it names (undefined where that is not there). */
export type Bag = Readonly<Record<string, unknown>>;
export type Resolve = (reference: unknown) => Bag | undefined;

/**
 * Every value at the end of the path; a step that cannot be taken drops its value, as does a reference that leads
 * nowhere. Values are a set, so that lists of references that lead in circles do not multiply.
 */
export function select(root: Bag, { steps }: ObjectPath, resolve: Resolve, budget: Budget): ReadonlySet<unknown> {
  let values: ReadonlySet<unknown> = new Set([root]);
  for (const step of steps) {
    if (values.size === 0) break;
    values = new Set([...values].flatMap((value) => take(value, step, resolve)));
    budget.spend(values.size);
  }
  return values;
}

function take(value: unknown, step: Step, resolve: Resolve): readonly unknown[] {
  if ('key' in step) return isBag(value) && Object.hasOwn(value, step.key) ? follow(value, step.key, resolve) : [];
  if (!Array.isArray(value)) return [];
  if ('every' in step) return value;
  return step.index >= 0 && step.index < value.length ? [value[step.index]] : [];
}

/** The value of a property; of `…_ref` the object that it names, of `…_refs` the list of those that are there. */
function follow(bag: Bag, key: string, resolve: Resolve): readonly unknown[] {
  const value = bag[key];
  if (key.endsWith('_ref')) return found(resolve(value));
  if (!key.endsWith('_refs')) return [readValue(key, value)];
  const objects = (Array.isArray(value) ? value : []).flatMap((reference) => found(resolve(reference)));
  return objects.length === 0 ? [] : [objects];
}

const found = (bag: Bag | undefined): readonly Bag[] => (bag === undefined ? [] : [bag]);

export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
