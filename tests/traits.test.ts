import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';
import type { Finding, HuntDocument } from '../src/model/finding.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-traits-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let written = 0;
function write(name: string, content: string): string {
  const file = path.join(temp, `${written++}-${name}`);
  writeFileSync(file, content);
  return file;
}

async function hunt(...argv: string[]): Promise<HuntDocument & { readonly err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const status = await run(['hunt', ...argv, '--format', 'json'], { stdin: process.stdin, stdout, stderr });
  stdout.end();
  stderr.end();
  expect(status).toBe(0);
  return { ...JSON.parse(await out), err: await err };
}

const OLD_BROWSER = 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.1; Orrery)';
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const PROFILE = `set sleeptime "60000"; set jitter "10"; set useragent "${OLD_BROWSER}";
http-get { set uri "/orrery/ephemeris.dat /orrery/nodes.dat"; client { metadata { base64; prepend "SKY="; header "Cookie"; } } server { header "Content-Type" "application/x-orrery"; } }
http-post { set uri "/orrery/observe.cgi"; client { id { parameter "station"; } output { print; } } }
`;
const profile = write('orrery.profile', PROFILE);

type Request = { at: number; src: string; host: string; path: string; agent?: string; method?: string };
const START = Date.UTC(2026, 9, 12, 8);
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function stamp(at: number): string {
  const d = new Date(START + at * 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(d.getUTCDate())}/${months[d.getUTCMonth()]}/${d.getUTCFullYear()}:${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`;
}
const combined = (requests: readonly Request[]): string =>
  [...requests]
    .sort((a, b) => a.at - b.at)
    .map(
      (r) =>
        `${r.src} - - [${stamp(r.at)}] "${r.method ?? 'GET'} https://${r.host}${r.path} HTTP/1.1" 200 310 "-" "${r.agent ?? BROWSER}" TCP_MISS:HIER_DIRECT\n`,
    )
    .join('');
const squid = (requests: readonly Request[]): string =>
  [...requests]
    .sort((a, b) => a.at - b.at)
    .map(
      (r) =>
        `${(START / 1000 + r.at).toFixed(3)}    110 ${r.src} TCP_MISS/200 310 ${r.method ?? 'GET'} https://${r.host}${r.path} - HIER_DIRECT/203.0.113.7 text/plain\n`,
    )
    .join('');

/** Forty people who browse, so that there is a network to be rare in. */
const ordinary: Request[] = Array.from({ length: 400 }, (_, i) => ({
  at: i * 61 + (i % 7),
  src: `10.9.1.${10 + (i % 40)}`,
  host: `site-${i % 60}.example`,
  path: ['/', '/news', '/app.js'][i % 3] ?? '/',
}));
const HOST = 'sync.orrery-lab.workers.dev';
const beats = (count: number, gap: (i: number) => number, more: Partial<Request> = {}): Request[] => {
  let at = 100;
  return Array.from({ length: count }, (_, i) => {
    at += gap(i);
    const post = i % 10 === 9;
    return {
      at,
      src: '10.9.1.20',
      host: HOST,
      path: post ? '/orrery/observe.cgi?station=7' : '/orrery/nodes.dat',
      method: post ? 'POST' : 'GET',
      agent: OLD_BROWSER,
      ...more,
    };
  });
};
const steady = (i: number): number => 57 + (i % 4);
const about = (list: readonly Finding[], host = HOST): Finding[] => list.filter((f) => f.endpoint.host === host);
const classes = (f: Finding | undefined): string[] => [...new Set(f?.evidence.map((e) => e.class))].sort();

describe('a characteristic in the hunt', () => {
  it('with a second class of evidence makes a finding, explained attribute by attribute', async () => {
    const log = write('access.log', combined([...ordinary, ...beats(40, steady)]));
    const document = await hunt(log, '--characteristics', profile);
    const [finding, ...others] = document.findings;
    expect(others).toEqual([]);
    expect([finding?.internal.ip, finding?.endpoint.host]).toEqual(['10.9.1.20', HOST]);
    expect(classes(finding)).toEqual(['behaviour', 'characteristic']);
    const evidence = finding?.evidence.find((e) => e.class === 'characteristic');
    expect(evidence).toMatchObject({
      where: 'http.url',
      characteristic: { software: 'Cobalt Strike', matched: 4, observable: 4, hidden: 3 },
    });
    const states = evidence?.characteristic?.attributes.map((a) => `${a.kind} ${a.role} ${a.state} ${a.value}`);
    expect(states).toContain('uri get matched /orrery/nodes.dat');
    expect(states).toContain('parameter post matched station');
    expect(states).toContain('cookie get hidden SKY');
    // The built-in fingerprints of the same software are compared too, where a TLS log is at hand.
    expect(states).toContain('ja4 null hidden null');
    const cited = readFileSync(log, 'utf8').split('\n');
    for (const { line } of evidence?.events ?? []) expect(cited[line - 1]).toContain('/orrery/');
    expect(evidence?.events).toHaveLength(4);
    expect(finding?.contacts).toBe(40);
  });

  it('alone makes a lead: the rule of two', async () => {
    const log = write('access.log', combined([...ordinary, ...beats(6, (i) => 40 * (i + 1) ** 2)]));
    const { findings, leads } = await hunt(log, '--characteristics', profile);
    expect(about(findings)).toEqual([]);
    expect(classes(about(leads)[0])).toEqual(['characteristic']);
  });

  it.each([
    ['the user agent alone', { path: '/other', method: 'GET' }],
    ['the URI alone, under another user agent, off the platforms', { host: 'planets.example', agent: BROWSER }],
  ])('%s decides nothing, however regular', async (_what, more) => {
    const log = write('access.log', combined([...ordinary, ...beats(60, steady, more)]));
    const { findings, leads } = await hunt(log, '--characteristics', profile);
    expect(findings).toEqual([]);
    expect(about(leads, 'planets.example').filter((f) => classes(f).includes('characteristic'))).toEqual([]);
  });

  it('that a quarter of the company shows is no adversary: the product that everybody has', async () => {
    const everybody = Array.from({ length: 12 }, (_, i) => beats(40, steady, { src: `10.9.1.${10 + i}` })).flat();
    const { findings, leads } = await hunt(
      write('access.log', combined([...ordinary, ...everybody])),
      '--characteristics',
      profile,
    );
    expect(findings).toEqual([]);
    for (const lead of about(leads))
      expect(lead.evidence.find((e) => e.class === 'characteristic')?.guard).toContain('12 of 40 internal hosts');
  });

  it('says what this log cannot show, and what differs', async () => {
    const silent = await hunt(
      write('access.log', squid([...ordinary, ...beats(40, steady)])),
      '--characteristics',
      profile,
    );
    const hidden = about([...silent.findings, ...silent.leads])[0]?.evidence.find((e) => e.class === 'characteristic');
    expect(hidden?.characteristic).toMatchObject({ matched: 3, observable: 4, hidden: 3 });
    expect(hidden?.characteristic?.attributes.find((a) => a.kind === 'user-agent')?.state).toBe('hidden');
    const other = await hunt(
      write('access.log', combined([...ordinary, ...beats(40, steady, { agent: 'Other/1.0' })])),
      '--characteristics',
      profile,
    );
    const differs = about([...other.findings, ...other.leads])[0]?.evidence.find((e) => e.class === 'characteristic');
    expect(differs?.summary).toContain('but user agent is Other/1.0');
    expect(differs?.weight).toBeLessThan(hidden?.weight ?? 0);
  });

  it('is judged with what had happened by then', async () => {
    const log = write('access.log', combined([...ordinary, ...beats(40, steady)]));
    const { findings, leads } = await hunt(log, '--characteristics', profile, '--as-of', new Date(START).toISOString());
    expect(about([...findings, ...leads])).toEqual([]);
  });

  it('gives the same from a workspace', async () => {
    const log = write('access.log', combined([...ordinary, ...beats(40, steady)]));
    const kept = await hunt(log, '--characteristics', profile, '-w', path.join(temp, 'workspace'));
    const plain = await hunt(log, '--characteristics', profile);
    expect(kept.findings).toEqual(plain.findings);
    expect(kept.findings).toHaveLength(1);
  });

  it('that cannot be read is named and counted', async () => {
    const broken = write('broken.profile', 'http-get {\n');
    const { err, coverage } = await hunt(write('access.log', combined(ordinary)), '--characteristics', broken);
    expect(err).toContain('line 1: the block `http-get` is never closed.');
    expect(coverage.statement.join(' ')).toContain('1 file given as characteristics could not be read');
  });
});

describe('the path of listed URLs on another host of the platform', () => {
  it('is a lead, never a finding by itself', async () => {
    const list = write(
      'urls.txt',
      'https://a-b-c.trycloudflare.com/55501239\nhttps://d-e-f.trycloudflare.com/55501239\n',
    );
    const requests = beats(60, steady, { host: 'g-h-i.trycloudflare.com', path: '/55501239', agent: 'Tool/1' });
    const elsewhere = beats(60, steady, { host: 'shop.example', path: '/55501239', src: '10.9.1.21' });
    const { findings, leads } = await hunt(
      write('access.log', combined([...ordinary, ...requests, ...elsewhere])),
      '--intel',
      list,
    );
    expect(findings).toEqual([]);
    expect(classes(about(leads, 'g-h-i.trycloudflare.com')[0])).toContain('characteristic');
    expect(about(leads, 'shop.example').filter((f) => classes(f).includes('characteristic'))).toEqual([]);
  });
});

describe('rules of others', () => {
  const requests = [
    ...beats(30, steady, { path: '/sync/tide.bin', agent: 'Tide/1' }),
    ...beats(3, steady, { host: 'files.example', path: '/sync/tide.bin?x=1', src: '10.9.1.21', method: 'POST' }),
  ];
  const sigma = (detection: string, level = 'high'): string =>
    write(
      'rule.yml',
      `title: Tide's own\nid: tide-1\nlevel: ${level}\ntags: [attack.command-and-control]\nlogsource:\n  category: proxy\ndetection:\n${detection}`,
    );
  const log = (): string => write('access.log', combined([...ordinary, ...requests]));
  const said = (list: readonly Finding[], host = HOST) =>
    about(list, host)
      .flatMap((f) => f.evidence)
      .find((e) => e.summary.includes('rule "'));

  it('a Sigma rule opens a lead on a platform, with its rows; the host that is on none stays in peace', async () => {
    const file = log();
    const rule = sigma(
      "  s:\n    c-uri-query|startswith: /SYNC/\n    c-useragent: 'tide/*'\n  f:\n    cs-method: POST\n  condition: s and not f\n",
    );
    const { findings, leads } = await hunt(file, '--characteristics', rule);
    const evidence = said([...findings, ...leads]);
    expect(evidence).toMatchObject({ class: 'characteristic', where: 'http.url', rows_total: 27 });
    for (const { line } of evidence?.events ?? [])
      expect(readFileSync(file, 'utf8').split('\n')[line - 1]).toContain('/sync/tide.bin');
    expect(said([...findings, ...leads], 'files.example')).toBeUndefined();
  });

  it('a Suricata rule means the same', async () => {
    const rule = write(
      'own.rules',
      'alert http any any -> any any (msg:"Tide"; http.uri; content:"/sync/tide.bin"; startswith; http.user_agent; content:"Tide/"; classtype:trojan-activity; metadata:signature_severity Major; sid:11;)\n',
    );
    const { findings, leads, coverage } = await hunt(log(), '--characteristics', rule);
    expect(said([...findings, ...leads])?.rows_total).toBe(30);
    expect(coverage.statement.join(' ')).toContain('Rules of others (Sigma, Suricata): 1 evaluated.');
  });

  it('a rule that names a platform alone decides nothing', async () => {
    const rule = sigma('  s:\n    cs-host|endswith: .workers.dev\n  condition: s\n', 'critical');
    const { findings } = await hunt(log(), '--characteristics', rule);
    expect(findings).toEqual([]);
  });

  it('values are bound: nothing in a rule is read as a statement', async () => {
    const nasty = ["'; DROP TABLE contact; --", "x') OR 1=1 --", '$1', '{"a": 1}', '%', "\\'"];
    for (const value of nasty) {
      const rule = sigma(
        `  s:\n    c-uri|contains: ${JSON.stringify(value)}\n    c-useragent|contains: ${JSON.stringify(value)}\n  condition: s\n`,
      );
      const { findings, leads, telemetry } = await hunt(log(), '--characteristics', rule);
      expect(telemetry.accepted).toBe(433);
      expect(said([...findings, ...leads])).toBeUndefined();
    }
  });

  it.each([
    ['equals', 'cs-method: GET', 27],
    ['a range of addresses', 'src_ip|cidr: 10.9.1.20/32', 30],
    ['another range', 'src_ip|cidr: 10.9.2.0/24', 0],
    ['an expression', "c-uri|re: 'tide\\.b[a-z]n$'", 30],
    ['a number', 'sc-status|gte: 400', 0],
    ['what is absent', 'c-uri-query: null', 0],
    ['an extension', 'c-uri-extension: BIN', 30],
  ])('%s', async (_what, field, rows) => {
    const rule = sigma(`  s:\n    c-useragent: Tide/1\n    ${field}\n  condition: s\n`);
    const { findings, leads } = await hunt(log(), '--characteristics', rule);
    expect(said([...findings, ...leads])?.rows_total ?? 0).toBe(rows);
  });
});

describe('the law of the hunt', () => {
  const platforms = ['workers.dev', 'pages.dev', 'azurewebsites.net', 'trycloudflare.com', 'vercel.app', 'example'];
  const channel = fc.record({
    src: fc.integer({ min: 2, max: 30 }),
    label: fc.stringMatching(/^[a-z]{6,12}$/),
    platform: fc.constantFrom(...platforms),
    path: fc.stringMatching(/^\/[a-z0-9]{1,12}$/),
    agent: fc.constantFrom(BROWSER, 'Go-http-client/2.0', 'curl/8.5.0', 'Tool/0.1'),
    method: fc.constantFrom('GET', 'POST'),
    period: fc.integer({ min: 2, max: 3600 }),
    jitter: fc.integer({ min: 0, max: 50 }),
    count: fc.integer({ min: 1, max: 60 }),
  });

  it('no events without intelligence, characteristic or lifecycle evidence make a finding, however regular', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(channel, { minLength: 1, maxLength: 6 }), async (channels) => {
        const requests = channels.flatMap((c) =>
          Array.from(
            { length: c.count },
            (_, i): Request => ({
              at: Math.round(i * c.period * (1 + ((i * 37) % 11) * (c.jitter / 1100))),
              src: `10.9.2.${c.src}`,
              host: `${c.label}.${c.platform}`,
              path: c.path,
              agent: c.agent,
              method: c.method,
            }),
          ),
        );
        const { findings } = await hunt(write('access.log', combined(requests)), '--characteristics', profile);
        expect(findings).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
