/** MISP feeds and TAXII collections as feeds, from a real server on this machine and from a folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call as command } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-feeds-'));
let server: Server;
let base = '';
/** Path → answer; what is not there is 404. */
let pages = new Map<string, (request: IncomingMessage) => { status?: number; headers?: object; body?: string }>();
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status = 200, headers = {}, body = '' } = pages.get(request.url ?? '')?.(request) ?? { status: 404 };
    response.writeHead(status, { ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
beforeEach(() => {
  pages = new Map();
  asked.length = 0;
});
afterAll(() => {
  server.close();
  rmSync(temp, { recursive: true, force: true });
});

async function call(...argv: string[]) {
  const { out: text, ...rest } = await command(argv);
  return { ...rest, text };
}
async function virga(...argv: string[]) {
  const { text, ...rest } = await call(...argv);
  const lines = text.split('\n').filter((line) => line !== '');
  return { ...rest, text, rows: lines.map((line) => JSON.parse(line)) };
}
const place = (): string => mkdtempSync(path.join(temp, 'w-'));
const own = ['--inside', '127.0.0.0/8'];
const values = async (w: string) => (await virga('intel', 'list', '-w', w)).rows.map(({ value }) => value).sort();

const uuid = (n: number): string => `6f1c2d3e-0000-4000-8000-${String(n).padStart(12, '0')}`;
const event = (n: number, ...domains: string[]): string =>
  JSON.stringify({
    Event: {
      uuid: uuid(n),
      ...{ info: `event ${n}`, Orgc: { name: 'Made Up CERT', uuid: uuid(900) }, timestamp: '1790000000' },
      Attribute: domains.map((value, i) => ({
        ...{ uuid: uuid(n * 100 + i), type: 'domain', value, to_ids: true, timestamp: '1790000000' },
      })),
    },
  });
const manifest = (events: Readonly<Record<number, number>>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(events).map(([n, timestamp]) => [
        uuid(Number(n)),
        { info: 'x', Orgc: { name: 'Made Up CERT' }, timestamp: String(timestamp), Tag: [] },
      ]),
    ),
  );

describe('a MISP feed', () => {
  const serve = (events: Readonly<Record<number, number>>, texts: Readonly<Record<number, string>>): void => {
    const etag = `"${JSON.stringify(events)}"`.replaceAll(/[{}",]/g, '');
    pages.set('/feed/manifest.json', ({ headers }) =>
      headers['if-none-match'] === etag ? { status: 304 } : { headers: { etag }, body: manifest(events) },
    );
    for (const [n, body] of Object.entries(texts)) pages.set(`/feed/${uuid(Number(n))}.json`, () => ({ body }));
  };

  test('by URL: only events that are new or changed are read', async () => {
    const w = place();
    serve({ 1: 10, 2: 10 }, { 1: event(1, 'a.example'), 2: event(2, 'b.example', 'c.example') });
    await virga('intel', 'feeds', 'osint', `${base}/feed/manifest.json`, ...own, '-w', w);
    const [first] = (await virga('intel', 'pull', '-w', w)).rows;
    expect(first).toMatchObject({ outcome: 'imported', kind: 'misp', indicators: 3, size: 2 });
    expect(await values(w)).toEqual(['a.example', 'b.example', 'c.example']);
    asked.length = 0;
    expect((await virga('intel', 'pull', 'osint', '-w', w)).rows).toMatchObject([{ outcome: 'unchanged' }]);
    expect(asked).toEqual(['/feed/manifest.json']);
    serve({ 1: 10, 2: 11, 3: 10 }, { 1: event(1), 2: event(2, 'b.example', 'd.example'), 3: event(3, 'e.example') });
    asked.length = 0;
    const [second] = (await virga('intel', 'pull', 'osint', '-w', w)).rows;
    expect(second.detail).toContain('2 of 3 events new or changed');
    expect(asked).toEqual(['/feed/manifest.json', `/feed/${uuid(2)}.json`, `/feed/${uuid(3)}.json`]);
    // the attribute that was c.example is now d.example: a later revision of the same
    expect(await values(w)).toEqual(['a.example', 'b.example', 'd.example', 'e.example']);
    expect((await virga('intel', 'list', '-w', w)).rows[0].source).toBe('Made Up CERT');
  });

  test('an event that cannot be read is told, and asked for again', async () => {
    const w = place();
    serve({ 1: 10, 2: 10 }, { 1: event(1, 'a.example') });
    await virga('intel', 'feeds', 'osint', `${base}/feed/manifest.json`, ...own, '-w', w);
    const [pulled] = (await virga('intel', 'pull', '-w', w)).rows;
    expect(pulled.detail).toContain(`1 could not be read, the first: Event ${uuid(2)}`);
    serve({ 1: 10, 2: 10 }, { 1: event(1, 'a.example'), 2: event(2, 'b.example') });
    await virga('intel', 'pull', 'osint', '-w', w);
    expect(await values(w)).toEqual(['a.example', 'b.example']);
  });

  test('of which half is gone is shrunk; one that is no manifest fails in one sentence', async () => {
    const w = place();
    const events = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [i + 1, 10]));
    serve(events, Object.fromEntries(Object.keys(events).map((n) => [n, event(Number(n), `e${n}.example`)])));
    await virga('intel', 'feeds', 'osint', `${base}/feed/manifest.json`, ...own, '-w', w);
    await virga('intel', 'pull', '-w', w);
    serve({ 1: 11 }, { 1: event(1, 'e1.example', 'f1.example') });
    await virga('intel', 'pull', 'osint', '-w', w);
    expect((await virga('intel', 'feeds', '-w', w)).rows).toMatchObject([{ ailments: ['shrunk'] }]);
    pages.set('/feed/manifest.json', () => ({ body: '<html>Please log in</html>' }));
    const failed = await virga('intel', 'pull', 'osint', '-w', w);
    expect(failed).toMatchObject({ status: 1, rows: [{ outcome: 'failed' }] });
    expect(failed.rows[0].detail).toMatch(/^The manifest of the feed osint is not what MISP writes/);
  });

  test('an id that is none becomes no path', async () => {
    const w = place();
    pages.set('/feed/manifest.json', () => ({
      body: JSON.stringify({ '../../secret': { timestamp: '1' }, [uuid(1)]: { timestamp: '1' } }),
    }));
    pages.set(`/feed/${uuid(1)}.json`, () => ({ body: event(1, 'a.example') }));
    await virga('intel', 'feeds', '..', `${base}/feed/manifest.json`, ...own, '-w', w);
    const [pulled] = (await virga('intel', 'pull', '-w', w)).rows;
    expect(asked).toEqual(['/feed/manifest.json', `/feed/${uuid(1)}.json`]);
    expect(pulled.detail).toContain('"../../secret" is no event id');
    expect(await values(w)).toEqual(['a.example']);
  });

  test('from a folder: the same, and an import of the folder takes manifest and hashes for what they are', async () => {
    const w = place();
    const folder = place();
    writeFileSync(path.join(folder, 'manifest.json'), manifest({ 1: 10 }));
    writeFileSync(path.join(folder, `${uuid(1)}.json`), event(1, 'a.example'));
    writeFileSync(path.join(folder, 'hashes.csv'), `${'ab'.repeat(16)},${uuid(1)}\n`);
    await virga('intel', 'feeds', 'disk', folder, '-w', w);
    expect((await virga('intel', 'pull', '-w', w)).rows).toMatchObject([
      { outcome: 'imported', indicators: 1, size: 1 },
    ]);
    expect((await virga('intel', 'pull', 'disk', '-w', w)).rows).toMatchObject([{ outcome: 'unchanged' }]);
    const [imported] = (await virga('intel', 'import', folder, '-w', place(), '--format', 'json')).rows;
    expect(imported.files.map((f: Record<string, unknown>) => [f.kind, f.indicators, f.other, f.refused])).toEqual([
      ['misp', 1, 0, {}],
      ['misp-hashes', 0, 1, {}],
      ['misp-manifest', 0, 1, {}],
    ]);
  });
});

describe('a TAXII collection', () => {
  const type = { 'content-type': 'application/taxii+json;version=2.1' };
  const indicator = (n: number) => ({
    ...{ type: 'indicator', spec_version: '2.1', id: `indicator--${uuid(n)}`, pattern_type: 'stix' },
    ...{
      created: '2026-10-01T00:00:00.000Z',
      modified: '2026-10-01T00:00:00.000Z',
      valid_from: '2026-10-01T00:00:00Z',
    },
    pattern: `[domain-name:value = 't${n}.example']`,
  });
  const objects = '/api/collections/one/objects/';
  const serve = (way: string, body: object, added: string): void => {
    pages.set(way, () => ({ headers: { ...type, 'x-taxii-date-added-last': added }, body: JSON.stringify(body) }));
  };

  test('is read on from where it stands, with a secret from a file that is told to nobody', async () => {
    const w = place();
    const secret = path.join(place(), 'secret');
    writeFileSync(secret, 's3cret-word\n');
    let authorization: string | undefined;
    serve(`${objects}?next=2`, { more: false, objects: [indicator(2)] }, '2026-10-02T00:00:00.000Z');
    pages.set(objects, ({ headers }) => {
      authorization = headers.authorization;
      return { headers: type, body: JSON.stringify({ more: true, next: '2', objects: [indicator(1)] }) };
    });
    const url = `${base}/api/collections/one/`;
    await virga('intel', 'feeds', 'cert', url, '--user', 'me', '--authorization-file', secret, ...own, '-w', w);
    const pulled = await virga('intel', 'pull', '-w', w);
    expect(pulled.rows).toMatchObject([{ outcome: 'imported', kind: 'stix', indicators: 2, size: null }]);
    expect(authorization).toBe(`Basic ${Buffer.from('me:s3cret-word').toString('base64')}`);
    expect(await values(w)).toEqual(['t1.example', 't2.example']);
    serve(`${objects}?added_after=2026-10-02T00%3A00%3A00.000Z`, { objects: [] }, '');
    expect((await virga('intel', 'pull', 'cert', '-w', w)).rows).toMatchObject([{ outcome: 'unchanged' }]);
    expect(asked.at(-1)).toContain('added_after=2026-10-02');
    const told = [
      pulled.text,
      pulled.err,
      (await virga('intel', 'feeds', '-w', w)).text,
      (await virga('intel', 'log', '-w', w)).text,
    ];
    expect(told.join('\n')).not.toMatch(/s3cret|bWU6/);
    expect((await virga('intel', 'feeds', '-w', w)).rows).toMatchObject([{ healthy: true, ailments: [] }]);
  });

  test('that breaks off keeps what came, says so, and goes on from there', async () => {
    const w = place();
    serve(objects, { more: true, next: '2', objects: [indicator(1)] }, '2026-10-01T00:00:00.000Z');
    await virga('intel', 'feeds', 'cert', `${base}/api/collections/one/`, ...own, '-w', w);
    const [pulled] = (await virga('intel', 'pull', '-w', w)).rows;
    expect(pulled).toMatchObject({ outcome: 'imported', indicators: 1 });
    expect(pulled.detail).toMatch(/stopped early: .*404/);
    serve(`${objects}?next=2`, { objects: [indicator(2)] }, '2026-10-02T00:00:00.000Z');
    await virga('intel', 'pull', 'cert', '-w', w);
    expect(await values(w)).toEqual(['t1.example', 't2.example']);
  });

  test('without an answer the feed is failing', async () => {
    const w = place();
    await virga('intel', 'feeds', 'cert', `${base}/api/collections/none/`, ...own, '-w', w);
    expect(await virga('intel', 'pull', '-w', w)).toMatchObject({ status: 1, rows: [{ outcome: 'failed' }] });
    expect((await virga('intel', 'feeds', '-w', w)).rows[0].ailments).toContain('failing');
  });
});

test('a hunt in the workspace says which feeds are ill', async () => {
  const w = place();
  const log = path.join(place(), 'dns.log');
  writeFileSync(
    log,
    '#separator \\x09\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tquery\n1790000000.1\tC1\t10.1.2.3\t5353\t10.1.2.1\t53\tudp\ta.example\n',
  );
  pages.set('/list', () => ({ body: '<html>Please log in</html>' }));
  pages.set('/good', () => ({ body: 'evil.example\n' }));
  await virga('intel', 'feeds', 'odd', `${base}/list`, ...own, '-w', w);
  await virga('intel', 'feeds', 'good', `${base}/good`, ...own, '-w', w);
  await virga('intel', 'pull', '-w', w);
  const document = JSON.parse((await call('hunt', log, '-w', w, '--format', 'json')).text);
  const said = document.coverage.statement.filter((line: string) => line.startsWith('The feed'));
  expect(said).toEqual([expect.stringMatching(/^The feed odd is empty /)]);
  expect(document.intel.feeds).toMatchObject([
    { name: 'odd', ailments: ['empty'] },
    { name: 'good', ailments: [] },
  ]);
});

test('a secret goes to nobody else: a redirect to another place loses it, in whatever header it is', async () => {
  const w = place();
  let got: string | string[] | undefined = 'nothing asked';
  const other = createServer((request, response) => {
    got = request.headers['auth-key'];
    response.end('a.example\n');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : 0;
  pages.set('/list', () => ({ status: 302, headers: { location: `http://127.0.0.1:${port}/` } }));
  const secret = path.join(place(), 'key');
  mkdirSync(path.dirname(secret), { recursive: true });
  writeFileSync(secret, 'abc');
  await virga(
    'intel',
    'feeds',
    'x',
    `${base}/list`,
    '--auth-header',
    'Auth-Key',
    '--authorization-file',
    secret,
    ...own,
    '-w',
    w,
  );
  expect((await virga('intel', 'pull', '-w', w)).rows).toMatchObject([{ outcome: 'imported' }]);
  expect(got).toBeUndefined();
  other.close();
});
