import { describe, expect, it } from 'vitest';
import type { StoredIndicator } from '../model/indicator.ts';
import { lives } from './life.ts';
import type { MergedIndicator } from './merge.ts';
import { unreviewed } from './review.ts';
import { measureSources, type Outcome } from './source-quality.ts';
import { classify, made } from './testing.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);
let seq = 0;

/** What `source` said, so many days ago. */
const said = (source: string, daysAgo: number, value = 'tenant.fn.example'): StoredIndicator => ({
  ...made({ value, recorded: NOW - daysAgo * DAY, source: { name: source, licence: null, file: 'x' } }),
  learned: NOW - daysAgo * DAY,
  seq: ++seq,
});

function merged(
  statements: readonly [StoredIndicator, ...StoredIndicator[]],
  facts: Partial<MergedIndicator> = {},
): MergedIndicator {
  return {
    ...{ key: `${++seq}`, leading: statements[0], statements, stand: unreviewed, life: lives.function },
    ...{ expiry: { at: NOW + DAY, by: 'kind' as const }, status: 'active' as const, fadedConfidence: null },
    ...{ endpoint: 'unknown' as const, since: NOW },
    ...facts,
  };
}
const decided = (verdict: 'approved' | 'rejected' | 'monitor-only', at = NOW - DAY): Partial<MergedIndicator> => ({
  stand: { ...unreviewed, verdict, at },
});
const none: Outcome = { firstSeen: null, cleared: null };

function measured(list: readonly (readonly [MergedIndicator, Outcome?])[], source = 'A') {
  const { add, rows } = measureSources(NOW, classify);
  for (const [indicator, outcome = none] of list) add(indicator, outcome);
  return rows().find((row) => row.source === source);
}

describe('measureSources', () => {
  it('precision counts only what has an outcome, and says how sure it is', () => {
    const row = measured([
      [merged([said('A', 5)], decided('approved'))],
      [merged([said('A', 5)], decided('approved'))],
      [merged([said('A', 5)], decided('approved'))],
      [merged([said('A', 5)], decided('rejected'))],
      [merged([said('A', 5)], decided('monitor-only'))],
      [merged([said('A', 5)])],
    ]);
    expect(row?.precision).toEqual({ value: 0.75, of: 4, right: 3, wrong: 1, low: 0.301, high: 0.954 });
  });

  it('what was cleared after it was approved is wrong; what was approved after that is right', () => {
    const cleared = { firstSeen: null, cleared: NOW - 2 * DAY };
    expect(measured([[merged([said('A', 5)], decided('approved', NOW - 3 * DAY)), cleared]])?.precision).toMatchObject({
      right: 0,
      wrong: 1,
    });
    expect(measured([[merged([said('A', 5)], decided('approved', NOW - DAY)), cleared]])?.precision).toMatchObject({
      right: 1,
      wrong: 0,
    });
    expect(measured([[merged([said('A', 5)]), cleared]])?.precision).toMatchObject({ right: 0, wrong: 1 });
  });

  it('lead is the median time before the first other source, among what others have too', () => {
    const list = [
      [merged([said('A', 10), said('B', 4), said('C', 2)])],
      [merged([said('A', 10), said('B', 12)])],
      [merged([said('A', 10), said('B', 5)])],
      [merged([said('A', 10)])],
    ] as const;
    expect(measured(list)).toMatchObject({
      ...{ lead_days: { value: 5, of: 3 }, first: { value: 0.667, of: 3 }, overlap: { value: 0.75, of: 4 } },
      shared_with: [
        { source: 'B', indicators: 3, share: 0.75 },
        { source: 'C', indicators: 1, share: 0.25 },
      ],
    });
    expect(measured(list, 'B')).toMatchObject({ lead_days: { value: -5, of: 3 }, first: { value: 0.333, of: 3 } });
  });

  it('counts two statements of one source once', () =>
    expect(measured([[merged([said('A', 10), said('A', 3)])]])).toMatchObject({
      indicators: 1,
      overlap: { value: 0, of: 1 },
      age_days: { value: 3, of: 1 },
    }));

  it('time before the first sighting, share on platforms, age and what expired', () => {
    const row = measured([
      [merged([said('A', 10)]), { firstSeen: NOW - 4 * DAY, cleared: null }],
      [merged([said('A', 2)]), { firstSeen: NOW - 4 * DAY, cleared: null }],
      [merged([said('A', 30, 'plain.example')], { status: 'expired' })],
    ]);
    expect(row).toMatchObject({
      ...{ before_sighting_days: { value: 2, of: 2 }, on_platforms: { value: 0.667, of: 3 } },
      ...{ age_days: { value: 10, of: 3 }, expired_share: { value: 0.333, of: 3 }, active: 2, expired: 1 },
      newest: new Date(NOW - 2 * DAY).toISOString(),
    });
  });

  it('says nothing where there is nothing to count', () =>
    expect(measured([[merged([said('A', 1)])]])).toMatchObject({
      ...{ precision: { value: null, of: 0, low: null }, lead_days: { value: null, of: 0 } },
      ...{ first: { value: null, of: 0 }, before_sighting_days: { value: null, of: 0 } },
    }));
});
