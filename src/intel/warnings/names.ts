/** Lists of host names: `string` and `hostname`, and `substring` entries that are host names. */
import { parseHost } from '../../observables/host.ts';
import type { Classify } from '../guards.ts';
import { isShared, speaksFor } from './owner.ts';
import { type Warned, type WarningList, warned } from './warning-list.ts';

/** One entry of one list. */
export type Entry = { readonly list: WarningList; readonly entry: string };

/** Names at which entries stand: exactly, or with everything below them on a border of labels. */
export type NameIndex = {
  readonly exact: Map<string, Entry[]>;
  readonly below: Map<string, Entry[]>;
  /** The last two labels of every entry, or its only one: nearly every name is on no list, and this tells it at once. */
  readonly tails: Set<string>;
  /** Entries of one label with all below them. */
  readonly tops: Set<string>;
};

export const nameIndex = (): NameIndex => ({ exact: new Map(), below: new Map(), tails: new Set(), tops: new Set() });

/** Lists a host: exactly, or with all below it. */
export function putName(index: NameIndex, where: 'exact' | 'below', host: string, entry: Entry): void {
  put(index[where], host, entry);
  index.tails.add(tailOf(host));
  if (where === 'below' && !host.includes('.')) index.tops.add(host);
}

function tailOf(host: string): string {
  return host.slice(host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1);
}

export function put(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const before = map.get(key);
  if (before === undefined) map.set(key, [entry]);
  else before.push(entry);
}

/** The host that an entry is (`.example.com` and `*.example.com` too), or null. */
export function hostOfEntry(entry: string): string | null {
  const parsed = parseHost(entry.replace(/^(?:\*?\.)+/, ''));
  return parsed.ok ? parsed.host : null;
}

/**
 * The lists that a host is on. Two errors of plain look-ups are avoided: a parent that many customers share clears none of
 * them, and a shared parent that stands on a list by itself is told of each customer below it.
 */
export function warnedHost(host: string, index: NameIndex, classify: Classify, within: Within): Warned[] {
  if (!index.tails.has(tailOf(host)) && !isUnderTop(host, index)) return [];
  const found = (index.exact.get(host) ?? []).filter(within).map(({ list, entry }) => by(list, entry));
  for (let name = host; name !== ''; name = parentOf(name)) {
    for (const at of index.below.get(name) ?? []) if (within(at)) found.push(below(at, name, host, classify));
    if (name !== host)
      for (const at of index.exact.get(name) ?? [])
        if (within(at) && isShared(name, classify)) found.push(shared(at, name));
  }
  return found;
}

const isUnderTop = (host: string, { tops }: NameIndex): boolean =>
  tops.size > 0 && tops.has(host.slice(host.lastIndexOf('.') + 1));

/** Whether a list is about this kind of indicator. */
export type Within = (entry: Entry) => boolean;

const parentOf = (name: string): string => {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
};

const by = (list: WarningList, entry: string): Warned => warned(list, entry, list.effect ?? 'hold');

function below(at: Entry, name: string, host: string, classify: Classify): Warned {
  return speaksFor(name, host, classify) ? by(at.list, at.entry) : shared(at, name);
}

const shared = ({ list, entry }: Entry, name: string): Warned =>
  warned(list, entry, 'inform', `: many customers share ${name}, so it is not held back for that`);
