/** Mapping files for intelligence in JSON, through `intel import`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-mapping-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(...argv: string[]) {
  const { status, out, err } = await call(argv);
  const lines = out.split('\n').filter((line) => line.startsWith('{'));
  return { status, rows: lines.map((line) => JSON.parse(line)), err: err };
}
const place = (): string => mkdtempSync(path.join(temp, 'w-'));
function write(name: string, text: string): string {
  const file = path.join(place(), name);
  writeFileSync(file, text);
  return file;
}

const MAPPING = `
id: acme.feed
items: data.results
unset: N/A
fields:
  value: { field: [ioc.values, ioc.value] }
  kind: { field: ioc.class, words: { FQDN: domain, IP: address, MUTANT: mutex } }
  valid_from: seen.first
  valid_until: seen.last
  confidence: { field: trust, scale: 10 }
  labels: families
  description: note
  source: { constant: Acme CERT }
  licence: { constant: CC-BY-4.0 }
  endpoint: { field: owner, words: { hacked: compromised } }
`;
const items = [
  {
    ...{ ioc: { value: 'evil[.]example', class: 'FQDN' }, seen: { first: '2026-10-01', last: '2026-12-01' }, trust: 8 },
    ...{ families: ['loader', 'c2'], note: 'N/A', owner: 'hacked', weather: 'fine' },
  },
  { ioc: { values: ['192.0.2.7', '192.0.2.8'], class: 'IP' }, trust: 3, weather: 'rain' },
  { ioc: { value: 'made-up', class: 'MUTANT' } },
  { ioc: { class: 'FQDN' } },
  { ioc: { value: 'nodots', class: 'FQDN' } },
];
const document = JSON.stringify({ status: 'ok', data: { results: items } });

describe('virga intel import --mapping', () => {
  test('reads items, kinds, validity, confidence, labels and whose endpoint it was', async () => {
    const w = place();
    const mapping = write('acme.yaml', MAPPING);
    const imported = await virga(
      'intel',
      'import',
      write('acme.json', document),
      '--mapping',
      mapping,
      '-w',
      w,
      '-f',
      'json',
    );
    expect(imported.rows[0].files).toMatchObject([
      { kind: 'acme.feed', objects: 5, indicators: 2, other: 1, refused: { 'missing-value': 1, 'bad-host': 1 } },
    ]);
    const listed = (await virga('intel', 'list', '-w', w)).rows;
    expect(listed.map(({ value }) => value).sort()).toEqual(['192.0.2.7', '192.0.2.8', 'evil.example']);
    expect(listed.find(({ value }) => value === 'evil.example')).toMatchObject({
      ...{ kind: 'domain', confidence: 80, source: 'Acme CERT', endpoint: 'compromised', description: null },
      ...{ valid_from: '2026-10-01T00:00:00.000Z', valid_until: '2026-12-01T00:00:00.000Z' },
      labels: ['loader', 'c2', 'compromised'],
      statements: [{ licence: 'CC-BY-4.0' }],
    });
  });

  test('--dry-run prints the first records and what stayed unmapped, and keeps nothing', async () => {
    const mapping = write('acme.yaml', MAPPING);
    const { rows } = await virga(
      'intel',
      'import',
      write('acme.json', document),
      '--mapping',
      mapping,
      '--dry-run',
      '--first',
      '4',
    );
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({ line: 1, value: 'evil.example', confidence: 80, endpoint: 'compromised' });
    expect(rows[3]).toMatchObject({ line: 4, refused: 'missing-value' });
    expect(rows[4]).toEqual({
      ...{ accepted: 2, other: 1, refused: { 'missing-value': 1, 'bad-host': 1 }, unmapped: { weather: 2 } },
    });
  });

  test('an object a line, lists of lists, and names with dots', async () => {
    const mapping = write('a.yaml', 'id: acme.lines\nfields: { value: "ioc.name", kind: { constant: domain } }\n');
    const lines = write('a.json', '{"ioc.name":"a.example"}\n{"ioc":{"name":"b.example"}}\n{cut\n');
    const [report] = (await virga('intel', 'import', lines, '--mapping', mapping, '-w', place(), '-f', 'json')).rows;
    expect(report.files).toMatchObject([{ objects: 3, indicators: 2, refused: { 'bad-json': 1 } }]);
    const each = write('b.yaml', 'id: acme.each\nitems: "*.iocs"\nfields: { value: v }\n');
    const nested = write('b.json', '{"x":{"iocs":[{"v":"a.example"}]},"y":{"iocs":[{"v":"b.example"}]}}');
    const [second] = (await virga('intel', 'import', nested, '--mapping', each, '-w', place(), '-f', 'json')).rows;
    expect(second.indicators).toMatchObject({ added: 2 });
  });

  test.each([
    ['no YAML', 'id: [', /is no YAML/],
    ['no value', 'id: a.b\nfields: { kind: x }', /fields\.value/],
    ['an unknown field', 'id: a.b\nfields: { value: v, colour: c }', /fields/],
    ['a bad id', 'id: acme\nfields: { value: v }', /an id is two words/],
  ])('a mapping with %s is one clear sentence', async (_, text, says) => {
    const { status, err } = await virga(
      'intel',
      'import',
      write('x.json', '[]'),
      '--mapping',
      write('m.yaml', text),
      '--dry-run',
    );
    expect(status).toBe(1);
    expect(err).toMatch(says);
  });

  test('a document without the items says so', async () => {
    const mapping = write('acme.yaml', MAPPING);
    const [report] = (
      await virga('intel', 'import', write('x.json', '{"data":[]}'), '--mapping', mapping, '-w', place(), '-f', 'json')
    ).rows;
    expect(report.refusals).toMatchObject([{ reason: 'no-indicators', detail: 'nothing stands at data.results' }]);
  });

  test('a feed keeps its mapping', async () => {
    const w = place();
    const mapping = write('acme.yaml', MAPPING);
    await virga('intel', 'feeds', 'acme', write('acme.json', document), '--mapping', mapping, '-w', w);
    expect((await virga('intel', 'pull', '-w', w)).rows).toMatchObject([
      { outcome: 'imported', kind: 'acme.feed', indicators: 2 },
    ]);
  });
});
