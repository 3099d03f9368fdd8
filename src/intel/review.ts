/** Review: who decided what about an indicator, and what follows from it. Pure. */
import type { Detail, Fact, Verdict } from '../model/fact.ts';

export type Decision = Fact<'intel.decided'>;

/** How an indicator stands in review. */
export type Stand = {
  readonly verdict: Verdict;
  /** True once two people have said that it may be blocked, and nobody has taken it back since. */
  readonly blockable: boolean;
  /** The first of the two, while the second is awaited. */
  readonly awaits: string | null;
  readonly reason: string | null;
  readonly who: string | null;
  readonly at: number | null;
  readonly admiralty: string | null;
  /** The validity that a reviewer gave; milliseconds since 1970. */
  readonly until: number | null;
};

/** What nobody has looked at yet. */
export const unreviewed: Stand = {
  verdict: 'candidate',
  blockable: false,
  awaits: null,
  reason: null,
  who: null,
  at: null,
  admiralty: null,
  until: null,
};

/** How every subject of these decisions (oldest first) stands, by its key. */
export function standings(decisions: readonly Decision[]): ReadonlyMap<string, Stand> {
  const stands = new Map<string, Stand>();
  for (const decision of decisions)
    for (const { key } of decision.detail.subjects) stands.set(key, decide(stands.get(key) ?? unreviewed, decision));
  return stands;
}

/** The stand after one more decision. Another verdict takes back what was said about blocking. */
export function decide(before: Stand, { who, at, detail }: Pick<Decision, 'who' | 'at' | 'detail'>): Stand {
  const verdict = detail.verdict ?? before.verdict;
  const changed = verdict !== before.verdict;
  const kept = changed ? { blockable: false, awaits: null } : { blockable: before.blockable, awaits: before.awaits };
  return {
    ...before,
    verdict,
    ...(detail.block ? second(kept, who) : kept),
    reason: detail.reason,
    who,
    at,
    admiralty: admiraltyOf(detail) ?? before.admiralty,
    until: detail.until ?? before.until,
  };
}

type Blocking = Pick<Stand, 'blockable' | 'awaits'>;

/** Two people for what may block: the same person twice is one. */
function second({ blockable, awaits }: Blocking, who: string): Blocking {
  if (blockable || awaits === null || awaits === who)
    return blockable ? { blockable, awaits } : { blockable, awaits: who };
  return { blockable: true, awaits: null };
}

const admiraltyOf = ({ reliability, credibility }: Detail<'intel.decided'>): string | null =>
  reliability === null && credibility === null ? null : `${reliability ?? 'F'}${credibility ?? '6'}`;

/** What the verdict lets an indicator do: convict, be shown, or nothing. */
export function power(verdict: Verdict): 'convicts' | 'shown' | 'none' {
  switch (verdict) {
    case 'candidate':
    case 'approved':
      return 'convicts';
    case 'monitor-only':
    case 'quarantined':
      return 'shown';
    case 'rejected':
      return 'none';
    default:
      return verdict satisfies never;
  }
}
