import type { Fields } from '../expression.ts';
import type { Head } from '../head.ts';
import type { Layout, RawRelation } from '../layout.ts';
import { identifier, noRecord, quote } from '../sql.ts';

/** Where a field lies in a record: the keys from the top. */
type PathOf = (name: string, head: Head) => readonly string[];

/** One JSON object a line. `pathOf` turns a field's name into keys. */
export function ndjson(id: string, pathOf: PathOf): Layout {
  return {
    id,
    file: (file, head, names) => ({
      select: `SELECT * FROM read_json(${quote(file.path)}, compression='${file.compression}', format='newline_delimited', ignore_errors=true, maximum_object_size=8388608, columns=${columnTree(names.map((n) => pathOf(n, head)))})`,
      fields: jsonFields((name) => columnOf(pathOf(name, head))),
      ordered: false, // measured with 1.5.6: read_json gives blocks of a larger file in any order
      skip: null,
      reason: null,
    }),
    lines: (source, head, names) => fromLines(source, head, names, pathOf),
    unpack,
  };
}

/** The engine takes a comma too many, NaN and the like for JSON; such a record is kept as it is written. */
function unpack(raw: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return { raw };
  }
}

function fromLines(source: string, head: Head, names: readonly string[], pathOf: PathOf): RawRelation {
  const place = new Map(names.map((name, i) => [name, i + 1]));
  const paths = names
    .map((name) =>
      quote(
        `$${pathOf(name, head)
          .map((key) => `."${key}"`)
          .join('')}`,
      ),
    )
    .join(', ');
  return {
    select: `SELECT line, raw, CASE WHEN json_valid(raw) AND starts_with(ltrim(raw), '{') THEN json_extract_string(raw, [${paths}]) END AS cells FROM ${source}`,
    fields: jsonFields((name) => `cells[${place.get(name)}]`),
    ordered: true,
    skip: noRecord,
    reason: `CASE WHEN cells IS NULL THEN 'not-json' END`,
  };
}

/** A list may come as a JSON array or, from some shippers, as one plain value. */
const jsonFields = (cell: (name: string) => string): Fields => ({
  text: (name) => `nullif(${cell(name)}, '')`,
  list: (name) =>
    `CASE WHEN starts_with(${cell(name)}, '[') THEN nullif(try(from_json(${cell(name)}, '["VARCHAR"]')), []) WHEN ${cell(name)} IS NOT NULL AND ${cell(name)} <> '' THEN [${cell(name)}] END`,
});

const columnOf = (path: readonly string[]): string => path.map(identifier).join('.');

type Tree = Map<string, Tree>;

/** The `columns` argument of read_json: nested structs with text leaves. */
function columnTree(paths: readonly (readonly string[])[]): string {
  const root: Tree = new Map();
  for (const path of paths) {
    let node = root;
    for (const key of path) {
      const next = node.get(key) ?? new Map();
      node.set(key, next);
      node = next;
    }
  }
  return `{${[...root].map(([key, node]) => `${quote(key)}: ${quote(typeOf(node))}`).join(', ')}}`;
}

const typeOf = (node: Tree): string =>
  node.size === 0
    ? 'VARCHAR'
    : `STRUCT(${[...node].map(([key, inner]) => `${identifier(key)} ${typeOf(inner)}`).join(', ')})`;
