/** The header of a table: which column holds what, found by the names that feeds use. */
import { allDelimiters, cellsOf, type Delimiter } from './cells.ts';
import { columnName, columnRole, type Role } from './columns.ts';
import { hasZeekHeader } from './shape.ts';

/** Where the columns are: for each role the indices in the order in which they are tried. */
export type Header = {
  readonly delimiter: Delimiter;
  readonly columns: ReadonlyMap<Role, readonly number[]>;
  /** 1-based line of the header; records begin behind it, those before are comments. */
  readonly line: number;
};

/** The header on this line, or null: a column of values or patterns must be among the names. `#` before it is dropped. */
export function headerOf(text: string, line: number): Header | null {
  const commented = text.startsWith('#');
  const bare = text.replace(/^#\s*/, '').trim();
  if (bare.length > 4096) return null;
  for (const delimiter of allDelimiters) {
    if (delimiter !== '' && !bare.includes(delimiter)) continue;
    const names = cellsOf(bare, delimiter);
    if (names === null || (commented && names.length < 2)) continue;
    const columns = columnsOf(names);
    if (columns !== null) return { delimiter, columns, line };
  }
  return null;
}

/** The roles of named columns; null where none of them holds a value. */
export function columnsOf(written: readonly string[]): ReadonlyMap<Role, readonly number[]> | null {
  const ranked: { role: Role; rank: number; index: number }[] = [];
  const named = new Set(written.map(columnName));
  written.forEach((name, index) => {
    const known = columnRole(name);
    if (known) ranked.push({ ...known, role: special(columnName(name), named) ?? known.role, index });
  });
  ranked.sort((a, b) => a.rank - b.rank);
  const columns = new Map<Role, number[]>();
  for (const { role, index } of ranked) columns.set(role, [...(columns.get(role) ?? []), index]);
  return [...columns.keys()].some((role) => role.startsWith('value:') || role === 'pattern') ? columns : null;
}

/**
 * Names that mean something else beside others: `indicator` holds the type where `data` holds the value; the `sha1` of
 * a list with `listingreason` is a certificate's (sslbl.abuse.ch).
 */
function special(name: string, others: ReadonlySet<string>): Role | null {
  if (name === 'indicator' && others.has('data')) return 'type';
  if (name === 'ioc' && C2_COLUMNS.some((other) => others.has(other))) return 'description';
  if (name === 'sha1' && others.has('listingreason')) return 'value:certificate';
  return null;
}

/** Beside these, `ioc` says what the thing is (C2IntelFeeds: `#domain,ioc`). */
const C2_COLUMNS = ['domain', 'ip'];

/** Comment lines and blank lines that may stand before a header. */
const MAX_PREFACE = 200;

/**
 * The header of a text from its first characters: its first line that is no comment, or the last comment that reads as a
 * header (abuse.ch style). A line `sep=;` of spreadsheets is passed over.
 */
export function findHeader(head: string): Header | null {
  let commented: Header | null = null;
  let line = 0;
  for (const raw of head.split('\n', MAX_PREFACE)) {
    line++;
    const text = raw.trim();
    if (text === '' || /^sep=.$/i.test(text)) continue;
    if (!isComment(text)) return headerOf(text, line) ?? (commented && fits(text, commented) ? commented : null);
    commented = headerOf(text, line) ?? commented;
  }
  return commented;
}

/** Whether a line of a table is a comment. */
export const isComment = (text: string): boolean => text.startsWith('#') || text.startsWith('//');
const fits = (text: string, header: Header): boolean => (cellsOf(text, header.delimiter)?.length ?? 0) > 1;

/** Whether a text is a table with a header that names a column of values. Zeek's `#fields` header is none. */
export function looksLikeCsv(head: string): boolean {
  return !hasZeekHeader(head) && findHeader(head) !== null;
}
