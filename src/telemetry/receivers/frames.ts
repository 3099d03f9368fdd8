import { MAX_RECORD } from './receiver.ts';

/** One record as a line: what would break the line becomes a space, the end of the record goes. */
export function asLine(message: Uint8Array): Buffer {
  let end = message.length;
  while (end > 0 && isEnd(message[end - 1])) end--;
  const line = Buffer.alloc(end + 1);
  line.set(message.subarray(0, end));
  for (let at = line.indexOf(10); at >= 0 && at < end; at = line.indexOf(10, at + 1)) line[at] = 32;
  line[end] = 10;
  return line;
}

const isEnd = (byte: number | undefined): boolean => byte === 10 || byte === 13 || byte === 0;

/** Digits of a count that is believed: RFC 6587 gives no limit, 10 MB is beyond any sender. */
const MAX_DIGITS = 8;

/**
 * Takes syslog messages out of a byte stream (RFC 6587): octet counting where a message begins with a count, else up to
 * a line feed or zero byte; a stream may mix both. A message longer than MAX_RECORD is cut there.
 */
export class Frames {
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of an over-long counted message that are still to be passed over; -1: to the end of the line. */
  #skip = 0;
  /** How many messages were cut. */
  cut = 0;

  push(chunk: Uint8Array): Buffer[] {
    const bytes = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    const messages: Buffer[] = [];
    let at = 0;
    for (;;) {
      const next = this.#skip !== 0 ? this.#pass(bytes, at) : this.#take(bytes, at, messages);
      if (next === null) break;
      at = next;
    }
    this.#rest = Buffer.from(bytes.subarray(at));
    return messages;
  }

  /** What stands at the end of a stream without an end of its own. */
  end(): Buffer[] {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    const counted = /^[1-9]\d{0,7} /.exec(rest.subarray(0, MAX_DIGITS + 1).toString('latin1'));
    const message = rest.subarray(counted?.[0].length ?? 0);
    return this.#skip === 0 && message.length > 0 ? [message] : [];
  }

  /** Where to go on after what was let go; null where more bytes are needed. */
  #pass(bytes: Buffer, at: number): number | null {
    if (this.#skip > 0) {
      const passed = Math.min(this.#skip, bytes.length - at);
      this.#skip -= passed;
      return passed === 0 ? null : at + passed;
    }
    const end = endOfLine(bytes, at);
    if (end < 0) return bytes.length > at ? bytes.length : null;
    this.#skip = 0;
    return end + 1;
  }

  #take(bytes: Buffer, at: number, messages: Buffer[]): number | null {
    if (at >= bytes.length) return null;
    const first = bytes[at] ?? 0;
    if (isEnd(first)) return at + 1;
    if (first >= 49 && first <= 57) {
      const count = countAt(bytes, at);
      if (count === 'more') return null;
      if (count) return this.#counted(bytes, count.start, count.length, messages);
    }
    const end = endOfLine(bytes, at);
    if (end >= 0) return this.#keep(bytes.subarray(at, end), messages, end + 1);
    if (bytes.length - at <= MAX_RECORD) return null;
    this.#skip = -1;
    return this.#keep(bytes.subarray(at), messages, bytes.length);
  }

  #counted(bytes: Buffer, start: number, length: number, messages: Buffer[]): number | null {
    if (length <= MAX_RECORD)
      return bytes.length < start + length
        ? null
        : this.#keep(bytes.subarray(start, start + length), messages, start + length);
    if (bytes.length < start + MAX_RECORD) return null;
    this.cut++;
    messages.push(bytes.subarray(start, start + MAX_RECORD));
    this.#skip = length - MAX_RECORD;
    return start + MAX_RECORD;
  }

  #keep(message: Buffer, messages: Buffer[], next: number): number {
    if (message.length > MAX_RECORD) this.cut++;
    if (message.length > 0) messages.push(message.subarray(0, MAX_RECORD));
    return next;
  }
}

function endOfLine(bytes: Buffer, from: number): number {
  const line = bytes.indexOf(10, from);
  const zero = bytes.indexOf(0, from);
  return line < 0 ? zero : zero < 0 ? line : Math.min(line, zero);
}

/** `LEN SP` at this place; `more` where it may yet be one, null where it is none. */
function countAt(bytes: Buffer, at: number): { start: number; length: number } | 'more' | null {
  let digits = 0;
  while (digits <= MAX_DIGITS && isDigit(bytes[at + digits])) digits++;
  if (digits > MAX_DIGITS) return null;
  const after = bytes[at + digits];
  if (after === undefined) return 'more';
  if (after !== 32) return null;
  // A line of a log may begin with a number, too; a syslog message begins with its priority.
  const begins = bytes[at + digits + 1];
  if (begins === undefined) return 'more';
  if (begins !== 60) return null;
  return { start: at + digits + 1, length: Number(bytes.toString('latin1', at, at + digits)) };
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
