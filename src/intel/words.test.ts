import { describe, expect, it } from 'vitest';
import { isNothing, readConfidence, readFlag, readLabels, readTime } from './words.ts';

describe('readTime', () => {
  const noon = Date.UTC(2026, 7, 25, 12, 30, 5);
  it.each([
    ['2026-08-25T12:30:05Z', noon],
    ['2026-08-25T12:30:05.250Z', noon + 250],
    ['2026-08-25T12:30:05.123456+00:00', noon + 123],
    ['2026-08-25T14:30:05+02:00', noon],
    ['2026-08-25T07:00:05-0530', noon],
    ['2026-08-25 12:30:05', noon],
    ['2026-08-25 12:30:05 UTC', noon],
    ['2026/08/25 12:30:05', noon],
    ['2026-08-25', Date.UTC(2026, 7, 25)],
    ['2026-8-5', Date.UTC(2026, 7, 5)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    [String(noon / 1000), noon],
    [String(noon), noon],
    [`${noon / 1000}.5`, noon + 500],
  ])('%s', (text, time) => {
    expect(readTime(text)).toBe(time);
    expect(readTime(text)).toBe(time); // remembered
  });

  it.each(['', ' ', '-', 'N/A', 'None', 'never', '0', '(empty)'])('%j is no date', (text) => {
    expect(readTime(text)).toBeNull();
  });

  it.each([
    '25/08/2026',
    '08/25/2026',
    '2026-13-01',
    '2025-02-29',
    '2026-08-25T25:00:00Z',
    'yesterday',
    '2026',
    '9'.repeat(5000),
  ])('%j does not read', (text) => {
    expect(readTime(text)).toBeUndefined();
  });
});

describe('readConfidence', () => {
  it.each([
    ['80', 80],
    ['0', 0],
    ['100', 100],
    ['85%', 85],
    ['0.8', 80],
    ['1.0', 100],
    ['0.5%', 1],
    ['low', 15],
    ['Medium', 50],
    ['HIGH', 85],
    ['very_high', 95],
    ['', null],
    ['n/a', null],
    ['101', undefined],
    ['-1', undefined],
    ['quite sure', undefined],
  ])('%j is %s', (text, value) => {
    expect(readConfidence(text)).toBe(value);
  });
});

it('readFlag knows yes and no in the usual words', () => {
  expect([true, 'TRUE', '1', 1, 'yes'].map(readFlag)).toEqual(Array(5).fill(true));
  expect([false, 'false', '0', 0, 'no'].map(readFlag)).toEqual(Array(5).fill(false));
  expect([undefined, null, '', 'maybe', {}].map(readFlag)).toEqual(Array(5).fill(null));
});

it('readLabels bounds what it keeps', () => {
  expect(readLabels([' a ', '', 'a', 'b'])).toEqual(['a', 'b']);
  expect(readLabels(Array.from({ length: 100 }, (_, i) => `l${i}`))).toHaveLength(32);
  expect(readLabels(['x'.repeat(1000)])[0]).toHaveLength(120);
});

it('isNothing', () => {
  expect(['', ' - ', 'NULL', 'x'].map(isNothing)).toEqual([true, true, true, false]);
});
