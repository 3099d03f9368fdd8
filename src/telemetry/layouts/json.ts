import type { Head } from '../head.ts';
import type { Layout, RawRelation } from '../layout.ts';
import { quote } from '../sql.ts';
import { ndjson } from './ndjson.ts';

/** Some writers flatten their records, so a name with dots may itself be a key: the longest one that the beginning of the file has is taken. */
const pathOf = (name: string, head: Head): string[] => {
  const steps = name.split('.');
  for (let n = steps.length; n > 1; n--) {
    const key = steps.slice(0, n).join('.');
    if (head.keys.has(key)) return [key, ...steps.slice(n)];
  }
  return steps;
};
const lines = ndjson('json', pathOf);

/** Not of the record: when its file last changed. */
const CHANGED = 'file modified';

/** One JSON object a line; a field is named by its path, dotted. */
export const json: Layout = {
  ...lines,
  file: (file, head, names) => {
    const own = names.filter((name) => name !== CHANGED);
    const relation = clash(own, head) ? null : (lines.file?.(file, head, own) ?? null);
    return relation && withChange(relation, head);
  },
  lines: (source, head, names) => withChange(lines.lines(source, head, names), head),
};

const withChange = (relation: RawRelation, head: Head): RawRelation => ({
  ...relation,
  fields: {
    ...relation.fields,
    text: (name) => (name === CHANGED ? (head.modified ? quote(head.modified) : 'NULL') : relation.fields.text(name)),
  },
});

/** The engine's own reader takes neither two names that differ only in their case, nor a name that is both a value and an object. */
function clash(names: readonly string[], head: Head): boolean {
  const paths = [...new Set(names)].map((name) => JSON.stringify(pathOf(name, head)));
  const lower = paths.map((path) => path.toLowerCase());
  const parts = new Map<string, string>();
  for (const name of names) {
    const path = pathOf(name, head);
    for (let n = 1; n <= path.length; n++) {
      const part = path.slice(0, n).join('\n');
      const seen = parts.get(part.toLowerCase());
      if (seen !== undefined && seen !== part) return true;
      parts.set(part.toLowerCase(), part);
    }
  }
  return lower.some((path) => lower.some((other) => other !== path && other.startsWith(`${path.slice(0, -1)},`)));
}

/** Detection: some record of the beginning has all of these fields (dotted paths). */
export const has =
  (...names: readonly string[]) =>
  (head: Head): boolean =>
    head.objects.some((object) => names.every((name) => valueAt(object, name) !== undefined));

/** Detection: some record of the beginning has at least so many of these fields. */
export const hasSome =
  (least: number, ...names: readonly string[]) =>
  (head: Head): boolean =>
    head.objects.some((object) => names.filter((name) => valueAt(object, name) !== undefined).length >= least);

/** Detection: that field holds text that fits, in some record of the beginning. */
export const says =
  (name: string, fits: RegExp) =>
  (head: Head): boolean =>
    head.objects.some((object) => fits.test(String(valueAt(object, name) ?? '')));

/** What an object has at a dotted path, whether nested or flattened. */
function valueAt(object: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in object) return object[name];
  const steps = name.split('.');
  for (let n = steps.length - 1; n > 0; n--) {
    const inner = object[steps.slice(0, n).join('.')];
    if (typeof inner !== 'object' || inner === null) continue;
    return valueAt(Object.fromEntries(Object.entries(inner)), steps.slice(n).join('.'));
  }
  return undefined;
}
