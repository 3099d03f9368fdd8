/** One comparison with a column as SQL. It says the same of a value as `comparison.ts` does. */
import { parseAddress } from '../observables/address.ts';
import { parseCidr } from '../observables/cidr.ts';
import type { Property } from './event-objects.ts';
import { MatchFault } from './fault.ts';
import type { Comparison, Literal, Operator } from './pattern.ts';
import { searcher } from './regular.ts';
import { mustReadInstant } from './values.ts';

/** Thrown for what is left to the evaluation in memory; a sentence part. */
export class Uncompiled extends Error {}

/** The values of a query, each bound once. */
export class Binding {
  readonly #places = new Map<string | number, number>();

  get values(): readonly (string | number)[] {
    return [...this.#places.keys()];
  }

  bind(value: string | number): string {
    const place = this.#places.get(value) ?? this.#places.size + 1;
    this.#places.set(value, place);
    return `$${place}`;
  }
}

/** The test as SQL that is true, false or null; a value that is null passes none. */
export function testSql(comparison: Comparison, property: Property, binding: Binding): string {
  const { negated, operator } = comparison;
  const test = plainSql(comparison, property, binding);
  const ordered = ['<', '<=', '>', '>='].includes(operator);
  if (!negated || (test === 'false' && ordered)) return test; // an order that does not exist has no opposite
  return test === 'false' ? `${property.sql} IS NOT NULL` : `(${property.sql} IS NOT NULL AND NOT (${test}))`;
}

function plainSql({ operator, values }: Comparison, property: Property, binding: Binding): string {
  const { sql } = property;
  const [first] = values;
  if (operator === 'EXISTS') return `${sql} IS NOT NULL`;
  if (operator === 'IN') return memberSql(values, property, binding);
  if (first === undefined) return 'false';
  if (operator === '!=') {
    const value = constant(first, property, binding);
    return value === null ? `${sql} IS NOT NULL` : `${sql} <> ${value}`;
  }
  const word = orders[operator];
  if (word !== undefined) {
    const value = constant(first, property, binding);
    return value === null ? 'false' : `${sql} ${word} ${value}`;
  }
  return property.is === 'text' ? textSql(operator, String(first.value), property, binding) : 'false';
}

const orders: Readonly<Partial<Record<Operator, string>>> = { '=': '=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' };

function memberSql(values: readonly Literal[], property: Property, binding: Binding): string {
  const [first, ...more] = values;
  if (more.some(({ kind }) => kind !== first?.kind)) throw new MatchFault('a set holds one type');
  const constants = values.flatMap((value) => constant(value, property, binding) ?? []);
  return constants.length === 0 ? 'false' : `${property.sql} IN (${constants.join(', ')})`;
}

/** The constant as the column has its values; null where the types differ. */
function constant({ kind, value }: Literal, { is, fold }: Property, binding: Binding): string | null {
  if (kind === 'binary') throw new Uncompiled('columns hold no bytes');
  if (kind === 'time') {
    const micros = mustReadInstant(value, 'in the pattern');
    if (is === 'text') throw new Uncompiled('text is no time to the engine');
    return is === 'time' ? `make_timestamp(CAST(${binding.bind(String(micros))} AS BIGINT))` : null;
  }
  if (kind === 'number') return is === 'number' && Number.isFinite(value) ? binding.bind(value) : null;
  if (kind === 'boolean' || is !== 'text') return null;
  return binding.bind(fold ? value.toLowerCase() : value);
}

function textSql(operator: Operator, value: string, { sql, fold }: Property, binding: Binding): string {
  if (operator === 'LIKE') return `${sql} LIKE ${binding.bind(fold ? value.toLowerCase() : value)}`;
  if (operator === 'MATCHES') {
    searcher(value); // a fault now rather than of the engine in the middle
    return `regexp_matches(${sql}, ${binding.bind(value)})`;
  }
  return operator === 'ISSUBSET' ? subsetSql(sql, value, binding) : supersetSql(sql, value, binding);
}

/** The number of an IPv4 address; null for other text. */
const numberOf = (sql: string): string => {
  const part = (n: number): string => `CAST(split_part(${sql}, '.', ${n}) AS BIGINT)`;
  return `CASE WHEN regexp_full_match(${sql}, '[0-9]{1,3}([.][0-9]{1,3}){3}') THEN ((${part(1)} * 256 + ${part(2)}) * 256 + ${part(3)}) * 256 + ${part(4)} END`;
};

function subsetSql(sql: string, value: string, binding: Binding): string {
  const range = parseCidr(value);
  const address = range === null ? parseAddress(value) : null;
  if (address !== null) return `${sql} = ${binding.bind(address.text)}`;
  if (range === null) throw new MatchFault(`${JSON.stringify(value.slice(0, 60))} is no IP address or range`);
  if (range.version === 6) throw new Uncompiled('the engine does not know ranges of IPv6');
  const parts = range.text.slice(0, range.text.indexOf('/')).split('.').map(Number);
  const first = parts.reduce((sum, part) => sum * 256 + part, 0);
  const last = first + 2 ** (32 - range.prefix) - 1;
  return `coalesce(${numberOf(sql)} BETWEEN ${binding.bind(first)} AND ${binding.bind(last)}, false)`;
}

/** A column holds single addresses, so it is a superset of itself alone. */
function supersetSql(sql: string, value: string, binding: Binding): string {
  const address = parseAddress(value.replace(value.includes(':') ? /\/128$/ : /\/32$/, ''));
  return address === null ? 'false' : `${sql} = ${binding.bind(address.text)}`;
}
