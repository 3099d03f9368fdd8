/** Our TAXII client against the server of OASIS (medallion), through the front door. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';
import { collectIntel } from '../src/intel/read.ts';
import { python } from './python.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'virga-taxii-'));
const COLLECTION = '91a7b528-80eb-42ed-a74d-c6fbd5a26116';
let server: ChildProcess;
let url = '';

const stamp = (second: number): string => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000Z`;
const indicators = Array.from({ length: 25 }, (_, n) => ({
  type: 'indicator',
  spec_version: '2.1',
  id: `indicator--6f1c2d3e-0000-4000-8000-${String(n).padStart(12, '0')}`,
  created: '2026-01-01T00:00:00.000Z',
  modified: '2026-01-01T00:00:00.000Z',
  valid_from: '2026-01-01T00:00:00Z',
  pattern_type: 'stix',
  pattern: `[domain-name:value = 'h${n}.evil.example']`,
}));

/** What medallion serves, in the shape of its memory backend. */
const medallionData = (origin: string) => ({
  '/discovery': { title: 'made up', default: `${origin}/api1/`, api_roots: [`${origin}/api1/`] },
  api1: {
    information: { title: 'one', versions: ['application/taxii+json;version=2.1'], max_content_length: 9_765_625 },
    status: [],
    collections: [
      {
        ...{ id: COLLECTION, title: 'indicators', can_read: true, can_write: false },
        media_types: ['application/stix+json;version=2.1'],
        objects: indicators,
        manifest: indicators.map(({ id, modified }, n) => ({
          ...{ id, date_added: stamp(n), version: modified },
          media_type: 'application/stix+json;version=2.1',
        })),
      },
      {
        ...{ id: '472c94ae-3113-4e3e-a4dd-a9f4ac7471d4', title: 'closed', can_read: false, can_write: true },
        media_types: ['application/stix+json;version=2.1'],
        objects: [],
        manifest: [],
      },
    ],
  },
});

beforeAll(async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  writeFileSync(path.join(dir, 'data.json'), JSON.stringify(medallionData(origin)));
  const backend = { module: 'medallion.backends.memory_backend', module_class: 'MemoryBackend' };
  const config = {
    backend: { ...backend, filename: path.join(dir, 'data.json') },
    users: { me: 'secret' },
    taxii: { max_page_size: 10 },
  };
  writeFileSync(path.join(dir, 'config.json'), JSON.stringify(config));
  const script = 'import sys; from medallion.scripts.run import main; main()';
  server = spawn(python, ['-c', script, '--port', String(port), path.join(dir, 'config.json')], { stdio: 'ignore' });
  url = `${origin}/taxii2/`;
  for (let i = 0; i < 300 && !(await fetch(url).catch(() => null)); i++)
    await new Promise((done) => setTimeout(done, 100));
});
afterAll(() => {
  server.kill();
  rmSync(dir, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function virga(...argv: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  process.env.VIRGA_TAXII_PASSWORD = 'secret';
  const status = await run(argv, { stdin: Readable.from([]), stdout, stderr });
  stdout.end();
  stderr.end();
  return { status, out: await out, err: await err };
}
const access = (): string[] => [url, '--user', 'me', '--inside', '127.0.0.0/8'];

it('lists what medallion shows', async () => {
  const { status, out } = await virga('taxii', 'list', ...access());
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    roots: [
      {
        title: 'one',
        collections: [
          { id: COLLECTION, canRead: true },
          { title: 'closed', canRead: false },
        ],
      },
    ],
    elsewhere: [],
  });
});

it('pulls every object once, page by page, and then only what is new', async () => {
  const out = path.join(dir, 'feed');
  const first = await virga('taxii', 'pull', ...access(), '--out', out, '--limit', '10');
  expect(first.err).toBe('');
  expect(JSON.parse(first.out)).toMatchObject([{ collection: COLLECTION, title: 'indicators', objects: 25 }]);
  const values = async (): Promise<(string | null)[]> =>
    (await collectIntel([out])).indicators.map(({ value }) => value);
  expect(await values()).toEqual(indicators.map((_, n) => `h${n}.evil.example`));
  const again = await virga('taxii', 'pull', ...access(), '--out', out, '--limit', '10');
  expect(JSON.parse(again.out)).toMatchObject([{ objects: 0, files: [] }]);
  expect(readdirSync(out)).toHaveLength(3);
  expect(JSON.parse(readFileSync(`${out}.cursor.json`, 'utf8'))).toEqual({
    [`${new URL('/api1/', url).href}collections/${COLLECTION}/`]: { addedAfter: stamp(24), next: null },
  });
});

it('takes a time to begin from, and a collection by its title', async () => {
  const out = path.join(dir, 'later');
  const { out: said } = await virga(
    ...[
      'taxii',
      'pull',
      ...access(),
      '--out',
      out,
      '--collection',
      'indicators',
      '--added-after',
      '2026-01-01T00:00:20Z',
    ],
  );
  expect(JSON.parse(said)).toMatchObject([{ objects: 4 }]);
});

it('says what is wrong', async () => {
  const missing = await virga('taxii', 'pull', ...access(), '--out', path.join(dir, 'x'), '--collection', 'none');
  expect([missing.status, missing.err]).toEqual([1, expect.stringContaining('shows no collection "none"')]);
  const closed = await virga('taxii', 'pull', ...access(), '--out', path.join(dir, 'x'), '--collection', 'closed');
  expect(closed.err).toContain('only collections that may not be read');
  const stranger = await virga('taxii', 'list', url, '--inside', '127.0.0.0/8');
  expect([stranger.status, stranger.err]).toEqual([1, expect.stringContaining('other credentials (status 401)')]);
  const outside = await virga('taxii', 'list', url);
  expect([outside.status, outside.err]).toEqual([1, expect.stringContaining('private or reserved address')]);
});
