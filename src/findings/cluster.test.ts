import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence, Finding, Tie } from '../model/finding.ts';
import { clustersOf } from './cluster.ts';

const finding = (
  id: string,
  src: string,
  host: string,
  more: { ties?: readonly Tie[]; tenant?: string } = {},
): Finding => ({
  id,
  level: id.startsWith('f') ? 'finding' : 'lead',
  severity: 'medium',
  score: id.startsWith('f') ? 0.9 : 0.4,
  internal: { ip: src, host: null },
  endpoint: {
    ...{ host, url: null, ip: null, platform: 'cloudflare-workers', provider: 'Cloudflare', kind: 'faas' },
    ...{ tenant: more.tenant ?? host, function: null, region: null, granularity: 'function', blockable: true },
  },
  first_seen: '2026-10-12T08:00:00Z',
  last_seen: '2026-10-12T09:00:00Z',
  contacts: 3,
  by_day: [],
  bytes_out: null,
  bytes_in: null,
  evidence: more.ties ? [evidence(more.ties)] : [],
  attack: [],
  not_evaluable: [],
  would_change: [],
  next_steps: [],
});

const evidence = (ties: readonly Tie[]): Evidence => ({
  class: 'behaviour',
  where: 'http.url',
  weight: 1,
  summary: 'made up',
  events: [],
  rows_total: 1,
  ties,
});

const members = (findings: readonly Finding[]): string[][] => clustersOf(findings).map((c) => [...c.findings]);

describe('clusters', () => {
  test('what shares nothing is in none', () => {
    expect(members([finding('f1', '10.0.0.1', 'a.example'), finding('f2', '10.0.0.2', 'b.example')])).toEqual([]);
  });

  test('hosts that contact one endpoint are one', () => {
    const [one] = clustersOf([finding('f1', '10.0.0.1', 'a.example'), finding('l2', '10.0.0.2', 'a.example')]);
    expect(one).toMatchObject({
      level: 'finding',
      findings: ['f1', 'l2'],
      internal: ['10.0.0.1', '10.0.0.2'],
      contacts: 6,
    });
    expect(one?.shared).toContainEqual({ by: 'endpoint', value: 'a.example', findings: 2 });
  });

  test('functions of one account are one', () => {
    const two = [
      finding('f1', '10.0.0.1', 'a.x.workers.dev', { tenant: 'x' }),
      finding('f2', '10.0.0.2', 'b.x.workers.dev', { tenant: 'x' }),
    ];
    expect(members(two)).toEqual([['f1', 'f2']]);
  });

  test('a chain of different ties is one: walk, then what it was fetched from', () => {
    const template: Tie = { by: 'template', value: '10.0.0.1 on x: path /p' };
    expect(
      members([
        finding('f1', '10.0.0.1', 'a.example', { ties: [template] }),
        finding('l2', '10.0.0.1', 'b.example', { ties: [template, { by: 'origin', value: 'c.example' }] }),
        finding('l3', '10.0.0.1', 'c.example'),
        finding('l4', '10.0.0.9', 'd.example'),
      ]),
    ).toEqual([['f1', 'l2', 'l3']]);
  });

  test('a shared name names no tenant: two scripts of script.google.com stay apart', () => {
    const script = (id: string, url: string): Finding => {
      const made = finding(id, '10.0.0.1', 'script.google.com');
      return { ...made, endpoint: { ...made.endpoint, url, granularity: 'shared-apex', tenant: 'x' } };
    };
    expect(members([script('f1', 'https://script.google.com/a'), script('f2', 'https://script.google.com/b')])).toEqual(
      [],
    );
  });

  test('clusters are a partition: nothing is in two, nothing is lost, ties never cross', () => {
    const made = fc.array(
      fc.record({ host: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), tie: fc.constantFrom('1', '2', '3', null) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(made, (rows) => {
        const findings = rows.map(({ host, tie }, i) =>
          finding(`l${i}`, `10.0.0.${i}`, host, tie === null ? {} : { ties: [{ by: 'template', value: tie }] }),
        );
        const clusters = members(findings);
        const all = clusters.flat();
        expect(new Set(all).size).toBe(all.length);
        for (const cluster of clusters) expect(cluster.length).toBeGreaterThan(1);
        for (const [i, a] of rows.entries())
          for (const [k, b] of rows.entries())
            if (i !== k && (a.host === b.host || (a.tie !== null && a.tie === b.tie)))
              expect(clusters.find((c) => c.includes(`l${i}`))).toBe(clusters.find((c) => c.includes(`l${k}`)));
      }),
    );
  });
});
