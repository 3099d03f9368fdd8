/** The chain that makes the facts tamper-evident: each carries the digest of the one before it. Pure. */
import { createHash } from 'node:crypto';

/** A fact as it is stored: `detail` is the JSON text, byte for byte. */
export type StoredFact = {
  readonly n: number;
  readonly at: number;
  readonly who: string;
  readonly action: string;
  readonly detail: string;
  readonly previous: string;
  readonly digest: string;
};

/** What stands before the first fact. */
export const ORIGIN = '0'.repeat(64);

/** SHA-256 over the JSON list of everything else in the fact, in hexadecimal. */
export function digestOf(fact: Omit<StoredFact, 'digest'>): string {
  const { n, at, who, action, detail, previous } = fact;
  return createHash('sha256')
    .update(JSON.stringify([n, at, who, action, detail, previous]))
    .digest('hex');
}

/** Follows a chain, fact by fact; `check` says what is wrong with the next one, or null. */
export function chainCheck(): (fact: StoredFact) => string | null {
  let n = 0;
  let previous = ORIGIN;
  return (fact) => {
    n++;
    if (fact.n !== n) return `fact ${n} is missing: fact ${fact.n} stands in its place`;
    if (fact.previous !== previous) return `fact ${n} does not follow the fact before it`;
    if (fact.digest !== digestOf(fact)) return `fact ${n} was changed after it was recorded`;
    previous = fact.digest;
    return null;
  };
}
