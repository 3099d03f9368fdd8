import { expect, it } from 'vitest';
import { briefly, indicatorsOf, recordsIn } from '../testing.ts';
import { stix } from './stix.ts';

const id = (type: string, n: number): string => `${type}--6f1c2d3e-0000-4000-8000-${String(n).padStart(12, '0')}`;
const indicator = (n: number, facts: Record<string, unknown>): Record<string, unknown> => ({
  type: 'indicator',
  id: id('indicator', n),
  created: '2026-01-02T00:00:00.000Z',
  modified: '2026-02-02T00:00:00.000Z',
  valid_from: '2026-01-01T00:00:00Z',
  pattern: "[domain-name:value = 'evil.example']",
  ...facts,
});
const bundle = (...objects: unknown[]): string => JSON.stringify({ type: 'bundle', id: id('bundle', 1), objects });
const read = async (text: string): Promise<string[]> => briefly(await recordsIn(stix, text, 'x.json', 97));
const one = async (facts: Record<string, unknown>, ...others: unknown[]) => {
  const [made] = indicatorsOf(await recordsIn(stix, bundle(indicator(1, facts), ...others), 'x.json'));
  return made;
};

it('reads what an indicator says, with the names that it refers to', async () => {
  const made = await one(
    {
      name: 'Loader',
      confidence: 80,
      valid_until: '2026-06-01T00:00:00Z',
      indicator_types: ['malicious-activity', 'compromised'],
      labels: ['c2'],
      created_by_ref: id('identity', 2),
      object_marking_refs: [id('marking-definition', 3), id('marking-definition', 4)],
    },
    { type: 'identity', id: id('identity', 2), name: 'Made Up CERT' },
    { type: 'marking-definition', id: id('marking-definition', 3), definition: { tlp: 'GREEN' } },
    { type: 'marking-definition', id: id('marking-definition', 4), definition: { statement: 'CC0-1.0' } },
  );
  expect(made).toEqual({
    id: id('indicator', 1),
    kind: 'domain',
    value: 'evil.example',
    pattern: "[domain-name:value = 'evil.example']",
    match: 'equals',
    source: { name: 'Made Up CERT', licence: 'CC0-1.0', file: 'x.json' },
    confidence: 80,
    validFrom: Date.UTC(2026, 0, 1),
    validUntil: Date.UTC(2026, 5, 1),
    recorded: Date.UTC(2026, 0, 2),
    detect: true,
    endpoint: 'compromised',
    description: 'Loader',
    labels: ['malicious-activity', 'compromised', 'c2', 'tlp:green'],
    line: 1,
  });
});

it.each([
  [{ pattern: "[url:value = 'https://EVIL.example:443/Gate#x']" }, 'url', 'https://evil.example/Gate', 'equals'],
  [{ pattern: "[ipv4-addr:value = '192.0.2.0/24']" }, 'cidr', '192.0.2.0/24', 'equals'],
  [
    { pattern: "[network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'evil.example']" },
    'domain',
    'evil.example',
    'equals',
  ],
  [{ pattern: "[domain-name:value LIKE '%-1.GW.example']" }, 'domain', '%-1.gw.example', 'like'],
  [{ pattern: "[url:value LIKE 'https://evil.example/%']" }, 'url', 'https://evil.example/%', 'like'],
  [{ pattern: "[process:command_line = 'a b']" }, 'pattern', 'a b', 'equals'],
  [{ pattern: "[domain-name:value = 'a.example' OR domain-name:value = 'b.example']" }, 'pattern', null, 'equals'],
  [{ pattern: 'alert tcp any any -> any any', pattern_type: 'snort' }, 'pattern', null, 'equals'],
])('%j', async (facts, kind, value, match) => {
  expect(await one(facts)).toMatchObject({ kind, value, match, pattern: facts.pattern });
});

it('takes each value of which any is enough, beside the pattern as a whole', async () => {
  const pattern = "[domain-name:value IN ('A.example', 'cut…') OR file:name = 'x'] OR [ipv4-addr:value = '192.0.2.7']";
  const [record] = await recordsIn(stix, bundle(indicator(1, { pattern, confidence: 70 })), 'x.json');
  expect(record).toMatchObject({
    indicator: { id: id('indicator', 1), kind: 'pattern', value: null, pattern },
    note: 'unread-alternative',
    also: [
      { id: `${id('indicator', 1)}#1`, kind: 'domain', value: 'a.example', confidence: 70, line: 1 },
      { id: `${id('indicator', 1)}#4`, kind: 'ipv4', value: '192.0.2.7', pattern: "[ipv4-addr:value = '192.0.2.7']" },
    ],
  });
});

it('says where a pattern is broken', async () => {
  const [broken] = await recordsIn(stix, bundle(indicator(1, { pattern: "[url:value = 'x'" })), 'x.json');
  expect(broken).toMatchObject({ refused: 'bad-pattern', detail: expect.stringContaining("column 17: expected ']'") });
});

it('keeps what is withdrawn or benign, not for detection', async () => {
  expect((await one({ revoked: true }))?.detect).toBe(false);
  expect((await one({ indicator_types: ['benign'] }))?.detect).toBe(false);
  expect((await one({}))?.detect).toBe(true);
});

it('counts every object of a bundle', async () => {
  const text = bundle(
    { type: 'malware', id: id('malware', 1) },
    indicator(2, {}),
    indicator(3, { pattern: "[domain-name:value = 'evil" }),
    indicator(4, { pattern: undefined }),
    indicator(5, { pattern: "[domain-name:value = 'no host']" }),
    { name: 'no type' },
    'text',
    null,
  );
  expect(await read(text)).toEqual([
    'other malware',
    'domain evil.example',
    'refused bad-pattern',
    'refused missing-value',
    'refused bad-host',
    'refused bad-record',
    'refused bad-record',
    'refused bad-record',
  ]);
});

it.each([
  ['one object', JSON.stringify(indicator(1, {}))],
  ['a list of objects', JSON.stringify([indicator(1, {})])],
  ['a list of bundles', `[${bundle(indicator(1, {}))}]`],
  ['a TAXII envelope', JSON.stringify({ more: false, objects: [indicator(1, {})] })],
])('reads %s', async (_what, text) => {
  expect(stix.detect(text)).toBe(true);
  expect(await read(text)).toEqual(['domain evil.example']);
});

it('a bundle without objects is empty; what is no JSON is one refusal', async () => {
  expect(await read('{"type":"bundle","id":"bundle--1"}')).toEqual([]);
  expect(await read(bundle(indicator(1, {})).slice(0, -2))).toEqual(['refused bad-json']);
  expect(await read(`"${'x'.repeat(1_000_001)}"`)).toEqual(['refused too-large']);
  expect(await read('['.repeat(100_000))).toEqual(['refused bad-json']);
  expect(await read(`{"type":"bundle","objects":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}`)).toEqual([
    'refused bad-json',
  ]);
});

it('notes a date that does not read', async () => {
  const [record] = await recordsIn(stix, bundle(indicator(1, { valid_until: 'soon' })));
  expect(record).toMatchObject({ indicator: { validUntil: null }, note: 'bad-date' });
});
