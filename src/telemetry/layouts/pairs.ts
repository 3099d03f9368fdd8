import { quote } from '../sql.ts';

/** How a line writes pairs of keys and values; patterns are read alike by RE2 and JavaScript. */
export type Pairs = {
  /**
   * `values`: the pattern has two groups, the key and its value. `keys`: it has one, the key with what stands around it,
   * and a value goes on to the next key. `places`: it has one, the value; keys are `#1`, `#2` and so on, and a separator
   * is put before the line.
   */
  readonly by: 'values' | 'keys' | 'places';
  readonly pattern: string;
  /** SQL that undoes the escaping of a value. */
  readonly clean: (value: string) => string;
  /** The same in JavaScript. */
  readonly tidy: (value: string) => string;
};

const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';

const unquoteSql = (v: string): string =>
  `CASE WHEN starts_with(${v}, '"') THEN CASE WHEN contains(${v}, '\\') THEN replace(replace(${v}[2:-2], '\\"', '"'), '\\\\', '\\') ELSE ${v}[2:-2] END ELSE ${v} END`;
const unquote = (v: string): string =>
  v.startsWith('"') ? v.slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\') : v;

/** `key=value` with values of that pattern where they stand in no quotation marks. */
export const keyValues = (bare = '[^\\s]*', key = '[A-Za-z_][\\w.\\-/]*'): Pairs => ({
  by: 'values',
  pattern: `(${key})=(${QUOTED}|${bare})`,
  clean: unquoteSql,
  tidy: unquote,
});

/** `key:"value"` as Check Point writes it, escapes by a backslash. */
export const colonPairs: Pairs = {
  by: 'values',
  pattern: `([A-Za-z_][\\w.\\-]*):\\s?(${QUOTED})`,
  clean: (v) => `regexp_replace(${unquoteSql(v)}, '\\\\(.)', '\\1', 'g')`,
  tidy: (v) => unquote(v).replace(/\\(.)/g, '$1'),
};

/** `key=value key=value` where a value may hold blanks: it ends where the next key begins. */
export const openPairs = (pattern = '(?:^|[\\s|])([A-Za-z_][\\w.\\-\\[\\]]*)='): Pairs => ({
  by: 'keys',
  pattern,
  clean: (v) =>
    `CASE WHEN contains(${v}, '\\') THEN replace(regexp_replace(replace(trim(${v}), '\\\\', '\x02'), '\\\\([=|"])', '\\1', 'g'), '\x02', '\\') ELSE trim(trim(${v}), '"') END`,
  tidy: (v) => v.trim().replace(/\\([=|"\\])/g, '$1'),
});

/** `Key: value, Key: value` as Cisco FTD writes its events. */
export const commaPairs: Pairs = {
  by: 'keys',
  pattern: '(?:, |[0-9]{6}:? |\\]: |^)([A-Z][A-Za-z0-9_]{1,40}(?: [A-Z][a-z]+)?): ',
  clean: (v) => `trim(${v})`,
  tidy: (v) => v.trim(),
};

/** Values divided by commas, in quotation marks where they hold one: `#1` is the first. */
export const commaCells: Pairs = {
  by: 'places',
  pattern: ',\\s*("(?:[^"]|"")*"|[^,]*)',
  clean: (v) => `CASE WHEN starts_with(${v}, '"') THEN replace(${v}[2:-2], '""', '"') ELSE ${v} END`,
  tidy: (v) => (v.startsWith('"') ? v.slice(1, -1).replaceAll('""', '"') : v),
};

/** Values in quotation marks, divided by blanks or commas: `#1` is the first. */
export const quotedCells: Pairs = {
  by: 'places',
  pattern: '[,\\s]"((?:[^"]|"")*)"',
  clean: (v) => `replace(${v}, '""', '"')`,
  tidy: (v) => v.replaceAll('""', '"'),
};

/** The relation with the columns `pair_keys` and `pair_values`; unset values are null. */
export function pairColumns(pairs: Pairs, unset: readonly string[], from: string): string {
  const pattern = quote(pairs.pattern);
  const absent = ['', ...unset].map(quote).join(', ');
  const values = {
    values: `regexp_extract_all(raw, ${pattern}, 2)`,
    keys: `regexp_split_to_array(raw, ${pattern})[2:]`,
    places: `regexp_extract_all(',' || raw, ${pattern}, 1)`,
  }[pairs.by];
  const cleaned = `list_transform(list_transform(${values}, v -> ${pairs.clean('v')}), v -> CASE WHEN v NOT IN (${absent}) THEN v END)`;
  const keys = pairs.by === 'places' ? '' : `regexp_extract_all(raw, ${pattern}, 1) AS pair_keys, `;
  return `SELECT *, ${keys}${cleaned} AS pair_values FROM (${from})`;
}

/** The pairs of one line; of a key that comes twice the first counts, so they come in reverse. */
export function readPairs(raw: string, pairs: Pairs): (readonly [string, string])[] {
  if (pairs.by === 'places')
    return [...`,${raw}`.matchAll(new RegExp(pairs.pattern, 'g'))].map((m, i) => [`#${i + 1}`, pairs.tidy(m[1] ?? '')]);
  const found = [...raw.matchAll(new RegExp(pairs.pattern, 'g'))];
  return found.map((m, i) => {
    const end = found[i + 1]?.index ?? raw.length;
    const value = pairs.by === 'values' ? (m[2] ?? '') : raw.slice((m.index ?? 0) + m[0].length, end);
    return [m[1] ?? '', pairs.tidy(value)] as const;
  });
}
