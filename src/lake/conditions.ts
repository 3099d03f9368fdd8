import { type Column, columns } from '../model/event.ts';
import { type Condition, type Rule, type RuleField, type RuleTest, testsOf } from '../model/rule.ts';
import { parseCidr } from '../observables/cidr.ts';
import type { Parameter } from './engine.ts';

/** Collects the values of a statement: every value from outside is bound, never written into it. */
export type Binder = { readonly values: Parameter[]; readonly bind: (value: Parameter) => string };

export function createBinder(): Binder {
  const values: Parameter[] = [];
  return {
    values,
    bind: (value) => {
      values.push(value);
      return `$${values.length}`;
    },
  };
}

/** The columns that a field is made of. */
const parts: Readonly<Partial<Record<RuleField, readonly Column[]>>> = {
  url: ['http_request_url_hostname', 'http_request_url_path'],
  target: ['http_request_url_path'],
  extension: ['http_request_url_path'],
  peer: ['http_request_url_hostname', 'tls_sni', 'dst_endpoint_hostname', 'query_hostname'],
};
const isColumn = (field: RuleField): field is Column => field in columns;

/** What an event must hold to be of the kind that a rule is about; one of them is enough. */
const kinds: Readonly<Record<Rule['about'], readonly Column[]>> = {
  dns: ['query_hostname'],
  http: ['http_request_url_hostname', 'http_request_url_path'],
  tls: ['tls_sni', 'tls_ja3', 'tls_ja4', 'tls_certificate_subject'],
  network: ['dst_endpoint_ip'],
};

/** Whether events with these columns can meet the rule at all: of every field at least one part is there. */
export function evaluable(rule: Rule, has: ReadonlySet<Column>): boolean {
  const fields = new Set(testsOf(rule.condition).map((t) => t.field));
  return (
    kinds[rule.about].some((c) => has.has(c)) &&
    [...fields].every((f) => (isColumn(f) ? has.has(f) : (parts[f] ?? []).some((c) => has.has(c))))
  );
}

/** The condition of a rule over events with these columns; values are bound. */
export function conditionSql(rule: Rule, has: ReadonlySet<Column>, binder: Binder): string {
  const kind = kinds[rule.about].filter((c) => has.has(c)).map((c) => `${c} IS NOT NULL`);
  return `(${kind.join(' OR ')}) AND ${sql(rule.condition, has, binder)}`;
}

function sql(condition: Condition, has: ReadonlySet<Column>, binder: Binder): string {
  if ('test' in condition) return `coalesce(${testSql(condition.test, has, binder)}, false)`;
  if ('not' in condition) return `NOT ${sql(condition.not, has, binder)}`;
  const [of, word, none] = 'all' in condition ? [condition.all, ' AND ', 'true'] : [condition.any, ' OR ', 'false'];
  return of.length === 0 ? none : `(${of.map((c) => sql(c, has, binder)).join(word)})`;
}

function fieldSql(field: RuleField, has: ReadonlySet<Column>): string {
  const column = (name: Column): string => (has.has(name) ? name : 'NULL');
  const target = `${column('http_request_url_path')} || coalesce('?' || ${column('http_request_url_query')}, '')`;
  switch (field) {
    case 'url':
      return `coalesce(${column('http_request_url_scheme')}, 'http') || '://' || ${column('http_request_url_hostname')} || coalesce(${target}, '')`;
    case 'target':
      return target;
    case 'extension':
      return `nullif(regexp_extract(${column('http_request_url_path')}, '[.]([A-Za-z0-9]{1,10})$', 1), '')`;
    case 'peer':
      return `coalesce(${(parts.peer ?? []).map(column).join(', ')})`;
    default:
      return field;
  }
}

function testSql(test: RuleTest, has: ReadonlySet<Column>, binder: Binder): string {
  const field = fieldSql(test.field, has);
  const type = isColumn(test.field) ? columns[test.field].type : 'VARCHAR';
  if (test.op === 'absent') return `${field} IS NULL`;
  if (type === 'VARCHAR[]')
    return `len(list_filter(${field}, x -> coalesce(${valueSql(test, 'x', binder)}, false))) > 0`;
  return valueSql(test, type === 'VARCHAR' ? field : `CAST(${field} AS VARCHAR)`, binder);
}

/** One text against the value of a test. */
function valueSql({ op, value, cased }: RuleTest, text: string, binder: Binder): string {
  const given = cased ? text : `lower(${text})`;
  const number = (sign: string): string => `try_cast(${text} AS DOUBLE) ${sign} CAST(${binder.bind(value)} AS DOUBLE)`;
  switch (op) {
    case 'equals':
      return `${given} = ${binder.bind(value)}`;
    case 'contains':
      return `contains(${given}, ${binder.bind(value)})`;
    case 'starts':
      return `starts_with(${given}, ${binder.bind(value)})`;
    case 'ends':
      return `ends_with(${given}, ${binder.bind(value)})`;
    case 'regex':
      return `regexp_matches(${text}, ${binder.bind(value)})`;
    case 'cidr':
      return cidrSql(text, value, binder);
    case 'less':
      return number('<');
    case 'at-most':
      return number('<=');
    case 'more':
      return number('>');
    case 'at-least':
      return number('>=');
    case 'absent':
      return `${text} IS NULL`;
  }
}

/** The engine has no addresses: an IPv4 text as a number, between the ends of the range. */
function cidrSql(text: string, value: string, binder: Binder): string {
  const range = parseCidr(value);
  const prefix = Number(value.split('/')[1] ?? 32);
  const start = (value.split('/')[0] ?? '').split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  if (range === null || !Number.isInteger(start)) return 'false';
  const size = 2 ** (32 - prefix);
  const first = Math.floor(start / size) * size;
  const part = (n: number): string => `CAST(split_part(${text}, '.', ${n}) AS UBIGINT)`;
  const address = `CASE WHEN regexp_full_match(${text}, '[0-9]{1,3}([.][0-9]{1,3}){3}') THEN ${part(1)} * 16777216 + ${part(2)} * 65536 + ${part(3)} * 256 + ${part(4)} END`;
  return `${address} BETWEEN CAST(${binder.bind(first)} AS UBIGINT) AND CAST(${binder.bind(first + size - 1)} AS UBIGINT)`;
}

/** Texts of which an event that meets the condition holds at least one; null where there is no such list. */
export function needles(condition: Condition): string[] | null {
  if ('test' in condition) return needleOf(condition.test);
  if ('not' in condition) return null;
  if ('any' in condition) {
    const each = condition.any.map(needles);
    const lists = each.filter((n) => n !== null);
    return lists.length < each.length ? null : lists.flat();
  }
  // The rarest part of a conjunction is guessed by the length of its shortest text.
  const lists = condition.all.map(needles).flatMap((n) => (n === null || n.length === 0 ? [] : [n]));
  const shortest = (n: readonly string[]): number => Math.min(...n.map((t) => t.length));
  return lists.sort((x, y) => shortest(y) - shortest(x))[0] ?? null;
}

/** Fields whose text stands in a line as it is; a whole URL may be cut in two there. */
const verbatim: ReadonlySet<RuleField> = new Set([
  'query_hostname',
  'tls_sni',
  'http_request_url_hostname',
  'http_request_url_path',
  'http_request_user_agent',
  'target',
  'peer',
  'extension',
  'tls_ja3',
  'tls_ja4',
]);

const needleOf = ({ field, op, value }: RuleTest): string[] | null =>
  verbatim.has(field) && (op === 'equals' || op === 'contains' || op === 'starts' || op === 'ends') ? [value] : null;
