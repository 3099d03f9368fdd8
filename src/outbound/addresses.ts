/** Which addresses may be asked. */
import { parseAddress } from '../observables/address.ts';
import { type Cidr, cidrSet, parseCidr } from '../observables/cidr.ts';

/**
 * What is not a public host (IANA special-purpose registries of IPv4 and IPv6, read 2026-11-24), the metadata services
 * of clouds (169.254.169.254, fd00:ec2::254) among them, and forms of IPv6 that carry an IPv4 address.
 */
const CLOSED = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...[
    '224.0.0.0/4',
    '240.0.0.0/4',
    '::/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
  ],
  ...['2002::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];

/** Whether an address may be asked: a public one, or one in the ranges `inside`. */
export function openTo(inside: readonly string[]): (address: string) => boolean {
  const closed = rangesOf(CLOSED);
  const open = rangesOf(inside);
  return (text) => {
    const address = parseAddress(text);
    if (address === null) return false;
    return open.find(address).length > 0 || closed.find(address).length === 0;
  };
}

const rangesOf = (texts: readonly string[]) =>
  cidrSet(
    texts
      .map(parseCidr)
      .filter((range): range is Cidr => range !== null)
      .map((range) => [range, true] as const),
  );
