import { type Expression, small, text, time } from '../expression.ts';
import type { Head } from '../head.ts';
import type { Layout, RawRelation } from '../layout.ts';
import { ndjson } from '../layouts/ndjson.ts';
import { zeekTsv } from '../layouts/zeek-tsv.ts';
import { quote } from '../sql.ts';
import { logByMarks } from './zeek-logs.ts';

/**
 * Zeek writes the same log as TSV or as JSON (https://docs.zeek.org/en/master/log-formats.html). Shippers rename the
 * dotted names (`id.orig_h` → `id_orig_h`) and write times as epoch seconds or RFC 3339: three dialects, one mapping.
 */
const zeekJson = ndjson('zeek-json', (name, head) => [
  head.keys.has('id_orig_h') || head.keys.has('id_resp_h') || !anyDotted(head) ? name.replaceAll('.', '_') : name,
]);
const anyDotted = (head: Head): boolean => [...head.keys].some((key) => key.includes('.'));

/** TSV where the file has a header, else JSON. The field `_path` is the log's name, told by its fields where it is not written. */
export const zeekLayout: Layout = {
  id: 'zeek',
  file: (file, head, fields) => named((head.zeek ? zeekTsv : zeekJson).file?.(file, head, fields) ?? never(), head),
  lines: (source, head, fields) => named((head.zeek ? zeekTsv : zeekJson).lines(source, head, fields), head),
  unpack: (raw, head) => (head.zeek ? zeekTsv : zeekJson).unpack(raw, head),
};

function named(relation: RawRelation, head: Head): RawRelation {
  const name = head.zeek?.path ?? logByMarks(fieldNames(head))?.log;
  const path = (f: RawRelation['fields']): string =>
    head.zeek ? (name ? quote(name) : 'NULL') : name ? `coalesce(${f.text('_path')}, ${quote(name)})` : f.text('_path');
  return {
    ...relation,
    fields: { ...relation.fields, text: (n) => (n === '_path' ? path(relation.fields) : relation.fields.text(n)) },
  };
}

function never(): never {
  throw new Error('both Zeek layouts can read whole files');
}

/** The log's own name: `#path`, or what JSON writers add; null where nothing says it. */
export const logName = (head: Head): string | null => {
  if (head.zeek?.path) return head.zeek.path;
  const [record] = head.objects;
  const name = record?._path ?? record?.['@stream'];
  return typeof name === 'string' ? name : null;
};

/** The names that this file has, dots made underscores. */
export const fieldNames = (head: Head): Set<string> =>
  new Set((head.zeek ? head.zeek.fields : [...head.keys]).map((k) => k.replaceAll('.', '_')));

/** Zeek's log of that name; where nothing names it, the fields that only this log has. */
export const isLog =
  (name: string, ...marks: string[]) =>
  (head: Head): boolean => {
    const own = logName(head);
    if (own !== null) return own === name;
    const has = fieldNames(head);
    return has.has('ts') && marks.every((mark) => has.has(mark));
  };

/** Columns that every log with a connection has. */
export const connection = {
  time: time('ts'),
  metadata_uid: text('uid'),
  src_endpoint_ip: text('id.orig_h'),
  src_endpoint_port: small('id.orig_p'),
  dst_endpoint_ip: text('id.resp_h'),
  dst_endpoint_port: small('id.resp_p'),
} as const;

/** Success or Failure of a field that is true or false in any dialect. */
export const outcomeOf =
  (name: string): Expression =>
  (f) =>
    `CASE WHEN ${f.text(name)} IN ('T', 'true') THEN 'Success' WHEN ${f.text(name)} IN ('F', 'false') THEN 'Failure' END`;
