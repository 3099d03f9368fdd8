import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chainCheck, digestOf, ORIGIN, type StoredFact } from './chain.ts';
import { openSqlite } from './sqlite.ts';
import { openState } from './store.ts';
import { migrations } from './tables.ts';
import { stateSuite } from './testing.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-store-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let workspace = '';
stateSuite(
  'SQLite',
  () => {
    workspace = mkdtempSync(path.join(temp, 'w-'));
    return openState({ workspace });
  },
  () => openState({ workspace }),
);

describe('a store', () => {
  test('says which fact does not read', async () => {
    const place = mkdtempSync(path.join(temp, 'w-'));
    const sqlite = openSqlite(path.join(place, 'state.db'), { migrations });
    sqlite
      .prepare('INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(1, 1, 'ana', 'intel.decided', '{}', ORIGIN, 'x');
    sqlite.close();
    const state = await openState({ workspace: place });
    await expect(state.facts('intel.decided')).rejects.toMatchObject({ code: 'state.damaged' });
    await state.close();
  });
});

describe('the chain', () => {
  const facts: StoredFact[] = [];
  for (let n = 1, previous = ORIGIN; n <= 4; n++) {
    const open = { n, at: n, who: 'ana', action: 'intel.decided', detail: `{"n":${n}}`, previous };
    facts.push({ ...open, digest: digestOf(open) });
    previous = facts.at(-1)?.digest ?? '';
  }
  const first = (list: readonly StoredFact[]): string | null => {
    const check = chainCheck();
    for (const fact of list) {
      const fault = check(fact);
      if (fault !== null) return fault;
    }
    return null;
  };
  const changed = (n: number, change: Partial<StoredFact>): StoredFact[] =>
    facts.map((fact) => (fact.n === n ? { ...fact, ...change } : fact));

  test('holds as it was written', () => expect(first(facts)).toBeNull());

  test.each([
    ['a detail changed', changed(2, { detail: '{}' }), 'fact 2 was changed'],
    ['a name changed', changed(3, { who: 'bo' }), 'fact 3 was changed'],
    ['a time changed', changed(3, { at: 9 }), 'fact 3 was changed'],
    ['a fact removed', facts.filter((f) => f.n !== 3), 'fact 3 is missing'],
    ['two facts changed places', [facts[0], facts[2], facts[1]].flatMap((f) => (f ? [f] : [])), 'fact 2 is missing'],
  ])('shows %s', (_what, list, fault) => expect(first(list)).toContain(fault));

  test('shows a fact that was changed and signed anew', () => {
    const forged = changed(2, { detail: '{}' }).map((f) => (f.n === 2 ? { ...f, digest: digestOf(f) } : f));
    expect(first(forged)).toBe('fact 3 does not follow the fact before it');
  });
});
