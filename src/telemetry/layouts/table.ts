import type { Head } from '../head.ts';
import type { Layout } from '../layout.ts';
import { noRecord, quote } from '../sql.ts';

/** How the cells of a table are told apart; but with a tab, they may be quoted as in CSV (RFC 4180). */
type Separator = ' ' | '\t' | ',' | ';';

/** What the beginning of a file says of its table. */
export type Table = {
  readonly separator: Separator;
  /** Names of the columns in order, as the expressions speak of them. */
  readonly columns: readonly string[];
  /** The line with the names, where there is one. It is no record, wherever it stands. */
  readonly header: string | null;
};

/**
 * One record a line, its cells in the order of `tableOf`. A record has at least `least` cells; what it has beyond the
 * names has none. `unset` is how the writer says "nothing".
 */
export function table(id: string, tableOf: (head: Head) => Table | null, least: number, unset = '-'): Layout {
  const known = (head: Head): Table => {
    const found = tableOf(head);
    if (!found) throw new Error(`the layout ${id} was chosen for a file without its columns`);
    return found;
  };
  return {
    id,
    file: null,
    lines: (source, head) => {
      const { separator, columns, header } = known(head);
      const cell = cellOf(columns, separator, unset);
      return {
        select: `SELECT line, raw, ${cellsOf(separator)} AS cells FROM ${source}`,
        fields: { text: cell, list: (name) => `CASE WHEN ${cell(name)} IS NOT NULL THEN [${cell(name)}] END` },
        ordered: true,
        skip: header === null ? noRecord : `${noRecord} OR raw = ${quote(header)}`,
        reason: `CASE WHEN len(cells) < ${least} THEN 'wrong-column-count' END`,
      };
    },
    unpack: (raw, head) => {
      const { separator, columns } = known(head);
      const cells = splitCells(raw, separator);
      return Object.fromEntries(columns.map((name, i) => [name, cells[i] === unset ? null : (cells[i] ?? null)]));
    },
  };
}

const quoted = (separator: Separator): boolean => separator !== '\t';

/** A comma that is put behind the line ends its last cell, so that each cell ends in one. */
const cellPattern = (separator: Separator): string =>
  separator === ' ' ? '("(?:[^"]|"")*"|[^ ]*) ' : ` *("(?:[^"]|"")*" *|[^${separator}]*)${separator}`;

function cellsOf(separator: Separator): string {
  const split = `string_split(raw, ${quote(separator)})`;
  if (!quoted(separator)) return split;
  return `CASE WHEN contains(raw, '"') THEN regexp_extract_all(raw || ${quote(separator)}, ${quote(cellPattern(separator))}, 1) ELSE ${split} END`;
}

function cellOf(columns: readonly string[], separator: Separator, unset: string): (name: string) => string {
  const place = new Map(columns.map((name, i) => [name, i + 1]));
  return (name) => {
    const at = place.get(name);
    if (at === undefined) return 'NULL';
    const bare = quoted(separator)
      ? `CASE WHEN starts_with(cells[${at}], '"') THEN replace(substr(rtrim(cells[${at}]), 2, length(rtrim(cells[${at}])) - 2), '""', '"') ELSE trim(cells[${at}]) END`
      : `cells[${at}]`;
    return `nullif(nullif(${bare}, ${quote(unset)}), '')`;
  };
}

/** The cells of one line, as the engine cuts them. */
export function splitCells(raw: string, separator: Separator): string[] {
  if (!quoted(separator) || !raw.includes('"')) return raw.split(separator);
  const cells = [...`${raw}${separator}`.matchAll(new RegExp(cellPattern(separator), 'g'))].map((m) => m[1] ?? '');
  return cells.map((cell) => (cell.startsWith('"') ? cell.trimEnd().slice(1, -1).replaceAll('""', '"') : cell.trim()));
}

/** The first line as the names of columns: small letters, what is no letter or digit made an underscore. */
export function headerTable(head: Head, separator: Separator): Table | null {
  const [header] = head.lines;
  if (header === undefined) return null;
  const columns = splitCells(header, separator).map(columnName);
  return { separator, columns, header };
}

export const columnName = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/^#/, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
