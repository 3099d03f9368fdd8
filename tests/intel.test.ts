/** The intelligence desk through its commands. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-intel-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(argv: readonly string[], input = ''): Promise<{ status: number; out: string; err: string }> {
  const { status, out, err } = await call(argv, input);
  return { status, out, err };
}

const workspace = (): string => mkdtempSync(path.join(temp, 'w-'));
const file = (name: string, text: string): string => {
  const at = path.join(mkdtempSync(path.join(temp, 'f-')), name);
  writeFileSync(at, text);
  return at;
};

async function importFiles(place: string, ...paths: readonly string[]) {
  const { status, out, err } = await virga(['intel', 'import', ...paths, '-w', place, '--format', 'json']);
  expect(err).toBe('');
  expect(status).toBe(0);
  return JSON.parse(out);
}

async function list(place: string, ...more: readonly string[]) {
  const { status, out } = await virga(['intel', 'list', '-w', place, '--format', 'ndjson', ...more]);
  expect(status).toBe(0);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const stix = (...objects: readonly object[]): string =>
  JSON.stringify({ type: 'bundle', id: 'bundle--7d2a1f60-3f0e-4c55-9f3a-1c1f7a3b9e10', objects });
const indicator = (n: number, value: string, more: object = {}): object => ({
  type: 'indicator',
  spec_version: '2.1',
  id: `indicator--7d2a1f60-3f0e-4c55-9f3a-00000000000${n}`,
  created: '2026-09-01T00:00:00Z',
  modified: '2026-09-01T00:00:00Z',
  pattern: `[domain-name:value = '${value}']`,
  pattern_type: 'stix',
  valid_from: '2026-09-01T00:00:00Z',
  ...more,
});

describe('intel import', () => {
  test('accounts for every object, and the same again changes nothing', async () => {
    const place = workspace();
    const bundle = file(
      'b.json',
      stix(indicator(1, 'a.example'), { type: 'malware', id: 'malware--1' }, { nothing: 1 }),
    );
    const plain = file('list.txt', 'b.example\n# comment\nnot a host\n192.0.2.7\n');
    const first = await importFiles(place, bundle, plain);
    expect(first.files).toEqual([
      { file: bundle, kind: 'stix', objects: 3, indicators: 1, other: 1, refused: { 'bad-record': 1 } },
      { file: plain, kind: 'plain', objects: 3, indicators: 2, other: 0, refused: { 'not-an-indicator': 1 } },
    ]);
    expect(first.indicators).toEqual({ added: 3, updated: 0, unchanged: 0, repeated: 0 });
    const again = await importFiles(place, bundle, plain);
    expect(again.indicators).toEqual({ added: 0, updated: 0, unchanged: 3, repeated: 0 });
    expect(readdirSync(path.join(place, 'intel'))).toHaveLength(1);
  });

  test('the last word of a run on an id counts, and a later run updates it', async () => {
    const place = workspace();
    const run1 = await importFiles(
      place,
      file('b.json', stix(indicator(1, 'old.example'), indicator(1, 'new.example'))),
    );
    expect(run1.indicators).toEqual({ added: 1, updated: 0, unchanged: 0, repeated: 1 });
    expect((await list(place)).map((row) => row.value)).toEqual(['new.example']);
    const changed = file('c.json', stix(indicator(1, 'new.example', { confidence: 80 }), indicator(2, 'two.example')));
    expect((await importFiles(place, changed)).indicators).toEqual({ added: 1, updated: 1, unchanged: 0, repeated: 0 });
    expect((await list(place)).map((row) => [row.value, row.confidence])).toEqual([
      ['new.example', 80],
      ['two.example', null],
    ]);
  });

  test('what stands between two changes is seen as of then', async () => {
    const place = workspace();
    await importFiles(place, file('b.json', stix(indicator(1, 'a.example', { confidence: 10 }))));
    const between = new Date(Date.now() + 1).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await importFiles(place, file('b.json', stix(indicator(1, 'a.example', { confidence: 90 }))));
    expect((await list(place)).map((row) => row.confidence)).toEqual([90]);
    expect((await list(place, '--as-of', between)).map((row) => row.confidence)).toEqual([10]);
    expect(await list(place, '--as-of', '2020-01-01')).toEqual([]);
  });

  test('text of every kind comes back as it was', async () => {
    const place = workspace();
    const name = 'quotes " and \' , commas\r\nlines\ttabs \u2028 \ud83d\ude00 \u0007 \\N NULL';
    await importFiles(place, file('b.json', stix(indicator(1, 'a.example', { name, labels: ['x,"y', 'z\nw'] }))));
    const [row] = await list(place);
    expect(row.description).toBe(name);
    expect(row.labels).toEqual(['x,"y', 'z\nw']);
  });

  test('two sources of one observable stand beside each other in one indicator', async () => {
    const place = workspace();
    const one = file('one.csv', 'domain,confidence,source\na.example,40,First\nb.example,50,First\n');
    const two = file('two.csv', 'domain,confidence,source\na.example,90,Second\n');
    const url = file('three.txt', 'https://a.example/path\n');
    await importFiles(place, one, two, url);
    const rows = await list(place);
    expect(rows.map((row) => [row.kind, row.value, row.source, row.confidence])).toEqual([
      ['domain', 'a.example', 'Second', 90],
      ['domain', 'b.example', 'First', 50],
      ['url', 'https://a.example/path', 'three.txt', null],
    ]);
    expect(rows[0].statements.map((s: { source: string; confidence: number }) => [s.source, s.confidence])).toEqual([
      ['First', 40],
      ['Second', 90],
    ]);
  });

  test('reads standard input, and needs no workspace', async () => {
    const { status, out } = await virga(['intel', 'import', '-', '--format', 'json'], 'a.example\n');
    expect(status).toBe(0);
    expect(JSON.parse(out).indicators.added).toBe(1);
    const table = await virga(['intel', 'import', '-'], 'a.example\nnot a host\n');
    expect(table.out).toContain('-: plain, 2 objects, 1 indicators, 0 other, 1 refused');
    expect(table.out).toContain('1 added, 0 updated');
  });

  test('a file that is none of the formats is one refusal, a path that is missing a sentence', async () => {
    const place = workspace();
    const html = file('feed.json', '<!DOCTYPE html><html><body>Please log in</body></html>');
    const report = await importFiles(place, html);
    expect(report.files[0].refused).toEqual({ 'unknown-format': 1 });
    const missing = await virga(['intel', 'import', path.join(temp, 'nowhere'), '-w', place]);
    expect(missing.status).toBe(1);
    expect(missing.err).toContain('nowhere');
  });
});

describe('intel list', () => {
  test('says how long an indicator is good for, and by whose word', async () => {
    const place = workspace();
    const csv =
      'value,valid_until,first_seen\na.workers.dev,2030-01-01,\nb.c.workers.dev,,2026-11-01\nx-y-z.trycloudflare.com,,2026-11-01\n';
    await importFiles(place, file('list.csv', csv));
    const rows = await list(place, '--as-of', '2030-06-01');
    expect(rows.map((row) => [row.value, row.valid_until.slice(0, 10), row.valid_until_by, row.status])).toEqual([
      ['a.workers.dev', '2030-01-01', 'source', 'expired'],
      ['b.c.workers.dev', '2027-01-09', 'kind', 'expired'],
      ['x-y-z.trycloudflare.com', '2026-11-06', 'kind', 'expired'],
    ]);
  });

  test('narrows by what is asked', async () => {
    const place = workspace();
    await importFiles(place, file('list.txt', 'a.b.workers.dev\nc.example\n192.0.2.1\n'));
    expect((await list(place, '--kind', 'ipv4')).map((r) => r.value)).toEqual(['192.0.2.1']);
    expect((await list(place, '--platform', 'cloudflare-workers')).map((r) => r.value)).toEqual(['a.b.workers.dev']);
    expect((await list(place, '--value', 'c.ex')).map((r) => r.value)).toEqual(['c.example']);
    expect((await virga(['intel', 'list', '-w', place, '--kind', 'colour'])).status).toBe(2);
    expect((await virga(['intel', 'list'])).err).toContain('--workspace is needed');
  });

  test('of an empty workspace is empty', async () => {
    const place = path.join(temp, 'new', 'deep');
    mkdirSync(path.dirname(place), { recursive: true });
    expect(await list(place)).toEqual([]);
  });
});
