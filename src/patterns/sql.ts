/** A pattern as a condition on events, for patterns that one event can fulfil. Values are bound, never written. */
import { type Column, columns } from '../model/event.ts';
import { type EventObject, eventObjects } from './event-objects.ts';
import { MatchFault } from './fault.ts';
import { type Comparison, type Condition, type Observed, writePath } from './pattern.ts';
import { Binding, testSql, Uncompiled } from './sql-test.ts';
import { mustReadInstant } from './values.ts';

export type EventQuery =
  /** `where` over the columns of an event, with `$1…` for `values`. `unseen`: paths that no log shows; they never hold. */
  | {
      readonly ok: true;
      readonly where: string;
      readonly values: readonly (string | number)[];
      readonly unseen: readonly string[];
    }
  /** Not a question about one event: `memory` where `matchPattern` can answer it, `never` where no log shows any of it. */
  | { readonly ok: false; readonly answer: 'memory' | 'never'; readonly why: string };

const NEVER = 'false';

/** The query of a pattern on events that have the columns `present`. Never throws. */
export function compileEvents(pattern: Observed, present: ReadonlySet<Column>): EventQuery {
  const scene: Scene = { present, binding: new Binding(), unseen: new Set() };
  try {
    const where = observed(pattern, scene);
    const unseen = [...scene.unseen];
    if (where !== NEVER) return { ok: true, ...used(where, scene.binding.values), unseen };
    return {
      ok: false,
      answer: 'never',
      why: unseen.length > 0 ? `no column of these events holds ${unseen.join(', ')}` : 'no event can fulfil it',
    };
  } catch (fault) {
    if (fault instanceof Uncompiled || fault instanceof MatchFault)
      return { ok: false, answer: 'memory', why: fault.message };
    throw fault;
  }
}

/** The values that are left in the condition, numbered anew: parts that can never hold are gone with theirs. */
function used(where: string, values: readonly (string | number)[]) {
  const kept = new Map<string, string | number>();
  const numbered = where.replace(/\$(\d+)/g, (place, number: string) => {
    kept.set(place, values[Number(number) - 1] ?? '');
    return `$${[...kept.keys()].indexOf(place) + 1}`;
  });
  return { where: numbered, values: [...kept.values()] };
}

type Scene = { readonly present: ReadonlySet<Column>; readonly binding: Binding; readonly unseen: Set<string> };

function observed(node: Observed, scene: Scene): string {
  if (node.node === 'observation') return objectsSql(node.condition, scene);
  if (node.node === 'any')
    return join(
      node.parts.map((part) => observed(part, scene)),
      'OR',
    );
  if (node.node === 'between') return windowed(node, scene);
  if (node.node === 'repeats' && node.times === 1) return observed(node.of, scene);
  if (node.node === 'within' && node.seconds > 0 && node.of.node === 'observation') return observed(node.of, scene);
  throw new Uncompiled('it needs more than one event');
}

function windowed({ start, stop, of }: Extract<Observed, { node: 'between' }>, scene: Scene): string {
  const bounds = [mustReadInstant(stop, 'STOP'), mustReadInstant(start, 'START')];
  const [before, from] = bounds.map((at) => `make_timestamp(CAST(${scene.binding.bind(String(at))} AS BIGINT))`);
  const last = scene.present.has('end_time') ? 'coalesce(end_time, time)' : 'time';
  const inner = observed(of, scene);
  return inner === NEVER || (bounds[0] ?? 0n) <= (bounds[1] ?? 0n)
    ? NEVER
    : `(time < ${before} AND ${last} >= ${from} AND ${inner})`;
}

/** Any object that the event shows may fulfil the whole condition. */
function objectsSql(condition: Condition, scene: Scene): string {
  for (const comparison of comparisonsOf(condition)) noteUnseen(comparison, scene);
  return join(
    eventObjects
      .filter(({ each }) => each === null || scene.present.has(each))
      .map((object) => {
        const inner = conditionSql(condition, object, scene);
        if (inner === NEVER || object.each === null) return inner;
        return `EXISTS (SELECT 1 FROM unnest(${object.each}) AS list(element) WHERE ${inner})`;
      }),
    'OR',
  );
}

function conditionSql(condition: Condition, object: EventObject, scene: Scene): string {
  if (condition.node === 'comparison') return comparisonSql(condition, object, scene);
  const parts = condition.parts.map((part) => conditionSql(part, object, scene));
  return join(parts, condition.node === 'all' ? 'AND' : 'OR');
}

function comparisonSql(comparison: Comparison, object: EventObject, { present, binding }: Scene): string {
  if (comparison.path.type !== object.type) return NEVER;
  const property = object.properties[pathOf(comparison)];
  const shown = property?.columns.some((column) => present.has(column)) === true;
  // That a property is not there holds of objects, which events do not tell from what was not logged.
  if (comparison.operator === 'EXISTS' && comparison.negated) throw new Uncompiled('events do not tell what is absent');
  if (property === undefined || !shown) return NEVER;
  return testSql(comparison, { ...property, sql: withNulls(property.sql, property.columns, present) }, binding);
}

/** Columns that the events do not have are null. */
function withNulls(sql: string, used: readonly Column[], present: ReadonlySet<Column>): string {
  return used
    .filter((column) => !present.has(column))
    .reduce(
      (text, column) => text.replace(new RegExp(`\\b${column}\\b`, 'g'), `CAST(NULL AS ${columns[column].type})`),
      sql,
    );
}

const pathOf = ({ path }: Comparison): string => writePath(path).slice(path.type.length + 1);

function* comparisonsOf(condition: Condition): Generator<Comparison> {
  if (condition.node === 'comparison') yield condition;
  else for (const part of condition.parts) yield* comparisonsOf(part);
}

function noteUnseen(comparison: Comparison, { present, unseen }: Scene): void {
  const seen = eventObjects.some(
    ({ type, properties }) =>
      type === comparison.path.type && properties[pathOf(comparison)]?.columns.some((column) => present.has(column)),
  );
  if (!seen) unseen.add(writePath(comparison.path));
}

function join(parts: readonly string[], word: 'AND' | 'OR'): string {
  if (word === 'AND' && parts.includes(NEVER)) return NEVER;
  const kept = [...new Set(parts)].filter((part) => part !== NEVER);
  if (kept.length === 0) return NEVER;
  return kept.length === 1 ? (kept[0] ?? NEVER) : `(${kept.join(` ${word} `)})`;
}
