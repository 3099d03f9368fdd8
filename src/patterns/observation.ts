/** Observed data as patterns see it: of one time span, seen a number of times, with its objects. */
import { MatchFault } from './fault.ts';
import { type Bag, isBag, type Resolve } from './select.ts';
import { mustReadInstant } from './values.ts';

export type Observation = {
  /** Microseconds since 1970. */
  readonly first: bigint;
  readonly last: bigint;
  /** How often it was seen: so many observations it stands for. */
  readonly times: number;
  readonly objects: readonly Bag[];
  readonly resolve: Resolve;
};

/**
 * The observations in `given`: observed-data of STIX 2.0 (objects inside) and 2.1 (objects beside, by reference), or
 * bundles that hold them. Throws `MatchFault` for what is none.
 */
export function readObservations(given: readonly unknown[]): readonly Observation[] {
  const pool = new Map<string, Bag>();
  const observed: Bag[] = [];
  for (const bag of given.flatMap(members)) {
    if (isObserved(bag)) observed.push(bag);
    else if (typeof bag.id === 'string') pool.set(bag.id, bag);
  }
  return observed.map((bag) => readObservation(bag, pool));
}

function members(given: unknown): readonly Bag[] {
  if (!isBag(given)) throw new MatchFault('an observation is a JSON object');
  if (given.type !== 'bundle') return [given];
  if (!Array.isArray(given.objects)) throw new MatchFault('a bundle of observations has a list of objects');
  return given.objects.filter(isBag);
}

const isObserved = (bag: Bag): boolean => bag.type === 'observed-data' || 'number_observed' in bag;

function readObservation(bag: Bag, pool: ReadonlyMap<string, Bag>): Observation {
  const times = bag.number_observed;
  if (typeof times !== 'number' || !Number.isSafeInteger(times) || times < 1)
    throw new MatchFault('number_observed of observed data is a whole number from 1');
  const first = instant(bag, 'first_observed');
  const last = instant(bag, 'last_observed');
  if (last < first) throw new MatchFault('last_observed of observed data is before first_observed');
  return { first, last, times, ...objectsOf(bag, pool) };
}

function instant(bag: Bag, key: string): bigint {
  const written = bag[key];
  if (typeof written !== 'string') throw new MatchFault(`observed data has ${key}, a time`);
  return mustReadInstant(written, key);
}

/** References lead to objects of the same observed data only. */
function objectsOf(bag: Bag, pool: ReadonlyMap<string, Bag>): Pick<Observation, 'objects' | 'resolve'> {
  const own = Array.isArray(bag.object_refs) ? referred(bag.object_refs, pool) : contained(bag.objects);
  const resolve: Resolve = (reference) => (typeof reference === 'string' ? own.get(reference) : undefined);
  return { objects: [...own.values()].filter(({ type }) => !DOMAIN_OBJECTS.has(String(type))), resolve };
}

function referred(references: readonly unknown[], pool: ReadonlyMap<string, Bag>): ReadonlyMap<string, Bag> {
  const own = new Map<string, Bag>();
  for (const reference of references) {
    const bag = typeof reference === 'string' ? pool.get(reference) : undefined;
    if (bag !== undefined && typeof reference === 'string') own.set(reference, bag);
  }
  return own;
}

const contained = (objects: unknown): ReadonlyMap<string, Bag> =>
  new Map(isBag(objects) ? Object.entries(objects).filter((entry): entry is [string, Bag] => isBag(entry[1])) : []);

/** Patterns match cyber-observable objects; objects of these types tell about them (STIX 2.1, chapters 3 to 5 and 7). */
const DOMAIN_OBJECTS: ReadonlySet<string> = new Set(
  (
    'attack-pattern bundle campaign course-of-action extension-definition grouping identity incident indicator ' +
    'infrastructure intrusion-set language-content location malware malware-analysis marking-definition note ' +
    'observed-data opinion relationship report sighting threat-actor tool vulnerability'
  ).split(' '),
);
