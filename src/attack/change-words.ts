/** The change of a field in words: what an analyst would say, not two lumps of JSON. */
import type { FieldChange } from '../model/attack-diff.ts';
import { sameJson } from './canonical.ts';
import { isObject, type Json, type JsonObject, textOf } from './json.ts';
import { isStixId } from './object.ts';
import { wordDiff } from './word-diff.ts';

/** The name of an object by its STIX id, such as `AN1996 Analytic 1996`. */
export type Names = (id: string) => string;

export function fieldChange(
  field: string,
  before: Json | undefined,
  after: Json | undefined,
  names: Names,
): FieldChange {
  if (typeof before === 'string' && typeof after === 'string' && isRunning(before, after))
    return { field, says: [`${title(field)} reworded`], words: wordDiff(before, after) };
  if (isList(before) && isList(after))
    return { field, says: listWords(field, before ?? [], after ?? [], names), words: null };
  return { field, says: [`${title(field)} ${valueWords(before, after, names)}`], words: null };
}

const isRunning = (a: string, b: string): boolean =>
  Math.max(a.length, b.length) > 40 || a.includes(' ') || b.includes(' ');
const isList = (value: Json | undefined): value is readonly Json[] | undefined =>
  value === undefined || Array.isArray(value);

function valueWords(before: Json | undefined, after: Json | undefined, names: Names): string {
  if (before === undefined) return `set to ${item(after ?? null, names)}`;
  if (before === '' && after === undefined) return 'removed (it was empty)';
  if (after === undefined)
    return typeof before === 'string' && before.length > 80 ? 'removed' : `removed (was ${item(before, names)})`;
  return `changed from ${item(before, names)} to ${item(after, names)}`;
}

/** Field names as words. */
const TITLES: Readonly<Record<string, string>> = {
  x_mitre_analytic_refs: 'analytic',
  x_mitre_log_source_references: 'log source',
  x_mitre_log_sources: 'log source',
  x_mitre_mutable_elements: 'mutable element',
  x_mitre_data_source_ref: 'data source',
  external_references: 'citation',
  kill_chain_phases: 'tactic',
  tactic_refs: 'tactic',
  x_mitre_platforms: 'platform',
  x_mitre_domains: 'domain',
  x_mitre_contributors: 'contributor',
  x_mitre_is_subtechnique: 'sub-technique flag',
  x_mitre_deprecated: 'deprecation',
  x_mitre_aliases: 'alias',
  aliases: 'alias',
};
const title = (field: string): string => TITLES[field] ?? field.replace(/^x_mitre_/, '').replaceAll('_', ' ');

/** Most list members that are told one by one. */
const MOST = 40;

function listWords(field: string, before: readonly Json[], after: readonly Json[], names: Names): string[] {
  const [a, b] = [keyed(before), keyed(after)];
  const says = [
    ...[...b].filter(([key]) => !a.has(key)).map(([, value]) => `${title(field)} ${item(value, names)} added`),
    ...[...a].filter(([key]) => !b.has(key)).map(([, value]) => `${title(field)} ${item(value, names)} removed`),
    ...[...b].flatMap(([key, value]) => changedMember(field, a.get(key), value, names)),
  ];
  if (says.length === 0) return [`${title(field)} list put in another order`];
  return says.length > MOST ? [...says.slice(0, MOST), `and ${says.length - MOST} more changes`] : says;
}

function changedMember(field: string, before: Json | undefined, after: Json, names: Names): string[] {
  if (before === undefined || sameJson(before, after) || !isObject(before) || !isObject(after)) return [];
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !sameJson(before[name], after[name]))
    .map((name) => `${title(name)} ${valueWords(before[name], after[name], names)}`);
  return [`${title(field)} ${nameOf(after) ?? item(after, names)}: ${parts.join(', ')}`];
}

/** Members by what identifies them: a name where they have one, else their whole value. The second of a name counts apart. */
function keyed(list: readonly Json[]): Map<string, Json> {
  const out = new Map<string, Json>();
  for (const value of list) {
    let key = isObject(value) ? identity(value) : JSON.stringify(value);
    while (out.has(key)) key += '+';
    out.set(key, value);
  }
  return out;
}

const identity = (value: JsonObject): string =>
  ['x_mitre_data_component_ref', 'source_name', 'name', 'channel', 'field', 'kill_chain_name', 'phase_name']
    .map((name) => textOf(value, name) ?? '')
    .join('|');

const nameOf = (value: JsonObject): string | null =>
  textOf(value, 'source_name') ?? textOf(value, 'name') ?? textOf(value, 'field');

function item(value: Json, names: Names): string {
  if (typeof value === 'string')
    return isStixId(value) ? names(value) : value.length > 200 ? `${value.slice(0, 200)}…` : value;
  if (!isObject(value)) return JSON.stringify(value) ?? '';
  const component = textOf(value, 'x_mitre_data_component_ref');
  const channel = textOf(value, 'channel');
  const named = textOf(value, 'phase_name') ?? nameOf(value);
  if (named === null) return JSON.stringify(value).slice(0, 200);
  return [
    named,
    channel === null ? '' : ` (channel ${channel})`,
    component === null ? '' : ` of ${names(component)}`,
  ].join('');
}
