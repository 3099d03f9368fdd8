/** A hunt with a workspace uses what the desk keeps there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Finding, HuntDocument } from '../src/model/finding.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-stored-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(...argv: string[]): Promise<string> {
  const { status, out, err } = await call(argv);
  expect(err).toBe('');
  expect(status).toBe(0);
  return out;
}

const HOST = 'poll.acct-77x.workers.dev';
const OTHER = 'sync.acct-88y.workers.dev';
let runs = 0;
let workspace = '';
let log = '';

/** Zeek's JSON: who asked for what on 20 October 2026. */
function dnsLog(file: string, asked: readonly (readonly [src: string, host: string])[]): string {
  const lines = asked.map(([src, query], i) =>
    JSON.stringify({
      _path: 'dns',
      ts: Date.parse('2026-10-20T10:00:00Z') / 1000 + i,
      uid: `C${i}`,
      'id.orig_h': src,
      'id.orig_p': 40000,
      'id.resp_h': '10.0.0.53',
      'id.resp_p': 53,
      proto: 'udp',
      query,
      qtype_name: 'A',
      rcode_name: 'NOERROR',
      answers: ['104.21.0.1'],
    }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const write = (name: string, text: string): string => {
  const file = path.join(temp, `${runs}-${name}`);
  writeFileSync(file, text);
  return file;
};

const hunt = async (...more: string[]): Promise<HuntDocument> =>
  JSON.parse(await virga('hunt', log, '-w', workspace, '--format', 'json', ...more));
const linked = (d: HuntDocument): Finding[] =>
  [...d.findings, ...d.leads].filter((f) => f.evidence.some((e) => e.class === 'intelligence'));
const seen = (d: HuntDocument): string[] => linked(d).map((f) => `${f.level} ${f.internal.ip} ${f.endpoint.host}`);

beforeEach(() => {
  runs++;
  workspace = path.join(temp, `w${runs}`);
  log = dnsLog(path.join(temp, `${runs}-dns.log`), [
    ['10.1.1.1', HOST],
    ['10.1.1.2', OTHER],
  ]);
});

test('what was imported convicts in a hunt, beside what the run was given, and the document tells them apart', async () => {
  await virga('intel', 'import', write('kept.csv', `value,created\n${HOST},2026-10-01\n`), '-w', workspace);
  const document = await hunt('--intel', write('given.csv', `value,created\n${OTHER},2026-10-01\n`));
  expect(seen(document).sort()).toEqual([`finding 10.1.1.1 ${HOST}`, `finding 10.1.1.2 ${OTHER}`]);
  const from = linked(document).flatMap((f) =>
    f.evidence.flatMap((e) => e.indicator ?? []).map((i) => [i.value, i.from]),
  );
  expect(from.sort()).toEqual([
    [HOST, 'workspace'],
    [OTHER, 'given'],
  ]);
  expect(document.intel.indicators).toBe(2);
  expect(document.intel.files).toBe(2);
  expect(document.intel.sources.map((s) => [s.from, s.indicators])).toEqual([
    ['given', 1],
    ['workspace', 1],
  ]);
  expect(await virga('hunt', log, '-w', workspace, '--format', 'table')).toContain('(the workspace)');
});

test('what a file of the run says too is told once', async () => {
  const list = write('same.csv', `value,created\n${HOST},2026-10-01\n`);
  await virga('intel', 'import', list, '-w', workspace);
  const [finding] = linked(await hunt('--intel', list));
  expect(finding?.evidence.filter((e) => e.class === 'intelligence')).toHaveLength(1);
});

test('reviews hold: rejected is not matched, whoever lists it; monitor-only is a lead', async () => {
  await virga(
    'intel',
    'import',
    write('kept.csv', `value,created\n${HOST},2026-10-01\n${OTHER},2026-10-01\n`),
    '-w',
    workspace,
  );
  const review = (value: string, set: string): Promise<string> =>
    virga(
      'intel',
      'review',
      '-w',
      workspace,
      '--value',
      value,
      '--set',
      set,
      '--reason',
      'looked at it',
      '--by',
      'ana',
    );
  await review(HOST, 'rejected');
  await review(OTHER, 'monitor-only');
  const document = await hunt('--intel', write('given.csv', `value,created\n${HOST},2026-10-01\n`));
  expect(seen(document)).toEqual([`lead 10.1.1.2 ${OTHER}`]);
  expect(document.intel.guarded.map((g) => [g.value, g.why])).toContainEqual([
    OTHER,
    'monitor-only by ana: looked at it',
  ]);
});

test('as of a time before the import it was not known', async () => {
  await virga('intel', 'import', write('kept.csv', `value,created\n${HOST},2026-10-01\n`), '-w', workspace);
  const before = await hunt('--as-of', '2026-10-21T00:00:00Z');
  expect(seen(before)).toEqual([]);
  expect(before.intel.indicators).toBe(0);
});

test('an entry that would hit a fifth of the hosts is shown and becomes a fact; a hunt without intelligence keeps no facts', async () => {
  const hosts = Array.from({ length: 30 }, (_, i): [string, string] => [
    `10.2.0.${i + 1}`,
    i < 12 ? HOST : 'quiet.example.org',
  ]);
  log = dnsLog(path.join(temp, `${runs}-many.log`), hosts);
  await hunt();
  expect(await virga('intel', 'list', '-w', path.join(temp, 'none'), '--format', 'ndjson')).toBe('');
  await virga('intel', 'import', write('kept.csv', `value,created\n${HOST},2026-10-01\n`), '-w', workspace);
  const document = await hunt();
  expect(document.findings.filter((f) => f.endpoint.host === HOST)).toEqual([]);
  expect(document.intel.guarded.map((g) => g.why)).toContain('quarantined: it would hit 12 of 30 internal hosts');
  expect(await virga('intel', 'list', '-w', workspace, '--format', 'ndjson')).toContain('"status":"quarantined"');
});

test('paths that stored URLs share become templates of the hunt', async () => {
  const urls = ['one', 'two'].map((n) => `https://${n}.trycloudflare.com/12341234,2026-10-01`);
  await virga('intel', 'import', write('kept.csv', `url,created\n${urls.join('\n')}\n`), '-w', workspace);
  const access = write(
    'access.log',
    '10.1.1.9 - - [20/Oct/2026:10:00:00 +0000] "GET http://three.trycloudflare.com/12341234 HTTP/1.1" 200 512 "-" "curl/8.5"\n',
  );
  const document: HuntDocument = JSON.parse(await virga('hunt', access, '-w', workspace, '--format', 'json'));
  const cited = [...document.findings, ...document.leads].flatMap((f) => f.evidence.map((e) => e.characteristic?.id));
  expect(cited).toContain('characteristic--listed-path:cloudflare-quick-tunnel:/12341234');
});
