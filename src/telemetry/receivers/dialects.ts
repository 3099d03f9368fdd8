import { z } from 'zod';
import { version } from '../../model/version.ts';
import { asLine } from './frames.ts';

/** The lines of a request, each with its end, and how many. */
export type Parsed = { readonly lines: Buffer; readonly count: number };

/** The body is not what its path says: nothing of it is stored. */
export class Unreadable extends Error {}

/** A way in which senders put log records into HTTP requests. */
export type Dialect = {
  readonly path: RegExp;
  readonly parse: (body: Buffer) => Parsed;
  /** What the sender expects to hear. */
  readonly thanks: (parsed: Parsed) => object;
  /** For GET: senders ask before they send. */
  readonly greeting: object;
};

/** More records than this come in no request that keeps to the size. */
const MAX_RECORDS = 1_000_000;

/** Lines as they are, or an array of JSON objects. */
const lines: Dialect = {
  path: /^\/(?:ndjson|lines|v1\/lines)?$/,
  parse: (body) => {
    const start = body.subarray(0, 200).toString('latin1').trimStart();
    return start.startsWith('[') && start[1] !== undefined ? ofValues(jsonArray(body)) : asLines(body);
  },
  thanks: ({ count }) => ({ stored: count }),
  // Elastic's shippers ask here for the version.
  greeting: { name: 'virga', version: { number: '8.17.0', build_flavor: 'default' }, tagline: `virga ${version}` },
};

/** Splunk HTTP event collector: JSON objects one after the other; https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector (2026-11-24). */
const hec: Dialect = {
  path: /^\/services\/collector(?:\/event)?(?:\/1\.0)?$/,
  parse: (body) => ofValues(concatenated(text(body)).map((value) => hecEvent(value))),
  thanks: () => ({ text: 'Success', code: 0 }),
  greeting: { text: 'HEC is healthy', code: 17 },
};

const hecRaw: Dialect = {
  ...hec,
  path: /^\/services\/collector\/(?:raw(?:\/1\.0)?|health(?:\/1\.0)?)$/,
  parse: asLines,
};

/** Elastic `_bulk`: an action line, then the document; https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk (2026-11-24). */
const bulk: Dialect = {
  path: /^\/(?:[^/]{1,255}\/)?_bulk$/,
  parse: (body) => {
    const documents: string[] = [];
    const rows = text(body).split('\n');
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]?.trim() ?? '';
      if (row === '') continue;
      const action = /^\{\s*"(index|create|update|delete)"/.exec(row)?.[1];
      if (!action) throw new Unreadable(`line ${at + 1} is no action of _bulk`);
      if (action === 'update' || action === 'delete')
        throw new Unreadable(`line ${at + 1}: logs are not changed, only added`);
      const document = rows[++at]?.trim() ?? '';
      if (!document.startsWith('{')) throw new Unreadable(`line ${at + 1} is no document`);
      documents.push(document);
    }
    return ofLines(documents);
  },
  thanks: ({ count }) => ({
    took: 0,
    errors: false,
    items: Array.from({ length: count }, () => ({ create: { status: 201 } })),
  }),
  greeting: {},
};

/** What Elastic's shippers ask before they send; they go on with an empty answer. */
const elasticSetup: Dialect = {
  path: /^\/(?:_license|_xpack|_ilm\/.*|_index_template\/.*|_cluster\/health)$/,
  parse: () => ofLines([]),
  thanks: () => ({ acknowledged: true }),
  greeting: { license: { uid: 'virga', type: 'basic', status: 'active' } },
};

const anyValue = z.lazy(() =>
  z.object({
    stringValue: z.string().optional(),
    intValue: z.union([z.string(), z.number()]).optional(),
    doubleValue: z.number().optional(),
    boolValue: z.boolean().optional(),
    kvlistValue: z.object({ values: z.array(z.unknown()) }).optional(),
    arrayValue: z.object({ values: z.array(z.unknown()) }).optional(),
  }),
);
const keyValue = z.object({ key: z.string(), value: z.unknown() });
const otlpSchema = z.object({
  resourceLogs: z
    .array(
      z.object({
        scopeLogs: z
          .array(
            z.object({
              logRecords: z
                .array(
                  z.object({
                    timeUnixNano: z.union([z.string(), z.number()]).optional(),
                    body: z.unknown(),
                    attributes: z.array(keyValue).optional(),
                  }),
                )
                .default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

/** OpenTelemetry logs as JSON: the body of each record; https://opentelemetry.io/docs/specs/otlp/ (2026-11-24). */
const otlp: Dialect = {
  path: /^\/v1\/logs$/,
  parse: (body) => {
    const read = otlpSchema.safeParse(json(text(body)));
    if (!read.success) throw new Unreadable('the body is no ExportLogsServiceRequest in JSON');
    const records = read.data.resourceLogs.flatMap((r) => r.scopeLogs).flatMap((s) => s.logRecords);
    return ofValues(
      records.map((record) => {
        const value = plain(record.body, 0);
        if (typeof value === 'object' && value !== null) return value;
        const attributes = Object.fromEntries((record.attributes ?? []).map((a) => [a.key, plain(a.value, 0)]));
        return typeof value === 'string' && value !== '' ? value : attributes;
      }),
    );
  },
  thanks: () => ({}),
  greeting: {},
};

export const dialects: readonly Dialect[] = [lines, hec, hecRaw, bulk, elasticSetup, otlp];

const MAX_DEPTH = 20;

/** OTLP's AnyValue as a plain value. */
function plain(value: unknown, depth: number): unknown {
  const read = anyValue.safeParse(value);
  if (!read.success || depth > MAX_DEPTH) return null;
  const { stringValue, intValue, doubleValue, boolValue, kvlistValue, arrayValue } = read.data;
  if (kvlistValue)
    return Object.fromEntries(
      kvlistValue.values.flatMap((v) => {
        const pair = keyValue.safeParse(v);
        return pair.success ? [[pair.data.key, plain(pair.data.value, depth + 1)]] : [];
      }),
    );
  if (arrayValue) return arrayValue.values.map((v) => plain(v, depth + 1));
  return (
    stringValue ?? (typeof intValue === 'string' ? Number(intValue) : intValue) ?? doubleValue ?? boolValue ?? null
  );
}

const hecSchema = z.object({ event: z.unknown(), time: z.union([z.number(), z.string()]).optional() });

/** The event itself; where it is an object without a time of its own, with that of its wrapper. */
function hecEvent(value: unknown): unknown {
  const read = hecSchema.safeParse(value);
  if (!read.success || read.data.event === undefined || read.data.event === '')
    throw new Unreadable('an object has no "event"');
  return read.data.event;
}

const text = (body: Buffer): string => body.toString('utf8');

function json(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new Unreadable('the body is no JSON');
  }
}

function jsonArray(body: Buffer): readonly unknown[] {
  const value = json(text(body));
  if (!Array.isArray(value)) throw new Unreadable('the body is no JSON array');
  return value;
}

function asLines(body: Buffer): Parsed {
  const ended = body.length > 0 && body[body.length - 1] !== 10 ? Buffer.concat([body, Buffer.from('\n')]) : body;
  let count = 0;
  for (let at = ended.indexOf(10); at >= 0; at = ended.indexOf(10, at + 1)) count++;
  return { lines: ended, count };
}

/** Strings as they are, everything else as JSON; each on one line. */
const ofValues = (values: readonly unknown[]): Parsed =>
  ofLines(values.map((v) => (typeof v === 'string' ? v : JSON.stringify(v))));

function ofLines(records: readonly string[]): Parsed {
  if (records.length > MAX_RECORDS) throw new Unreadable('too many records in one request');
  const rows = records.map((r) => asLine(Buffer.from(r)));
  return { lines: Buffer.concat(rows), count: rows.length };
}

/** JSON objects that follow each other with or without white space between. */
function concatenated(source: string): unknown[] {
  const values: unknown[] = [];
  let depth = 0;
  let quoted = false;
  let start = -1;
  for (let at = 0; at < source.length; at++) {
    const c = source[at];
    if (quoted) {
      if (c === '\\') at++;
      else if (c === '"') quoted = false;
    } else if (c === '"' && depth > 0) quoted = true;
    else if (c === '{') {
      if (depth++ === 0) start = at;
    } else if (c === '}' && depth > 0) {
      if (--depth === 0) values.push(json(source.slice(start, at + 1)));
    } else if (depth === 0 && c !== undefined && !/[\s,[\]]/.test(c)) throw new Unreadable('the body is no JSON');
  }
  if (depth > 0) throw new Unreadable('the body ends inside an object');
  return values;
}
