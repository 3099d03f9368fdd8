/**
 * Cuts JSON records out of a stream of bytes without parsing it: it only follows brackets and quotation marks. Memory
 * is bounded by the longest record allowed, whatever the input.
 */

/** Where the records stand: one object after the other, in a bare array, or in the array of that key of an object. */
export type Container =
  | {
      readonly kind: 'objects' /** Lines inside an object are indented, so that `{` at a line's start begins a new one. */;
      readonly indented: boolean;
    }
  | { readonly kind: 'array' }
  | { readonly kind: 'member'; readonly key: string };

/** One record, or why there is none. `line` is the line where an object begins, or the record's number in an array. */
export type Cut =
  | { readonly line: number; readonly bytes: Buffer }
  | { readonly line: number; readonly reason: 'record-too-long' | 'too-deep' | 'cut-short' | 'outside-document' };

export type Cutter = {
  /** The records that end in these bytes, in order. */
  readonly push: (bytes: Uint8Array) => Cut[];
  /** What was still open at the end. */
  readonly end: () => Cut[];
  /** The number that a record beginning now would have, or the one that is open. */
  readonly reached: () => number;
};

/** Deepest nesting of a record: JSON of logs stays far below; parsers may not. */
const MAX_DEPTH = 200;
const MAX_KEY = 64;

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const NEWLINE = 10;
const COMMA = code(',');
const COLON = code(':');
const OPEN = new Set([code('{'), code('[')]);
const CLOSE = new Set([code('}'), code(']')]);
const BRACE = code('{');
const BRACKET = code('[');
const SPACE = new Set([32, 9, 10, 13]);

/** A cutter for that container; records longer than `limit` bytes are refused. */
export function cutter(container: Container, limit: number): Cutter {
  const home = container.kind === 'objects' ? 0 : container.kind === 'array' ? 1 : 2;
  let depth = 0;
  let quoted = false;
  let escaped = false;
  let line = 1;
  let count = 0;
  let inside = home === 0;
  let strayed = false;
  let atLineStart = true;
  let key: number[] | null = null;
  let lastKey = '';
  let keyed = '';
  let record: { line: number; parts: Uint8Array[]; size: number; deepest: number } | null = null;
  let cuts: Cut[] = [];

  const begin = (): void => {
    count++;
    record = { line: home === 0 ? line : count, parts: [], size: 0, deepest: 0 };
  };
  const keep = (part: Uint8Array): void => {
    if (!record || part.length === 0) return;
    record.size += part.length;
    if (record.size <= limit) record.parts.push(part);
    else record.parts = [];
  };
  const finish = (): void => {
    if (!record) return;
    if (record.size > limit) cuts.push({ line: record.line, reason: 'record-too-long' });
    else if (record.deepest > MAX_DEPTH) cuts.push({ line: record.line, reason: 'too-deep' });
    else cuts.push({ line: record.line, bytes: Buffer.concat(record.parts) });
    record = null;
  };
  const stray = (): void => {
    if (!strayed) cuts.push({ line: home === 0 ? line : count + 1, reason: 'outside-document' });
    strayed = true;
  };
  /** Is this opening bracket, seen at that depth outside a record, the one that the records stand in? */
  const opensHome = (byte: number): boolean =>
    byte === BRACKET &&
    (container.kind === 'array' ? depth === 0 : container.kind === 'member' && depth === 1 && keyed === container.key);

  const push = (bytes: Uint8Array): Cut[] => {
    let from = 0;
    const take = (to: number): void => {
      keep(bytes.subarray(from, to));
      from = to;
    };
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (quoted) {
        if (byte === NEWLINE) {
          quoted = false; // JSON has no raw line end in a text: a quotation mark is missing
          i--;
        } else if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          quoted = false;
          if (key) lastKey = Buffer.from(key).toString('utf8');
          key = null;
        } else if (key && key.length < MAX_KEY) key.push(byte);
        continue;
      }
      if (byte === NEWLINE) {
        if (record && home === 0 && depth === 0) {
          take(i);
          finish();
        }
        line++;
        atLineStart = true;
        continue;
      }
      const first = atLineStart;
      atLineStart = false;
      if (SPACE.has(byte)) continue;
      if (first && byte === BRACE && record && depth > 0 && container.kind === 'objects' && container.indented) {
        take(i); // the object before was never closed
        finish();
        depth = 0;
      }
      if (inside && depth === home) {
        if (byte === COMMA || (home > 0 && CLOSE.has(byte))) {
          take(i);
          finish();
          if (byte !== COMMA) {
            inside = false;
            depth--;
          }
          continue;
        }
        if (!record) {
          from = i;
          begin();
        }
      } else if (!inside) {
        if (OPEN.has(byte)) {
          if (opensHome(byte)) inside = true;
          depth++;
          if (depth > 0) keyed = '';
          continue;
        }
        if (CLOSE.has(byte)) depth = Math.max(0, depth - 1);
        else if (depth === 0 && byte !== COMMA) stray();
        if (byte === QUOTE) {
          quoted = true;
          key = depth === 1 ? [] : null;
        } else if (depth === 1) {
          if (byte === COLON) keyed = lastKey;
          else if (byte === COMMA) keyed = '';
        }
        continue;
      }
      if (byte === QUOTE) quoted = true;
      else if (OPEN.has(byte)) {
        depth++;
        if (record) record.deepest = Math.max(record.deepest, depth - home);
      } else if (CLOSE.has(byte)) {
        depth = Math.max(home, depth - 1);
        if (home === 0 && depth === 0) {
          take(i + 1);
          finish();
        }
      }
    }
    take(bytes.length);
    const done = cuts;
    cuts = [];
    return done;
  };
  return {
    push,
    reached: () => record?.line ?? (home === 0 ? line : count + 1),
    end: () => {
      if (record && (depth > home || quoted)) cuts.push({ line: record.line, reason: 'cut-short' });
      else finish();
      return cuts;
    },
  };
}
