/** The difference of two releases by content: `modified` and versions are reported, never trusted. */
import type { AttackObject } from '../model/attack.ts';
import { type AttackDiff, changeCategories, type FieldChange, type ObjectChange } from '../model/attack-diff.ts';
import { fieldOf } from './canonical.ts';
import { fieldChange, type Names } from './change-words.ts';
import { categoriesOf, changedFields, isBookkeeping } from './compare.ts';
import { type JsonObject, textOf } from './json.ts';
import { kindOrder } from './kinds.ts';
import { titleOf } from './title.ts';

/** One release as the diff needs it. */
export type DiffSide = {
  readonly release: string;
  readonly objects: readonly AttackObject[];
  /** Gets these objects at hand; their JSON by STIX id, parsed when asked for. */
  readonly open: (objects: readonly AttackObject[]) => (id: string) => JsonObject;
  /** What replaces a revoked object, at the end of the chain. */
  readonly replacement: (object: AttackObject) => AttackObject | null;
};

/** Compares two releases of a domain. Rows come by kind, then ATT&CK id, then STIX id. */
export function diffReleases(domain: string, from: DiffSide, to: DiffSide): AttackDiff {
  const old = new Map(from.objects.map((o) => [o.id, o]));
  const fresh = new Map(to.objects.map((o) => [o.id, o]));
  const names = namesOf(old, fresh);
  const added = to.objects.filter((o) => !old.has(o.id));
  const removed = from.objects.filter((o) => !fresh.has(o.id));
  const changed = from.objects.flatMap((before) => {
    const after = fresh.get(before.id);
    return after && after.content_hash !== before.content_hash ? [{ before, after }] : [];
  });
  const objects = [
    ...appeared(to, added, 'added', names),
    ...appeared(from, removed, 'removed', names),
    ...changedRows(from, to, changed, names),
  ].sort(byKind);
  return { from: from.release, to: to.release, domain, counts: counts(to.objects, objects), objects };
}

function namesOf(old: ReadonlyMap<string, AttackObject>, fresh: ReadonlyMap<string, AttackObject>): Names {
  return (id) => {
    const object = fresh.get(id) ?? old.get(id);
    return object ? titleOf(object) : id;
  };
}

function appeared(
  side: DiffSide,
  objects: readonly AttackObject[],
  category: 'added' | 'removed',
  names: Names,
): ObjectChange[] {
  const json = side.open(objects.filter((o) => o.type === 'relationship'));
  return objects.map((o) => ({
    ...{ id: o.id, type: o.type, attack_id: o.attack_id, name: o.name, url: o.url, categories: [category] },
    ...(category === 'added'
      ? { from_version: null, to_version: o.version, from_modified: null, to_modified: o.modified }
      : { from_version: o.version, to_version: null, from_modified: o.modified, to_modified: null }),
    ...{
      status: o.status,
      changed_fields: [],
      bookkeeping: false,
      changes: [],
      renumbered_from: null,
      replaced_by: null,
    },
    subject: o.type === 'relationship' ? relationWords(json(o.id), names) : titleOf(o),
  }));
}

type Pair = { readonly before: AttackObject; readonly after: AttackObject };

function changedRows(from: DiffSide, to: DiffSide, pairs: readonly Pair[], names: Names): ObjectChange[] {
  const old = from.open(pairs.map((p) => p.before));
  const fresh = to.open(pairs.map((p) => p.after));
  return pairs.map((pair) => changedRow(pair, old(pair.before.id), fresh(pair.after.id), to, names));
}

function changedRow(
  { before, after }: Pair,
  old: JsonObject,
  json: JsonObject,
  to: DiffSide,
  names: Names,
): ObjectChange {
  const changed_fields = changedFields(old, json);
  const telling = changed_fields.filter((name) => !isBookkeeping(name));
  const replaced = after.status === 'revoked' ? to.replacement(after) : null;
  return {
    ...{ id: after.id, type: after.type, attack_id: after.attack_id, name: after.name, url: after.url },
    categories: categoriesOf(before, after),
    ...{ from_version: before.version, to_version: after.version },
    ...{ from_modified: before.modified, to_modified: after.modified, status: after.status, changed_fields },
    bookkeeping: telling.length === 0 && before.status === after.status && before.version === after.version,
    subject: after.type === 'relationship' ? relationWords(json, names) : titleOf(after),
    changes: [...statusWords(before, after), ...fieldChanges(telling, old, json, names)],
    renumbered_from: before.attack_id !== after.attack_id ? before.attack_id : null,
    replaced_by: replaced && { id: replaced.id, attack_id: replaced.attack_id, name: replaced.name },
  };
}

const fieldChanges = (fields: readonly string[], old: JsonObject, json: JsonObject, names: Names): FieldChange[] =>
  fields.map((name) => fieldChange(name, fieldOf(old, name), fieldOf(json, name), names));

function statusWords(before: AttackObject, after: AttackObject): FieldChange[] {
  if (before.status === after.status) return [];
  return [
    {
      field: 'status',
      says: [`${after.status === 'active' ? 'active again' : after.status} (was ${before.status})`],
      words: null,
    },
  ];
}

function relationWords(json: JsonObject, names: Names): string {
  const [source, kind, target] = ['source_ref', 'relationship_type', 'target_ref'].map(
    (name) => textOf(json, name) ?? '?',
  );
  return `${names(source ?? '?')} ${(kind ?? '?').replaceAll('-', ' ')} ${names(target ?? '?')}`;
}

const byKind = (a: ObjectChange, b: ObjectChange): number =>
  kindOrder(a.type) - kindOrder(b.type) ||
  compare(a.type, b.type) ||
  compare(a.attack_id ?? '', b.attack_id ?? '') ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function counts(all: readonly AttackObject[], rows: readonly ObjectChange[]): AttackDiff['counts'] {
  const out = new Map<string, Map<string, number>>();
  const count = (type: string, what: string, n: number): void => {
    const row = out.get(type) ?? new Map<string, number>();
    out.set(type, row.set(what, (row.get(what) ?? 0) + n));
  };
  for (const row of rows) for (const category of row.categories) count(row.type, category, 1);
  for (const object of all) count(object.type, 'unchanged', 1);
  for (const row of rows) if (!row.categories.includes('removed')) count(row.type, 'unchanged', -1);
  const types = [...out.keys()].sort((a, b) => kindOrder(a) - kindOrder(b) || compare(a, b));
  return Object.fromEntries(types.map((type) => [type, ordered(out.get(type) ?? new Map())]));
}

const ordered = (row: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries(
    [...changeCategories, 'unchanged'].flatMap((c) => ((row.get(c) ?? 0) > 0 ? [[c, row.get(c) ?? 0]] : [])),
  );
