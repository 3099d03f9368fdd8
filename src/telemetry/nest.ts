/** A JSON object under construction. */
export type Tree = { [key: string]: unknown };

/** Where a value goes: keys from the top; with `inner`, the last of them is a list of objects and `inner` goes on in each. */
export type Place = { readonly keys: readonly string[]; readonly inner: Place | null };

/** Reads a dotted path. One `[]` in it spreads a list over objects: `answers[].ttl`. */
export function placeOf(path: string): Place {
  const [before = '', after] = path.split('[].');
  return { keys: before.split('.'), inner: after === undefined ? null : placeOf(after) };
}

/**
 * Puts a value at a place. Spread over objects, `['60']` at `answers[].ttl` gives `answers: [{ ttl: '60' }]`, merged by
 * position with what is there. Null, empty lists, and null items of a spread list put nothing.
 */
export function put(root: Tree, place: Place, value: unknown): void {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return;
  const { keys, inner } = place;
  const last = keys.at(-1) ?? '';
  const parent = keys.slice(0, -1).reduce(objectAt, root);
  if (inner === null) parent[last] = value;
  else spread(listAt(parent, last), inner, Array.isArray(value) ? value : [value]);
}

function spread(list: Tree[], inner: Place, items: readonly unknown[]): void {
  items.forEach((item, i) => {
    const object = list[i] ?? {};
    list[i] = object;
    put(object, inner, item);
  });
}

/** The object under that key, made where there is none. */
export function objectAt(parent: Tree, key: string): Tree {
  const there = parent[key];
  if (isTree(there)) return there;
  const fresh: Tree = {};
  parent[key] = fresh;
  return fresh;
}

/** The list of objects under that key, made where there is none. */
export function listAt(parent: Tree, key: string): Tree[] {
  const there = parent[key];
  if (Array.isArray(there)) return there;
  const fresh: Tree[] = [];
  parent[key] = fresh;
  return fresh;
}

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Deepest nesting that is printed; what lies deeper is cut away, and `…` says so. */
const MAX_DEPTH = 50;

/**
 * What of a record no column took: nested as it was, dots in names made underscores, without nulls and empty values.
 * `consumed` holds the names, dotted from the top, of fields that a column says.
 */
export function unmapped(values: Readonly<Tree>, consumed: ReadonlySet<string>, prefix = '', depth = 0): Tree {
  const rest: [string, unknown][] = [];
  for (const [key, value] of Object.entries(values)) {
    const path = prefix + key;
    if (value === null || value === '' || consumed.has(path) || writerFields.has(path)) continue;
    const kept = isTree(value) ? nested(value, consumed, path, depth) : keptList(value, depth);
    if (kept !== undefined) rest.push([key.replaceAll('.', '_'), kept]);
  }
  return Object.fromEntries(rest); // a key named __proto__ is a key like any other
}

function nested(value: Tree, consumed: ReadonlySet<string>, path: string, depth: number): unknown {
  if (depth >= MAX_DEPTH) return '…';
  const inner = unmapped(value, consumed, `${path}.`, depth + 1);
  return Object.keys(inner).length > 0 ? inner : undefined;
}

const keptList = (value: unknown, depth: number): unknown =>
  Array.isArray(value) ? (value.length === 0 ? undefined : bounded(value, depth)) : value;

function bounded(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((item) => bounded(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bounded(item, depth + 1)]));
}

/** What the writer of a log says of itself, not of the record. */
const writerFields: ReadonlySet<string> = new Set([
  '_path',
  '_write_ts',
  '_system_name',
  '@stream',
  '@system',
  '@proc',
]);
