/** Guards: reasons why an indicator may be shown but may not convict anyone. Pure. */
import type { Endpoint } from '../model/endpoint.ts';
import type { Indicator } from '../model/indicator.ts';
import { type Address, parseAddress } from '../observables/address.ts';
import { type Cidr, cidrSet, parseCidr } from '../observables/cidr.ts';
import { parseUrl } from '../observables/url.ts';
import { publicResolvers, reservedRanges } from './known-addresses.ts';
import { isPopular } from './popular-names.ts';

export const guardReasons = [
  'shared-apex',
  'provider-owned',
  'public-suffix',
  'popular-name',
  'broad-pattern',
  'public-resolver',
  'reserved-address',
  'broad-range',
] as const;
export type GuardReason = (typeof guardReasons)[number];

/** Why the indicator may not convict; `why` is a sentence for the report, without the value in it. */
export type Guard = { readonly reason: GuardReason; readonly why: string };

/** Whose endpoint a host name or URL is: the platforms' matcher, passed in. */
export type Classify = (hostOrUrl: string) => Endpoint;

const guard = (reason: GuardReason, why: string): Guard => ({ reason, why });

/** The first guard that holds for an indicator, or null. Hashes, fingerprints, e-mail addresses and open patterns have none. */
export function guardIndicator(indicator: Indicator, classify: Classify): Guard | null {
  const { kind, value, match } = indicator;
  if (value === null) return null;
  if (match === 'like') return kind === 'domain' ? guardWildcard(value, classify) : null;
  if (kind === 'domain') return guardHost(value, classify);
  if (kind === 'url') return guardUrl(value, classify);
  if (kind === 'cidr') return guardRange(value);
  const address = kind === 'ipv4' || kind === 'ipv6' ? parseAddress(value) : null;
  return address === null ? null : guardAddress(address);
}

/** A host name: also for the host alone of an indicator that is a URL. */
export function guardHost(host: string, classify: Classify): Guard | null {
  const endpoint = classify(host);
  const { provider } = endpoint;
  if (endpoint.granularity === 'shared-apex')
    return guard('shared-apex', `The name belongs to all customers of ${provider ?? 'its platform'} at once.`);
  if (endpoint.providerOwned)
    return guard('provider-owned', `The name is ${provider ?? 'the provider'}'s own, not a customer's.`);
  if (isPopular(host)) return guard('popular-name', 'Nearly every network asks for this name.');
  if (endpoint.registrable === null)
    return guard('public-suffix', 'Under this name anyone may register; it belongs to nobody.');
  return null;
}

/**
 * A URL: its path may name a tenant where its host does not, so the whole of it is classified; a path on a popular name
 * may convict, its bare root may not.
 */
function guardUrl(value: string, classify: Classify): Guard | null {
  const url = parseUrl(value);
  if (!url.ok) return null;
  if (url.address !== null) return url.path === '/' ? guardAddress(url.address) : reserved(url.address);
  if (classify(value).granularity === 'shared-apex')
    return guard('shared-apex', 'Neither the host nor the path of the URL names a customer.');
  return url.path === '/' && url.query === null && url.host !== null ? guardHost(url.host, classify) : null;
}

/** Literal characters that the label with the last wildcard must keep for the pattern to name somebody. */
const MIN_LITERAL = 4;

/** A `LIKE` pattern: what stands behind its last wildcard must itself be more than a shared name. */
function guardWildcard(pattern: string, classify: Classify): Guard | null {
  const tail = pattern.slice(Math.max(pattern.lastIndexOf('%'), pattern.lastIndexOf('_')) + 1);
  const dot = tail.indexOf('.');
  if (dot < 0) return guard('broad-pattern', 'The wildcard leaves the registered name open.');
  if (dot >= MIN_LITERAL) return null;
  const inner = guardHost(tail.slice(dot + 1), classify);
  return inner === null ? null : guard('broad-pattern', `The pattern covers a whole shared name. ${inner.why}`);
}

const resolvers = new Map(
  publicResolvers.flatMap(({ operator, addresses }) => addresses.split(' ').map((text) => [text, operator] as const)),
);
const reservedSet = cidrSet(
  reservedRanges.flatMap((entry) => {
    const range = parseCidr(entry.range);
    return range === null ? [] : [[range, entry] as const];
  }),
);

/** An address: also for one that a listed range covers. */
export function guardAddress(address: Address): Guard | null {
  const operator = resolvers.get(address.text);
  if (operator !== undefined) return guard('public-resolver', `The address is a public DNS resolver (${operator}).`);
  return reserved(address);
}

function reserved(address: Address): Guard | null {
  const [range] = reservedSet.find(address);
  return range === undefined
    ? null
    : guard('reserved-address', `The address is in ${range.range}, ${range.what} (${range.source}); it names no host.`);
}

/** Wider than this, a range holds thousands of owners. */
const WIDEST = { 4: 16, 6: 32 } as const;

function guardRange(value: string): Guard | null {
  const range = parseCidr(value);
  if (range === null) return null;
  if (range.prefix < WIDEST[range.version])
    return guard('broad-range', `The range is wider than /${WIDEST[range.version]}: too many owners share it.`);
  return reserved(firstAddress(range));
}

/** The network address; a range that is not too broad lies in a reserved one wholly or not at all, or around a tiny one. */
function firstAddress(range: Cidr): Address {
  return { version: range.version, text: range.text.slice(0, range.text.indexOf('/')) };
}
