/** Text for a terminal: wrapped to a width that is counted in cells, laid out in columns. */
import Table from 'cli-table3';

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{10000}-\u{10ffff}]/u;

/** Terminal cells of a text without escapes: two for wide characters, else one. Never less than what is drawn. */
export function cells(text: string): number {
  let n = 0;
  for (const c of text) n += WIDE.test(c) ? 2 : 1;
  return n;
}

/** How many code units of a word fill `width` cells; a cut after a label or path separator is preferred to none. */
function cutAt(word: string, width: number): number {
  let end = 0;
  let room = width;
  for (const c of word) {
    room -= cells(c);
    if (room < 0) break;
    end += c.length;
  }
  const separator = Math.max(...[']', '/', '-'].map((s) => word.lastIndexOf(s, end - 1))) + 1;
  return separator > end / 2 ? separator : end;
}

/** The words of a text, those longer than a line cut into pieces. */
function pieces(text: string, width: number): readonly string[] {
  return text.split(' ').flatMap((word) => {
    const out: string[] = [];
    let left = word;
    while (cells(left) > width) {
      const end = cutAt(left, width);
      out.push(left.slice(0, end));
      left = left.slice(end);
    }
    return [...out, left];
  });
}

/** Lines of at most `width` cells; breaks at spaces where it can. `width` is at least 2. */
export function wrap(text: string, width: number): readonly string[] {
  if (cells(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text, Math.max(2, width))) {
    if (line !== '' && cells(line) + 1 + cells(piece) > width) {
      lines.push(line);
      line = piece;
    } else line = line === '' ? piece : `${line} ${piece}`;
  }
  return [...lines, line];
}

type Paint = (text: string) => string;
/** The lines of a cell: a text and, where colours are on, how to paint it. */
export type Cell = readonly { readonly text: string; readonly paint?: Paint }[];

export const cell = (text: string, paint?: Paint): Cell => [paint === undefined ? { text } : { text, paint }];

const NO_FRAME = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' } as const;
const NO_SIDES = { 'bottom-left': '', 'bottom-right': '', left: '', right: '', middle: '' } as const;
const GAP = 2;

/** Columns without frames, each line wrapped and painted by itself; rules between rows when `ruled`. */
export function columns(
  head: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly Cell[])[],
  ruled: boolean,
): string {
  const rule = ruled ? '─' : '';
  const table = new Table({
    head: [...head],
    colWidths: widths.map((w) => w + GAP),
    chars: { ...NO_FRAME, ...NO_SIDES, mid: rule, 'mid-mid': '', 'left-mid': '', 'right-mid': '' },
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: !ruled },
  });
  for (const row of rows)
    table.push(
      row.map((lines, i) =>
        lines
          .flatMap(({ text, paint }) => wrap(text, widths[i] ?? 10).map((l) => (paint === undefined ? l : paint(l))))
          .join('\n'),
      ),
    );
  return table
    .toString()
    .split('\n')
    .map((l) => l.trimEnd())
    .join('\n');
}
