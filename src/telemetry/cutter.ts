/**
 * Cuts JSON records out of a stream of bytes without parsing it: it only follows brackets and quotation marks. Memory
 * is bounded by the longest record allowed, whatever the input.
 */

/** Where the records stand: one object after the other, in a bare array, or in the array of that key of an object. */
export type Container =
  | {
      readonly kind: 'objects';
      /** Lines inside an object are indented, so that `{` at a line's start begins a new one. */
      readonly indented: boolean;
    }
  | { readonly kind: 'array' }
  | { readonly kind: 'member'; readonly key: string };

/** One record, or why there is none. `line` is the line where an object begins, or the record's number in an array. */
export type Cut = { readonly line: number } & ({ readonly bytes: Buffer } | { readonly reason: CutReason });
export type CutReason = 'record-too-long' | 'too-deep' | 'cut-short' | 'outside-document';

/** Deepest nesting of a record: JSON of logs stays far below; parsers may not. */
const MAX_DEPTH = 200;
/** How much of a key is kept for comparing. */
const MAX_KEY = 65;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;

const opens = (byte: number): boolean => byte === BRACE || byte === BRACKET;
const closes = (byte: number): boolean => byte === 0x7d || byte === 0x5d;
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0d || byte === 0x09;

type Open = { readonly line: number; readonly parts: Uint8Array[]; size: number; deepest: number };

/** Follows one stream: `push` its bytes in order, then `end`. */
export class Cutter {
  readonly #container: Container;
  readonly #limit: number;
  /** Depth at which a record begins. */
  readonly #home: number;
  /** True in the array of the records; where there is none, always. */
  #inside: boolean;
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #line = 1;
  #lineStart = true;
  #count = 0;
  #strayed = false;
  /** Of the object around the records: bytes of the text that is read, the last text, the key whose value comes. */
  #text: number[] | null = null;
  #lastText = '';
  #key = '';
  #record: Open | null = null;
  #cuts: Cut[] = [];
  #chunk: Uint8Array = new Uint8Array();
  /** Where in the chunk the bytes begin that the open record has not taken yet. */
  #from = 0;

  /** Records longer than `limit` bytes are refused. */
  constructor(container: Container, limit: number) {
    this.#container = container;
    this.#limit = limit;
    this.#home = container.kind === 'objects' ? 0 : container.kind === 'array' ? 1 : 2;
    this.#inside = this.#home === 0;
  }

  /** The number of the open record, or else of the next one. */
  get reached(): number {
    return this.#record?.line ?? this.#next();
  }

  /** The records that end in these bytes, in order. */
  push(bytes: Uint8Array): Cut[] {
    this.#chunk = bytes;
    this.#from = 0;
    for (let at = 0; at < bytes.length; at++) this.#byte(bytes[at] ?? 0, at);
    this.#take(bytes.length);
    return this.#cuts.splice(0);
  }

  /** What is still open at the end. */
  end(): Cut[] {
    if (this.#record && (this.#depth > this.#home || this.#quoted)) this.#refuse(this.#record.line, 'cut-short');
    else this.#finish(this.#from);
    return this.#cuts.splice(0);
  }

  #byte(byte: number, at: number): void {
    if (byte === NEWLINE) this.#newline(at);
    else if (this.#quoted) this.#inText(byte);
    else {
      const first = this.#lineStart;
      this.#lineStart = false;
      if (isSpace(byte)) return;
      if (first && byte === BRACE) this.#resync(at);
      if (this.#inside) this.#inRecords(byte, at);
      else this.#outside(byte, at);
    }
  }

  /** JSON has no raw line end in a text: one there means that a quotation mark is missing, so the text is over. */
  #newline(at: number): void {
    this.#quoted = false;
    this.#escaped = false;
    if (this.#home === 0 && this.#depth === 0) this.#finish(at);
    this.#line++;
    this.#lineStart = true;
  }

  #inText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) {
      this.#quoted = false;
      if (this.#text) this.#lastText = Buffer.from(this.#text).toString('utf8');
      this.#text = null;
    } else if (this.#text && this.#text.length < MAX_KEY) this.#text.push(byte);
  }

  /** An object begins at a line's start although the one before was never closed: that one ends here. */
  #resync(at: number): void {
    if (this.#container.kind !== 'objects' || !this.#container.indented || this.#depth === 0) return;
    this.#finish(at);
    this.#depth = 0;
  }

  #inRecords(byte: number, at: number): void {
    if (this.#depth === this.#home) {
      if (this.#endsElement(byte, at)) return;
      if (!this.#record) this.#begin(at);
    }
    if (byte === QUOTE) this.#quoted = true;
    else if (opens(byte)) this.#deeper();
    else if (closes(byte)) {
      this.#depth = Math.max(this.#home, this.#depth - 1);
      if (this.#home === 0 && this.#depth === 0) this.#finish(at + 1);
    }
  }

  #endsElement(byte: number, at: number): boolean {
    const leaves = this.#home > 0 && closes(byte);
    if (byte !== COMMA && !leaves) return false;
    this.#finish(at);
    if (leaves) {
      this.#inside = false;
      this.#depth--;
    }
    return true;
  }

  #deeper(): void {
    this.#depth++;
    if (this.#record) this.#record.deepest = Math.max(this.#record.deepest, this.#depth - this.#home);
  }

  /** Between documents, or in the object around the array of records. */
  #outside(byte: number, at: number): void {
    if (opens(byte)) {
      this.#inside = byte === BRACKET && this.#isHome();
      this.#depth++;
      this.#key = '';
      this.#from = at + 1;
    } else if (closes(byte)) this.#depth = Math.max(0, this.#depth - 1);
    else if (this.#depth === 0 && byte !== COMMA) this.#stray();
    else if (byte === QUOTE) {
      this.#quoted = true;
      this.#text = this.#depth === 1 ? [] : null;
    } else if (this.#depth === 1 && (byte === COLON || byte === COMMA))
      this.#key = byte === COLON ? this.#lastText : '';
  }

  /** Is the array that opens here the one with the records? */
  #isHome(): boolean {
    const { kind } = this.#container;
    return kind === 'array'
      ? this.#depth === 0
      : kind === 'member' && this.#depth === 1 && this.#key === this.#container.key;
  }

  #stray(): void {
    if (!this.#strayed) this.#refuse(this.#next(), 'outside-document');
    this.#strayed = true;
  }

  #begin(at: number): void {
    this.#record = { line: this.#next(), parts: [], size: 0, deepest: 0 };
    this.#count++;
    this.#from = at;
  }

  #next(): number {
    return this.#home === 0 ? this.#line : this.#count + 1;
  }

  /** The open record takes what of the chunk stands before `to`. */
  #take(to: number): void {
    const record = this.#record;
    if (!record || to <= this.#from) return;
    record.size += to - this.#from;
    if (record.size <= this.#limit) record.parts.push(this.#chunk.subarray(this.#from, to));
    else record.parts.length = 0;
    this.#from = to;
  }

  #finish(to: number): void {
    this.#take(to);
    const record = this.#record;
    this.#record = null;
    if (!record) return;
    if (record.size > this.#limit) this.#refuse(record.line, 'record-too-long');
    else if (record.deepest > MAX_DEPTH) this.#refuse(record.line, 'too-deep');
    else this.#cuts.push({ line: record.line, bytes: Buffer.concat(record.parts) });
  }

  #refuse(line: number, reason: CutReason): void {
    this.#cuts.push({ line, reason });
  }
}
