import { describe, expect, it } from 'vitest';
import { sampleDocument } from './testing.ts';
import {
  bytes,
  count,
  endpointName,
  instant,
  minute,
  number,
  platformName,
  second,
  span,
  weight,
  why,
} from './wording.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [219_530, '219,530'],
    [Number.NaN, 'unknown'],
  ])('number(%s)', (n, text) => expect(number(n)).toBe(text));

  it('agrees with its noun', () => {
    expect([count(0, 'lead'), count(1, 'lead'), count(1200, 'entry', 'entries')]).toEqual([
      '0 leads',
      '1 lead',
      '1,200 entries',
    ]);
  });

  it.each([
    [4.14, '+4.1'],
    [-0.8, '−0.8'],
    [0, '0'],
  ])('weight(%s)', (n, text) => expect(weight(n)).toBe(text));

  it.each([
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [4_812_330, '4.8 MB'],
    [2e21, '2000000.0 PB'],
  ])('bytes(%s)', (n, text) => expect(bytes(n)).toBe(text));
});

describe('times', () => {
  it('takes RFC 3339 alone, not every text that JavaScript would', () => {
    expect(instant('2026-10-14T08:03:11.5Z')).toBe(Date.UTC(2026, 9, 14, 8, 3, 11, 500));
    expect(instant('2026-10-14T08:03:11+02:00')).toBe(Date.UTC(2026, 9, 14, 6, 3, 11));
    expect(['javascript:x=1', '2026', '14 Oct 2026', ''].map(instant)).toEqual([null, null, null, null]);
  });

  it('always shows UTC', () => {
    expect(minute('2026-10-14T01:03:11+02:00')).toBe('2026-10-13 23:03');
    expect(second('2026-10-14T08:03:11.9Z')).toBe('2026-10-14 08:03:11 UTC');
  });

  it('says a day once', () => {
    expect(span('2026-10-14T08:03:00Z', '2026-10-14T23:58:59Z')).toBe('2026-10-14 08:03 to 23:58 UTC');
    expect(span('2026-10-14T08:03:00Z', '2026-10-15T00:00:00Z')).toBe('2026-10-14 08:03 to 2026-10-15 00:00 UTC');
    expect(span('2026-10-14T08:03:00Z', '2026-10-14T08:03:40Z')).toBe('2026-10-14 08:03 UTC');
    expect(span(null, null)).toBe('unknown UTC');
  });
});

describe('names', () => {
  const [first] = sampleDocument().findings;
  if (first === undefined) throw new Error('the sample has findings');

  it('prefers the URL, then the host, then the address, all defanged', () => {
    const none = { ...first.endpoint, host: null };
    expect(endpointName({ ...first.endpoint, url: 'https://a.b/c' })).toBe('hxxps://a[.]b/c');
    expect(endpointName(first.endpoint)).toBe('cdn-sync-61aa[.]harbour-metrics[.]workers[.]dev');
    expect(endpointName({ ...none, ip: '198.51.100.7' })).toBe('198[.]51[.]100[.]7');
    expect(endpointName(none)).toBe('unnamed endpoint');
  });

  it('names platform and tenant', () => {
    expect(platformName(first.endpoint)).toBe('cloudflare-workers · tenant harbour-metrics');
    expect(platformName({ ...first.endpoint, platform: null })).toBe('no known platform');
  });

  it('gives the heaviest evidence as the reason', () => {
    const [intelligence] = first.evidence;
    const behaviour = first.evidence.find((e) => e.class === 'behaviour');
    if (intelligence === undefined || behaviour === undefined) throw new Error('the sample has two');
    expect(why({ ...first, evidence: [behaviour, intelligence] })).toBe(
      'Listed by Northwind CERT as Cobalt Strike, redirector for campaign GREY FERRY: exactly this value, valid and already known at the contact.',
    );
    expect(why({ ...first, evidence: [behaviour] })).toBe(behaviour.summary);
    const weak = { ...intelligence, weight: 0.5, guard: 'the account may be shared' };
    const usual = { ...behaviour, class: 'benign' as const, weight: -3.6, summary: '38 of 48 hosts do this' };
    expect(why({ ...first, evidence: [usual, weak] })).toMatch(
      /^Listed by Northwind CERT.*\. Does not convict: the account may be shared\. Against it: 38 of 48 hosts do this\.$/,
    );
    expect(why({ ...first, evidence: [] })).toBe('No evidence is listed.');
  });
});
