import { expect, it } from 'vitest';
import { briefly, indicatorsOf, recordsIn } from '../testing.ts';
import { misp } from './misp.ts';
import { stix } from './stix.ts';

const HASH = '0123456789abcdef0123456789abcdef';
const attribute = (type: string, value: string, facts: Record<string, unknown> = {}): Record<string, unknown> => ({
  uuid: '6f1c2d3e-0000-4000-8000-000000000001',
  type,
  value,
  to_ids: true,
  timestamp: '1767225600',
  ...facts,
});
const event = (...attributes: unknown[]): Record<string, unknown> => ({
  uuid: '6f1c2d3e-0000-4000-8000-00000000000e',
  info: 'A made-up case',
  Orgc: { name: 'Made Up CERT' },
  Tag: [{ name: 'tlp:green' }],
  Attribute: attributes,
});
const read = async (document: unknown): Promise<string[]> =>
  briefly(await recordsIn(misp, JSON.stringify(document), 'x.json', 61));

it('reads what an attribute and its event say', async () => {
  const facts = {
    first_seen: '2026-01-02T03:04:05.000000+00:00',
    last_seen: '2026-02-01T00:00:00.000000+00:00',
    comment: 'second stage',
    Tag: [{ name: 'kill-chain:c2' }],
  };
  const [made] = indicatorsOf(
    await recordsIn(misp, JSON.stringify({ Event: event(attribute('domain', 'EVIL.example', facts)) }), 'x.json'),
  );
  expect(made).toEqual({
    id: '6f1c2d3e-0000-4000-8000-000000000001',
    kind: 'domain',
    value: 'evil.example',
    pattern: null,
    match: 'equals',
    source: { name: 'Made Up CERT', licence: null, file: 'x.json' },
    confidence: null,
    validFrom: Date.UTC(2026, 0, 2, 3, 4, 5),
    validUntil: null,
    recorded: Date.UTC(2026, 0, 1),
    detect: true,
    endpoint: 'unknown',
    description: 'A made-up case: second stage',
    labels: ['kill-chain:c2', 'tlp:green'],
    line: 1,
  });
});

it.each([
  ['hostname', 'evil.example', 'domain evil.example'],
  ['domain|ip', 'evil.example|192.0.2.7', 'domain evil.example'],
  ['hostname|port', 'evil.example|8443', 'domain evil.example'],
  ['url', 'https://evil.example/Gate', 'url https://evil.example/Gate'],
  ['ip-dst', '192.0.2.0/24', 'cidr 192.0.2.0/24'],
  ['ip-dst|port', '192.0.2.7|443', 'ipv4 192.0.2.7'],
  ['ip-src', '2001:DB8::1', 'ipv6 2001:db8::1'],
  ['md5', HASH, `hash ${HASH}`],
  ['filename|md5', `a|b.exe|${HASH}`, `hash ${HASH}`],
  ['malware-sample', `a.exe|${HASH}`, `hash ${HASH}`],
  ['malware-sample', 'a.exe', 'pattern a.exe'],
  ['ja3-fingerprint-md5', HASH, `ja3 ${HASH}`],
  ['x509-fingerprint-md5', HASH, `certificate ${HASH}`],
  ['email-src', 'a@evil.example', 'email a@evil.example'],
  ['filename', "it's.exe", "pattern it's.exe"],
  ['link', 'https://evil.example/a', 'url https://evil.example/a'],
  ['comment', 'words', 'pattern words'],
  ['uri', '/gate.php', 'refused bad-url'],
  ['md5', 'short', 'refused bad-hash'],
  ['domain', '', 'refused missing-value'],
])('%s %s: %s', async (type, value, expected) => {
  expect(await read({ Event: event(attribute(type, value)) })).toEqual([expected]);
});

it('writes the pattern of what it holds but no log shows', async () => {
  const [made] = indicatorsOf(await recordsIn(misp, JSON.stringify(event(attribute('filename', "it's.exe")))));
  expect(made?.pattern).toBe("[file:name = 'it\\'s.exe']");
});

it('honours to_ids: context is not for detection, references and file names are then no indicators', async () => {
  const detect = async (facts: Record<string, unknown>) =>
    indicatorsOf(await recordsIn(misp, JSON.stringify(event(attribute('domain', 'evil.example', facts)))))[0]?.detect;
  expect(await detect({ to_ids: true })).toBe(true);
  expect(await detect({ to_ids: '1' })).toBe(true);
  expect(await detect({ to_ids: false })).toBe(false);
  expect(await detect({ to_ids: '0' })).toBe(false);
  expect(await detect({ to_ids: undefined })).toBe(true);
  expect(await detect({ deleted: true })).toBe(false);
  expect(await read(event(attribute('link', 'https://blog.example/', { to_ids: false })))).toEqual(['other link']);
  expect(await read(event(attribute('filename', 'a.exe', { to_ids: undefined })))).toEqual(['other filename']);
});

const inObject = {
  ...event(attribute('domain', 'a.example')),
  Object: [{ Attribute: [attribute('ip-dst', '192.0.2.7')] }],
};
it.each([
  ['bare', inObject],
  ['wrapped', { Event: inObject }],
  ['a list', [{ Event: inObject }]],
  ['a search response', { response: [{ Event: inObject }] }],
])('reads an event that is %s, attributes of objects too', async (_how, document) => {
  expect(misp.detect(JSON.stringify(document))).toBe(true);
  expect(await read(document)).toEqual(['domain a.example', 'ipv4 192.0.2.7']);
});

it('refuses a document without an event, and survives one that nests without end', async () => {
  expect(await read({ Orgc: {} })).toEqual(['refused no-indicators']);
  let nested: unknown = event(attribute('domain', 'a.example'));
  for (let i = 0; i < 100; i++) nested = [nested];
  expect(await read(nested)).toEqual(['refused no-indicators']);
  for (let i = 0; i < 1000; i++) nested = [nested];
  expect(await read(nested)).toEqual(['refused bad-json']);
  expect(await read(event('text', null))).toEqual(['refused bad-record', 'refused bad-record']);
});

it.each([
  ['domain', 'EVIL.example', "[domain-name:value = 'evil.example']"],
  ['hostname', 'evil.example', "[domain-name:value = 'Evil.Example']"],
  ['url', 'HTTPS://evil.example:443/A@b.c', "[url:value = 'https://evil.example/A@b.c']"],
  ['ip-dst', '2001:0db8::1', "[ipv6-addr:value = '2001:db8::1']"],
  ['ip-src', '192.0.2.7/32', "[ipv4-addr:value = '192.0.2.7']"],
  ['sha1', `${HASH}ABCDEF01`, `[file:hashes.'SHA-1' = '${HASH}abcdef01']`],
  ['filename', 'a.exe', "[file:name = 'a.exe']"],
])('the MISP and the STIX form of one %s give the same value', async (type, value, pattern) => {
  const fromMisp = await recordsIn(misp, JSON.stringify(event(attribute(type, value))));
  const fromStix = await recordsIn(stix, JSON.stringify({ type: 'indicator', id: 'indicator--1', pattern }));
  expect(briefly(fromMisp)).toEqual(briefly(fromStix));
});

it('takes what a search for attributes, events or objects answers, each with its event', async () => {
  const attribute = { uuid: 'x', type: 'domain', value: 'a.example', to_ids: true };
  const event = { info: 'a search', Orgc: { name: 'Made Up CERT' }, Tag: [{ name: 'tlp:green' }] };
  const [one] = indicatorsOf(
    await recordsIn(misp, JSON.stringify({ response: { Attribute: [{ ...attribute, Event: event }] } })),
  );
  expect(one).toMatchObject({ source: { name: 'Made Up CERT' }, description: 'a search', labels: ['tlp:green'] });
  const events = {
    response: [
      { Event: { ...event, Attribute: [attribute] } },
      { Event: { ...event, Object: [{ Attribute: [attribute] }] } },
    ],
  };
  expect(briefly(await recordsIn(misp, JSON.stringify(events)))).toEqual(['domain a.example', 'domain a.example']);
  const objects = { response: [{ Object: { name: 'url', Attribute: [attribute] } }] };
  expect(briefly(await recordsIn(misp, JSON.stringify(objects)))).toEqual(['domain a.example']);
});
