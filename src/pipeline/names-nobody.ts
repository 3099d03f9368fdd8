import type { Hit } from '../hunt/match.ts';
import type { Seen } from '../hunt/seen.ts';
import { edgeOwner } from '../platforms/edges.ts';
import { classifyHost } from '../platforms/matcher.ts';

/** Why a link points at what many share: a shared edge address, the bare suffix of a platform, a host whose tenants stand in the path. */
export function namesNobody(hit: Hit, seen: Seen): string | null {
  if (hit.how === 'url' || hit.how === 'fingerprint' || hit.how === 'certificate') return null;
  if (hit.how === 'address' || hit.how === 'network') return ofAll(hit, (key) => sharedAddress(key, seen));
  return ofAll(hit, (key) => {
    const endpoint = classifyHost(key);
    return endpoint.granularity === 'shared-apex' || endpoint.pathScoped || endpoint.providerOwned
      ? 'The host in these logs is shared: its name alone names no customer.'
      : null;
  });
}

/** The reason of the last key, where there is one for each of them. */
function ofAll(hit: Hit, reason: (key: string) => string | null): string | null {
  const reasons = hit.wanted.map((w) => reason(w.key));
  return reasons.includes(null) ? null : (reasons.at(-1) ?? 'Nothing in these logs bears its name.');
}

/** Known ranges of shared edges, a platform whose addresses are shared, or several tenants behind the address in these logs. */
function sharedAddress(address: string, seen: Seen): string | null {
  const owner = edgeOwner(address);
  if (owner !== null) return `The address is of ${owner}'s shared edge: many customers answer there.`;
  const endpoints = [...(seen.addresses.get(address) ?? [])].map(classifyHost);
  const shared = endpoints.find((e) => e.sharedAddresses);
  if (shared)
    return `In these logs the address leads to ${shared.provider ?? 'a platform'}, whose customers share addresses.`;
  return new Set(endpoints.map((e) => e.boundary ?? e.host)).size > 1
    ? 'In these logs the address leads to hosts of several owners.'
    : null;
}
