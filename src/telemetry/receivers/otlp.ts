import { z } from 'zod';
import { type Dialect, json, ofValues, text, Unreadable } from './dialect.ts';

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
const keyValue = z.object({ key: z.string(), value: z.unknown().optional() });
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
                    body: z.unknown().optional(),
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
export const otlp: Dialect = {
  path: /^\/v1\/logs$/,
  parse: (body, { contentType }) => {
    if (contentType.startsWith('application/x-protobuf'))
      throw new Unreadable(
        'OpenTelemetry logs are read as JSON, not protobuf: set the encoding of the exporter to json',
        415,
      );
    const read = otlpSchema.safeParse(json(text(body)));
    if (!read.success) throw new Unreadable('the body is no ExportLogsServiceRequest in JSON');
    const records = read.data.resourceLogs.flatMap((r) => r.scopeLogs).flatMap((s) => s.logRecords);
    return { ...ofValues(records.map(loggedIn)), answer: {} };
  },
  // google.rpc.Status, as the protocol asks for: 3 is INVALID_ARGUMENT, 16 UNAUTHENTICATED.
  sorry: (reason) => ({ code: 3, message: reason }),
  denied: () => ({ status: 401, body: { code: 16, message: 'missing or wrong token' } }),
  greeting: {},
};

type LogRecord = z.infer<typeof otlpSchema>['resourceLogs'][number]['scopeLogs'][number]['logRecords'][number];

/** The body where it says something, else the attributes. */
function loggedIn(record: LogRecord): unknown {
  const value = plain(record.body, 0);
  if (typeof value === 'object' && value !== null) return value;
  const attributes = Object.fromEntries((record.attributes ?? []).map((a) => [a.key, plain(a.value, 0)]));
  return typeof value === 'string' && value !== '' ? value : attributes;
}

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
