import { expect, it } from 'vitest';
import { briefly, indicatorsOf, recordsIn } from '../testing.ts';
import { zeekIntel } from './zeek-intel.ts';

const read = async (text: string): Promise<string[]> => briefly(await recordsIn(zeekIntel, text, 'x.intel', 13));
const HEAD = '#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n';

it.each([
  ['evil.example\tIntel::DOMAIN\ts\td', 'domain evil.example'],
  ['192.0.2.7\tIntel::ADDR\ts\td', 'ipv4 192.0.2.7'],
  ['192.0.2.0/24\tIntel::SUBNET\ts\td', 'cidr 192.0.2.0/24'],
  ['evil.example/Gate\tIntel::URL\ts\td', 'url evil.example/Gate'],
  ['http://EVIL.example/Gate\tIntel::URL\ts\td', 'url http://evil.example/Gate'],
  ['0123456789abcdef0123456789abcdef01234567\tIntel::FILE_HASH\ts\td', 'hash 0123456789abcdef0123456789abcdef01234567'],
  [
    '0123456789abcdef0123456789abcdef01234567\tIntel::CERT_HASH\ts\td',
    'certificate 0123456789abcdef0123456789abcdef01234567',
  ],
  ['a@evil.example\tIntel::EMAIL\ts\td', 'email a@evil.example'],
  ['0123456789abcdef0123456789abcdef\tIntel::JA3\ts\td', 'ja3 0123456789abcdef0123456789abcdef'],
  ['powershell\tIntel::SOFTWARE\ts\td', 'other Intel::SOFTWARE'],
  ['-\tIntel::DOMAIN\ts\td', 'refused missing-value'],
  ['evil.example Intel::DOMAIN s d', 'refused missing-column'],
  ['not a host\tIntel::DOMAIN\ts\td', 'refused bad-host'],
])('%#: %s', async (line, expected) => {
  expect(await read(`${HEAD}# a comment\n\n${line}\r\n`)).toEqual([expected]);
});

it('finds its columns in any order, and what they say', async () => {
  const text =
    '#separator \\x09\n#fields\tmeta.confidence\tmeta.desc\tindicator_type\tmeta.source\tindicator\tmeta.firstseen\n' +
    '80\ta\\x09b\tIntel::DOMAIN\tmade up\tevil.example\t2026-01-02\nsure\t-\tIntel::DOMAIN\t-\tb.example\t-\n';
  const records = await recordsIn(zeekIntel, text, 'in/x.intel');
  const [first, second] = indicatorsOf(records);
  expect(first).toMatchObject({
    confidence: 80,
    description: 'a\tb',
    source: { name: 'made up', file: 'in/x.intel' },
    validFrom: Date.UTC(2026, 0, 2),
    line: 3,
  });
  expect(second).toMatchObject({ description: null, source: { name: 'in/x.intel' }, confidence: null });
  expect(records[1]).toMatchObject({ note: 'bad-confidence' });
});

it('refuses records before any header, and an empty feed has none', async () => {
  expect(await read('evil.example\tIntel::DOMAIN\n')).toEqual(['refused missing-column']);
  expect(await read(HEAD)).toEqual([]);
});
