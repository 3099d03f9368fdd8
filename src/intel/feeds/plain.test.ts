import { expect, it } from 'vitest';
import { MAX_LINE } from '../lines.ts';
import { briefly, indicatorsOf, recordsIn } from '../testing.ts';
import { plain } from './plain.ts';

const read = async (text: string, file?: string): Promise<string[]> => briefly(await recordsIn(plain, text, file));

it.each([
  ['evil.acct.workers.dev', 'domain evil.acct.workers.dev'],
  ['  EVIL.example.\r', 'domain evil.example'],
  ['192.0.2.7', 'ipv4 192.0.2.7'],
  ['192.0.2.0/24', 'cidr 192.0.2.0/24'],
  ['hxxps://evil[.]pages[.]dev/', 'domain evil.pages.dev'],
  ['evil.example/Path', 'url evil.example/Path'],
  ['https://evil.example/a,b;c', 'url https://evil.example/a,b;c'],
  ['evil.example:8080', 'domain evil.example'],
  ['*.evil.example', 'domain evil.example'],
  ['0.0.0.0 evil.example', 'domain evil.example'],
  ['127.0.0.1\tevil.example # ads', 'domain evil.example'],
  ['127.0.0.1 localhost', 'other hosts-file'],
  ['::1 ip6-localhost', 'other hosts-file'],
  ['0.0.0.0 0.0.0.0', 'other hosts-file'],
  ['- evil[.]example', 'domain evil.example'],
  ['12. evil[.]example', 'domain evil.example'],
  ['"evil.example",', 'domain evil.example'],
  ['evil [dot] example', 'domain evil.example'],
  ['evil.example,malware', 'domain evil.example'],
  ['evil.example - what it is', 'domain evil.example'],
  ['0123456789abcdef0123456789abcdef', 'hash 0123456789abcdef0123456789abcdef'],
  ['ja3: 0123456789abcdef0123456789abcdef', 'ja3 0123456789abcdef0123456789abcdef'],
  ['SHA1=0123456789abcdef0123456789abcdef01234567', 'hash 0123456789abcdef0123456789abcdef01234567'],
  ['t13d1516h2_8daaf6152771_02713d6af862', 'ja4 t13d1516h2_8daaf6152771_02713d6af862'],
  ['localhost', 'refused bad-host'],
  ['see https://blog.example for more', 'refused not-an-indicator'],
  ['https://evil.example/cut…', 'refused cut-off'],
  ['x'.repeat(MAX_LINE + 1), 'refused line-too-long'],
])('%#: %s', async (line, expected) => {
  expect(await read(`${line}\n`)).toEqual([expected]);
});

it('passes over blank lines and comments, and keeps the line numbers and the notes', async () => {
  const text = '# c\n; c\n// c\n! c\n\nevil.example # a family\n192.0.2.7,loader\nEVIL[.]example // seen\n';
  const [first, second, third] = indicatorsOf(await recordsIn(plain, text));
  expect(first).toMatchObject({ value: 'evil.example', line: 6, description: 'a family' });
  expect(second).toMatchObject({ value: '192.0.2.7', line: 7, description: 'loader' });
  expect(third).toMatchObject({ value: 'evil.example', line: 8, description: 'seen' });
  expect(third?.id).toBe(first?.id);
  expect(first?.id).not.toBe(second?.id);
});

it('takes digests of a file of that name as JA3', async () => {
  expect(await read('0123456789abcdef0123456789abcdef\n', 'feeds/ja3-bad.txt')).toEqual([
    'ja3 0123456789abcdef0123456789abcdef',
  ]);
});

it('detects lists, also dirty ones, and no texts', () => {
  expect(plain.detect('!!!\n???\nevil.example\n', 'x')).toBe(true);
  const hosts = (count: number): string => 'evil.example\n'.repeat(count);
  expect(plain.detect(`${hosts(19)}This list is made up by hand.\n`, 'x')).toBe(true);
  expect(plain.detect(`${hosts(8)}This list is made up by hand.\nAnd it is not a long one.\n`, 'x')).toBe(false);
  expect(plain.detect('# only a comment\n', 'x')).toBe(false);
  expect(plain.detect('This is a text of many words.\nevil.example\nAnd it goes on and on and on.\n', 'x')).toBe(false);
});
