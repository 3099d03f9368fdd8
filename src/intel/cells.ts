/** Cells of one table record by RFC 4180. */

const delimiters = [',', ';', '\t', '|', ''] as const;
/** The empty text stands for a table of one column. */
export type Delimiter = (typeof delimiters)[number];

/** The delimiters in the order in which a header is tried with them. */
export const allDelimiters: readonly Delimiter[] = delimiters;

/** The cells of one record, or null where a quote is open at its end. Spaces before an opening quote are dropped. */
export function cellsOf(text: string, delimiter: Delimiter): string[] | null {
  if (!text.includes('"')) return delimiter === '' ? [text] : text.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const cell = nextCell(text, at, delimiter);
    if (cell === null) return null;
    cells.push(cell.text);
    if (cell.next > text.length) return cells;
    at = cell.next;
  }
}

/** One cell from `at`; `next` is where the following cell begins, beyond the text where there is none. */
function nextCell(text: string, at: number, delimiter: Delimiter): { text: string; next: number } | null {
  let start = at;
  while (text.charCodeAt(start) === 0x20) start++;
  if (text[start] !== '"') return upTo(text, at, delimiter, '');
  let cell = '';
  for (let i = start + 1; ; ) {
    const quote = text.indexOf('"', i);
    if (quote < 0) return null;
    cell += text.slice(i, quote);
    if (text[quote + 1] !== '"') return upTo(text, quote + 1, delimiter, cell);
    cell += '"';
    i = quote + 2;
  }
}

function upTo(text: string, at: number, delimiter: Delimiter, before: string): { text: string; next: number } {
  const found = delimiter === '' ? -1 : text.indexOf(delimiter, at);
  const end = found < 0 ? text.length : found;
  return { text: before + text.slice(at, end), next: end + 1 };
}
