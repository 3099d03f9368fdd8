import { describe, expect, test } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { classifyHost } from '../platforms/matcher.ts';
import { companyOf, day } from './company.ts';
import { resultsOf } from './evaluation.ts';
import { nameOn, plantedPlatforms } from './names.ts';
import { outcomeOf } from './outcome.ts';
import { askedOf } from './plant.ts';
import { randomFor } from './random.ts';
import { plantsFor, replayOf } from './replay.ts';
import { scenarios } from './scenarios/index.ts';
import { ownTelemetry, telemetries, telemetryOf } from './telemetry.ts';

const options = { seed: 3, hosts: 60, days: 2, start: Date.UTC(2026, 8, 7), scenarios, each: 2 };
const replay = replayOf(options);
const [dns, , , proxy, all] = telemetries;

describe('names', () => {
  test.each(plantedPlatforms)('a name made for %s is one of its customers', (platform) => {
    for (const n of [1, 2, 3]) {
      const endpoint = classifyHost(nameOn(platform, randomFor(`${platform} ${n}`)));
      expect(endpoint).toMatchObject({ platform, providerOwned: false });
      expect(endpoint.granularity).not.toBe('shared-apex');
    }
  });
});

describe('a replay', () => {
  test('the same options give the same bytes, another seed does not', () => {
    expect([...replayOf(options).logs]).toEqual([...replay.logs]);
    expect(replayOf({ ...options, seed: 4 }).logs.get('dns.log')).not.toBe(replay.logs.get('dns.log'));
  });

  test('every scenario is planted, one at each internal host', () => {
    expect(new Set(replay.plants.map((p) => p.scenario))).toEqual(new Set(scenarios.map((s) => s.id)));
    expect(new Set(replay.plants.map((p) => p.src)).size).toBe(replay.plants.length);
  });

  test('every plant lies within the logs, and its names are in the logs that show it', () => {
    for (const plant of replay.plants) {
      expect(plant.first).toBeGreaterThanOrEqual(options.start);
      expect(plant.last).toBeLessThan(options.start + 2 * day);
      const name = plant.hosts[0] ?? '';
      for (const log of ['dns.log', 'ssl.log', 'access.log']) expect(replay.logs.get(log)).toContain(name);
    }
  });

  test('no honest contact is with a planted endpoint of its own', () => {
    const planted = new Set(replay.plants.flatMap((p) => p.hosts.map((host) => `${p.src} ${host}`)));
    expect(replay.honest.filter((h) => planted.has(`${h.src} ${h.host}`))).toEqual([]);
  });

  test('times rise, to the millisecond', () => {
    const times = (replay.logs.get('dns.log') ?? '')
      .split('\n')
      .filter((l) => l !== '' && !l.startsWith('#'))
      .map((l) => Math.floor(Number(l.split('\t')[0]) * 1000));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe('telemetry', () => {
  test('the richest set that the places allow', () => {
    expect(telemetryOf(new Set(['dns.query', 'dns.answer']))?.id).toBe('dns');
    expect(telemetryOf(new Set(['dns.query', 'dns.answer', 'flow.ip', 'flow.bytes', 'tls.sni', 'tls.ja4']))?.id).toBe(
      'tls',
    );
    expect(telemetryOf(new Set(['flow.ip']))).toBeNull();
  });

  test('somebody’s own logs: what they show and no more', () => {
    const own = ownTelemetry(new Set(['dns.query', 'tls.sni', 'flow.ip', 'flow.bytes']));
    expect(own?.files).toEqual(['dns.log', 'conn.log', 'ssl.log']);
    expect(own?.shows.has('tls.ja4')).toBe(false);
    expect(ownTelemetry(new Set(['flow.ip', 'flow.bytes']))).toBeNull();
  });

  test('plants into own logs bear no fingerprint where those have none', () => {
    const company = { seed: 1, clients: companyOf(options).clients, start: options.start, end: options.start + day };
    const bare = plantsFor(company, options, new Set(['dns.query', 'tls.sni']));
    expect(bare.logs.get('ssl.log')).not.toMatch(/\tt1[23]d/);
    expect(bare.logs.get('access.log')).not.toContain('python-requests');
  });

  test('what a log does not show is not asked for', () => {
    const script = replay.plants.find((p) => p.scenario === 'listed-path');
    if (!script || !dns || !proxy) throw new Error('the plant is missing');
    expect(askedOf(script, dns.shows)).toBeNull();
    expect(askedOf(script, proxy.shows)).toBe('finding');
  });
});

const told = (src: string, host: string, level: Finding['level']): Finding => ({
  id: `finding--${src}${host}`,
  level,
  severity: 'low',
  score: 0.4,
  internal: { ip: src, host: null },
  endpoint: {
    ...{ host, url: null, platform: null, provider: null, kind: null, tenant: null, function: null, region: null },
    ...{ granularity: null, blockable: true },
  },
  first_seen: '2026-09-07T08:00:00.000Z',
  last_seen: '2026-09-07T08:00:00.000Z',
  contacts: 1,
  by_day: [],
  bytes_out: null,
  bytes_in: null,
  evidence: [],
  attack: [],
  not_evaluable: [],
  would_change: [],
  next_steps: [],
});

describe('counting', () => {
  const once = replay.plants.find((p) => p.scenario === 'listed-once');
  if (!once || !all) throw new Error('the plant is missing');
  const about = { seed: 3, telemetry: all, hostDays: 120 };
  const end = options.start + 2 * day;
  const right = told(once.src, once.hosts[0] ?? '', 'finding');
  const wrong = told('10.60.0.99', 'honest.example', 'lead');

  test('told at the second look: found, with the delay up to it', () => {
    const looks = [
      { at: options.start + day, told: [] },
      { at: end, told: [right, wrong] },
    ];
    const outcome = outcomeOf(about, replay, looks);
    const result = outcome.plants.find((p) => p.scenario === 'listed-once' && p.src === once.src);
    expect(result).toMatchObject({ asked: 'finding', told: 'finding' });
    expect(result?.delay_hours).toBeCloseTo((end - once.first) / 3_600_000, 0);
    expect(outcome.wrong).toEqual([
      { level: 'lead', src: '10.60.0.99', host: 'honest.example', twin: 'other', contested: false },
    ]);
  });

  test('a lead where a finding is asked for is not found', () => {
    const looks = [{ at: end, told: [told(once.src, once.hosts[0] ?? '', 'lead')] }];
    const results = resultsOf([outcomeOf(about, replay, looks)], telemetries, scenarios);
    const row = results.scenarios.find((s) => s.scenario === 'listed-once');
    expect(row).toMatchObject({ asked: 2, found: 0, delay_hours: null });
  });

  test('what was told before anything was planted is not counted as wrong', () => {
    const outcome = outcomeOf(about, replay, [{ at: end, told: [wrong] }], new Set([wrong.id]));
    expect(outcome.wrong).toEqual([]);
  });

  test('rates are per host and day, shares of what was asked', () => {
    const looks = [{ at: end, told: [right, wrong] }];
    const results = resultsOf([outcomeOf(about, replay, looks)], [all], scenarios);
    expect(results.telemetry[0]).toMatchObject({ host_days: 120, found: 1, asked: replay.plants.length });
    expect(results.telemetry[0]?.false_leads.per_1000_hosts_per_day).toBeCloseTo(1000 / 120, 2);
  });
});
