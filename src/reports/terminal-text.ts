/** Text for a terminal: wrapped to a width that is counted in cells, laid out in columns. */

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{10000}-\u{10ffff}]/u;

/** Terminal cells of a text without escapes: two for wide characters, else one. Never less than what is drawn. */
export function cells(text: string): number {
  let n = 0;
  for (const c of text) n += c < '\u1100' || !WIDE.test(c) ? 1 : 2;
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

const GAP = '  ';

/** The lines of a cell, wrapped to a width, padded to it, then painted. */
function linesOf(lines: Cell, width: number): readonly string[] {
  return lines.flatMap(({ text, paint }) =>
    wrap(text, width).map((line) => {
      const room = ' '.repeat(Math.max(0, width - cells(line)));
      return (paint === undefined ? line : paint(line)) + room;
    }),
  );
}

function rowOf(row: readonly Cell[], widths: readonly number[]): string {
  const drawn = widths.map((width, i) => linesOf(row[i] ?? [], width));
  const height = Math.max(...drawn.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) =>
    drawn
      .map((lines, i) => lines[y] ?? ' '.repeat(widths[i] ?? 0))
      .join(GAP)
      .trimEnd(),
  ).join('\n');
}

/**
 * Columns without frames, each line wrapped and painted by itself; rules between rows when `ruled`. Laid out here and not
 * by cli-table3, which takes 12 seconds for values of the greatest length that a report shows, and half a second for 100
 * findings.
 */
export function columns(
  head: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly Cell[])[],
  ruled: boolean,
): string {
  const whole = widths.reduce((sum, w) => sum + w, 0) + GAP.length * (widths.length - 1);
  const between = ruled ? `\n${'─'.repeat(whole)}\n` : '\n';
  return [head.map((title) => cell(title)), ...rows].map((row) => rowOf(row, widths)).join(between);
}
