import type { Cut } from './cutter.ts';

/** Markup before a record: declaration, comments, the element around the records. */
const AROUND = /^(?:<\?[^>]*\?>|<!--[\s\S]*?-->|<\/?Events\b[^>]*>|\s)+/;
const OPEN = /<Event(?:\s[^>]*)?>/;
const CLOSE = '</Event>';

/**
 * Cuts `<Event>…</Event>` out of a stream of bytes, as Windows exports them: pretty-printed or many in a line, in an
 * element around them or not. Memory is bounded by the longest record allowed.
 */
export class XmlCutter {
  readonly #limit: number;
  readonly #decoder = new TextDecoder('utf-8');
  #text = '';
  #line = 1;
  /** A record that grew too long is passed over up to its end. */
  #skipping = false;

  /** Records longer than `limit` characters are refused. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The line of the open record, or else of the next one. */
  get reached(): number {
    return this.#line;
  }

  /** The records that end in these bytes, in order. */
  push(bytes: Uint8Array): Cut[] {
    this.#text += this.#decoder.decode(bytes, { stream: true });
    const cuts: Cut[] = [];
    for (let cut = this.#next(); cut !== null; cut = this.#next()) cuts.push(...cut);
    if (this.#text.length > this.#limit) cuts.push(...this.#shorten());
    return cuts;
  }

  /** What is still open at the end. */
  end(): Cut[] {
    const cuts = this.push(new Uint8Array());
    const stray = this.#skipping ? null : this.#stray(this.#text);
    if (stray !== null)
      cuts.push({ line: stray.line, reason: stray.text.startsWith('<Event') ? 'cut-short' : 'outside-document' });
    this.#text = '';
    return cuts;
  }

  /** The cuts up to the end of the next record; null where it has not ended yet. */
  #next(): Cut[] | null {
    const end = this.#text.indexOf(CLOSE);
    if (end < 0) return null;
    const piece = this.#text.slice(0, end + CLOSE.length);
    const cuts = this.#skipping ? [] : this.#cut(piece);
    this.#skipping = false;
    this.#advance(piece);
    return cuts;
  }

  #cut(piece: string): Cut[] {
    const start = piece.search(OPEN);
    const stray = this.#stray(start < 0 ? piece : piece.slice(0, start));
    const cuts: Cut[] = stray === null ? [] : [{ line: stray.line, reason: 'outside-document' }];
    if (start >= 0)
      cuts.push({ line: this.#line + newlines(piece.slice(0, start)), bytes: Buffer.from(piece.slice(start)) });
    return cuts;
  }

  #shorten(): Cut[] {
    const cuts: Cut[] = this.#skipping ? [] : [{ line: this.#line, reason: 'record-too-long' }];
    this.#skipping = true;
    this.#advance(this.#text.slice(0, -CLOSE.length));
    return cuts;
  }

  #advance(piece: string): void {
    this.#line += newlines(piece);
    this.#text = this.#text.slice(piece.length);
  }

  /** What of a text at the beginning of the buffer is no markup around records, and its line. */
  #stray(text: string): { readonly line: number; readonly text: string } | null {
    const around = AROUND.exec(text)?.[0] ?? '';
    const rest = text.slice(around.length);
    return rest === '' ? null : { line: this.#line + newlines(around), text: rest };
  }
}

const newlines = (text: string): number => text.split('\n').length - 1;
