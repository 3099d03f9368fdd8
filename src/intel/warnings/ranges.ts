/** Lists of addresses and ranges. */
import { type Address, parseAddress } from '../../observables/address.ts';
import { type Cidr, type CidrSet, cidrSet, parseCidr } from '../../observables/cidr.ts';
import type { Entry } from './names.ts';
import { type Warned, warned } from './warning-list.ts';

/** Of an entry: one address is somebody; a range has customers, who come and go. */
type Ranged = Entry & { readonly range: Cidr };

/** The range that an entry is; a bare address is a range of one. Null where it is neither. */
export function rangeOf(entry: string): Cidr | null {
  const range = parseCidr(entry);
  if (range !== null) return range;
  const address = parseAddress(entry.trim());
  return address === null ? null : parseCidr(`${address.text}/${FULL[address.version]}`);
}

const FULL = { 4: 32, 6: 128 } as const;

export type RangeIndex = CidrSet<Ranged>;

export const rangeIndex = (entries: readonly Ranged[]): RangeIndex =>
  cidrSet(entries.map((ranged) => [ranged.range, ranged] as const));

/** The lists on which an address is, or a range as a whole. */
export function warnedRange(value: string, index: RangeIndex, within: (entry: Entry) => boolean): Warned[] {
  const range = rangeOf(value);
  if (range === null) return [];
  const first: Address = { version: range.version, text: range.text.slice(0, range.text.indexOf('/')) };
  return index
    .find(first)
    .filter((at) => at.range.prefix <= range.prefix && within(at))
    .map(({ list, entry, range: { version, prefix } }) =>
      prefix === FULL[version] || list.effect !== null
        ? warned(list, entry, list.effect ?? 'hold')
        : warned(list, entry, 'inform', ': a range with many users, so it is not held back for that'),
    );
}
