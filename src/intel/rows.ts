/** Records of a table: lines, joined where a quoted cell goes over several of them. */
import { cellsOf, type Delimiter } from './cells.ts';
import { isComment } from './header.ts';
import { MAX_LINE } from './lines.ts';

/** One record: its cells, or null where its quotes never close or it is too long; `text` is its first line then. */
export type Row = { readonly line: number; readonly cells: readonly string[] | null; readonly text: string };

/** A record may go over this many lines; a quote that is still open then was never meant as one. */
const MAX_RECORD_LINES = 16;

/**
 * Takes lines in order and gives records. Blank lines, rows of empty cells and comments are passed over. A quote that does not close spoils
 * its own line alone: reading goes on with the next.
 */
export class RowReader {
  readonly #delimiter: Delimiter;
  #open: string[] = [];
  #openLine = 0;
  #rows: Row[] = [];

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter;
  }

  /** The next line, without its `\n`, and its number. */
  push(line: string, number: number): void {
    if (this.#open.length > 0) this.#join(line);
    else this.#start(line.endsWith('\r') ? line.slice(0, -1) : line, number);
  }

  /** The records that are complete by now. */
  drain(): readonly Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** The records of the end of the text, those that never closed among them. */
  finish(): readonly Row[] {
    while (this.#open.length > 0) this.#spoil();
    return this.drain();
  }

  #start(line: string, number: number): void {
    if (line.trim() === '' || isComment(line)) return;
    const cells = line.length > MAX_LINE ? null : cellsOf(line, this.#delimiter);
    if (cells?.every((cell) => cell.trim() === '')) return;
    if (cells !== null || line.length > MAX_LINE) this.#rows.push({ line: number, cells, text: line });
    else {
      this.#open = [line];
      this.#openLine = number;
    }
  }

  /** Only a line with an odd number of quotes can close a cell: all others are just kept. */
  #join(line: string): void {
    this.#open.push(line);
    if (oddQuotes(line) && this.#close()) return;
    if (this.#open.length >= MAX_RECORD_LINES) this.#spoil();
  }

  #close(): boolean {
    const text = this.#open.join('\n');
    const cells = text.length > MAX_LINE ? null : cellsOf(text.replace(/\r$/, ''), this.#delimiter);
    if (cells === null) return false;
    this.#rows.push({ line: this.#openLine, cells, text });
    this.#open = [];
    return true;
  }

  /** Gives up on the first open line and reads the others again. */
  #spoil(): void {
    const [first = '', ...others] = this.#open;
    const line = this.#openLine;
    this.#rows.push({ line, cells: null, text: first });
    this.#open = [];
    others.forEach((other, i) => {
      this.push(other, line + 1 + i);
    });
  }
}

function oddQuotes(line: string): boolean {
  let odd = false;
  for (let i = line.indexOf('"'); i >= 0; i = line.indexOf('"', i + 1)) odd = !odd;
  return odd;
}
