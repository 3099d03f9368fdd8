import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evidence, evidenceClasses, type IndicatorCitation } from '../model/finding.ts';
import type { Indicator } from '../model/indicator.ts';
import { classifyHost } from '../platforms/matcher.ts';
import type { Entity } from './entity.ts';
import { fittedFactors } from './fitted-factors.ts';
import { judge } from './judge.ts';

function entity(supports: readonly Evidence[], host: string): Entity {
  return {
    src: '10.1.2.3',
    host,
    named: true,
    url: null,
    endpoint: classifyHost(host),
    behind: null,
    sightings: [],
    supports,
    contacts: { first: '2026-10-12T08:00:00Z', last: '2026-10-12T09:00:00Z', days: [{ day: '2026-10-12', events: 4 }] },
    prevalence: { hosts: 1, of: 40 },
    urlsVisible: true,
    bytesOut: null,
    bytesIn: null,
    internal: { ip: '10.0.0.1', host: null },
    nameless: false,
    sees: new Set(),
  };
}

const evidenceOf = (classes: readonly Evidence['class'][]) =>
  fc.record({
    class: fc.constantFrom(...classes),
    where: fc.constantFrom('http.url', 'dns.query', 'flow.time', 'tls.ja4'),
    weight: fc.double({ min: -5, max: 20, noNaN: true }),
    summary: fc.string(),
    events: fc.constant([]),
    rows_total: fc.nat(),
  });
const hosts = fc.constantFrom('a.b.workers.dev', 'x.azurewebsites.net', 'a-b.trycloudflare.com', 'www.example.org');

describe('the rule of two', () => {
  it('behaviour and benign evidence make no finding, whatever the platform, however strong and however much', () => {
    fc.assert(
      fc.property(fc.array(evidenceOf(['behaviour', 'benign'])), hosts, (supports, host) => {
        const judged = judge(entity(supports, host));
        expect(judged.level).toBe('lead');
        expect(judged.score).toBeLessThan(0.5);
      }),
    );
  });

  it('a finding without an indicator has two classes that speak for it, one of them a characteristic or lifecycle', () => {
    fc.assert(
      fc.property(
        fc.array(evidenceOf(evidenceClasses.filter((c) => c !== 'intelligence'))),
        hosts,
        (supports, host) => {
          const judged = judge(entity(supports, host));
          const speaking = new Set(judged.evidence.filter((e) => e.weight > 0).map((e) => e.class));
          if (judged.level === 'finding') {
            expect(speaking.size).toBeGreaterThanOrEqual(2);
            expect(speaking.has('characteristic') || speaking.has('lifecycle')).toBe(true);
          }
        },
      ),
    );
  });

  it('guarded evidence is shown and does not count as a class', () => {
    const common = { weight: 4, summary: '', where: 'http.url', events: [], rows_total: 1 };
    const behaviour: Evidence = { ...common, class: 'behaviour' };
    const open: Evidence = { ...common, class: 'characteristic' };
    expect(judge(entity([behaviour, open], 'a.b.workers.dev')).level).toBe('finding');
    const guarded: Evidence = { ...open, guard: 'one attribute alone never decides' };
    const judged = judge(entity([behaviour, guarded], 'a.b.workers.dev'));
    expect([judged.level, judged.evidence.length]).toEqual(['lead', 2]);
  });
});

describe('the score', () => {
  const link = (how: IndicatorCitation['match'], more: Partial<Indicator> = {}): Entity => ({
    ...entity([], 'a.b.workers.dev'),
    sightings: [
      {
        indicator: {
          ...{ id: 'indicator--1', kind: 'domain', value: 'a.b.workers.dev', pattern: null, match: 'equals' },
          ...{ source: { name: 'made up', licence: null, file: 'list.txt' }, confidence: 70, validFrom: 0 },
          ...{
            validUntil: null,
            recorded: 0,
            detect: true,
            endpoint: 'unknown',
            description: null,
            labels: [],
            line: 1,
          },
          ...more,
        },
        how,
        ...{ place: 'dns.query', standing: 'known-then', events: 3, days: [], examples: [], guard: null },
        ...{ first: '2026-10-12T08:00:00Z', last: '2026-10-12T09:00:00Z' },
      },
    ],
  });

  it.each(['exact', 'url'] as const)(
    'a valid indicator of middling confidence (%s) alone gives more than 0.9',
    (how) => {
      expect(judge(link(how))).toMatchObject({ level: 'finding' });
      expect(judge(link(how)).score).toBeGreaterThan(0.9);
    },
  );

  it.each(['same-account', 'url-host', 'network', 'fingerprint', 'certificate'] as const)(
    'a weaker link (%s) of full confidence alone stays a lead below one half',
    (how) => {
      const judged = judge(link(how, { confidence: 100 }));
      expect(judged.level).toBe('lead');
      expect(fittedFactors.prior + judged.evidence.reduce((sum, e) => sum + e.weight, 0)).toBeLessThan(0);
    },
  );

  it('weights add up to the score in log-odds, with the prior', () => {
    const judged = judge(link('exact'));
    const sum = fittedFactors.prior + judged.evidence.reduce((total, e) => total + e.weight, 0);
    expect(judged.score).toBeCloseTo(1 / (1 + Math.exp(-sum)), 2);
  });

  it('every finding and lead says what would change it, and what to do', () => {
    fc.assert(
      fc.property(fc.array(evidenceOf(evidenceClasses)), hosts, (supports, host) => {
        const judged = judge(entity(supports, host));
        expect(judged.would_change.length).toBeGreaterThan(0);
        expect(judged.next_steps.length).toBeGreaterThan(0);
      }),
    );
  });
});
