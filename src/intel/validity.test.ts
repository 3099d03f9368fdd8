import { describe, expect, it } from 'vitest';
import { made } from './testing.ts';
import { knownAt, standing, stateAt } from './validity.ts';

describe('standing', () => {
  const asOf = 1000;
  it.each([
    [{}, 'undated'],
    [{ validFrom: 100, validUntil: 200, recorded: 50 }, 'known-then'],
    [{ validUntil: 150 }, 'expired'],
    [{ validUntil: 151 }, 'known-then'],
    [{ validFrom: 150 }, 'known-then'],
    [{ validFrom: 151 }, 'not-yet-valid'],
    [{ recorded: 150 }, 'known-then'],
    [{ recorded: 151 }, 'learned-later'],
    [{ validUntil: 100, recorded: 500 }, 'expired'],
    [{ validFrom: 500, recorded: 500 }, 'not-yet-valid'],
    [{ validFrom: 100, recorded: 500 }, 'learned-later'],
  ] as const)('an event at 150, %j: %s', (facts, expected) => {
    expect(standing(made(facts), 150, asOf)).toBe(expected);
  });

  it('judges what was recorded after the as-of time as learned later, even before an event that is later still', () => {
    expect(standing(made({ recorded: 1100 }), 1200, 1000)).toBe('learned-later');
    expect(standing(made({ recorded: 1000 }), 1200, 1000)).toBe('known-then');
  });
});

it('knownAt counts what gives no date of recording', () => {
  expect(knownAt(made({ recorded: null }), 0)).toBe(true);
  expect(knownAt(made({ recorded: 10 }), 10)).toBe(true);
  expect(knownAt(made({ recorded: 11 }), 10)).toBe(false);
});

describe('stateAt', () => {
  it.each([
    [{}, 'active'],
    [{ validUntil: 100 }, 'expired'],
    [{ validUntil: 101 }, 'active'],
    [{ validFrom: 100 }, 'active'],
    [{ validFrom: 101 }, 'not-yet-valid'],
    [{ detect: false }, 'not-for-detection'],
    [{ detect: false, validUntil: 50 }, 'not-for-detection'],
  ] as const)('at 100, %j: %s', (facts, state) => {
    expect(stateAt(made(facts), 100)).toBe(state);
  });
});
