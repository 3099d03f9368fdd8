import { z } from 'zod';
import { columnNames, eventClass } from '../../model/event.ts';

/** Names of raw fields: what can stand as a JSON key without being escaped, and as a group of an expression. */
const fieldName = z
  .string()
  .max(200)
  .regex(/^[^"\\\x00-\x1f]+$/, 'a field name has no quotation marks, backslashes or control characters');

/** How the text of a field becomes a value. */
export const readingNames = [
  'text',
  'number',
  'port',
  'address',
  'host',
  'protocol',
  'record-type',
  'response-code',
  'list',
  'file-name',
  'outcome',
  'time',
] as const;

/** strptime as the engine knows it: https://duckdb.org/docs/stable/sql/functions/dateformat */
const timeFormat = z
  .string()
  .max(100)
  .regex(
    /^(?:[^%]|%-?[aAbBdfgGHIjmMpSuUVwWyYzZ%])+$/,
    'a time format has strptime codes, such as %d/%b/%Y:%H:%M:%S %z',
  );

const source = z.union([
  fieldName,
  z.strictObject({
    field: z.union([fieldName, z.array(fieldName).min(1).max(20)]),
    as: z.enum(readingNames).optional(),
    /** For `as: time`: strptime formats, where the time is neither RFC 3339 nor a number. */
    format: z.union([timeFormat, z.array(timeFormat).min(1).max(10)]).optional(),
  }),
  z.strictObject({ constant: z.string().max(200) }),
]);

const written = columnNames.filter((name) => name !== 'class_uid' && name !== 'activity_id');

/** `url` is no column: the text of a URL, cut into its parts. */
const columns = z.partialRecord(z.enum([...written, 'url']), source);

const classes = z.enum(Object.keys(eventClass) as [keyof typeof eventClass, ...(keyof typeof eventClass)[]]);

/** A format of the user's own, as a file in YAML says it. */
export const mappingSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'an id is two words with a dot between them, such as acme.proxy'),
    vendor: z.string().max(100).default('own'),
    product: z.string().max(100).default('own format'),
    record: z.string().max(200).default('one record'),
    class: classes.optional(),
    /** How lines become fields. */
    read: z.discriminatedUnion('lines', [
      z.strictObject({ lines: z.literal('json') }),
      z.strictObject({
        lines: z.literal('table'),
        separator: z.enum([',', ';', 'tab', 'space']).default(','),
        /** Names in order; left out, the first line names them. */
        columns: z.array(fieldName).min(1).max(500).optional(),
      }),
      z.strictObject({ lines: z.literal('expression'), expression: z.string().min(1).max(4096) }),
      ...(['squid', 'apache', 'nginx'] as const).map((server) =>
        z.strictObject({
          lines: z.literal(server),
          /** As it stands in the server's configuration. */
          logformat: z.string().min(1).max(4096),
        }),
      ),
    ]),
    /** What means "nothing", besides an empty field. */
    unset: z.string().max(20).default('-'),
    /** A record is of this format when it has all of these fields. */
    detect: z.array(fieldName).min(1).max(20).optional(),
    columns: columns.optional(),
  })
  .refine(
    (m) => 'logformat' in m.read || m.class !== undefined,
    'class says what the records are: dns, http, network …',
  )
  .refine(
    (m) => 'logformat' in m.read || m.columns?.time !== undefined,
    'the column time says when it happened; it is needed',
  )
  .refine((m) => m.read.lines !== 'json' || m.detect !== undefined, 'detect names the fields that tell such a record');

export type Mapping = z.infer<typeof mappingSchema>;
export type Source = z.infer<typeof source>;
