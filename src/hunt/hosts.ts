import {
  type Conflict,
  conflictsOf,
  type Holding,
  holdingsOf,
  type Nameless,
  type Whereabouts,
  withoutHolder,
} from '../lake/hosts.ts';
import type { Lake } from '../lake/lake.ts';
import type { InternalHost } from '../model/finding.ts';

/** Who the sources of contacts are: an address, or a host that had several in turn (lake/hosts.ts). */
export type Hosts = {
  /** True where the source is one's own: its address, or one that the host had. */
  readonly inside: (src: string) => boolean;
  /** The source as a finding names it, by the addresses at which it met the endpoint and the time of the contacts (RFC 3339). */
  readonly describe: (src: string, at: readonly Whereabouts[], first: string, last: string) => InternalHost;
  /** Whether any log tells who had an address. */
  readonly told: boolean;
  /** True where no lease says whose the address was at any time of the contacts. */
  readonly nameless: (src: string, first: string, last: string) => boolean;
  readonly holdings: readonly Holding[];
};

/** `inside` tells of an address whether it is one's own. */
export async function readHosts(lake: Lake, inside: (ip: string) => boolean): Promise<Hosts> {
  const holdings = await holdingsOf(lake);
  const bySource = new Map<string, Holding[]>();
  for (const holding of holdings) {
    const src = holding.moved ? holding.host : holding.address;
    const known = bySource.get(src);
    if (known) known.push(holding);
    else bySource.set(src, [holding]);
  }
  const during = (src: string, first: string, last: string): Holding[] =>
    (bySource.get(src) ?? [])
      .filter((h) => h.since <= last && h.until > first)
      .sort((a, b) => (a.since < b.since ? -1 : 1));
  return {
    told: holdings.length > 0,
    holdings,
    inside: (src) => inside(src) || (bySource.get(src) ?? []).some((h) => inside(h.address)),
    nameless: (src, first, last) => during(src, first, last).length === 0,
    describe: (src, at, first, last) => {
      const newest = during(src, first, last).at(-1) ?? bySource.get(src)?.find((h) => h.moved);
      if (!newest) return { ip: src, host: null };
      const { name: host, mac } = newest;
      const ip = newest.moved ? (at.at(-1)?.address ?? newest.address) : src;
      const addresses = at.map((a) => ({ ip: a.address, first_seen: a.first, last_seen: a.last }));
      return { ip, host, mac, ...(addresses.length > 0 ? { addresses } : {}) };
    },
  };
}

/** What coverage says of identity. */
export type IdentityFacts = {
  readonly leases: boolean;
  /** Hosts and addresses that leases told of. */
  readonly hosts: number;
  readonly addresses: number;
  /** Hosts that had several addresses. */
  readonly moved: number;
  /** Addresses that were several hosts in turn. */
  readonly shared: number;
  readonly conflicts: readonly Conflict[];
  /** Own addresses with contacts at times of which no lease tells. */
  readonly nameless: readonly Nameless[];
};

export async function identityFacts(
  lake: Lake,
  { told, holdings }: Hosts,
  inside: (ip: string) => boolean,
): Promise<IdentityFacts> {
  return {
    leases: told,
    hosts: new Set(holdings.map((h) => h.host)).size,
    addresses: new Set(holdings.map((h) => h.address)).size,
    moved: several(holdings.map((h) => [h.host, h.address])),
    shared: several(holdings.map((h) => [h.address, h.host])),
    conflicts: await conflictsOf(lake),
    nameless: told ? (await withoutHolder(lake)).filter((n) => inside(n.address)) : [],
  };
}

/** How many of the first have more than one of the second. */
function several(pairs: readonly (readonly [string, string])[]): number {
  const sets = new Map<string, Set<string>>();
  for (const [one, other] of pairs) sets.set(one, (sets.get(one) ?? new Set()).add(other));
  return [...sets.values()].filter((set) => set.size > 1).length;
}
