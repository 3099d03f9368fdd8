import { type Column, type ColumnType, columnNames, columns, eventClass } from '../model/event.ts';
import { type Expression, type Fields, fieldsOf, readsOf } from './expression.ts';
import type { Format } from './format.ts';
import type { Head } from './head.ts';
import type { FileFacts, RawRelation } from './layout.ts';
import { identifier, quote } from './sql.ts';

const mapped = (format: Format): [Column, Expression][] =>
  columnNames.flatMap((c) => (c !== 'class_uid' && format.columns[c] ? [[c, format.columns[c]]] : []));

/** The columns that the events of a format have, besides `class_uid` and `verdict`. */
export const columnsOf = (format: Format): Column[] => mapped(format).map(([name]) => name);

const classOf = (format: Format): Expression =>
  typeof format.class === 'function' ? format.class : constantClass(format.class);
const constantClass =
  (name: keyof typeof eventClass): Expression =>
  () =>
    String(eventClass[name]);

const expressionsOf = (format: Format): Expression[] => [
  ...Object.values(format.steps ?? {}),
  classOf(format),
  ...mapped(format).map(([, e]) => e),
  ...(format.refuse ? [format.refuse] : []),
];

/** Raw fields that a format reads. */
export const fieldsRead = (format: Format): string[] =>
  fieldsOf(expressionsOf(format)).filter((name) => !format.steps?.[name]);

/**
 * One statement that turns a relation of raw fields into events: the format's columns, `class_uid`, and `verdict`
 * (null: accepted; else the reason of the refusal). Rows that are no records are left out. With `numbered`, `line` and
 * `raw` too. Each raw field is cut out once, in a step of its own, however many expressions read it.
 */
export function eventSelect(format: Format, raw: RawRelation, numbered: boolean): string {
  const reads = readsOf(expressionsOf(format));
  const carried = numbered ? ['line', 'raw'] : [];
  const reason = raw.reason === null ? [] : [`${raw.reason} AS raw_reason`];
  const cells = [
    ...reads.texts
      .filter((name) => !format.steps?.[name])
      .map((name) => `${raw.fields.text(name)} AS ${staged.text(name)}`),
    ...reads.lists.map((name) => `${raw.fields.list(name)} AS ${staged.list(name)}`),
  ];
  const fields = `SELECT ${[...carried, ...reason, ...cells].join(', ')} FROM (${raw.select})${raw.skip ? ` WHERE NOT (${raw.skip})` : ''}`;
  const stepped = Object.entries(format.steps ?? {}).reduce(
    (from, [name, e]) => `SELECT *, ${guarded(e(staged))} AS ${staged.text(name)} FROM (${from})`,
    fields,
  );
  const events = mapped(format).map(([name, e]) => `${castTo(columns[name].type, e(staged))} AS ${name}`);
  const refusal = [
    ...(raw.reason === null ? [] : ['raw_reason']),
    `CASE WHEN time IS NULL THEN 'bad-timestamp' END`,
    ...(format.refuse ? ['own_reason'] : []),
  ];
  const own = format.refuse ? [`${format.refuse(staged)} AS own_reason`] : [];
  const inner = [...carried, `CAST(${classOf(format)(staged)} AS INTEGER) AS class_uid`, ...events];
  const hidden = [...(raw.reason === null ? [] : ['raw_reason']), ...(format.refuse ? ['own_reason'] : [])];
  const mappedSelect = `SELECT ${[...inner, ...own, ...(raw.reason === null ? [] : ['raw_reason'])].join(', ')} FROM (${stepped})`;
  return `SELECT *${hidden.length > 0 ? ` EXCLUDE (${hidden.join(', ')})` : ''}, coalesce(${refusal.join(', ')}) AS verdict FROM (${mappedSelect})`;
}

/** What may fail on a number that is too large or a date that is none: the value is then unknown, the record is not. */
const FALLIBLE = /CAST\(|make_timestamp|\bto_[a-z]+\(|decode\(| [-+*/] /;
const guarded = (sql: string): string => (FALLIBLE.test(sql) ? `TRY(${sql})` : sql);
const castTo = (type: ColumnType, sql: string): string =>
  type === 'VARCHAR' ? `CAST(${guarded(sql)} AS VARCHAR)` : `TRY(CAST(${sql} AS ${type}))`;

/** Raw fields after the first step, under names of our own. */
const staged: Fields = {
  text: (name) => identifier(`text ${distinct(name)}`),
  list: (name) => identifier(`list ${distinct(name)}`),
};

/** The engine takes names that differ only in case for one: `user` and `User` of a log stay two. */
function distinct(name: string): string {
  return name === name.toLowerCase()
    ? name
    : `${name} ${[...name].map((c) => (c === c.toLowerCase() ? 0 : 1)).join('')}`;
}

/** The events of a whole file by the engine's own reader, or null where the layout has none; `ordered` as the file. */
export function selectFile(
  format: Format,
  file: FileFacts,
  head: Head,
): { readonly sql: string; readonly ordered: boolean } | null {
  const raw = format.layout.file?.(file, head, fieldsRead(format));
  return raw ? { sql: eventSelect(format, raw, false), ordered: raw.ordered } : null;
}

/** The events of numbered lines: `source` is a relation with `line` and `raw`. */
export const selectLines = (format: Format, source: string, head: Head, numbered = true): string =>
  eventSelect(format, format.layout.lines(source, head, fieldsRead(format)), numbered);

/** The same with a row for every line: those that are no records have a verdict of some kind or none, and no meaning. */
export const selectEveryLine = (format: Format, source: string, head: Head): string =>
  eventSelect(format, { ...format.layout.lines(source, head, fieldsRead(format)), skip: null }, true);

/** Longest line that is read, in bytes; a longer one is refused as `line-too-long`. */
export const MAX_LINE = 1024 * 1024;

/**
 * The lines of a clean text file as the engine reads them; numbered (one thread, in order) or not. The delimiter is a
 * sequence that no text has, so that a line is one column.
 */
export function engineLines(file: FileFacts, numbered: boolean): string {
  const lines = `read_csv(${quote(file.path)}, compression='${file.compression}', delim='\x01\x02\x03\x04', quote='', escape='', header=false, auto_detect=false, columns={'raw': 'VARCHAR'}, max_line_size=${MAX_LINE})`;
  return numbered
    ? `(SELECT row_number() OVER () AS line, raw FROM ${lines})`
    : `(SELECT CAST(NULL AS BIGINT) AS line, raw FROM ${lines})`;
}

/** The lines of a file that was cleaned by us: `<line>\x01<raw>` each. */
export const cleanLines = (path: string): string =>
  `(SELECT line, raw FROM read_csv(${quote(path)}, compression='uncompressed', delim='\x01', quote='', escape='', header=false, auto_detect=false, columns={'line': 'BIGINT', 'raw': 'VARCHAR'}, max_line_size=2097152))`;
