import { describe, expect, it } from 'vitest';
import { readWho, whoOf } from './person.ts';
import { decide, type Stand, unreviewed } from './review.ts';

const open = {
  verdict: null,
  block: false,
  reason: 'x',
  reliability: null,
  credibility: null,
  until: null,
  subjects: [],
};
const block = (before: Stand, who: string): Stand => decide(before, { who, at: 1, detail: { ...open, block: true } });

describe('who may block', () => {
  it('two names, not one twice', () => {
    const first = block(unreviewed, 'ana');
    expect(first).toMatchObject({ blockable: false, awaits: 'ana' });
    expect(block(first, 'ana')).toMatchObject({ blockable: false, awaits: 'ana' });
    expect(block(first, 'ana (claimed by root)')).toMatchObject({ blockable: false, awaits: 'ana' });
    expect(block(first, 'bo')).toMatchObject({ blockable: true, awaits: null, oneAccount: false });
  });

  it('two names of one account are marked, until another account says so too', () => {
    const both = block(block(unreviewed, 'ana (claimed by soc)'), 'bo (claimed by soc)');
    expect(both).toMatchObject({ blockable: true, oneAccount: true });
    expect(block(block(unreviewed, 'soc'), 'bo (claimed by soc)')).toMatchObject({ blockable: true, oneAccount: true });
    expect(block(both, 'eva')).toMatchObject({ blockable: true, oneAccount: false });
  });

  it('another verdict takes it back', () => {
    const both = block(block(unreviewed, 'ana'), 'bo');
    const rejected = decide(both, { who: 'ana', at: 2, detail: { ...open, verdict: 'rejected' } });
    expect(rejected).toMatchObject({ blockable: false, awaits: null, blockers: [] });
  });
});

describe('a name', () => {
  it('that is not the account is recorded as claimed from it', () => {
    expect(whoOf('ana', 'soc')).toBe('ana (claimed by soc)');
    expect(readWho('ana (claimed by soc)')).toEqual({ name: 'ana', account: 'soc' });
  });
  it.each([[null], ['  '], ['soc']])('%j is the account itself', (given) => expect(whoOf(given, 'soc')).toBe('soc'));
  it('cannot pretend to be claimed from elsewhere, nor hold control characters', () => {
    expect(readWho(whoOf('ana (claimed by boss)', 'soc')).account).toBe('soc');
    expect(whoOf('a\nb', 'soc')).toBe('a b (claimed by soc)');
  });
});
