import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { BeaconRow } from '../src/pipeline/beacons.ts';
import { call } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-beacons-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function beacons(...argv: string[]): Promise<BeaconRow[]> {
  const { status, out, err } = await call(['beacons', ...argv]);
  expect(err).toBe('');
  expect(status).toBe(0);
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** A sequence that looks random and is always the same. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

type Contact = { t: number; src: string; name: string; out?: number; ja4?: string };
const START = Date.UTC(2026, 8, 7) / 1000;
const DAY = 86_400;

/** Zeek connections and handshakes of made-up contacts. */
function zeek(name: string, contacts: readonly Contact[]): string[] {
  const head = (log: string, fields: string): string =>
    `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t${log}\n#fields\t${fields}\n`;
  const sorted = [...contacts].sort((a, b) => a.t - b.t);
  const address = (host: string): string =>
    `203.0.113.${1 + ([...host].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7) % 250)}`;
  const conn = sorted.map((c, i) =>
    [
      c.t.toFixed(6),
      `C${i}`,
      c.src,
      50_000 + (i % 9000),
      address(c.name),
      443,
      'tcp',
      'ssl',
      '0.3',
      c.out ?? 700,
      4000,
      'SF',
    ].join('\t'),
  );
  const ssl = sorted.map((c, i) =>
    [
      (c.t + 0.02).toFixed(6),
      `C${i}`,
      c.src,
      50_000 + (i % 9000),
      address(c.name),
      443,
      'TLSv13',
      c.name,
      'T',
      c.ja4 ?? 't13d190900_9dc949149365_97f8aa674fd9',
    ].join('\t'),
  );
  const files = ['conn', 'ssl'].map((log) => path.join(temp, `${name}.${log}.log`));
  const [connFile = '', sslFile = ''] = files;
  writeFileSync(
    connFile,
    `${head('conn', 'ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state')}${conn.join('\n')}\n`,
  );
  writeFileSync(
    sslFile,
    `${head('ssl', 'ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tversion\tserver_name\testablished\tja4')}${ssl.join('\n')}\n`,
  );
  return files;
}

/** A channel that calls every `period` seconds, give or take `jitter`. */
function channel(
  src: string,
  name: string,
  period: number,
  jitter: number,
  { from = 0, to = 5 * DAY, miss = 0, seed = 3, when = (_t: number): boolean => true } = {},
): Contact[] {
  const random = chance(seed);
  const list: Contact[] = [];
  for (let t = START + from; t < START + to; t += period * (1 - jitter + 2 * jitter * random()))
    if (random() >= miss && when(t)) list.push({ t, src, name });
  return list;
}

/** People who browse: visits at random in working hours, in bursts, to names that many share. */
function people(hosts: number, days = 5): Contact[] {
  const random = chance(17);
  const list: Contact[] = [];
  for (let h = 0; h < hosts; h++)
    for (let visit = 0; visit < days * 30; visit++) {
      const t = START + Math.floor(random() * days) * DAY + (8 + 9 * random()) * 3600;
      const name = `www.site-${Math.floor(60 * random() ** 2)}.example`;
      for (let k = 0; k < 1 + Math.floor(4 * random()); k++)
        list.push({
          t: t + k * random(),
          src: `10.9.0.${1 + h}`,
          name,
          out: 500 + Math.floor(900 * random()),
          ja4: 't13d1516h2_8daaf6152771_02713d6af862',
        });
    }
  return list;
}

const browsing = people(30);
const rank = (rows: readonly BeaconRow[], name: string): number =>
  rows.filter((r) => r.discounts.length === 0).findIndex((r) => r.dst_name === name);

describe('virga beacons', () => {
  it.each([
    ['every minute for three hours', 60, 0.2, { from: 2 * DAY, to: 2 * DAY + 3 * 3600 }],
    ['every 5 minutes, half of the period as jitter', 300, 0.5, {}],
    ['every hour, one beat of four missing', 3600, 0.37, { miss: 0.25 }],
    [
      'every 20 minutes in working hours only',
      1200,
      0.2,
      { when: (t: number) => (t / 3600) % 24 > 8 && (t / 3600) % 24 < 17 },
    ],
    ['every 4 hours', 14_400, 0.37, {}],
    ['every 6 hours, 20 beats', 21_600, 0.37, {}],
    ['every two seconds, a hundred times', 2, 0.1, { from: 4 * DAY, to: 4 * DAY + 200 }],
  ])('puts a channel first: %s', async (what, period, jitter, more) => {
    const name = 'relay.quiet-otter-11.workers.dev';
    const rows = await beacons(
      ...zeek(what.replaceAll(' ', '-'), [...browsing, ...channel('10.9.0.7', name, period, jitter, more)]),
    );
    const [first] = rows;
    expect(first).toMatchObject({ src: '10.9.0.7', dst_name: name, where: 'tls.sni', port: 443 });
    expect(first?.period).toBeGreaterThan(period * 0.7);
    expect(first?.period).toBeLessThan(period * 1.3);
    expect(rows.filter((r) => r.score >= 0.3 && r.dst_name !== name)).toEqual([]);
  });

  it('discounts what many run, and says so', async () => {
    const many = Array.from({ length: 12 }, (_, h) =>
      channel(`10.9.0.${1 + h}`, 'ingest.telemetry.example', 600, 0.01, { seed: 3 + h }),
    );
    const rows = await beacons(
      ...zeek('many', [...browsing, ...many.flat(), ...channel('10.9.0.20', 'a.b.workers.dev', 600, 0.3)]),
    );
    expect(rank(rows, 'a.b.workers.dev')).toBe(0);
    const sdk = rows.filter((r) => r.dst_name === 'ingest.telemetry.example');
    expect(sdk).toHaveLength(12);
    for (const row of sdk) {
      expect(row.discounts.map((d) => d.id)).toContain('widespread');
      expect(row.discounts[0]?.reason).toContain('12 of 30');
      expect(Date.parse(row.discounts[0]?.expires ?? '')).toBeGreaterThan(Date.parse(row.last_seen));
      expect(row.score).toBeLessThan(0.5);
    }
  });

  it('discounts what machines without a person do, once several do it', async () => {
    const build = (h: number): Contact[] => channel(`10.9.1.${h}`, `hook-${h}.ci.example`, 900, 0.02, { seed: h });
    const [alone, several] = [
      await beacons(...zeek('one-build', [...browsing, ...build(1)])),
      await beacons(...zeek('builds', [...browsing, ...[1, 2, 3, 4].flatMap(build)])),
    ];
    expect(alone[0]).toMatchObject({ dst_name: 'hook-1.ci.example', discounts: [] });
    expect(several.slice(0, 4).map((r) => r.discounts.map((d) => d.id))).toEqual(Array(4).fill(['unattended-peers']));
  });

  it('discounts an own account that is declared', async () => {
    const files = zeek('own', [...browsing, ...channel('10.9.0.9', 'jobs.acme.workers.dev', 1200, 0.1)]);
    const [plain] = await beacons(...files);
    const [own] = await beacons(...files, '--own', 'cloudflare-workers:acme');
    expect(plain?.discounts).toEqual([]);
    expect(own?.discounts[0]).toMatchObject({ id: 'own-tenant', expires: null });
    expect(own?.score).toBeLessThan(plain?.score ?? 0);
  });

  it('sees the rhythm of an account whose function names rotate', async () => {
    const steady = channel('10.9.0.5', '', 1800, 0.2);
    const rotating = steady.map((c, i) => ({ ...c, name: `f${Math.floor(i / 6)}.walker-77.workers.dev` }));
    const rows = await beacons(...zeek('rotating', [...browsing, ...rotating]));
    expect(rows[0]).toMatchObject({ src: '10.9.0.5', tenant: 'cloudflare-workers:walker-77', contacts: steady.length });
  });

  it('takes bytes from the flow of the same connection, and does without', async () => {
    const [conn = '', ssl = ''] = zeek('sizes', [...browsing, ...channel('10.9.0.5', 'a.b.workers.dev', 1800, 0.1)]);
    const [both] = await beacons(conn, ssl);
    const [handshakes] = await beacons(ssl);
    const [flows] = await beacons(conn);
    expect(both).toMatchObject({ dst_name: 'a.b.workers.dev', components: { sizes: 1 } });
    expect(both?.bytes_out).toBe(700 * (both?.contacts ?? 0));
    expect(handshakes).toMatchObject({ dst_name: 'a.b.workers.dev', components: { sizes: null } });
    expect(flows).toMatchObject({ dst_name: null, where: 'flow.ip', src: '10.9.0.5' });
  });

  it('leaves out what came later than --as-of, and has nothing to say of too few contacts', async () => {
    const files = zeek('few', channel('10.9.0.5', 'a.b.workers.dev', 3600, 0.1));
    expect((await beacons(...files, '--as-of', '2026-09-07T20:00:00Z'))[0]?.contacts).toBeLessThan(22);
    expect(await beacons(...files, '--as-of', '2026-09-07T05:00:00Z')).toEqual([]);
  });

  it('gives the same rows every time, sorted by score, each complete', async () => {
    const files = zeek('again', [...browsing, ...channel('10.9.0.5', 'a.b.workers.dev', 1800, 0.1)]);
    const [rows, again] = [await beacons(...files), await beacons(...files, '-w', path.join(temp, 'ws'))];
    expect(again).toEqual(rows);
    for (const [i, row] of rows.entries()) {
      expect(row.score).toBeLessThanOrEqual(rows[i - 1]?.score ?? 1);
      expect(Date.parse(row.first_seen)).toBeLessThanOrEqual(Date.parse(row.last_seen));
      expect(row.explanation).toMatch(/% of \d+ pauses lie between/);
    }
  });
});
