/** IP addresses: parse and write in one canonical way, so that equal addresses are equal texts. */
import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** One address. `text` is dotted quad, or IPv6 as RFC 5952 writes it, without brackets and zone. */
export type Address = { readonly version: 4 | 6; readonly text: string };

/** The longest IPv6 text is 45 characters; a zone may follow. */
const MAX_ADDRESS_LENGTH = 64;

/**
 * The address that `text` is, or null. Strict: four decimal parts without leading zeros, or IPv6 without
 * brackets; a zone (`%eth0`) is dropped, and an IPv4-mapped IPv6 address becomes its IPv4 address.
 */
export function parseAddress(text: string): Address | null {
  if (text.length > MAX_ADDRESS_LENGTH) return null;
  if (isIPv4(text)) return { version: 4, text };
  if (!text.includes(':') || !isIPv6(text)) return null;
  const parsed = ipaddr.IPv6.parse(text.replace(/%.*$/, ''));
  if (parsed.isIPv4MappedAddress()) return { version: 4, text: parsed.toIPv4Address().toString() };
  return { version: 6, text: parsed.toRFC5952String() };
}

/** Whether `text` is an address that `parseAddress` reads. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== null;
}
