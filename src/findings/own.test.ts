import { describe, expect, test } from 'vitest';
import { ownAt, ownEvidence, ownName } from './own.ts';

const day = Date.UTC(2026, 9, 14);

describe('endpoints of one’s own', () => {
  test('a declaration ends, one without an end does not', () => {
    const tenants = [
      { name: 'a.example', until: day },
      { name: 'b.example', until: day + 1 },
      { name: 'c.example', until: null },
    ];
    expect([...ownAt(tenants, day)]).toEqual(['b.example', 'c.example']);
  });

  test('an account stands for all its functions, and for a name in front of one', () => {
    const own = new Set(['cloudflare-workers:acme']);
    expect(ownName('jobs.acme.workers.dev', null, own)).toBe('cloudflare-workers:acme');
    expect(ownName('jobs.other.workers.dev', null, own)).toBeNull();
    expect(ownName('status.acme.example', 'jobs.acme.workers.dev', own)).toBe('cloudflare-workers:acme');
  });

  test('it speaks against, and says that a listing is to be reviewed', () => {
    const [evidence] = ownEvidence('a.example', null, new Set(['a.example']));
    expect(evidence).toMatchObject({ class: 'benign', summary: expect.stringContaining('broken into') });
    expect(evidence?.weight).toBeLessThan(0);
    expect(ownEvidence('b.example', null, new Set(['a.example']))).toEqual([]);
  });
});
