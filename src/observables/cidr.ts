/** Address ranges in CIDR form, and sets of them that answer in logarithmic time. */
import ipaddr from 'ipaddr.js';
import { type Address, parseAddress } from './address.ts';

/** One range. `text` is the network address, a slash and the prefix: equal ranges are equal texts. */
export type Cidr = { readonly version: 4 | 6; readonly prefix: number; readonly text: string };

const FULL = { 4: 32, 6: 128 } as const;

/**
 * The range that `text` is, or null. Host bits are cleared (`10.1.2.3/8` is `10.0.0.0/8`); an IPv4-mapped IPv6 range
 * of /96 or narrower becomes its IPv4 range. A single address without a slash is no range.
 */
export function parseCidr(text: string): Cidr | null {
  const trimmed = text.trim();
  const slash = trimmed.indexOf('/');
  if (slash < 0 || !/^\d{1,3}$/.test(trimmed.slice(slash + 1))) return null;
  const written = trimmed.slice(0, slash);
  const address = parseAddress(written);
  if (address === null || written.includes('%')) return null;
  const mapped = address.version === 4 && written.includes(':');
  const prefix = Number(trimmed.slice(slash + 1)) - (mapped ? FULL[6] - FULL[4] : 0);
  if (prefix < 0 || prefix > FULL[address.version]) return null;
  return { version: address.version, prefix, text: `${network(address, prefix)}/${prefix}` };
}

/** A fixed set of ranges, each with what its owner hung on it. */
export type CidrSet<T> = {
  readonly size: number;
  /** What hangs on every range that holds `address`, narrowest range first. */
  readonly find: (address: Address) => readonly T[];
};

type Entry<T> = { readonly first: bigint; readonly last: bigint; readonly value: T; parent: Entry<T> | null };

/**
 * Builds a set: ranges sorted by start, found by binary search. Ranges of one version either nest or are apart, so the
 * ranges around the nearest one are its parents.
 */
export function cidrSet<T>(entries: Iterable<readonly [Cidr, T]>): CidrSet<T> {
  const sides: Record<4 | 6, Entry<T>[]> = { 4: [], 6: [] };
  let size = 0;
  for (const [range, value] of entries) {
    sides[range.version].push({ ...bounds(range), value, parent: null });
    size++;
  }
  for (const side of [sides[4], sides[6]]) nest(side);
  return { size, find: (address) => lookUp(sides[address.version], toNumber(address)) };
}

function nest<T>(sorted: Entry<T>[]): void {
  sorted.sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
  const open: Entry<T>[] = [];
  for (const entry of sorted) {
    while ((open.at(-1)?.last ?? entry.last) < entry.last) open.pop();
    entry.parent = open.at(-1) ?? null;
    open.push(entry);
  }
}

function lookUp<T>(sorted: readonly Entry<T>[], wanted: bigint): T[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.first ?? wanted) <= wanted) low = middle + 1;
    else high = middle;
  }
  const found: T[] = [];
  for (let entry = sorted[low - 1] ?? null; entry !== null; entry = entry.parent)
    if (entry.last >= wanted) found.push(entry.value);
  return found;
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function bounds(range: Cidr): { first: bigint; last: bigint } {
  const first = bytesToNumber(ipaddr.parse(range.text.slice(0, range.text.indexOf('/'))).toByteArray());
  return { first, last: first + (1n << BigInt(FULL[range.version] - range.prefix)) - 1n };
}

const toNumber = (address: Address): bigint => bytesToNumber(ipaddr.parse(address.text).toByteArray());
const bytesToNumber = (bytes: readonly number[]): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** The first address of the range of this length around `address`, canonical text. */
function network(address: Address, prefix: number): string {
  const bytes = ipaddr.parse(address.text).toByteArray();
  const kept = bytes.map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * i))) & 0xff);
  const masked = ipaddr.fromByteArray(kept);
  return masked instanceof ipaddr.IPv6 ? masked.toRFC5952String() : masked.toString();
}
