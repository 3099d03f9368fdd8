/** What we write as STIX is what we read, whatever it came in; ids and times follow from the content. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { run } from '../src/cli/run.ts';
import { collectIntel } from '../src/intel/read.ts';
import { exportStix } from '../src/pipeline/stix-export.ts';
import { emptyDocument, sampleDocument } from '../src/reports/testing.ts';
import { huntBundle } from '../src/stix/hunt.ts';
import { tlpOf } from '../src/stix/marking.ts';
import { stixId, uuid5 } from '../src/stix/object.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'virga-stix-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const put = (name: string, content: string): string => {
  const file = path.join(dir, name);
  writeFileSync(file, content);
  return file;
};
const bundleShape = z.object({ id: z.string(), objects: z.array(z.looseObject({ type: z.string(), id: z.string() })) });
const now = new Date('2026-11-24T12:00:00Z');
const exported = (paths: readonly string[], more: object = {}) =>
  exportStix({ paths, unmarked: 'amber', upTo: 'amber', now, ...more });

const MIXED = `value,type,source,confidence,tlp,valid_from,valid_until
evil.acct.workers.dev,domain,made up,80,green,2026-01-01,2026-06-01
https://evil.example/Gate?it's,url,made up,,clear,,
192.0.2.7,ip,made up,,,,
2001:db8::7,ip,made up,,,,
192.0.2.0/24,cidr,made up,,,,
2001:db8::/32,cidr,made up,,,,
d41d8cd98f00b204e9800998ecf8427e,hash,made up,,,,
da39a3ee5e6b4b0d3255bfef95601890afd80709,hash,made up,,,,
t13d1516h2_8daaf6152771_02713d6af862,ja4,made up,,,,
me@evil.example,email,made up,,,,
secret.evil.example,domain,made up,,red,,
`;

it('UUIDv5 is that of RFC 9562, appendix A.4', () => {
  expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  expect(stixId('indicator', 'a', 'b')).not.toBe(stixId('indicator', 'ab'));
});

describe('indicators', () => {
  it('come back as they went out', async () => {
    const { text, indicators, left } = await exported([put('mixed.csv', MIXED)]);
    expect([indicators, left['narrower-tlp']]).toEqual([10, 1]);
    const before = (await collectIntel([path.join(dir, 'mixed.csv')])).indicators;
    const after = (await collectIntel([put('out.json', text)])).indicators;
    const facts = after.map(({ kind, value, match, confidence }) => ({ kind, value, match, confidence }));
    expect(facts).toEqual(
      before.slice(0, 10).map(({ kind, value, match, confidence }) => ({ kind, value, match, confidence })),
    );
    expect(after[0]).toMatchObject({
      validFrom: Date.UTC(2026, 0, 1),
      validUntil: Date.UTC(2026, 5, 1),
      labels: expect.arrayContaining(['tlp:green']),
    });
  });

  it('are the same objects when they are written again, each once', async () => {
    const file = put('mixed.csv', MIXED);
    const first = bundleShape.parse(JSON.parse((await exported([file])).text));
    const second = bundleShape.parse(JSON.parse((await exported([file, file])).text));
    expect(second).toEqual(first);
    expect(new Set(first.objects.map(({ id }) => id)).size).toBe(first.objects.length);
    expect(first.objects.filter(({ type }) => type === 'indicator')).toHaveLength(10);
  });

  it('keep patterns, wildcards, other languages, and leave out what may not be passed on', async () => {
    const indicator = (n: number, facts: object): object => ({
      type: 'indicator',
      id: `indicator--6f1c2d3e-0000-4000-8000-${String(n).padStart(12, '0')}`,
      pattern_type: 'stix',
      ...facts,
    });
    const several = "[domain-name:value IN ('a.example', 'b.example')]";
    const objects = [
      indicator(1, { pattern: several }),
      indicator(2, { pattern: "[domain-name:value LIKE '%.evil.example']", valid_until: '2020-01-01T00:00:00Z' }),
      indicator(3, { pattern: 'alert tcp any', pattern_type: 'snort' }),
      indicator(4, { pattern: "[url:value = 'https://x.example/']", indicator_types: ['benign'] }),
      indicator(5, { pattern: "[a:b = 1] START '2026-01-01T00:00:00Z' STOP '2026-01-02T00:00:00Z'" }),
    ];
    const file = put('in.json', JSON.stringify({ type: 'bundle', id: 'bundle--1', objects }));
    const { text, left } = await exported([file]);
    expect(left).toEqual({ 'narrower-tlp': 0, 'not-for-detection': 1, 'part-of-a-pattern': 2, 'no-pattern': 1 });
    const written = bundleShape.parse(JSON.parse(text)).objects.filter(({ type }) => type === 'indicator');
    expect(written).toMatchObject([
      { pattern: several, pattern_type: 'stix' },
      {
        pattern: "[domain-name:value LIKE '%.evil.example']",
        valid_from: '2019-12-31T23:59:59.999Z',
        valid_until: '2020-01-01T00:00:00.000Z',
      },
      { pattern: 'alert tcp any', pattern_type: 'snort' },
    ]);
  });

  it('carry the terms of their source', async () => {
    const file = put('terms.csv', 'value,type,source,licence\nevil.example,domain,made up,CC-BY-4.0\n');
    const [before] = (await collectIntel([file])).indicators;
    const { text } = await exported([file]);
    const [after] = (await collectIntel([put('terms.json', text)])).indicators;
    expect(before?.source.licence).toBe('CC-BY-4.0');
    expect(after?.source.licence).toBe('CC-BY-4.0');
  });
});

it('the narrowest TLP counts, white is clear', () => {
  expect(tlpOf(['tlp:green', 'TLP:AMBER+STRICT', 'c2'])).toBe('amber+strict');
  expect(tlpOf(['TLP:WHITE'])).toBe('clear');
  expect(tlpOf(['tlp:purple'])).toBeNull();
});

describe('a hunt', () => {
  const objects = bundleShape.parse(huntBundle(sampleDocument())).objects;
  const typed = (type: string) => objects.filter((object) => object.type === type);

  it('has for each finding what was seen, where, how often, and why', () => {
    const { findings, leads } = sampleDocument();
    expect(typed('observed-data')).toHaveLength(findings.length + leads.length);
    expect(typed('sighting').length).toBeGreaterThanOrEqual(findings.length + leads.length);
    expect(typed('sighting')[0]).toMatchObject({ count: findings[0]?.contacts, sighting_of_ref: /./ });
    expect(typed('note').at(-1)).toMatchObject({ content: expect.stringContaining('No hit is no proof of absence.') });
  });

  it('refers to nothing that is not in it', () => {
    const ids = new Set(objects.map(({ id }) => id));
    const refs = JSON.stringify(objects).match(/"[a-z0-9-]+--[0-9a-f-]{36}"/g) ?? [];
    const missing = refs
      .map((ref) => ref.slice(1, -1))
      .filter((ref) => !ids.has(ref) && !/^(?:extension-definition|indicator--5d2f)/.test(ref));
    expect(missing).toEqual([]);
  });

  it('is the same for the same document, and holds its limits when nothing was found', () => {
    expect(huntBundle(sampleDocument())).toEqual(huntBundle(sampleDocument()));
    expect(bundleShape.parse(huntBundle(emptyDocument())).objects.map(({ type }) => type)).toEqual([
      'identity',
      'marking-definition',
      'grouping',
      'note',
    ]);
  });
});

it('virga stix export says what it left out, and what is wrong', async () => {
  const virga = async (...argv: readonly string[]) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const [out, err] = [text(stdout), text(stderr)];
    const status = await run(['stix', 'export', ...argv], { stdin: Readable.from([]), stdout, stderr });
    stdout.end();
    stderr.end();
    return { status, out: await out, err: await err };
  };
  const file = put('list.csv', MIXED);
  const target = path.join(dir, 'bundle.json');
  expect(await virga(file, '--up-to', 'green', '--tlp', 'green', '--out', target)).toEqual({
    status: 0,
    out: '',
    err: 'virga: 10 indicators written, 1 narrower-tlp.\n',
  });
  expect(bundleShape.parse(JSON.parse(readFileSync(target, 'utf8'))).objects.length).toBeGreaterThan(10);
  expect(await virga(file, '--tlp', 'pink')).toMatchObject({
    status: 2,
    err: expect.stringContaining('--tlp takes clear'),
  });
});
