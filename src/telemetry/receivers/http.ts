import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Address, listenError } from './address.ts';
import { readBody, TooMuch } from './body.ts';
import { type Collector, collector } from './collector.ts';
import { type Dialect, type Parsed, Unreadable } from './dialect.ts';
import { dialects, lines } from './dialects.ts';
import type { Intake, Receiver } from './receiver.ts';
import type { TlsFiles } from './syslog-tcp.ts';

/** A sender that finds no room for this long, in milliseconds, is told to come back. */
const WAIT_FOR_ROOM = 10_000;
/** Bodies that are read at the same time: each may take 32 MiB. */
const MAX_AT_ONCE = 4;
const MAX_CONNECTIONS = 500;
/** Bytes of a refused body that are read on, so that its sender hears the answer. */
const MAX_DROPPED = 64 * 1024 * 1024;

/**
 * Logs over HTTP: NDJSON or plain lines, Splunk's HTTP event collector, Elastic's `_bulk`, OpenTelemetry logs as JSON.
 * The answer comes after the lines are safely on disk. The same body sent again within a day is answered, not stored
 * again: a sender that had no answer repeats itself.
 */
export const httpReceiver = (address: Address, tls: TlsFiles | null, tokens: readonly string[]): Receiver => ({
  source: address.text,
  start: async (intake) => {
    const kept = collector(intake, address.text);
    const desk = new Desk(intake, kept, tokens);
    const server = serverOf(tls, (request, response) => void desk.serve(request, response));
    server.maxConnections = MAX_CONNECTIONS;
    server.headersTimeout = 20_000;
    server.requestTimeout = 120_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(listenError(address, error)));
      server.listen(address.port, address.host, resolve);
    });
    const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
    return {
      behind: () => ({ unit: 'records', amount: kept.held(), lost: 0 }),
      stop: async () => {
        server.close();
        await kept.finish();
        server.closeAllConnections();
      },
      ended,
    };
  },
});

const serverOf = (tls: TlsFiles | null, serve: (request: IncomingMessage, response: ServerResponse) => void): Server =>
  tls
    ? createTlsServer(
        {
          cert: tls.cert,
          key: tls.key,
          ...(tls.ca ? { ca: tls.ca, requestCert: true, rejectUnauthorized: true } : {}),
          minVersion: 'TLSv1.2',
        },
        serve,
      )
    : createServer(serve);

const busy: Answer = { status: 503, body: { text: 'Server is busy', code: 9 } };

type Answer = { readonly status: number; readonly body: object | string };

class Desk {
  readonly #intake: Intake;
  readonly #kept: Collector;
  readonly #tokens: readonly Buffer[];
  readonly #coming = new Map<string, Promise<void>>();
  #busy = 0;

  constructor(intake: Intake, kept: Collector, tokens: readonly string[]) {
    this.#intake = intake;
    this.#kept = kept;
    this.#tokens = tokens.map(digest);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      answer(response, await this.#answerTo(request));
    } catch (error) {
      this.#intake.note(`http: ${error instanceof Error ? error.message : String(error)}`);
      answer(response, { status: 503, body: { error: 'nothing of it was stored; send it again' } });
    }
    if (!request.complete) letGo(request);
  }

  async #answerTo(request: IncomingMessage): Promise<Answer> {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    const dialect = dialects.find((d) => d.path.test(path));
    const { authorization } = request.headers;
    if (!this.#allowed(authorization)) return (dialect ?? lines).denied(authorization !== undefined);
    if (!dialect) return { status: 404, body: { error: 'no such path' } };
    if (request.method === 'GET' || request.method === 'HEAD') return { status: 200, body: dialect.greeting };
    if (request.method !== 'POST' && request.method !== 'PUT') return { status: 405, body: { error: 'use POST' } };
    try {
      return await this.#take(dialect, path, request);
    } catch (error) {
      if (error instanceof TooMuch) return { status: 413, body: dialect.sorry(error.message, 413) };
      if (error instanceof Unreadable)
        return { status: error.status, body: dialect.sorry(error.message, error.status) };
      throw error;
    }
  }

  async #take(dialect: Dialect, path: string, request: IncomingMessage): Promise<Answer> {
    const taken = await this.#read(dialect, path, request);
    return taken ? { status: 200, body: await this.#keep(taken.receipt, taken.parsed) } : busy;
  }

  /** The request's records, or null where it is to come back. What waits for the disk is bounded by the collector. */
  async #read(
    dialect: Dialect,
    path: string,
    request: IncomingMessage,
  ): Promise<{ readonly receipt: string; readonly parsed: Parsed } | null> {
    if (this.#busy >= MAX_AT_ONCE) return null;
    this.#busy++;
    try {
      if (!(await this.#room())) return null;
      const body = await readBody(request);
      const receipt = createHash('sha256').update(`${path}\n`).update(body).digest('hex');
      const contentType = request.headers['content-type'] ?? '';
      return { receipt, parsed: dialect.parse(body, { receipt, channel: channelOf(request), contentType }) };
    } finally {
      this.#busy--;
    }
  }

  /** Stores what was not stored before, and says what the sender is to hear. */
  async #keep(receipt: string, parsed: Parsed): Promise<object> {
    const coming = this.#coming.get(receipt);
    if (coming) await coming;
    if (coming || this.#intake.receipts.has(receipt)) return { ...parsed.answer, duplicate: true };
    if (parsed.count > 0) await this.#store(receipt, parsed);
    return parsed.answer;
  }

  async #store(receipt: string, { lines, count }: Parsed): Promise<void> {
    const stored = this.#kept.add({ lines, count, receipt });
    this.#coming.set(receipt, stored);
    try {
      await stored;
      this.#intake.receipts.add(receipt);
    } finally {
      this.#coming.delete(receipt);
    }
  }

  async #room(): Promise<boolean> {
    if (!this.#kept.full()) return true;
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), WAIT_FOR_ROOM).unref());
    return Promise.race([this.#kept.room().then(() => true), late]);
  }

  /** All tokens are compared, each in the same time, whatever was sent. */
  #allowed(header: string | undefined): boolean {
    if (this.#tokens.length === 0) return true;
    const sent = digest(tokenOf(header ?? ''));
    return this.#tokens.reduce((met, token) => timingSafeEqual(token, sent) || met, false);
  }
}

/** Splunk's senders name it in a header or in the address. */
const channelOf = ({ headers, url = '' }: IncomingMessage): string | null =>
  String(headers['x-splunk-request-channel'] ?? '') || /[?&]channel=([^&]+)/.exec(url)?.[1] || null;

/** A connection that is closed while its sender still writes loses the answer: what is left is read and dropped, up to a limit. */
function letGo(request: IncomingMessage): void {
  let left = MAX_DROPPED;
  request.on('error', () => {});
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `Bearer`, Splunk's `Splunk`, Elastic's `ApiKey`, or the password of `Basic`. */
function tokenOf(header: string): string {
  const [, scheme = '', value = ''] = /^([A-Za-z]+) +(\S+)$/.exec(header) ?? [];
  if (scheme.toLowerCase() !== 'basic') return value;
  return Buffer.from(value, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
}

function answer(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-elastic-product': 'Elasticsearch', // Elastic's shippers send to nothing else
    ...(status === 503 ? { 'retry-after': '2' } : {}),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  });
  response.end(text);
}
