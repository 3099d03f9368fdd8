import { describe, expect, it } from 'vitest';
import { emptyDocument, sampleDocument } from './testing.ts';
import { bySeverity, hostsConcerned, limits, verdict } from './verdict.ts';

describe('verdict', () => {
  it('counts findings, hosts and the worst severity', () => {
    const v = verdict(sampleDocument());
    expect(v.tone).toBe('finding');
    expect(v.headline).toBe('4 findings on 3 internal hosts, the worst critical');
    expect(v.explanation).toContain('10.40.3.17 (ws-finance-07) and cdn-sync-61aa[.]harbour-metrics[.]workers[.]dev');
  });

  it('needs no superlative for one finding', () => {
    const { findings } = sampleDocument();
    expect(verdict(sampleDocument({ findings: findings.slice(1, 2) })).headline).toBe(
      '1 finding on 1 internal host, high',
    );
  });

  it('says it when all are alike', () => {
    const { findings } = sampleDocument();
    expect(verdict(sampleDocument({ findings: findings.slice(1, 3) })).headline).toBe(
      '2 findings on 2 internal hosts, all high',
    );
  });

  it('does not call leads a result', () => {
    const v = verdict(sampleDocument({ findings: [] }));
    expect([v.tone, v.headline]).toEqual(['lead', 'No finding, 2 leads']);
  });

  it('says what an empty result covers', () => {
    expect(verdict(emptyDocument()).headline).toBe('No finding and no lead in what was read');
  });

  it('says nothing about the network when nothing was read', () => {
    const { telemetry } = sampleDocument();
    const v = verdict({ ...emptyDocument(), telemetry: { ...telemetry, accepted: 0 } });
    expect([v.tone, v.headline]).toEqual(['void', 'Nothing was hunted: no record could be read']);
  });
});

describe('limits', () => {
  it('says what was read, refused and compared, and what could not be seen', () => {
    expect(limits(sampleDocument())).toEqual([
      'Looked at 3,219,530 of 3,219,534 records (4 refused) from 131 files, 2026-09-21 00:00 to 2026-11-02 23:59 UTC, against 8,400 active indicators.',
      'Of 10 serverless platforms, these logs can show whose function it is on 6, only partly on 2, not at all on 2. No hit is no proof of absence.',
    ]);
  });

  it('says that there was no intelligence', () => {
    const { intel } = sampleDocument();
    expect(limits(sampleDocument({ intel: { ...intel, active: 0 } }))[0]).toContain('against no active indicator');
  });

  it('keeps the last sentence when nothing else is known', () => {
    const { coverage } = sampleDocument();
    expect(limits(sampleDocument({ coverage: { ...coverage, platforms: [] } }))[1]).toBe(
      'No hit is no proof of absence.',
    );
  });
});

it('counts severities worst first and each host once', () => {
  const { findings } = sampleDocument();
  expect(bySeverity(findings)).toEqual([
    { severity: 'critical', findings: 1 },
    { severity: 'high', findings: 2 },
    { severity: 'medium', findings: 1 },
  ]);
  expect(hostsConcerned(findings)).toBe(3);
});
