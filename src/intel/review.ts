/** Review: who decided what about an indicator, and what follows from it. Pure. */
import type { Detail, Fact, Verdict } from '../model/fact.ts';
import { readWho, sameAccount } from './person.ts';

export type Decision = Fact<'intel.decided'>;

/** How an indicator stands in review. */
export type Stand = {
  readonly verdict: Verdict;
  /** True once two people have said that it may be blocked, and nobody has taken it back since. */
  readonly blockable: boolean;
  /** True where both of them spoke from one account of the system: then nothing but their word says that they are two. */
  readonly oneAccount: boolean;
  /** Who said since the last change of verdict that it may be blocked, oldest first. */
  readonly blockers: readonly string[];
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
  oneAccount: false,
  blockers: [],
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
  const kept = changed ? [] : before.blockers;
  return {
    ...before,
    verdict,
    ...blocking(detail.block && !kept.includes(who) ? [...kept, who] : kept),
    reason: detail.reason,
    who,
    at,
    admiralty: admiraltyOf(detail) ?? before.admiralty,
    until: detail.until ?? before.until,
  };
}

/** Two people for what may block: the same name twice is one. Two accounts end the doubt whether two names are two people. */
function blocking(blockers: readonly string[]): Pick<Stand, 'blockers' | 'blockable' | 'oneAccount' | 'awaits'> {
  const [first, ...others] = blockers;
  const blockable = others.some((who) => readWho(who).name !== readWho(first ?? '').name);
  return {
    blockers,
    blockable,
    oneAccount: blockable && others.every((who) => sameAccount(who, first ?? '')),
    awaits: blockable || first === undefined ? null : readWho(first).name,
  };
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
