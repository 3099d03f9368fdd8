import { expect, it } from 'vitest';
import { briefly, indicatorsOf, recordsIn } from '../testing.ts';
import { report } from './report.ts';
import { reportHtml } from './report-html.ts';

const TEXT = `A REPORT OF MANY WORDS IN ITS TITLE

References: https://blog.example/post and https://news.example.com/
The loader asks evil[.]acct[.]workers[.]dev, then (hxxps[:]//evil[.]example/Gate).
- 192[.]0[.]2[.]7:443, seen in May
  -- SHA256 hash: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
It leaves C:\\Users\\a.exe behind; the names are evil[.]{com,net}.
`;

it('takes what is defanged, and whole hashes, one record each; links are references', async () => {
  expect(briefly(await recordsIn(report, TEXT))).toEqual([
    'other reference',
    'domain evil.acct.workers.dev',
    'url https://evil.example/Gate',
    'ipv4 192.0.2.7',
    'hash 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'refused bad-host',
  ]);
});

it('detects texts with something defanged in them, and no lists', () => {
  expect(report.detect(TEXT, 'x')).toBe(true);
  expect(
    report.detect(
      TEXT.replaceAll('[.]', '.')
        .replaceAll('hxxps[:]', 'https:')
        .replace(/[0-9a-f]{64}/, ''),
      'x',
    ),
  ).toBe(false);
  expect(report.detect('evil[.]example\n', 'x')).toBe(false);
});

const STORY = `# Quiet Rain

In March the operators moved to fresh-host.example.net. The loader, payload.zip, came from there.
It was version 10.0.1.2, called home to 10.1.2.3 through a proxy, and then to quiet[.]rain-42[.]workers[.]dev every
minute. Mail goes to press@research.example.org.

## Indicators of compromise

| host | what |
| cdn.rain-cdn.com | C2 |
203.0.113.77
quiet[.]rain-42[.]workers[.]dev

## References
https://attack.mitre.org/techniques/T1583/007/
`;

it('tells names of the story, of the list and of nobody apart', async () => {
  expect(briefly(await recordsIn(report, STORY))).toEqual([
    'domain fresh-host.example.net',
    'other file-name',
    'other version',
    'other private-address',
    'domain quiet.rain-42.workers.dev',
    'other contact',
    'domain cdn.rain-cdn.com',
    'ipv4 203.0.113.77',
    'other named before',
    'other reference',
  ]);
});

it('gives each its sentence, its place and how much it may convict', async () => {
  const [passing, meant, listed] = indicatorsOf(await recordsIn(report, STORY));
  expect(passing).toMatchObject({
    confidence: 20,
    detect: false,
    description: 'In March the operators moved to fresh-host.example.net.',
    labels: [`report:offset=${STORY.indexOf('fresh-host')}`],
    line: 3,
  });
  expect(meant).toMatchObject({
    confidence: 50,
    detect: true,
    labels: [`report:offset=${STORY.indexOf('quiet[.]')}`],
    line: 4,
  });
  expect(meant?.description).toBe(
    'It was version 10.0.1.2, called home to 10.1.2.3 through a proxy, and then to quiet[.]rain-42[.]workers[.]dev every minute.',
  );
  expect(listed).toMatchObject({ confidence: 40, detect: true });
});

it('joins what is defanged with spaces', async () => {
  const text = 'The host evil [.] acct [.] workers.dev was seen in many networks.\n';
  expect(briefly(await recordsIn(report, text))).toEqual(['domain evil.acct.workers.dev']);
});

const PAGE = `<!doctype html><html><head><title>Post</title><link rel="canonical" href="https://www.research.example.org/post">
<script>fetch("https://evil-script.example.com/x")</script></head><body>
<nav><a href="/">shop.research.example.org</a> partner-site.com</nav>
<h1>Quiet Rain</h1><p>The loader asks <b>quiet[.]rain-42</b>[.]workers[.]dev and read <a href="https://x.example.com">our blog.research.example.org</a>.</p>
<h2>Indicators</h2><ul><li>cdn.rain-cdn.com</li><li>hxxps://evil[.]example/Gate?a=1&amp;b=2</li></ul>
<footer>203.0.113.9</footer></body></html>`;

it('reads of a web page what people see, and tells its publisher', async () => {
  expect(reportHtml.detect(PAGE, 'x')).toBe(true);
  expect(briefly(await recordsIn(reportHtml, PAGE))).toEqual([
    'other publisher',
    'other publisher',
    'domain quiet.rain-42.workers.dev',
    'other publisher',
    'domain cdn.rain-cdn.com',
    'url https://evil.example/Gate?a=1&b=2',
    'other publisher',
  ]);
});

it('a page that names nothing is refused in one record', async () => {
  expect(briefly(await recordsIn(reportHtml, '<html><body>Please log in</body></html>'))).toEqual([
    'refused no-indicators',
  ]);
});

it('stays linear with what was made to be slow', async () => {
  const nested = `<html>${'<div>'.repeat(200_000)}evil[.]example.com`;
  expect(briefly(await recordsIn(reportHtml, nested))).toEqual(['refused bad-record']);
  for (const text of [
    '[.]'.repeat(60_000),
    '('.repeat(200_000),
    'a.'.repeat(100_000),
    'User-Agent: '.repeat(20_000),
    '"/a'.repeat(50_000),
  ])
    expect(indicatorsOf(await recordsIn(report, `\f${text}`))).toEqual([]);
}, 20_000);
