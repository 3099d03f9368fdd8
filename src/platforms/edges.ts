import { parseAddress } from '../observables/address.ts';
import { cidrSet, parseCidr } from '../observables/cidr.ts';

/**
 * Address ranges in front of many tenants at once, as their owners publish them. A hit on such an address names nobody.
 * The list is short on purpose: the logs themselves show most shared addresses (several tenants behind one address).
 */
export const sharedEdges: readonly {
  readonly owner: string;
  readonly source: string;
  /** Null: from general knowledge, not compared with the source. */
  readonly checked: string | null;
  readonly ranges: readonly string[];
}[] = [
  {
    owner: 'Cloudflare',
    source: 'https://www.cloudflare.com/ips/',
    checked: null,
    ranges: [
      '173.245.48.0/20',
      '103.21.244.0/22',
      '103.22.200.0/22',
      '103.31.4.0/22',
      '141.101.64.0/18',
      '108.162.192.0/18',
      '190.93.240.0/20',
      '188.114.96.0/20',
      '197.234.240.0/22',
      '198.41.128.0/17',
      '162.158.0.0/15',
      '104.16.0.0/13',
      '104.24.0.0/14',
      '172.64.0.0/13',
      '131.0.72.0/22',
      '2400:cb00::/32',
      '2606:4700::/32',
      '2803:f800::/32',
      '2405:b500::/32',
      '2405:8100::/32',
      '2a06:98c0::/29',
      '2c0f:f248::/32',
    ],
  },
  {
    owner: 'Fastly',
    source: 'https://api.fastly.com/public-ip-list',
    checked: null,
    ranges: ['151.101.0.0/16', '199.232.0.0/16', '146.75.0.0/17', '2a04:4e42::/32'],
  },
  {
    owner: 'Google front ends',
    source: 'https://www.gstatic.com/ipranges/goog.json',
    checked: null,
    ranges: ['216.239.32.0/19', '142.250.0.0/15', '172.217.0.0/16', '2607:f8b0::/32'],
  },
  {
    owner: 'Vercel',
    source: 'https://vercel.com/docs/domains',
    checked: null,
    ranges: ['76.76.21.0/24'],
  },
  {
    owner: 'Azure Front Door',
    source: 'Service tag AzureFrontDoor.Frontend',
    checked: null,
    ranges: ['13.107.213.0/24', '13.107.246.0/24'],
  },
];

const edges = cidrSet(
  sharedEdges.flatMap(({ owner, ranges }) =>
    ranges.flatMap((text) => {
      const range = parseCidr(text);
      return range ? [[range, owner] as const] : [];
    }),
  ),
);

/** Who owns the shared edge that an address belongs to; null where the published ranges do not hold it. */
export function edgeOwner(text: string): string | null {
  const address = parseAddress(text);
  return address ? (edges.find(address)[0] ?? null) : null;
}
