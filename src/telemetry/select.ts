import { type Column, columns, eventClass } from '../model/event.ts';
import { type Expression, fieldsOf } from './expression.ts';
import type { Format } from './format.ts';
import type { Head } from './head.ts';
import type { FileFacts, RawRelation } from './layout.ts';
import { quote } from './sql.ts';

const mapped = (format: Format): [Column, Expression][] =>
  (Object.keys(columns) as Column[]).flatMap((c) =>
    c !== 'class_uid' && format.columns[c] ? [[c, format.columns[c]]] : [],
  );

const classOf = (format: Format): Expression =>
  typeof format.class === 'function' ? format.class : constantClass(format.class);
const constantClass =
  (name: keyof typeof eventClass): Expression =>
  () =>
    String(eventClass[name]);

/** Raw fields that a format reads. */
export const fieldsRead = (format: Format): string[] =>
  fieldsOf([classOf(format), ...mapped(format).map(([, e]) => e), ...(format.refuse ? [format.refuse] : [])]);

/**
 * One statement that turns a relation of raw fields into events: the format's columns, `class_uid`, and `verdict`
 * (null: accepted; else the reason of the refusal). Rows that are no records are left out. With `numbered`, `line` too.
 */
export function eventSelect(format: Format, raw: RawRelation, numbered: boolean): string {
  const parts = mapped(format).map(([name, e]) => `CAST(${e(raw.fields)} AS ${columns[name].type}) AS ${name}`);
  const reasons = [raw.reason, `CASE WHEN time IS NULL THEN 'bad-timestamp' END`, format.refuse?.(raw.fields)].filter(
    (r) => r != null,
  );
  const carried = raw.reason === null ? '' : `, ${raw.reason} AS raw_reason`;
  const inner = `SELECT ${numbered ? 'line, raw, ' : ''}CAST(${classOf(format)(raw.fields)} AS INTEGER) AS class_uid, ${parts.join(', ')}${carried} FROM (${raw.select})${raw.skip ? ` WHERE NOT (${raw.skip})` : ''}`;
  return `SELECT * ${raw.reason === null ? '' : 'EXCLUDE (raw_reason)'}, coalesce(${reasons.map((r) => (r === raw.reason ? 'raw_reason' : r)).join(', ')}) AS verdict FROM (${inner})`;
}

/** The events of a whole file by the engine's own reader, or null where the layout has none. */
export function selectFile(format: Format, file: FileFacts, head: Head): string | null {
  const read = format.layout.file;
  return read ? eventSelect(format, read(file, head, fieldsRead(format)), false) : null;
}

/** The events of numbered lines: `source` is a relation with `line` and `raw`. */
export const selectLines = (format: Format, source: string, head: Head, numbered = true): string =>
  eventSelect(format, format.layout.lines(source, head, fieldsRead(format)), numbered);

/** The lines of a clean text file as the engine reads them; numbered (one thread, in order) or not. */
export function engineLines(file: FileFacts, numbered: boolean): string {
  const lines = `read_csv(${quote(file.path)}, compression='${file.compression}', delim='\x01', quote='', escape='', header=false, auto_detect=false, columns={'raw': 'VARCHAR'}, max_line_size=2097152)`;
  return numbered
    ? `(SELECT row_number() OVER () AS line, raw FROM ${lines})`
    : `(SELECT CAST(NULL AS BIGINT) AS line, raw FROM ${lines})`;
}

/** Longest line that is read, in bytes; a longer one is refused as `line-too-long`. */
export const MAX_LINE = 1024 * 1024;

/** The lines of a file that was cleaned by us: `<line>\x01<raw>` each. */
export const cleanLines = (path: string): string =>
  `(SELECT line, raw FROM read_csv(${quote(path)}, compression='none', delim='\x01', quote='', escape='', header=false, auto_detect=false, columns={'line': 'BIGINT', 'raw': 'VARCHAR'}, max_line_size=2097152))`;
