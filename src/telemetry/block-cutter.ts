import type { Cut } from './cutter.ts';

/** What begins a record of a lease file of ISC dhcpd. */
const BEGINS = /^\s*(?:lease|ia-(?:na|ta|pd))\s.*\{/;
/** What stands between records: comments, statements of one line, and blocks about other things. */
const BETWEEN = /^\s*(?:#|$|(?:authoring-byte-order|server-duid)\b)/;
const OTHER = /^\s*(?:failover peer|host|group|class|subclass)\b.*\{/;

type Open = { readonly line: number; readonly parts: string[]; size: number; depth: number; readonly record: boolean };

/**
 * Cuts `lease … { … }` blocks out of a stream of bytes, each from the line where it begins to the line where its last
 * bracket closes. Memory is bounded by the longest record allowed.
 */
export class BlockCutter {
  readonly #limit: number;
  readonly #decoder = new TextDecoder('utf-8');
  #rest = '';
  #line = 1;
  #open: Open | null = null;

  /** Records longer than `limit` characters are refused. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The line of the open record, or else of the next one. */
  get reached(): number {
    return this.#open?.line ?? this.#line;
  }

  /** The records that end in these bytes, in order. */
  push(bytes: Uint8Array): Cut[] {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    const cuts = lines.flatMap((line) => this.#take(line));
    // A line without an end that is too long by itself: what is kept of it is enough to refuse it.
    if (this.#rest.length > 2 * this.#limit) this.#rest = this.#rest.slice(0, this.#limit + 1);
    return cuts;
  }

  /** What is still open at the end. */
  end(): Cut[] {
    const cuts = this.#rest === '' ? [] : this.#take(this.#rest);
    this.#rest = '';
    return this.#open?.record ? [...cuts, { line: this.#open.line, reason: 'cut-short' }] : cuts;
  }

  #take(line: string): Cut[] {
    const number = this.#line++;
    if (BEGINS.test(line)) return [...this.#abandon(), ...this.#begin(line, number, true)];
    if (this.#open) return this.#more(line);
    if (BETWEEN.test(line)) return [];
    return OTHER.test(line) ? this.#begin(line, number, false) : [{ line: number, reason: 'outside-document' }];
  }

  /** A record begins although the one before was never closed. */
  #abandon(): Cut[] {
    const open = this.#open;
    this.#open = null;
    return open?.record ? [{ line: open.line, reason: 'cut-short' }] : [];
  }

  #begin(line: string, number: number, record: boolean): Cut[] {
    this.#open = { line: number, parts: [], size: 0, depth: 0, record };
    return this.#more(line);
  }

  #more(line: string): Cut[] {
    const open = this.#open;
    if (!open) return [];
    open.size += line.length + 1;
    if (open.size <= this.#limit) open.parts.push(line);
    else open.parts.length = 0;
    open.depth += balance(line);
    if (open.depth > 0) return [];
    this.#open = null;
    if (!open.record) return [];
    return open.size > this.#limit
      ? [{ line: open.line, reason: 'record-too-long' }]
      : [{ line: open.line, bytes: Buffer.from(open.parts.join('\n')) }];
  }
}

/** Opening less closing brackets of a line, those in quotation marks and comments left out. */
function balance(line: string): number {
  let [depth, quoted] = [0, false];
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (c === '\\' && quoted) i++;
    else if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c === '#') break;
    else if (c === '{') depth++;
    else if (c === '}') depth--;
  }
  return depth;
}
