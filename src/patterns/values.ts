/** Values of observed data as the comparisons of a pattern see them. */
import { MatchFault } from './fault.ts';

/** Bytes, one character of code 0 to 255 each: what a property named `…_hex` or `…_bin` holds. */
export class Bytes {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The value of a property: those named `…_hex` and `…_bin` hold bytes (STIX 2.1, 2.2 and 2.7). */
export function readValue(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (key.endsWith('_hex')) return decode(key, value, 'hex', /^(?:[0-9A-Fa-f]{2})*$/);
  if (key.endsWith('_bin')) return decode(key, value, 'base64', /^[A-Za-z0-9+/]*={0,2}$/);
  return value;
}

function decode(key: string, value: string, encoding: 'hex' | 'base64', shape: RegExp): Bytes {
  if (!shape.test(value)) throw new MatchFault(`the property ${key} is not ${encoding}`);
  return new Bytes(Buffer.from(value, encoding).toString('latin1'));
}

const TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d+))?Z$/;

/** A STIX timestamp as microseconds since 1970; null where it is none. Finer digits are cut off. */
export function readInstant(text: string): bigint | null {
  const [, year, month, day, hour, minute, second, fraction] = TIME.exec(text) ?? [];
  if (year === undefined) return null;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const [h, min, s] = [Number(hour), Number(minute), Number(second)];
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  if (date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return null;
  if (h > 23 || min > 59 || s > 60) return null; // 60 is a leap second
  const micros = BigInt((fraction ?? '').slice(0, 6).padEnd(6, '0'));
  return BigInt(date.getTime() + ((h * 60 + min) * 60 + s) * 1000) * 1000n + micros;
}

/** As `readInstant`; a fault where it is none. */
export function mustReadInstant(text: string, where: string): bigint {
  const instant = readInstant(text);
  if (instant === null) throw new MatchFault(`${where}: ${JSON.stringify(text.slice(0, 60))} is no time`);
  return instant;
}

/** Below 0, 0, above 0: by code point, not by UTF-16 unit. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for what is above U+FFFF. */
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

/** Whether each character is a byte. */
export const isByteText = (text: string): boolean => /^[\u0000-\u00ff]*$/.test(text);
