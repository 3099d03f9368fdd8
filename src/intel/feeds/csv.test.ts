import { expect, it } from 'vitest';
import { briefly, indicatorsOf, recordsIn } from '../testing.ts';
import { csv } from './csv.ts';

const read = async (text: string): Promise<string[]> => briefly(await recordsIn(csv, text, 'feed.csv', 11));

it('reads every fact that a column holds', async () => {
  const text = [
    'value,type,confidence,valid_from,valid_until,created,source,description,tags,to_ids,tlp,licence,uuid',
    '"evil.example",domain,high,2026-01-02,2026-06-01T00:00:00Z,2026-01-03 04:05:06,"made, up",Loader,"c2;compromised",0,TLP:AMBER,CC0-1.0,6F1C2D3E-0000-4000-8000-000000000001',
  ].join('\n');
  const [indicator] = indicatorsOf(await recordsIn(csv, text, 'in/feed.csv'));
  expect(indicator).toEqual({
    id: '6f1c2d3e-0000-4000-8000-000000000001',
    kind: 'domain',
    value: 'evil.example',
    pattern: null,
    match: 'equals',
    source: { name: 'made, up', licence: 'CC0-1.0', file: 'in/feed.csv' },
    confidence: 85,
    validFrom: Date.UTC(2026, 0, 2),
    validUntil: Date.UTC(2026, 5, 1),
    recorded: Date.UTC(2026, 0, 3, 4, 5, 6),
    detect: false,
    endpoint: 'compromised',
    description: 'Loader',
    labels: ['c2', 'compromised', 'tlp:amber'],
    line: 2,
  });
});

it('shares one source among the rows that name the same', async () => {
  const [a, b, c] = indicatorsOf(await recordsIn(csv, 'ioc,source\na.example,x\nb.example,x\nc.example,\n'));
  expect(a?.source).toBe(b?.source);
  expect(c?.source.name).toBe('list.txt');
});

it.each([
  ['type;ioc\nip;192.0.2.7:443\nurl;hxxps://evil[.]example/a\n', ['ipv4 192.0.2.7', 'url https://evil.example/a']],
  [
    'Indicator,Data,Note\nDescription,a report,\ndomain,evil[.]example,\nfilename,a.exe,\n',
    ['other Description', 'domain evil.example', 'other filename'],
  ],
  ['domain\tip\nevil.example\t\n\t192.0.2.7\n', ['domain evil.example', 'ipv4 192.0.2.7']],
  ['host,port,path\nevil.example,,\nevil.example,80,/Gate\n', ['domain evil.example', 'url evil.example/Gate']],
  ['url\nhttps://evil.example/a,b\n', ['url https://evil.example/a,b']],
  ['ioc|threat_type\nevil.example|botnet_cc\n', ['domain evil.example']],
  ['ioc,type\nevil.example,phishing\nsomething,phishing\n', ['domain evil.example', 'other phishing']],
  ['ja3_md5\n0123456789abcdef0123456789abcdef\n', ['ja3 0123456789abcdef0123456789abcdef']],
  ['type,value\nsha256,evil.example\ndomain,localhost\n', ['refused bad-hash', 'refused bad-host']],
  ['value,type\n,domain\n', ['refused missing-value']],
  ['type,value\ndomain\n', ['refused missing-column']],
  ['value,type\n"evil.example,domain\nb.example,domain\n', ['refused bad-quotes', 'domain b.example']],
  ['value,note\nevil.example,"two\nlines"\n# c\n,\n\nb.example,x\n', ['domain evil.example', 'domain b.example']],
  [
    '###\n# abuse dump, of 2026\n# id,dateadded,url,url_status,threat,tags\n"1","2026-01-01 00:00:00","http://evil.example/a","online","x","y"\n',
    ['url http://evil.example/a'],
  ],
])('%j', async (text, expected) => {
  expect(await read(text)).toEqual(expected);
});

it('keeps an indicator whose date does not read, undated and noted', async () => {
  const [record] = await recordsIn(csv, 'value,valid_until,confidence\nevil.example,31/12/2026,80\n');
  expect(record).toMatchObject({
    indicator: { value: 'evil.example', validUntil: null, confidence: 80 },
    note: 'bad-date',
  });
  const [other] = await recordsIn(csv, 'value,confidence\nevil.example,quite sure\n');
  expect(other).toMatchObject({ indicator: { confidence: null }, note: 'bad-confidence' });
});

it('takes ids that are unique everywhere, and makes one from numbers', async () => {
  const ids = indicatorsOf(await recordsIn(csv, 'id,value\n7,a.example\n7,b.example\n')).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
  expect(ids).not.toContain('7');
});
