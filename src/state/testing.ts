/** What every store of facts must hold, whichever server keeps it: run by the tests of SQLite and of PostgreSQL. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VirgaError } from '../model/errors.ts';
import { chainCheck, ORIGIN, type StoredFact } from './chain.ts';
import type { NewFact, State } from './store.ts';

const imported = (seq: number): NewFact => ({
  action: 'intel.imported',
  detail: { seq, file: null, sha256: null, added: 0, updated: 0, unchanged: 0, repeated: 0, files: [] },
});
const decided = (value: string): NewFact => ({
  action: 'intel.decided',
  detail: {
    subjects: [{ key: 'k', value }],
    verdict: 'approved',
    block: false,
    reason: value,
    reliability: null,
    credibility: null,
    until: null,
  },
});

async function chainOf(state: State): Promise<{ facts: StoredFact[]; faults: (string | null)[] }> {
  const facts: StoredFact[] = [];
  for await (const fact of state.stored()) facts.push(fact);
  return { facts, faults: facts.map(chainCheck()) };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof VirgaError) return error.code;
    throw error;
  }
}

/** `open` gives a fresh store, `again` another connection to the same one. */
export function stateSuite(name: string, open: () => Promise<State>, again: () => Promise<State>): void {
  describe(`facts on ${name}`, () => {
    let state: State;
    beforeEach(async () => {
      state = await open();
    });
    afterEach(() => state.close());

    test('come back by action, in order, as they went in, with hostile text', async () => {
      const hostile = `'; DROP TABLE fact; --\u0000\u2028"\n${'x'.repeat(5000)}`;
      await state.append([imported(1), decided(hostile)], { who: 'ana', at: 1000 });
      await state.append([decided('two')], { who: "o'brien", at: 2000 });
      expect((await state.facts('intel.decided')).map((f) => [f.n, f.at, f.who, f.detail.reason])).toEqual([
        [2, 1000, 'ana', hostile],
        [3, 2000, "o'brien", 'two'],
      ]);
      expect((await state.facts('intel.imported')).map((f) => f.detail.seq)).toEqual([1]);
      expect(await state.last()).toBe(3);
    });

    test('as of a time are those recorded by then', async () => {
      await state.append([decided('a')], { who: 'ana', at: 1000 });
      await state.append([decided('b')], { who: 'ana', at: 2000 });
      expect((await state.facts('intel.decided', 1999)).map((f) => f.detail.reason)).toEqual(['a']);
      expect(await state.facts('intel.decided', 999)).toEqual([]);
    });

    test('form one chain without a gap, however many come at once', async () => {
      await state.append(
        Array.from({ length: 9001 }, (_, i) => decided(String(i))),
        { who: 'ana', at: 1 },
      );
      await state.append([imported(1)], { who: 'ana', at: 2 });
      const { facts, faults } = await chainOf(state);
      expect(facts.map((f) => f.n)).toEqual(Array.from({ length: 9002 }, (_, i) => i + 1));
      expect(facts[0]?.previous).toBe(ORIGIN);
      expect(faults.every((fault) => fault === null)).toBe(true);
    });

    test('are all there or none', async () => {
      const bad = {
        action: 'intel.imported',
        detail: {
          get seq(): number {
            throw new Error('half way');
          },
        },
      };
      await expect(state.append([decided('a'), bad as unknown as NewFact], { who: 'ana', at: 1 })).rejects.toThrow(
        'half way',
      );
      expect(await state.last()).toBe(0);
    });

    test('are not appended where somebody was quicker', async () => {
      const unless = { action: 'intel.imported', after: 0 } as const;
      const other = await again();
      await other.append([imported(1)], { who: 'bo', at: 1, unless });
      expect(await codeOf(state.append([imported(1)], { who: 'ana', at: 1, unless }))).toBe('state.moved');
      expect(
        await codeOf(
          state.append([decided('x')], { who: 'ana', at: 1, unless: { action: 'intel.decided', after: 0 } }),
        ),
      ).toBe('none');
      await other.close();
      expect((await chainOf(state)).facts.map((f) => f.who)).toEqual(['bo', 'ana']);
    });

    test('of several writers at once keep one chain', async () => {
      const other = await again();
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 ? state : other).append([decided(String(i))], { who: 'ana', at: i }),
        ),
      );
      await other.close();
      const { facts, faults } = await chainOf(state);
      expect(facts).toHaveLength(20);
      expect(faults.every((fault) => fault === null)).toBe(true);
    });
  });
}
