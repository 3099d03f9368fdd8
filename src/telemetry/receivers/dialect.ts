import { asLine } from './frames.ts';

/** Lines, each with its end, and how many. */
export type Records = { readonly lines: Buffer; readonly count: number };

/** What a request brings, and what its sender expects to hear once that is on disk. */
export type Parsed = Records & { readonly answer: object };

/** What a dialect may need to know of a request besides its body. */
export type Asked = {
  /** Names the request: the same path and body have the same one. */
  readonly receipt: string;
  /** Of Splunk's senders that ask later whether their events are safe. */
  readonly channel: string | null;
  readonly contentType: string;
};

/** The body is not what its path says: nothing of it is stored, and the sender hears why. */
export class Unreadable extends Error {
  readonly status: number;
  constructor(reason: string, status = 400) {
    super(reason);
    this.status = status;
  }
}

/** A way in which senders put log records into HTTP requests. */
export type Dialect = {
  readonly path: RegExp;
  /** Throws Unreadable. */
  readonly parse: (body: Buffer, asked: Asked) => Parsed;
  /** How this dialect says that a body was not taken. */
  readonly sorry: (reason: string, status: number) => object;
  /** The answer to a sender without a right token; `shown`: it showed a wrong one. */
  readonly denied: (shown: boolean) => { readonly status: number; readonly body: object };
  /** For GET: senders ask before they send. */
  readonly greeting: object;
};

/** More records than this come in no request that keeps to the size. */
const MAX_RECORDS = 1_000_000;

export const text = (body: Buffer): string => body.toString('utf8');

export function json(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new Unreadable('the body is no JSON');
  }
}

export function asLines(body: Buffer): Records {
  const ended = body.length > 0 && body[body.length - 1] !== 10 ? Buffer.concat([body, Buffer.from('\n')]) : body;
  let count = 0;
  for (let at = ended.indexOf(10); at >= 0; at = ended.indexOf(10, at + 1)) count++;
  return { lines: ended, count };
}

/** Strings as they are, everything else as JSON; each on one line. */
export const ofValues = (values: readonly unknown[]): Records =>
  ofLines(values.map((v) => (typeof v === 'string' ? v : written(v))));

function written(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new Unreadable('the JSON is nested too deep');
  }
}

export function ofLines(records: readonly string[]): Records {
  if (records.length > MAX_RECORDS) throw new Unreadable('too many records in one request');
  const rows = records.map((r) => asLine(Buffer.from(r)));
  return { lines: Buffer.concat(rows), count: rows.length };
}
