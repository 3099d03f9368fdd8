/** One row of a table, and the 1-based line on which it begins. */
export type CsvRow = { readonly cells: readonly string[]; readonly line: number };

/** Rows of RFC 4180 text: quoted cells may hold separators, doubled quotes and line breaks. One look at each character. */
export function* csvRows(text: string, separator: ',' | '\t'): Generator<CsvRow> {
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let began = 1;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '\n') line++;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text.charAt(i + 1) === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator || c === '\n') {
      cells.push(cell);
      cell = '';
      if (c === '\n') {
        yield { cells: trimmed(cells), line: began };
        cells = [];
        began = line;
      }
    } else cell += c;
  }
  if (cell !== '' || cells.length > 0) yield { cells: trimmed([...cells, cell]), line: began };
}

/** Without the carriage return of a Windows line ending. */
const trimmed = (cells: readonly string[]): string[] => cells.map((c) => c.replace(/\r$/, ''));
