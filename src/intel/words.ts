/** The words of sources: times, confidence, yes and no, labels. Each null where the source says nothing. */

/** What people write for "nothing". */
const NOTHING: ReadonlySet<string> = new Set([
  '',
  '-',
  'n/a',
  'na',
  'none',
  'null',
  'nil',
  'never',
  'unknown',
  '(empty)',
]);

/** `undefined`: something is written, but it does not read. */
export type Word<T> = T | null | undefined;

const DATE =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const EPOCH = /^\d{9,10}(?:\.\d{1,9})?$/;
const EPOCH_MS = /^\d{12,13}$/;

/**
 * Milliseconds since 1970, UTC, of an ISO-like date (year first; without a zone it is UTC) or an epoch in seconds or
 * milliseconds. Day-first and month-first dates do not read: nobody can tell them apart.
 */
export function readTime(text: string): Word<number> {
  if (text === '') return null;
  const known = recent.get(text);
  if (known !== undefined) return known;
  const time = parseTime(text);
  if (recent.size >= MAX_RECENT) recent.clear();
  if (time !== undefined) recent.set(text, time);
  return time;
}

/** Feeds repeat a few dates a hundred thousand times: the last ones read are remembered. */
const recent = new Map<string, number | null>();
const MAX_RECENT = 1000;

function parseTime(text: string): Word<number> {
  if (text.length > 60) return undefined;
  const trimmed = text.trim();
  if (NOTHING.has(trimmed.toLowerCase()) || /^0+$/.test(trimmed)) return null;
  if (EPOCH.test(trimmed)) return Math.round(Number(trimmed) * 1000);
  if (EPOCH_MS.test(trimmed)) return Number(trimmed);
  const parts = DATE.exec(trimmed);
  return parts ? fromParts(parts) : undefined;
}

function fromParts([
  ,
  year,
  month,
  day,
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '',
  zone = 'Z',
]: RegExpExecArray) {
  if (Number(month) > 12 || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(date).getUTCDate() !== Number(day)) return undefined;
  const time = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  return date + time + Number(fraction.slice(0, 3).padEnd(3, '0')) - zoneOffset(zone);
}

function zoneOffset(zone: string): number {
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!parts) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3])) * 60_000;
}

/** STIX 2.1 appendix A, scale "None / Low / Med / High", and the words that tools add at its ends. */
const CONFIDENCE: ReadonlyMap<string, number> = new Map([
  ['very low', 5],
  ['low', 15],
  ['medium', 50],
  ['med', 50],
  ['moderate', 50],
  ['high', 85],
  ['very high', 95],
  ['certain', 95],
  ['confirmed', 95],
]);

/** 0 to 100 from a number, a percentage, a fraction with a decimal point (`0.8` is 80), or a word. */
export function readConfidence(text: string): Word<number> {
  const trimmed = text.trim().toLowerCase();
  if (NOTHING.has(trimmed)) return null;
  const named = CONFIDENCE.get(trimmed.replaceAll('_', ' '));
  if (named !== undefined) return named;
  if (!/^\d{1,3}(?:\.\d{1,6})?\s?%?$/.test(trimmed)) return undefined;
  const number = Number.parseFloat(trimmed);
  const scaled = number <= 1 && trimmed.includes('.') && !trimmed.includes('%') ? number * 100 : number;
  return scaled > 100 ? undefined : Math.round(scaled);
}

const YES: ReadonlySet<string> = new Set(['1', 'true', 't', 'yes', 'y', 'on']);
const NO: ReadonlySet<string> = new Set(['0', 'false', 'f', 'no', 'n', 'off']);

/** Yes or no in the usual words; null for anything else. */
export function readFlag(value: unknown): boolean | null {
  const word = String(value).trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : null;
}

/** Whether `text` stands for "nothing". */
export function isNothing(text: string): boolean {
  return NOTHING.has(text.trim().toLowerCase());
}

const MAX_LABELS = 32;
const MAX_LABEL = 120;

/** At most 32 labels of at most 120 characters, without blanks and repeats, in their order. */
export function readLabels(given: Iterable<string>): readonly string[] {
  const labels = new Set<string>();
  for (const label of given) {
    const trimmed = label.trim();
    if (trimmed !== '' && labels.size < MAX_LABELS) labels.add(trimmed.slice(0, MAX_LABEL));
  }
  return [...labels];
}
