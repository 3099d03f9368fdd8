import { describe, expect, it } from 'vitest';
import type { StoredIndicator } from '../model/indicator.ts';
import { until } from './life.ts';
import { byObservable, type Knowledge, merge } from './merge.ts';
import { unreviewed } from './review.ts';
import { classify, made } from './testing.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);

const said = (source: string, facts: Partial<StoredIndicator> = {}): StoredIndicator => ({
  ...made({ value: 'tenant.fn.example', source: { name: source, licence: null, file: 'x' } }),
  ...{ learned: NOW - 10 * DAY, seq: 1 },
  ...facts,
});
/** A path on a function: it lives as functions do. */
const url = (facts: Partial<StoredIndicator>): StoredIndicator =>
  said('A', { kind: 'url', value: 'https://tenant.fn.example/x', ...facts });
const known = (more: Partial<Knowledge> = {}): Knowledge => ({
  ...{ stands: new Map(), seen: new Map(), classify, asOf: NOW },
  ...more,
});
const keyOf = (one: StoredIndicator): string => merge([one], known()).key;

describe('merge', () => {
  it('keeps every statement; the surest one for detection speaks for all', () => {
    const [context, weak, sure] = [
      said('A', { detect: false, confidence: 99 }),
      said('B', { confidence: 20 }),
      said('C', { confidence: 80 }),
    ];
    const merged = merge([context, weak, sure], known());
    expect([merged.leading, merged.statements.length, merged.status]).toEqual([sure, 3, 'active']);
    expect(merge([context], known()).status).toBe('not-for-detection');
  });

  it.each([
    [['acquired', 'unknown'], 'acquired'],
    [['acquired', 'compromised'], 'compromised'],
    [['unknown', 'compromised'], 'compromised'],
    [['unknown'], 'unknown'],
  ] as const)('endpoints said to be %j are %s', (flags, endpoint) => {
    const [first = said('A'), ...rest] = flags.map((flag, i) => said(`${i}`, { endpoint: flag }));
    expect(merge([first, ...rest], known()).endpoint).toBe(endpoint);
  });

  it('groups statements of one observable', async () => {
    const other = said('A', { value: 'other.fn.example' });
    async function* batches() {
      yield [said('A'), said('B')];
      yield [said('C'), other];
    }
    const groups: number[] = [];
    for await (const group of byObservable(batches())) groups.push(group.length);
    expect(groups).toEqual([3, 1]);
  });
});

describe('life', () => {
  it('of a function halves in 30 days, and ends below a fifth', () => {
    const merged = merge([url({ confidence: 80, recorded: NOW - 30 * DAY })], known());
    expect(merged).toMatchObject({ life: { id: 'function' }, fadedConfidence: 40, status: 'active' });
    const spent = until(merged.life, 0.2);
    expect(merged.expiry).toEqual({ at: NOW - 30 * DAY + spent, by: 'kind' });
    const late = merge([url({ recorded: NOW - spent })], known());
    expect([late.status, merge([url({ recorded: NOW - spent + 1 })], known()).status]).toEqual(['expired', 'active']);
  });

  it('is counted from the last sighting, where that is later than the last word', () => {
    const one = url({ confidence: 80, recorded: NOW - 60 * DAY });
    const seen = new Map([[keyOf(one), NOW - 30 * DAY]]);
    expect(merge([one], known())).toMatchObject({ since: NOW - 60 * DAY, fadedConfidence: 20 });
    expect(merge([one], known({ seen }))).toMatchObject({ since: NOW - 30 * DAY, fadedConfidence: 40 });
  });

  it('a sighting prolongs what its kind would end, never what the source or a reviewer ended', () => {
    const ended = said('A', { validUntil: NOW - DAY });
    const seen = new Map([[keyOf(ended), NOW]]);
    expect(merge([ended], known({ seen })).status).toBe('expired');
    const stands = new Map([[keyOf(ended), { ...unreviewed, until: NOW + DAY }]]);
    expect(merge([ended], known({ stands }))).toMatchObject({
      status: 'active',
      expiry: { at: NOW + DAY, by: 'review' },
    });
  });

  it.each([
    ['a tunnel name lives days', 'tunnel', 2.5],
    ['an account lives months', 'account', 90],
  ])('%s', (_, id, halfLife) => {
    const endpoint = { ...classify('tenant.fn.example'), kind: id === 'tunnel' ? 'tunnel' : 'faas' };
    expect(merge([said('A')], known({ classify: () => endpoint })).life).toMatchObject({ id, halfLife });
  });
});
