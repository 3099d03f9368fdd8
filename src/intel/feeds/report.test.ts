import { expect, it } from 'vitest';
import { briefly, recordsIn } from '../testing.ts';
import { report } from './report.ts';

const TEXT = `A REPORT OF MANY WORDS IN ITS TITLE

References: https://blog.example/post and https://news.example/
The loader asks evil[.]acct[.]workers[.]dev, then (hxxps[:]//evil[.]example/Gate).
- 192[.]0[.]2[.]7:443, seen in May
  -- SHA256 hash: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
It leaves C:\\Users\\a.exe behind; the names are evil[.]{com,net}.
`;

it('takes what is defanged, and whole hashes, one record each', async () => {
  expect(briefly(await recordsIn(report, TEXT))).toEqual([
    'other text',
    'other text',
    'domain evil.acct.workers.dev',
    'url https://evil.example/Gate',
    'ipv4 192.0.2.7',
    'hash 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'refused bad-host',
  ]);
});

it('detects texts with something defanged in them, and no lists', () => {
  expect(report.detect(TEXT, 'x')).toBe(true);
  expect(report.detect(TEXT.replaceAll('[.]', '.').replaceAll('hxxps[:]', 'https:'), 'x')).toBe(false);
  expect(report.detect('evil[.]example\n', 'x')).toBe(false);
});
