/** Names on no platform: who owns how much of the name space around them. */
import type { Endpoint } from '../model/endpoint.ts';
import { platforms } from './catalogue/index.ts';
import { platformless } from './endpoints.ts';
import { registrableOf } from './registrable.ts';

/** An address, or a text that is no host: not to be blocked on the word of its name. */
export function namelessEndpoint(text: string): Endpoint {
  return platformless(text, null, null);
}

/**
 * A normalised host: its registrable domain bounds it; a bare public suffix is nobody's. Where a platform lives under
 * that domain too (`amazonaws.com`, `google.com`), only the host itself is certain to be of one owner.
 */
export function ordinaryEndpoint(host: string): Endpoint {
  if (holdsWholeDomains(host)) return platformless(host, host, host);
  const domain = registrableOf(host);
  if (domain === null || !domainsWithPlatforms.has(domain)) return platformless(host, domain, domain);
  return platformless(host, domain, host === domain ? null : host);
}

/**
 * Suffixes under which the customers' whole domain names stand (`www.example.com.cdn.cloudflare.net`): one label above
 * the suffix is their top-level domain, so only the name itself is one customer's. Cloudflare partial (CNAME) set-up and
 * Akamai edge hostnames, from general knowledge, 2026-11-24.
 */
const wholeDomainSuffixes = [
  '.cdn.cloudflare.net',
  '.edgekey.net',
  '.edgesuite.net',
  '.akamaiedge.net',
  '.akamaized.net',
];
const holdsWholeDomains = (host: string): boolean => wholeDomainSuffixes.some((suffix) => host.endsWith(suffix));

/** Every suffix of the catalogue, and every parent of one. */
const domainsWithPlatforms: ReadonlySet<string> = new Set(
  platforms.flatMap(({ suffixes }) => suffixes.flatMap((suffix) => [suffix, ...parentsOf(suffix)])),
);

function parentsOf(name: string): readonly string[] {
  const parent = name.slice(name.indexOf('.') + 1);
  return parent.includes('.') ? [parent, ...parentsOf(parent)] : [];
}
