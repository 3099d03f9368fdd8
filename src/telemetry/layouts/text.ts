import type { Expression, Fields } from '../expression.ts';
import type { Head } from '../head.ts';
import type { Layout } from '../layout.ts';
import { identifier, noRecord, quote } from '../sql.ts';
import { type Pairs, pairColumns, readPairs } from './pairs.ts';

/** A regular expression of ours, read alike by RE2 and JavaScript, and the names of its groups in order. */
export type Cut = { readonly groups: readonly string[]; readonly regex: string };
/** Several, of which at most one is tried: the first whose condition, over fields of earlier stages, holds. */
export type Choice = { readonly oneOf: readonly (Cut & { readonly when: Expression })[] };
type Stage = Cut | Choice;

export type TextFacts = {
  /** What every record has; a line without it is refused as `not-this-format`. */
  readonly is: string;
  /** Lines that belong to a record, but are none: they are passed over. */
  readonly rest?: string;
  /** Run in order over the whole line. Where several have a group of one name, the first that is not empty counts. */
  readonly cuts?: readonly Stage[];
  readonly pairs?: Pairs;
  /** How the format writes an absent value, besides nothing at all. */
  readonly unset?: readonly string[];
};

/**
 * Lines of text: regular expressions cut named groups, and the pairs of keys and values that the line holds are fields
 * too. Two more fields are always there: `raw`, the line, and `file modified`, when its file last changed (RFC 3339).
 */
export function text(id: string, facts: TextFacts): Layout {
  const { is, rest, cuts = [], pairs, unset = [] } = facts;
  return {
    id,
    file: null,
    lines: (source, head, names) => {
      const fields = fieldsOf(facts, head);
      const wanted = new Set([...names, ...cuts.flatMap(conditionFields)]);
      const groups = new Set(cuts.flatMap(groupsOf));
      const staged = cuts.reduce(
        (from, stage, i) =>
          groupsOf(stage).some((g) => wanted.has(g))
            ? `SELECT *, ${cutSql(stage, fields)} AS cut${i} FROM (${from})`
            : from,
        `SELECT line, raw FROM ${source}`,
      );
      const paired = pairs && names.some((n) => !groups.has(n) && !always.has(n));
      return {
        select: paired ? pairColumns(pairs, unset, staged) : staged,
        fields,
        ordered: true,
        skip: rest ? `${noRecord} OR regexp_matches(raw, ${quote(rest)})` : noRecord,
        reason: `CASE WHEN NOT regexp_matches(raw, ${quote(is)}) THEN 'not-this-format' END`,
      };
    },
    unpack: (raw) => unpack(raw, facts),
  };
}

/** Patterns are linear in the engine, not in JavaScript, so what has no column is cut from the beginning of a line only. */
const MAX_UNPACKED = 16384;

const always: ReadonlySet<string> = new Set(['raw', 'file modified']);

const variants = (stage: Stage): readonly Cut[] => ('oneOf' in stage ? stage.oneOf : [stage]);
const groupsOf = (stage: Stage): string[] => variants(stage).flatMap((c) => c.groups);

function conditionFields(stage: Stage): string[] {
  const names: string[] = [];
  const note = (name: string): string => {
    names.push(name);
    return 'NULL';
  };
  if ('oneOf' in stage) for (const { when } of stage.oneOf) when({ text: note, list: note });
  return names;
}

const extract = ({ groups, regex }: Cut): string =>
  `regexp_extract(raw, ${quote(regex)}, [${groups.map(quote).join(', ')}])`;

/** Where the choices have other groups, the engine gives the union of them, null where absent. */
const cutSql = (stage: Stage, fields: Fields): string =>
  'oneOf' in stage
    ? `CASE ${stage.oneOf.map((c) => `WHEN ${c.when(fields)} THEN ${extract(c)}`).join(' ')} END`
    : extract(stage);

function fieldsOf({ cuts = [], pairs, unset = [] }: TextFacts, head: Head): Fields {
  const cell = (name: string): string => {
    if (name === 'raw') return 'raw';
    if (name === 'file modified') return head.modified ? quote(head.modified) : 'CAST(NULL AS VARCHAR)';
    const found = cuts.flatMap((stage, i) => (groupsOf(stage).includes(name) ? [`cut${i}.${identifier(name)}`] : []));
    const set = found.map((sql) => ['', ...unset].reduce((inner, value) => `nullif(${inner}, ${quote(value)})`, sql));
    if (set.length === 0) return pairs ? pairValue(pairs, name) : 'CAST(NULL AS VARCHAR)';
    return set.length === 1 ? (set[0] ?? '') : `coalesce(${set.join(', ')})`;
  };
  return {
    text: cell,
    list: (name) => `CASE WHEN ${cell(name)} IS NOT NULL THEN [${cell(name)}] END`,
  };
}

const pairValue = ({ by }: Pairs, name: string): string =>
  by === 'places'
    ? `pair_values[${Number(name.slice(1)) || 0}]`
    : `pair_values[list_position(pair_keys, ${quote(name)})]`;

function unpack(line: string, { cuts = [], pairs, unset = [] }: TextFacts): Record<string, unknown> {
  const raw = line.slice(0, MAX_UNPACKED);
  const absent = new Set(['', ...unset]);
  const cutting = cuts.flatMap((stage) => {
    const found = variants(stage)
      .map((c) => ({ groups: c.groups, values: compiled(c.regex).exec(raw) }))
      .find((c) => c.values);
    return found?.values ? found.groups.map((name, i) => [name, found.values?.[i + 1] ?? ''] as const) : [];
  });
  const paired = pairs ? readPairs(raw, pairs) : [];
  // The first that is set counts, so the later ones go in first.
  return Object.fromEntries([...paired, ...cutting].toReversed().filter(([, value]) => !absent.has(value)));
}

const cache = new Map<string, RegExp>();

function compiled(regex: string): RegExp {
  const known = cache.get(regex) ?? new RegExp(regex);
  cache.set(regex, known);
  return known;
}
