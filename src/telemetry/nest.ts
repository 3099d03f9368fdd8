/** A JSON object under construction. */
export type Tree = { [key: string]: unknown };

/**
 * Puts a value at a dotted path. One `[]` in the path spreads a list over objects: `answers[].ttl` with `['60']` gives
 * `answers: [{ ttl: '60' }]`, merged by place with what is there. Null and empty lists put nothing.
 */
export function put(root: Tree, path: string, value: unknown): void {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return;
  const [before = '', after] = path.split('[].');
  if (after === undefined) {
    putPlain(root, before.split('.'), value);
    return;
  }
  const items = Array.isArray(value) ? value : [value];
  const list = listAt(root, before.split('.'));
  items.forEach((item, i) => {
    const object = list[i] ?? {};
    list[i] = object;
    put(object, after, item);
  });
}

function putPlain(root: Tree, keys: readonly string[], value: unknown): void {
  const [key = '', ...rest] = keys;
  if (rest.length === 0) root[key] = value;
  else putPlain(objectAt(root, key), rest, value);
}

function listAt(root: Tree, keys: readonly string[]): Tree[] {
  const [key = '', ...rest] = keys;
  if (rest.length > 0) return listAt(objectAt(root, key), rest);
  const list = root[key];
  if (Array.isArray(list)) return list;
  const fresh: Tree[] = [];
  root[key] = fresh;
  return fresh;
}

function objectAt(root: Tree, key: string): Tree {
  const inner = root[key];
  if (isTree(inner)) return inner;
  const fresh: Tree = {};
  root[key] = fresh;
  return fresh;
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a record no column took: nested as it was, dots in names made underscores, without nulls and empty values. */
export function unmapped(values: Readonly<Record<string, unknown>>, consumed: ReadonlySet<string>, prefix = ''): Tree {
  const rest: Tree = {};
  for (const [key, value] of Object.entries(values)) {
    const path = `${prefix}${key}`;
    if (
      consumed.has(path) ||
      writerFields.has(path) ||
      value === null ||
      value === '' ||
      (Array.isArray(value) && value.length === 0)
    )
      continue;
    if (isTree(value)) {
      const inner = unmapped(value, consumed, `${path}.`);
      if (Object.keys(inner).length > 0) rest[key.replaceAll('.', '_')] = inner;
    } else rest[key.replaceAll('.', '_')] = value;
  }
  return rest;
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
