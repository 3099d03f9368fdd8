/** `virga ingest`: files into a workspace, each once, every record accounted for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-ingest-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(args: readonly string[], stdin = ''): Promise<{ status: number; out: string; err: string }> {
  const streams = { out: new PassThrough(), err: new PassThrough() };
  const chunks = { out: '', err: '' };
  streams.out.on('data', (c) => (chunks.out += c));
  streams.err.on('data', (c) => (chunks.err += c));
  const status = await run(args, { stdin: Readable.from([stdin]), stdout: streams.out, stderr: streams.err });
  return { status, ...chunks };
}

const queries = (n: number, from = 0): string =>
  Array.from(
    { length: n },
    (_, i) =>
      `{"_path":"dns","ts":${1795000000 + from + i},"uid":"C${from + i}","id.orig_h":"10.0.0.${(i % 9) + 1}","id.orig_p":5353,"id.resp_h":"10.0.0.53","id.resp_p":53,"proto":"udp","query":"host${i}.example.com","qtype_name":"A"}\n`,
  ).join('');

describe('virga ingest', () => {
  const logs = path.join(temp, 'dns.log');
  writeFileSync(logs, `${queries(20)}{"_path":"dns","ts":"never","query":"x","id.orig_h":"10.0.0.1","uid":"C"}\n`);
  const workspace = path.join(temp, 'ws');

  it('brings files in and says read = accepted + refused, with reasons', async () => {
    const { status, out } = await virga(['ingest', logs, '--workspace', workspace, '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      files: 1,
      already: 0,
      read: 21,
      accepted: 20,
      refused: 1,
      reasons: { 'bad-timestamp': 1 },
      batches: [{ file: logs, formats: ['zeek.dns'], start: '2026-11-18T11:06:40.000000Z' }],
    });
  });

  it('adds nothing the second time, nor under another name', async () => {
    const copy = path.join(temp, 'copy.log');
    writeFileSync(copy, `${queries(20)}{"_path":"dns","ts":"never","query":"x","id.orig_h":"10.0.0.1","uid":"C"}\n`);
    const { out } = await virga(['ingest', logs, copy, '--workspace', workspace, '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ files: 2, already: 2, read: 0 });
  });

  it('takes standard input to its end', async () => {
    const { out } = await virga(['ingest', '-', '--workspace', workspace, '--format', 'json'], queries(7, 1000));
    expect(JSON.parse(out)).toMatchObject({ files: 1, read: 7, accepted: 7 });
  });

  it('prints a table for people', async () => {
    const { out } = await virga(['ingest', logs, '--workspace', path.join(temp, 'ws2')]);
    expect(out).toContain('1 files, read 21 = accepted 20 + refused 1 (1 bad-timestamp)');
  });

  it.each([
    [['ingest', '--workspace', workspace], 'Name log files'],
    [['ingest', '--workspace', workspace, '--listen', 'ftp://x'], '--listen takes an address'],
    [['ingest', '--workspace', workspace, '--listen', 'http://0.0.0.0:1'], 'needs --token-file'],
    [['ingest', '--workspace', workspace, '--listen', 'syslog+tls://'], 'needs --tls-cert'],
    [['ingest', logs, '--workspace', workspace, '--spool', 'much'], '--spool takes a size'],
  ])('refuses %j in one sentence', async (args, says) => {
    const { status, err } = await virga(args);
    expect(status).toBe(2);
    expect(err).toContain(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('virga ingest --follow -', () => {
  it('matches lines as they come and tells each finding once, also after a restart', async () => {
    const intel = path.join(temp, 'intel.txt');
    writeFileSync(intel, 'evil-fn.tenant-q1.workers.dev\n');
    const workspace = path.join(temp, 'live');
    const bad = queries(1).replace('host0.example.com', 'evil-fn.tenant-q1.workers.dev');
    const args = ['ingest', '--workspace', workspace, '--follow', '-', '--intel', intel];
    const first = await virga(args, queries(30) + bad);
    expect(first.err).toContain('read 31 = accepted 31 + refused 0; 1 findings');
    expect(JSON.parse(first.out)).toMatchObject({
      level: 'finding',
      internal: { ip: '10.0.0.1' },
      endpoint: { host: 'evil-fn.tenant-q1.workers.dev' },
      evidence: [{ events: [{ file: 'stdin', line: 31 }] }],
    });
    const again = await virga(args, bad + bad.replaceAll('10.0.0.1', '10.0.0.2'));
    expect(JSON.parse(again.out)).toMatchObject({
      internal: { ip: '10.0.0.2' },
      evidence: [{ events: [{ file: 'stdin', line: 33 }] }],
    });
  });
});
