/** The look back through its commands. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../src/cli/run.ts';
import type { Finding, HuntDocument } from '../src/model/finding.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-retro-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

async function virga(...argv: string[]): Promise<string> {
  const [stdout, stderr] = [new Sink(), new Sink()];
  const status = await run(argv, { stdin: Readable.from([]), stdout, stderr });
  expect(stderr.text).toBe('');
  expect(status).toBe(0);
  return stdout.text;
}

const workspace = path.join(temp, 'workspace');
const retro = async (...more: string[]): Promise<HuntDocument> =>
  JSON.parse(await virga('retro', '-w', workspace, '--format', 'json', ...more));
const key = (f: Finding): string => `${f.level} ${f.internal.ip} ${f.endpoint.host ?? f.endpoint.ip} ${f.contacts}`;
/** What intelligence has to do with: what behaves oddly and is on no list is for the hunt. */
const linked = (f: Finding): boolean => f.evidence.some((e) => e.class === 'intelligence');
const all = (d: HuntDocument): string[] => [...d.findings, ...d.leads].map(key).sort();

beforeAll(async () => {
  await virga('hunt', 'examples/logs', '-w', workspace, '--format', 'json');
}, 120_000);

describe('retro', () => {
  test('with intelligence that came after the logs finds what a hunt with both finds', async () => {
    const hunted: HuntDocument = JSON.parse(
      await virga('hunt', 'examples/logs', '--intel', 'examples/intel', '--format', 'json'),
    );
    expect(all(await retro())).toEqual([]);
    await virga('intel', 'import', 'examples/intel', '-w', workspace);
    const looked = await retro();
    expect(looked.findings.length).toBeGreaterThan(5);
    expect(all(looked)).toEqual([...hunted.findings, ...hunted.leads].filter(linked).map(key).sort());
    expect(looked.telemetry).toEqual(hunted.telemetry);
    expect(looked.observations).toEqual(hunted.observations);
    expect(looked.intel.indicators).toBe(hunted.intel.indicators);
    const beacon = (d: HuntDocument): string[] =>
      d.findings
        .filter((f) => f.endpoint.host === 'metrics-relay.tidal-x7q2m9.workers.dev')
        .flatMap((f) => f.evidence.map((e) => `${e.class} ${e.weight} ${e.summary.split(':')[0]}`))
        .filter((line) => line.startsWith('behaviour'));
    expect(beacon(looked).join()).toContain('hunt.beacon');
    expect(beacon(looked).map((l) => l.split(' ')[2])).toEqual(beacon(hunted).map((l) => l.split(' ')[2]));
  });

  test('looks for software where it is asked to', async () => {
    const looked = await retro('--characteristics', 'examples/characteristics');
    const kestrel = [...looked.findings, ...looked.leads].filter((f) => f.endpoint.host?.includes('kestrel'));
    expect(kestrel.flatMap((f) => f.evidence.map((e) => e.class))).toContain('characteristic');
    expect(all(await retro())).toEqual([]);
  });

  test('again finds nothing, with --all everything', async () => {
    const again = await retro();
    expect(all(again)).toEqual([]);
    expect(again.intel.indicators).toBe(0);
    expect(all(await retro('--all')).length).toBeGreaterThan(5);
  });

  test('finds what new logs hold of old intelligence, and nothing that was told before', async () => {
    const log = path.join(temp, 'dns.log');
    const host = 'metrics-relay.tidal-x7q2m9.workers.dev';
    writeFileSync(
      log,
      `${JSON.stringify({ _path: 'dns', ts: 1793260800, uid: 'Cnew', 'id.orig_h': '10.9.9.9', 'id.orig_p': 40000, 'id.resp_h': '10.9.9.53', 'id.resp_p': 53, proto: 'udp', query: host, qtype_name: 'A', rcode_name: 'NOERROR', answers: ['104.21.0.1'] })}\n`,
    );
    await virga('hunt', log, '-w', workspace, '--format', 'json');
    const looked = await retro();
    expect(all(looked)).toEqual([`finding 10.9.9.9 ${host} 1`]);
  });
});
