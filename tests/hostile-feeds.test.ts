/** Feeds that were made to harm: each ends in a refusal with a reason, or in an entry that convicts nobody. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readIntel } from '../src/intel/read.ts';
import type { HuntDocument } from '../src/model/finding.ts';
import { openLookup } from '../src/outbound/lookup.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-hostile-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(argv: readonly string[], stdin = ''): Promise<string> {
  const { status, out, err } = await call([...argv], stdin);
  expect([status, err]).toEqual([0, '']);
  return out;
}

const write = (name: string, bytes: string | Uint8Array): string => {
  const file = path.join(temp, name);
  writeFileSync(file, bytes);
  return file;
};

/** How a file was refused: reason and sentence of the first refusal, and how many indicators it gave. */
async function importOf(file: string): Promise<{ indicators: number; reason: string; detail: string }> {
  const report = JSON.parse(await virga(['intel', 'import', file, '--format', 'json']));
  const [first] = report.refusals;
  return { indicators: report.files[0].indicators, reason: first?.reason ?? 'none', detail: first?.detail ?? '' };
}

test('a zip bomb ends at the ceiling', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, 'evil.example.com\n'));
  expect(bomb.length).toBeLessThan(200_000);
  const { files, refusals } = await readIntel([write('bomb.gz', bomb)], { take: () => {}, maxBytes: 8 * 2 ** 20 });
  expect(files[0]?.refused).toEqual({ 'too-large': 1 });
  expect(refusals[0]?.detail).toBe('unpacked, it is larger than 8388608 bytes');
});

test('a gigabyte of one line is refused, in memory that does not grow with it', async () => {
  const piece = Buffer.alloc(2 ** 20, 'a');
  let most = 0;
  async function* line(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('one.example.com\ntwo.example.com\n');
    for (let i = 0; i < 1024; i++) {
      yield piece;
      if (i % 64 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
    }
  }
  const before = process.memoryUsage().heapUsed;
  const { files } = await readIntel(['-'], { take: () => {}, stdin: line() });
  expect(files[0]).toMatchObject({ kind: 'plain', indicators: 2, refused: { 'line-too-long': 1 } });
  expect(most - before).toBeLessThan(400 * 2 ** 20);
}, 120_000);

const bundle = (pattern: string): string =>
  JSON.stringify({
    type: 'bundle',
    id: 'bundle--1',
    objects: [{ type: 'indicator', id: 'indicator--6f1c2d3e-0000-4000-8000-000000000001', pattern }],
  });

test('patterns that nest without end, repeat without end or nest in JSON are refused', async () => {
  const deep = `[${'('.repeat(50_000)}domain-name:value = 'evil.example.com'${')'.repeat(50_000)}]`;
  expect(await importOf(write('deep.json', bundle(deep)))).toMatchObject({ indicators: 0, reason: 'bad-pattern' });
  const laughs = Array.from({ length: 20_000 }, (_, i) => `[domain-name:value = 'h${i}.example.com']`).join(' AND ');
  expect(await importOf(write('laughs.json', bundle(laughs)))).toMatchObject({
    indicators: 0,
    reason: 'pattern-too-long',
  });
  const nested = `{"type":"bundle","objects":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(await importOf(write('nested.json', nested))).toMatchObject({ reason: 'bad-json' });
});

test('a regular expression that takes for ever elsewhere takes no time here', async () => {
  const pattern = "[domain-name:value MATCHES '^(a+)+$']";
  const observed = {
    type: 'observed-data',
    id: 'observed-data--1',
    created: '2026-10-01T00:00:00Z',
    modified: '2026-10-01T00:00:00Z',
    first_observed: '2026-10-01T00:00:00Z',
    last_observed: '2026-10-01T00:00:00Z',
    number_observed: 1,
    objects: { '0': { type: 'domain-name', value: `${'a'.repeat(5000)}!` } },
  };
  const asked = JSON.stringify({ id: 'x', stix_version: '2.0', pattern, observations: [observed] });
  expect(JSON.parse(await virga(['stix', 'match'], `${asked}\n`))).toEqual({ id: 'x', verdict: 'nomatch' });
});

test('a web page where JSON should be is one refusal', async () => {
  const page = `<!doctype html><html><head><script>${'x=1;'.repeat(30_000)}</script></head><body><form>Please log in</form></body></html>`;
  expect(await importOf(write('feed.json', page))).toEqual({
    indicators: 0,
    reason: 'no-indicators',
    detail: 'a document that names nothing',
  });
});

test("an attacker's entry for a name that everybody asks for convicts nobody", async () => {
  const workspace = path.join(temp, 'w');
  await virga([
    'intel',
    'import',
    write('poison.csv', 'value,created\nwww.google.com,2026-09-01\ngoogle.com,2026-09-01\n'),
    '-w',
    workspace,
  ]);
  const line = {
    _path: 'dns',
    ts: 1792500000,
    uid: 'C1',
    'id.orig_h': '10.1.1.1',
    'id.orig_p': 40000,
    'id.resp_h': '10.0.0.53',
    'id.resp_p': 53,
    proto: 'udp',
    query: 'www.google.com',
    qtype_name: 'A',
    rcode_name: 'NOERROR',
    answers: ['142.250.1.1'],
  };
  const log = write('dns.log', `${JSON.stringify(line)}\n`);
  const document: HuntDocument = JSON.parse(await virga(['hunt', log, '-w', workspace, '--format', 'json']));
  expect(document.findings).toEqual([]);
  expect(document.intel.guarded.map((g) => g.why).join(' ')).toContain('Nearly every network asks for this name.');
});

test('a name that is public when it is looked at and private when it is asked is not asked', async () => {
  const answers = ['203.0.113.9', '10.0.0.5'];
  const look: LookupFunction = openLookup(
    (address) => !address.startsWith('10.'),
    (_host, _options, done) => done(null, [{ address: answers.shift() ?? '', family: 4 }]),
  );
  const ask = (): Promise<string> =>
    new Promise((resolve) =>
      look('rebind.example', {}, (error, address) => resolve(error ? error.message : String(address))),
    );
  expect(await ask()).toBe('203.0.113.9');
  expect(await ask()).toBe('rebind.example leads to a private or reserved address');
});
