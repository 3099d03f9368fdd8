/** What the real senders need to hear, by their documentation, over a real server; and that hostile input is answered. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parseListen } from './address.ts';
import { httpReceiver } from './http.ts';
import { openSpool, type Spool } from './spool.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-http-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

type Sent = { readonly body?: string | Buffer; readonly headers?: Record<string, string>; readonly method?: string };
type Heard = { readonly status: number; readonly json: unknown; readonly headers: Record<string, unknown> };
type Desk = { readonly send: (target: string, sent?: Sent) => Promise<Heard>; readonly stored: () => string[] };

let number = 0;
async function desk(tokens: readonly string[] = [], spoolBytes = 1e9, old?: Spool): Promise<Desk & { spool: Spool }> {
  const port = await freePort();
  const spool = old ?? openSpool(path.join(temp, `spool-${number++}`), spoolBytes);
  const receipts = new Set(spool.waiting().flatMap((b) => b.receipts));
  const intake = {
    spool,
    positions: new Map(),
    receipts: { has: (id: string) => receipts.has(id), add: (id: string) => void receipts.add(id) },
    limits: { batchBytes: 8 * 1024 * 1024, batchAge: 5 },
    now: Date.now,
    note: () => {},
  };
  const running = await httpReceiver(parseListen(`http://127.0.0.1:${port}`), null, tokens).start(intake);
  open.push(running.stop);
  return { spool, stored: () => contentOf(spool), send: (target, sent = {}) => send(port, target, sent) };
}

const contentOf = (spool: Spool): string[] =>
  spool.waiting().flatMap((b) => readFileSync(b.file, 'utf8').split('\n').slice(0, -1));

/** Without fetch: nothing is added to what the test says, and an answer that comes early is heard. */
const send = (port: number, target: string, { body = '', headers = {}, method = 'POST' }: Sent): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const going = request({ port, path: target, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, json: text && JSON.parse(text), headers: response.headers });
      });
    });
    going.on('error', reject);
    going.end(body);
  });

describe('lines', () => {
  it('takes lines with and without a last end, and a JSON array as one line a value', async () => {
    const { send, stored } = await desk();
    expect(await send('/', { body: '{"a":1}\n{"a":2}' })).toMatchObject({ status: 200, json: { stored: 2 } });
    expect(await send('/ndjson?x=1', { body: '[{"a":3},"four\\nfive"]' })).toMatchObject({ json: { stored: 2 } });
    expect(stored()).toEqual(['{"a":1}', '{"a":2}', '{"a":3}', 'four five']);
  });

  it.each(['gzip', 'x-gzip'])('unpacks %s', async (packing) => {
    const { send, stored } = await desk();
    const body = gzipSync('one\ntwo\n');
    expect(await send('/', { body, headers: { 'content-encoding': packing } })).toMatchObject({ status: 200 });
    expect(stored()).toEqual(['one', 'two']);
  });

  it('stores the same body once, whether it comes again at the same time, later or after a restart', async () => {
    const first = await desk();
    const both = await Promise.all([first.send('/', { body: 'same\n' }), first.send('/', { body: 'same\n' })]);
    expect(both.map((h) => h.status)).toEqual([200, 200]);
    expect(await first.send('/', { body: 'same\n' })).toMatchObject({ json: { stored: 1, duplicate: true } });
    const second = await desk([], 1e9, first.spool);
    expect(await second.send('/', { body: 'same\n' })).toMatchObject({ json: { duplicate: true } });
    expect(await second.send('/ndjson', { body: 'same\n' })).toMatchObject({ json: { stored: 1 } });
    expect(second.stored()).toEqual(['same', 'same']);
  });

  it('loses nothing of many senders: what is not stored is told to come back', async () => {
    const { send, stored } = await desk();
    const names = Array.from({ length: 30 }, (_, i) => `sender ${i}`);
    const kept = await Promise.all(
      names.map(async (name) => {
        for (;;) {
          const { status, headers } = await send('/', { body: `${name}\n` });
          if (status === 200) return name;
          expect([status, headers['retry-after']]).toEqual([503, '2']);
        }
      }),
    );
    expect(stored().sort()).toEqual(kept.sort());
  });

  it('says what is wrong where the disk refuses, and stores it when it is sent again', async () => {
    const { send, stored, spool } = await desk();
    const directory = path.dirname((await spool.put(facts, [Buffer.from('before\n')])).file);
    rmSync(directory, { recursive: true });
    expect(await send('/', { body: 'line\n' })).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    openSpool(directory, 1e9);
    await spool.done(spool.waiting()[0] ?? expect.unreachable());
    expect(await send('/', { body: 'line\n' })).toMatchObject({ status: 200, json: { stored: 1 } });
    expect(stored()).toEqual(['line']);
  });
});

const facts = {
  id: 'before',
  source: 'test',
  name: 'test',
  as: null,
  lineBase: 0,
  positions: [],
  receipts: [],
  bytes: 7,
  first: 0,
  last: 0,
  held: null,
};

describe('Splunk HEC', () => {
  it('takes events that follow each other, objects and strings', async () => {
    const { send, stored } = await desk();
    const body = '{"event":{"a":"}{"},"time":1}{"event":"x\\ny"}\n {"event":[1],"fields":{}}';
    expect(await send('/services/collector/event', { body })).toMatchObject({
      status: 200,
      json: { text: 'Success', code: 0 },
    });
    expect(stored()).toEqual(['{"a":"}{"}', 'x y', '[1]']);
  });

  it('takes raw lines and says that it is healthy', async () => {
    const { send, stored } = await desk();
    expect(await send('/services/collector/raw/1.0?source=s', { body: 'a\nb' })).toMatchObject({ json: { code: 0 } });
    const health = await send('/services/collector/health', { method: 'GET' });
    expect(health).toMatchObject({ status: 200, json: { code: 17 } });
    expect(stored()).toEqual(['a', 'b']);
  });

  it.each([
    ['', 5],
    ['{"event":', 6],
    ['no JSON', 6],
    ['{"event":1}{"evnt":2}', 12],
    ['{"event":null}', 12],
    ['{"event":""}', 13],
  ])('answers %j with code %i and stores nothing', async (body, code) => {
    const { send, stored } = await desk();
    expect(await send('/services/collector', { body })).toMatchObject({ status: 400, json: { code } });
    expect(stored()).toEqual([]);
  });

  it('gives senders with a channel an ackId, and the word that it is safe', async () => {
    const { send } = await desk();
    const headers = { 'x-splunk-request-channel': '6d0ff2a5-6b3b-4c52-a6b9-1d1e1a4f2c11' };
    const taken = await send('/services/collector', { body: '{"event":"a"}', headers });
    expect(taken.json).toEqual({ text: 'Success', code: 0, ackId: expect.any(Number) });
    const again = await send('/services/collector?channel=x', { body: '{"event":"a"}' });
    expect(again.json).toEqual({ ...Object(taken.json), duplicate: true });
    const { ackId } = Object(taken.json);
    const acks = await send('/services/collector/ack', { body: JSON.stringify({ acks: [ackId] }), headers });
    expect(acks).toMatchObject({ status: 200, json: { acks: { [ackId]: true } } });
    expect(await send('/services/collector/ack', { body: '{"acks":"all"}' })).toMatchObject({ status: 400 });
    expect((await send('/services/collector', { body: '{"event":"b"}' })).json).toEqual({ text: 'Success', code: 0 });
  });
});

describe('Elastic', () => {
  it('answers _bulk with one item an action, under its name', async () => {
    const { send, stored } = await desk();
    const body = '{"create":{"_index":"x"}}\n{"a":1}\n\n{ "index" : {}}\r\n{"a":2}\r\n';
    expect((await send('/logs/_bulk?filter_path=errors', { body })).json).toEqual({
      took: 0,
      errors: false,
      items: [{ create: { status: 201 } }, { index: { status: 201 } }],
    });
    expect(stored()).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('stores what it can, and says of each other document why not', async () => {
    const { send, stored } = await desk();
    const body = [
      ...['{"index":{}}', '{"a":1}'],
      ...['{"update":{"_id":"1"}}', '{"doc":{}}'],
      '{"delete":{"_id":"1"}}',
      ...['{"create":{}}', '"text"'],
      ...['{"create":{}}', '{"a":2}'],
    ].join('\n');
    const { status, json } = await send('/_bulk', { body });
    expect([status, json]).toMatchObject([
      200,
      {
        errors: true,
        items: [
          { index: { status: 201 } },
          { update: { status: 400, error: { type: 'illegal_argument_exception' } } },
          { delete: { status: 400, error: { type: 'illegal_argument_exception' } } },
          { create: { status: 400, error: { type: 'document_parsing_exception', reason: 'line 7 is no document' } } },
          { create: { status: 201 } },
        ],
      },
    ]);
    expect(stored()).toEqual(['{"a":1}', '{"a":2}']);
  });

  it('refuses a body whose actions cannot be told, and stores nothing of it', async () => {
    const { send, stored } = await desk();
    const { status, json } = await send('/_bulk', { body: '{"index":{}}\n{"a":1}\n{"a":2}\n' });
    expect([status, json]).toEqual([
      400,
      { error: { type: 'illegal_argument_exception', reason: 'line 3 is no action of _bulk' }, status: 400 },
    ]);
    expect(stored()).toEqual([]);
  });

  it('tells shippers what they ask before they send', async () => {
    const { send } = await desk();
    expect(await send('/', { method: 'GET' })).toMatchObject({
      status: 200,
      headers: { 'x-elastic-product': 'Elasticsearch' },
      json: { version: { number: expect.stringMatching(/^8\./) } },
    });
    expect(await send('/_license?human=false', { method: 'GET' })).toMatchObject({
      json: { license: { type: 'basic', status: 'active' } },
    });
    expect(await send('/_index_template/filebeat', { method: 'HEAD' })).toMatchObject({ status: 200 });
  });
});

describe('OpenTelemetry', () => {
  const logs = (...logRecords: object[]): string => JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });

  it('takes bodies that are text or values, and else the attributes; all is taken: no partialSuccess', async () => {
    const { send, stored } = await desk();
    const n = { key: 'n', value: { intValue: '7' } };
    const body = logs(
      { body: { stringValue: 'a\nb' } },
      {
        body: { kvlistValue: { values: [n, { key: 'l', value: { arrayValue: { values: [{ boolValue: true }] } } }] } },
      },
      { attributes: [n] },
    );
    expect(await send('/v1/logs', { body })).toMatchObject({ status: 200, json: {} });
    expect(stored()).toEqual(['a b', '{"n":7,"l":[true]}', '{"n":7}']);
    expect((await send('/v1/logs', { body: '{}' })).json).toEqual({});
  });

  it('says what protobuf is to be, and what is no request, as a Status', async () => {
    const { send, stored } = await desk();
    const headers = { 'content-type': 'application/x-protobuf' };
    expect(await send('/v1/logs', { body: Buffer.from([10, 0]), headers })).toMatchObject({
      status: 415,
      json: { code: 3, message: expect.stringContaining('json') },
    });
    expect(await send('/v1/logs', { body: '{"resourceLogs":7}' })).toMatchObject({ status: 400, json: { code: 3 } });
    expect(stored()).toEqual([]);
  });
});

describe('tokens', () => {
  const basic = Buffer.from('elastic:t0ken').toString('base64');
  it.each(['Bearer t0ken', 'Splunk t0ken', 'ApiKey t0ken', `Basic ${basic}`])('takes %s', async (authorization) => {
    const { send } = await desk(['other', 't0ken']);
    expect(await send('/', { body: 'a\n', headers: { authorization } })).toMatchObject({ status: 200 });
  });

  it.each([
    ['/services/collector', '', 401, { code: 2 }],
    ['/services/collector', 'Splunk wrong', 403, { code: 4 }],
    ['/_bulk', 'ApiKey wrong', 401, { error: { type: 'security_exception' }, status: 401 }],
    ['/v1/logs', 'Bearer wrong', 401, { code: 16 }],
    ['/', 'Bearer', 401, { error: expect.any(String) }],
    ['/unknown', 'Bearer wrong', 401, { error: expect.any(String) }],
  ])('%s with %j is %i', async (target, authorization, status, json) => {
    const { send, stored } = await desk(['t0ken']);
    const headers: Record<string, string> = authorization ? { authorization } : {};
    expect(await send(target, { body: '{"event":"a"}', headers })).toMatchObject({ status, json });
    expect(stored()).toEqual([]);
  });
});

describe('hostile input', () => {
  const zeros = Buffer.alloc(17 * 1024 * 1024);
  it.each([
    ['a length past the limit', { 'content-length': String(zeros.length) }, zeros],
    ['chunks past the limit', { 'transfer-encoding': 'chunked' }, zeros],
    ['a gzip bomb', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(33 * 1024 * 1024))],
  ])('%s: 413 is heard, nothing is stored, and the next request is taken', async (_, headers, body) => {
    const { send, stored } = await desk();
    expect(await send('/', { body, headers })).toMatchObject({
      status: 413,
      json: { error: expect.stringMatching(/MiB/) },
    });
    expect(await send('/', { body: 'next\n' })).toMatchObject({ status: 200 });
    expect(stored()).toEqual(['next']);
  });

  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  it.each([
    ['/', `[${deep}]`, {}],
    ['/services/collector', `{"event":${deep}}`, {}],
    ['/v1/logs', deep, {}],
    ['/', 'no gzip', { 'content-encoding': 'gzip' }],
    ['/', gzipSync('cut off').subarray(0, 20), { 'content-encoding': 'gzip' }],
    ['/', 'x', { 'content-encoding': 'br' }],
    ['/', '[1,', {}],
  ])(
    '%s %#: a body that cannot be read is the sender’s, 400, and is not asked for again',
    async (target, body, headers) => {
      const { send, stored } = await desk();
      expect((await send(target, { body, headers })).status).toBe(400);
      expect(stored()).toEqual([]);
    },
  );

  it('knows no other path or method', async () => {
    const { send, stored } = await desk();
    expect(await send('/unknown', { body: zeros })).toMatchObject({ status: 404 });
    expect(await send('/../_bulk/x', { body: 'a' })).toMatchObject({ status: 404 });
    expect(await send('/', { method: 'DELETE' })).toMatchObject({ status: 405 });
    expect(stored()).toEqual([]);
  });
});
