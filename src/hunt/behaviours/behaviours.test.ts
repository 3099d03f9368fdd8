import { describe, expect, it, test } from 'vitest';
import { places } from '../../model/event.ts';
import { duration } from './beacon.ts';
import { behaviours } from './index.ts';

describe.each(behaviours.map((b) => [b.id, b] as const))('the contract: %s', (_id, b) => {
  it('has a dotted id, says what it is and what it cannot see', () => {
    expect(b.id).toMatch(/^hunt\.[a-z-]+$/);
    expect(b.says.length).toBeGreaterThan(30);
    expect(b.blindTo.length).toBeGreaterThan(0);
    for (const need of b.needs) expect(Object.keys(places)).toContain(need);
  });

  it('uses each number that it names, with a reason, and no other', () => {
    const used = [...b.sql.matchAll(/\$([a-z]+)/g)].map((m) => m[1]);
    expect([...new Set(used)].sort()).toEqual(Object.keys(b.parameters).sort());
    for (const { reason } of Object.values(b.parameters)) expect(reason.length).toBeGreaterThan(15);
  });

  it('weighs less than an exact indicator, and opens nothing where a guard holds it', () => {
    expect(b.weight).toBeGreaterThan(0);
    expect(b.weight).toBeLessThan(2);
    expect(b.opens && b.guard !== null).toBe(false);
  });
});

test('ids are distinct', () => {
  expect(new Set(behaviours.map((b) => b.id)).size).toBe(behaviours.length);
});

test('durations in the unit that a person would use', () => {
  expect([2, 61, 300, 3600, 28_800].map(duration)).toEqual(['2 s', '61 s', '5 min', '60 min', '8 h']);
});
