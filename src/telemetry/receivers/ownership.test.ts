import { describe, expect, it } from 'vitest';
import { ownershipText, owns, readOwnership, type Stretch, withStretch } from './ownership.ts';

const stretch = (worker: string, from: number, to: number): Stretch => ({ worker, from: BigInt(from), to: BigInt(to) });

describe('ownership of messages', () => {
  const history = [stretch('aa', 0, 100), stretch('bb', 100, 250), stretch('aa', 250, 300)];

  it('says whose a batch is', () => {
    expect(owns(history, stretch('aa', 20, 60))).toBe('yes');
    expect(owns(history, stretch('aa', 100, 120))).toBe('no');
    expect(owns(history, stretch('aa', 90, 110))).toBe('no');
    expect(owns(history, stretch('aa', 300, 320))).toBe('no');
    expect(owns(history.slice(1), stretch('aa', 20, 60))).toBe('unknown');
    expect(owns([], stretch('aa', 0, 1))).toBe('no');
  });

  it('joins what one worker took in a row', () => {
    expect(withStretch(history, stretch('aa', 300, 310)).at(-1)).toEqual(stretch('aa', 250, 310));
    expect(withStretch(history, stretch('bb', 300, 310))).toHaveLength(4);
    expect(withStretch(history, stretch('aa', 301, 310))).toHaveLength(4);
  });

  it('goes through text, and keeps the newest where not all fits', () => {
    expect(readOwnership(ownershipText(history))).toEqual(history);
    const long = Array.from({ length: 500 }, (_, i) => stretch(`${i % 2}a`, i * 10, i * 10 + 10));
    const kept = readOwnership(ownershipText(long));
    expect(ownershipText(long).length).toBeLessThan(4096);
    expect(kept.at(-1)).toEqual(long.at(-1));
    expect(kept.length).toBeGreaterThan(100);
  });

  it.each([null, '', 'offsets of another program', 'virga1 zz:1-2 aa:x-y'])('takes %j as none', (text) => {
    expect(readOwnership(text)).toEqual([]);
  });
});
