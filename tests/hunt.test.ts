import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding, HuntDocument } from '../src/model/finding.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-hunt-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(...argv: string[]): Promise<{ status: number; out: string; err: string }> {
  const { status, out, err } = await call(argv);
  return { status, out, err };
}

async function hunt(...argv: string[]): Promise<HuntDocument> {
  const { status, out, err } = await virga('hunt', ...argv, '--format', 'json');
  expect(err).toBe('');
  expect(status).toBe(0);
  return JSON.parse(out);
}

const EXAMPLE = ['examples/logs', '--intel', 'examples/intel', '--characteristics', 'examples/characteristics'];
const pairs = (list: readonly Finding[]): string[] => list.map((f) => `${f.internal.ip} ${f.endpoint.host}`).sort();

/** The rows of the table in examples/README.md say what must be found; here the same, as pairs. */
const MUST_FIND = [
  '10.40.20.14 berth-update-p3z7n.vercel.app',
  '10.40.20.17 stock-images.kestrel-m6w2p9.workers.dev',
  '10.40.20.19 script.google.com',
  '10.40.20.22 quayline-timesheets.azurewebsites.net',
  '10.40.30.14 metrics-relay.tidal-x7q2m9.workers.dev',
  '10.40.30.17 enrol.finch-benefits.example',
  '10.40.30.19 edge-a.saltmarsh-q8r3v6.workers.dev',
  '10.41.20.15 ln4wtfr4l34iwkqm7cq3tgotre3ddwa2.lambda-url.ap-southeast-1.on.aws',
  '10.41.20.18 cdn-cache.brackwater-k5d8w1.workers.dev',
];

describe('the example', () => {
  it('finds what is planted and nothing else', async () => {
    const document = await hunt(...EXAMPLE);
    expect(pairs(document.findings)).toEqual(MUST_FIND);
    expect(document.telemetry.read).toBe(document.telemetry.accepted + document.telemetry.refused);
    expect(document.telemetry.refused).toBe(0);
  });

  it.each([
    ['nothing kept', []],
    ['a workspace', ['-w', path.join(temp, 'cited')]],
  ])('cites rows that hold what they are cited for: %s', async (_what, more) => {
    const document = await hunt(...EXAMPLE, ...more);
    for (const finding of document.findings)
      for (const evidence of finding.evidence.filter((e) => e.class === 'intelligence'))
        for (const { file, line } of evidence.events.filter((e) => !e.file.endsWith('.gz'))) {
          const text = readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';
          const host = (evidence.indicator?.value ?? '').replace(/^[a-z]+:\/\//, '').split('/')[0] ?? '';
          expect(text.toLowerCase()).toContain(host);
        }
  });

  it('gives the same document from a workspace, and a second run changes nothing', async () => {
    const workspace = path.join(temp, 'workspace');
    const [plain, kept, again] = [
      await hunt(...EXAMPLE),
      await hunt(...EXAMPLE, '-w', workspace),
      await hunt(...EXAMPLE, '-w', workspace),
    ];
    const timeless = ({ run: _run, ...rest }: HuntDocument): object => rest;
    expect(timeless(kept)).toEqual(timeless(plain));
    expect(timeless(again)).toEqual(timeless(plain));
  });

  it('does not use as of a time what was recorded or happened later', async () => {
    const document = await hunt(...EXAMPLE, '--as-of', '2026-10-14T10:00:00Z');
    expect(pairs(document.findings)).not.toContain('10.40.20.14 berth-update-p3z7n.vercel.app');
    for (const f of [...document.findings, ...document.leads])
      expect(f.last_seen <= '2026-10-14T10:00:00.000000Z').toBe(true);
  });

  it('ends with 3 when asked to tell by its status', async () => {
    expect((await virga('hunt', ...EXAMPLE, '--exit-code')).status).toBe(3);
    expect((await virga('hunt', 'examples/logs', '--exit-code')).status).toBe(0);
  });

  it('without intelligence says that nothing could be linked', async () => {
    const document = await hunt('examples/logs');
    expect(document.findings).toEqual([]);
    expect(document.coverage.statement.join(' ')).toMatch(/No intelligence was given/);
    expect(document.coverage.statement.at(-1)).toMatch(/no proof of absence/);
  });

  it('writes each report', async () => {
    for (const [name, mark] of [
      ['r.html', '<!doctype html>'],
      ['r.md', '# '],
      ['r.json', '{'],
    ] as const) {
      const file = path.join(temp, name);
      const { out } = await virga('hunt', ...EXAMPLE, '--out', file);
      expect(readFileSync(file, 'utf8').toLowerCase().startsWith(mark)).toBe(true);
      expect(out).toContain(file);
    }
  });
});

const zeek = (rows: string[]): string =>
  `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqtype_name\trcode_name\tanswers\n#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tcount\tstring\tstring\tstring\tvector[string]\n${rows.join('\n')}\n`;
const dns = (i: number, host: string, src = '10.1.1.5', answers = '203.0.113.5'): string =>
  `${1760428800 + i}.000000\tC${i}\t${src}\t5000\t10.1.0.53\t53\tudp\t${i}\t${host}\tA\tNOERROR\t${answers}`;

async function huntText(logs: string | Uint8Array, intel: string, name = 'dns.log'): Promise<HuntDocument> {
  const dir = mkdtempSync(path.join(temp, 'case-'));
  writeFileSync(path.join(dir, name), logs);
  writeFileSync(path.join(dir, 'intel.txt'), intel);
  return hunt(path.join(dir, name), '--intel', path.join(dir, 'intel.txt'));
}

describe('the rule of evidence', () => {
  it('a listed apex convicts nobody and is reported', async () => {
    const document = await huntText(zeek([dns(1, 'shop.pages.dev'), dns(2, 'pages.dev')]), 'pages.dev\n');
    expect([...document.findings, ...document.leads]).toEqual([]);
    expect(document.intel.guarded).toMatchObject([{ value: 'pages.dev' }]);
  });

  it('another function of a listed account is a lead', async () => {
    const document = await huntText(zeek([dns(1, 'two.acct-1.workers.dev')]), 'one.acct-1.workers.dev\n');
    expect(document.findings).toEqual([]);
    expect(pairs(document.leads)).toEqual(['10.1.1.5 two.acct-1.workers.dev']);
  });

  it('a listed account covers its functions, not its neighbours', async () => {
    const document = await huntText(
      zeek([dns(1, 'two.acct-1.workers.dev'), dns(2, 'two.acct-2.workers.dev')]),
      'acct-1.workers.dev\n',
    );
    expect(pairs(document.findings)).toEqual(['10.1.1.5 two.acct-1.workers.dev']);
  });

  it('a custom domain is found by the CNAME in its answer', async () => {
    const document = await huntText(
      zeek([dns(1, 'portal.example.org', '10.1.1.5', 'evil-app.azurewebsites.net,203.0.113.5')]),
      'evil-app.azurewebsites.net\n',
    );
    expect(document.findings).toMatchObject([
      { endpoint: { host: 'portal.example.org', platform: 'azure-app-service' } },
    ]);
    expect(document.findings[0]?.evidence[0]?.where).toBe('dns.answer');
  });

  it('an address with several tenants behind it names nobody', async () => {
    const document = await huntText(zeek([dns(1, 'a.example.org'), dns(2, 'b.example.net')]), '203.0.113.5\n');
    expect([...document.findings, ...document.leads]).toEqual([]);
    expect(document.intel.guarded).toMatchObject([
      { value: '203.0.113.5', why: 'In these logs the address leads to hosts of several owners.' },
    ]);
  });

  it('an endpoint that half the company uses is contested', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => dns(i, 'app-1.azurewebsites.net', `10.1.1.${i + 1}`));
    const document = await huntText(zeek(rows), 'app-1.azurewebsites.net\n');
    expect(document.findings).toEqual([]);
    expect(document.leads).toHaveLength(20);
    expect(document.leads[0]?.evidence.some((e) => e.class === 'benign')).toBe(true);
  });

  it('the platform alone weighs nothing', async () => {
    let [state, at] = [7, 0];
    const rows = Array.from({ length: 300 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      at -= 400 * Math.log(state / 2_147_483_647);
      return dns(Math.round(at), 'site.acct-9.workers.dev');
    });
    const document = await huntText(zeek(rows), 'something-else.example\n');
    expect([...document.findings, ...document.leads]).toEqual([]);
    expect(document.observations.platforms).toMatchObject([{ platform: 'cloudflare-workers', events: 300 }]);
  });

  it('a rhythm alone is a lead, however regular', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => dns(i * 60, 'beacon.acct-9.workers.dev'));
    const document = await huntText(zeek(rows), 'something-else.example\n');
    expect(document.findings).toEqual([]);
    expect(document.leads).toMatchObject([
      {
        endpoint: { host: 'beacon.acct-9.workers.dev' },
        evidence: [{ class: 'behaviour', where: 'dns.query', rows_total: 300 }],
      },
    ]);
    expect(document.leads[0]?.score).toBeLessThan(0.5);
  });
});

describe('bad input', () => {
  const good = zeek([dns(1, 'x.acct-1.workers.dev'), dns(2, 'y.example.org')]);

  it.each([
    ['an empty file', ''],
    ['one good file with a NUL', good.replace('y.example.org', 'y.exa\0mple.org')],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from(good), Buffer.from([0xff, 0xfe, 0x0a])])],
    ['a gzip cut in half', gzipSync(good.repeat(200)).subarray(0, 200)],
    ['a line of 10 MB', `${good}${'x'.repeat(10_000_000)}\n`],
    ['mixed line ends', good.replace('\n1', '\r\n1')],
    ['UTF-16', Buffer.from(good, 'utf16le')],
  ])('%s: nothing is lost and nothing breaks', async (_what, content) => {
    const document = await huntText(content, 'x.acct-1.workers.dev\n');
    const { read, accepted, refused } = document.telemetry;
    expect(read).toBe(accepted + refused);
    expect(document.refused.total).toBe(refused);
    for (const example of document.refused.examples) expect(example.line).toBeGreaterThan(0);
  });

  it.each([
    ['a path that is not there', ['hunt', 'no/such/file'], /There is no file no/],
    ['a directory without logs', ['hunt', '@empty'], /no file/],
    ['an unknown format word', ['hunt', 'examples/logs', '--format', 'pdf'], /--format takes/],
    ['a wrong time', ['hunt', 'examples/logs', '--as-of', 'yesterday'], /--as-of takes a time/],
    [
      'an output that cannot be written',
      ['hunt', 'examples/logs', '--out', '/no/such/dir/x.html'],
      /could not be written/,
    ],
  ])('%s: one clear sentence', async (_what, argv, sentence) => {
    const empty = path.join(temp, 'empty');
    mkdirSync(empty, { recursive: true });
    const { status, err } = await virga(...argv.map((a) => (a === '@empty' ? empty : a)));
    expect(status).toBeGreaterThan(0);
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('a file that grew takes the place of what it was; the same content under another name is there already', async () => {
    const dir = mkdtempSync(path.join(temp, 'grow-'));
    const workspace = path.join(dir, 'ws');
    const file = path.join(dir, 'a.log');
    writeFileSync(file, good);
    writeFileSync(path.join(dir, 'b.log'), good);
    expect((await hunt(file, '-w', workspace)).telemetry.accepted).toBe(2);
    expect((await hunt(path.join(dir, 'b.log'), '-w', workspace)).telemetry.accepted).toBe(2);
    appendFileSync(file, `${dns(3, 'z.example.org')}\n`);
    chmodSync(file, 0o400);
    expect((await hunt(file, '-w', workspace)).telemetry).toMatchObject({ files: 1, accepted: 3 });
  });
});
