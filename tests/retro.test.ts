/** The look back through its commands. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding, HuntDocument } from '../src/model/finding.ts';
import { retro as lookAgain } from '../src/pipeline/retro.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-retro-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(...argv: string[]): Promise<string> {
  const { status, out, err } = await call(argv);
  expect(err).toBe('');
  expect(status).toBe(0);
  return out;
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

describe('retro with a budget', () => {
  const place = path.join(temp, 'budget');
  const HOSTS = ['one', 'two', 'three', 'four'].map((n) => `${n}.acct-${n}x9.workers.dev`);

  /** A clock that goes on by a second whenever it is read. */
  const ticking = (): (() => Date) => {
    let at = Date.now();
    return () => {
      at += 1000;
      return new Date(at);
    };
  };
  const look = (budget: number | null): Promise<HuntDocument> =>
    lookAgain({
      workspace: place,
      memory: '200MB',
      internal: [],
      characteristics: [],
      knownSoftware: false,
      stdin: Readable.from([]),
      note: () => {},
      all: false,
      by: 'ana',
      budget,
      brief: null,
      now: ticking(),
    });
  const log = (i: number): string => {
    const file = path.join(temp, `budget-${i}.log`);
    const host = HOSTS[i % HOSTS.length];
    writeFileSync(
      file,
      `${JSON.stringify({ _path: 'dns', ts: 1793260800 + i, uid: `C${i}`, 'id.orig_h': `10.7.0.${i + 1}`, 'id.orig_p': 40000, 'id.resp_h': '10.9.9.53', 'id.resp_p': 53, proto: 'udp', query: host, qtype_name: 'A', rcode_name: 'NOERROR', answers: ['104.21.0.1'] })}\n`,
    );
    return file;
  };

  test('says exactly what was searched and what waits; the next runs finish it, and nothing is told twice', async () => {
    await virga('hunt', ...HOSTS.map((_, i) => log(i)), '-w', place, '--format', 'json');
    for (const [i, host] of HOSTS.entries()) {
      const list = path.join(temp, `budget-${i}.csv`);
      writeFileSync(list, `value,created\n${host},2026-10-01\n`);
      await virga('intel', 'import', list, '-w', place);
    }
    const first = await look(1);
    expect(first.searched).toEqual({ complete: false, imports_left: 3, logs_left: 0 });
    expect(first.coverage.statement[0]).toContain('3 imports of indicators and 0 logs wait');
    expect(all(first)).toEqual([`finding 10.7.0.1 ${HOSTS[0]} 1`]);
    const second = await look(null);
    expect(second.searched).toEqual({ complete: true, imports_left: 0, logs_left: 0 });
    expect(all(second)).toEqual([1, 2, 3].map((i) => `finding 10.7.0.${i + 1} ${HOSTS[i]} 1`));
    await virga('hunt', ...[4, 5, 6].map(log), '-w', place, '--format', 'json');
    const third = await look(1);
    expect(third.searched).toEqual({ complete: false, imports_left: 0, logs_left: 2 });
    expect(all(third)).toEqual([`finding 10.7.0.5 ${HOSTS[0]} 1`]);
    const rest = await look(null);
    expect(all(rest)).toEqual([`finding 10.7.0.6 ${HOSTS[1]} 1`, `finding 10.7.0.7 ${HOSTS[2]} 1`]);
    expect(all(await look(null))).toEqual([]);
  });

  test('a budget is a time, and not for a look at everything', async () => {
    const refused = async (...more: string[]): Promise<string> => {
      const { status, err } = await call(['retro', '-w', place, ...more]);
      expect(status).toBe(2);
      return err;
    };
    expect(await refused('--budget', 'soon')).toContain('--budget takes a time such as 30s, 5m or 2h, not "soon".');
    expect(await refused('--budget', '5m', '--all')).toContain('--budget and --all cannot be given together.');
  });
});
