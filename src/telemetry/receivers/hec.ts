import { z } from 'zod';
import { type Asked, asLines, type Dialect, json, ofValues, text, Unreadable } from './dialect.ts';

/** Splunk's texts and codes; https://docs.splunk.com/Documentation/Splunk/latest/Data/TroubleshootHTTPEventCollector (2026-11-24). */
const codes: Readonly<Record<string, number>> = {
  'No data': 5,
  'Invalid data format': 6,
  'Event field is required': 12,
  'Event field cannot be blank': 13,
};

const answers = {
  sorry: (reason: string): object => {
    const code = codes[reason];
    return code === undefined ? { text: 'Invalid data format', code: 6, reason } : { text: reason, code };
  },
  denied: (shown: boolean) =>
    shown
      ? { status: 403, body: { text: 'Invalid token', code: 4 } }
      : { status: 401, body: { text: 'Token is required', code: 2 } },
  greeting: { text: 'HEC is healthy', code: 17 },
};

/** Senders with a channel ask for the ackId later. It is of the receipt, so that it outlives this process. */
const success = ({ channel, receipt }: Asked): object => ({
  text: 'Success',
  code: 0,
  ...(channel === null ? {} : { ackId: Number.parseInt(receipt.slice(0, 12), 16) }),
});

/** Splunk HTTP event collector: JSON objects one after the other; https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector (2026-11-24). */
const events: Dialect = {
  ...answers,
  path: /^\/services\/collector(?:\/event)?(?:\/1\.0)?$/,
  parse: (body, asked) => {
    const values = concatenated(text(body));
    if (values.length === 0) throw new Unreadable('No data');
    return { ...ofValues(values.map(eventOf)), answer: success(asked) };
  },
};

const raw: Dialect = {
  ...answers,
  path: /^\/services\/collector\/(?:raw(?:\/1\.0)?|health(?:\/1\.0)?)$/,
  parse: (body, asked) => {
    if (body.length === 0) throw new Unreadable('No data');
    return { ...asLines(body), answer: success(asked) };
  },
};

const acksSchema = z.object({ acks: z.array(z.number().int().nonnegative()).max(100_000) });

/** An ackId is only given for what is on disk: each is true. */
const acks: Dialect = {
  ...answers,
  path: /^\/services\/collector\/ack(?:\/1\.0)?$/,
  parse: (body) => {
    const read = acksSchema.safeParse(json(text(body)));
    if (!read.success) throw new Unreadable('Invalid data format');
    return { ...ofValues([]), answer: { acks: Object.fromEntries(read.data.acks.map((id) => [id, true])) } };
  },
};

export const hec: readonly Dialect[] = [events, raw, acks];

const eventSchema = z.object({ event: z.unknown() });

/** What is in the wrapper: the line or object that was logged. */
function eventOf(value: unknown): unknown {
  const read = eventSchema.safeParse(value);
  if (!read.success || read.data.event === undefined || read.data.event === null)
    throw new Unreadable('Event field is required');
  if (read.data.event === '') throw new Unreadable('Event field cannot be blank');
  return read.data.event;
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
