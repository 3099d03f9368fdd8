import { parseAddress } from './address.ts';
import { type Cidr, cidrSet, parseCidr } from './cidr.ts';

/** Ranges that no public endpoint has (RFC 1918, 6598, 3927, 1122, 4193, 4291). */
const ranges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
];

const parsed = (texts: readonly string[]): Cidr[] => texts.map(parseCidr).filter((c) => c !== null);

/** Tells whether an address is one's own: in a private range, or in one of those given besides. */
export function insideOf(also: readonly string[]): (text: string) => boolean {
  const set = cidrSet([...parsed(ranges), ...parsed(also)].map((c) => [c, true] as const));
  return (text) => {
    const address = parseAddress(text);
    return address !== null && set.find(address).length > 0;
  };
}
