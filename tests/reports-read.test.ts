/** Written reports through the commands: taken in, reviewed, hunted with. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { HuntDocument } from '../src/model/finding.ts';
import { pdfOf } from '../src/prose/testing.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-reports-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(...argv: string[]): Promise<{ out: string; err: string; status: number }> {
  const { status, out, err } = await call(argv);
  return { out, err, status };
}

const write = (name: string, bytes: string | Uint8Array): string => {
  const file = path.join(temp, name);
  writeFileSync(file, bytes);
  return file;
};

const PASSING = 'early-host.example.net';
const MEANT = 'poll.rain-42.workers.dev';
const PDF = pdfOf([
  [
    'A Report on Quiet Rain',
    `In March it moved to ${PASSING}. The loader asks`,
    'poll[.]rain-42[.]workers[.]dev with POST /api/own-getit.',
  ],
  ['References', 'https://attack.mitre.org/techniques/T1583/007/'],
]);

const rowsOf = (out: string): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a PDF is extracted item by item, packed or not', async () => {
  for (const file of [write('r.pdf', PDF), write('r.pdf.gz', gzipSync(PDF))]) {
    const { out, status } = await virga('intel', 'extract', file);
    expect(status).toBe(0);
    expect(rowsOf(out).map((r) => [r.as, r.value ?? r.why, r.page])).toEqual([
      ['context', PASSING, 1],
      ['indicator', MEANT, 1],
      ['trait', '/api/own-getit', 1],
      ['honest', 'reference', 2],
    ]);
  }
});

test('what is imported waits for review: a name in passing convicts once it is approved', async () => {
  const workspace = path.join(temp, 'w');
  const imported = JSON.parse(
    (await virga('intel', 'import', write('s.pdf', PDF), '-w', workspace, '--format', 'json')).out,
  );
  expect(imported.files[0]).toMatchObject({ kind: 'report', objects: 4, indicators: 2, other: 2, refused: {} });
  const listed = async () =>
    rowsOf((await virga('intel', 'list', '-w', workspace)).out).map((r) => [r.value, r.status]);
  expect(await listed()).toEqual([
    [PASSING, 'not-for-detection'],
    [MEANT, 'active'],
  ]);
  const log = write(
    'dns.log',
    `${JSON.stringify({ _path: 'dns', ts: Date.now() / 1000, uid: 'C1', 'id.orig_h': '10.1.1.1', 'id.orig_p': 40000, 'id.resp_h': '10.0.0.53', 'id.resp_p': 53, proto: 'udp', query: PASSING, qtype_name: 'A', rcode_name: 'NOERROR', answers: ['203.0.113.9'] })}\n`,
  );
  const level = async (): Promise<string> => {
    const document: HuntDocument = JSON.parse((await virga('hunt', log, '-w', workspace, '--format', 'json')).out);
    return document.findings.length > 0 ? 'finding' : document.leads.length > 0 ? 'lead' : 'nothing';
  };
  expect(await level()).toBe('lead');
  await virga(
    'intel',
    'review',
    '-w',
    workspace,
    '--value',
    PASSING,
    '--set',
    'approved',
    '--reason',
    'read it',
    '--by',
    'ana',
  );
  expect(await listed()).toContainEqual([PASSING, 'active']);
  expect(await level()).toBe('finding');
});

test('the requests that a report tells of are characteristics', async () => {
  const { out } = await virga('characteristics', 'import', write('t.pdf', PDF), '--format', 'ndjson');
  expect(out).toContain('/api/own-getit');
});

test('a damaged PDF is one refusal, and one sentence where it is extracted', async () => {
  const file = write('bad.pdf', '%PDF-1.7\nnot one');
  const report = JSON.parse((await virga('intel', 'import', file, '-w', path.join(temp, 'x'), '--format', 'json')).out);
  expect(report.files[0].refused).toEqual({ 'bad-pdf': 1 });
  const { err, status } = await virga('intel', 'extract', file);
  expect(status).toBe(1);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).toContain('bad.pdf: a PDF, but it is damaged');
});
