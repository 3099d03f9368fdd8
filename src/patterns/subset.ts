/** ISSUBSET and ISSUPERSET: addresses and ranges, IPv4 and IPv6. */
import { parseAddress } from '../observables/address.ts';
import { type Cidr, parseCidr } from '../observables/cidr.ts';
import { MatchFault } from './fault.ts';

/** Whether all of `inner` lies in `outer`; an address is a range of one. False where `inner` or `outer` is neither. */
export function isSubset(inner: string, outer: string): boolean {
  const [small, large] = [readRange(inner), readRange(outer)];
  if (small === null || large === null || small.version !== large.version || small.prefix < large.prefix) return false;
  return parseCidr(`${small.text.slice(0, small.text.indexOf('/'))}/${large.prefix}`)?.text === large.text;
}

/** A range that the pattern names; a fault where it is none. */
export function mustBeRange(text: string): string {
  if (readRange(text) === null) throw new MatchFault(`${JSON.stringify(text.slice(0, 60))} is no IP address or range`);
  return text;
}

function readRange(text: string): Cidr | null {
  const address = text.includes('/') ? null : parseAddress(text);
  return parseCidr(address === null ? text : `${address.text}/${address.version === 4 ? 32 : 128}`);
}
