/** Facts that many platforms share: sources, lists, published address ranges, and what logs cannot show. */
import type { Source } from '../platform.ts';

/** The day on which every source below was read (stored copies of the pages) and compared with the patterns. */
const CHECKED = '2026-11-24';

/** The private section of the Public Suffix List has these suffixes; tested against the list that we ship. */
export function publicSuffix(...suffixes: readonly string[]): Source {
  return {
    where: 'https://publicsuffix.org/list/ private section (publicsuffix/list@e8c9a2b, 2026-08-19)',
    says: suffixes.join(', '),
    checked: CHECKED,
  };
}

/** A page of the provider or of its public code. */
export function document(where: string, says: string): Source {
  return { where, says, checked: CHECKED };
}

/** Names of this shape stand in public source code. */
export function publicCode(text: string): Source {
  return { where: 'public source code on GitHub', says: `names with ${text}`, checked: CHECKED };
}

const MALTRAIL = 'stamparm/maltrail@8adace159e1e trails/static (MIT)';
const REPORTS = '0xDanielLopez/TweetFeed (CC0-1.0), eset/malware-ioc (BSD-2-Clause), pan-unit42/iocs (MIT)';

/** The public lists that `abuse` counts real names in. */
export const abuseLists = { all: `${MALTRAIL}, ${REPORTS}`, maltrail: MALTRAIL, reports: REPORTS } as const;

/** Where the providers publish their addresses; general knowledge, not fetched. */
export const ranges = {
  aws: 'https://ip-ranges.amazonaws.com/ip-ranges.json',
  azure: 'https://www.microsoft.com/en-us/download/details.aspx?id=56519 (Azure IP Ranges and Service Tags)',
  google: 'https://www.gstatic.com/ipranges/goog.json and https://www.gstatic.com/ipranges/cloud.json',
  cloudflare: 'https://www.cloudflare.com/ips-v4 and https://www.cloudflare.com/ips-v6',
  fastly: 'https://api.fastly.com/public-ip-list',
} as const;

/** What logs cannot show of a platform, as sentences for the coverage report. */
export const blind = {
  pathTenant:
    'DNS and TLS show only a host that many tenants share; the tenant is in the URL path, so it takes a proxy log or inspected TLS.',
  pathFunction:
    'DNS and TLS show whose host it is, not which function: that is in the URL path, so it takes a proxy log or inspected TLS.',
  customDomain: "Behind a customer's own domain the platform shows only as the CNAME in a DNS answer, if there is one.",
  noCname: 'Custom domains and routes hide it completely: they leave no telling CNAME.',
  behindCdn: 'A custom domain needs a CDN in front of it, and then only the CDN shows.',
  behindZone: "Clients see only the customer's own domain; the tunnel's name shows in that zone's CNAME, if at all.",
  guessedParent: 'Preview names join project, version and scope with dashes: where one ends is a guess.',
  sharedPort: 'TCP tunnels share a host: only the port names the tenant.',
  noAccount: 'The name carries no account: two endpoints of one customer cannot be joined by name.',
  hiddenSni: 'Encrypted Client Hello can hide the server name; the outer name names nobody.',
  sharedAddresses:
    'The addresses serve many tenants: a connection without a name says nothing about whose endpoint it was.',
} as const;
