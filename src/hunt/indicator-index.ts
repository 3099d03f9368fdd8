import type { Indicator } from '../model/indicator.ts';
import { parseUrl } from '../observables/url.ts';
import { classifyHost } from '../platforms/matcher.ts';
import type { Seen } from './seen.ts';

/**
 * Indicators by the keys that a log may hold, for logs that come in small pieces: what one piece may meet is found in
 * time that grows with the piece, not with the indicators. The matcher then decides as always.
 */
export type IndicatorIndex = {
  readonly add: (indicator: Indicator) => void;
  /** Every indicator that may meet something of this, each once. */
  readonly candidates: (seen: Seen) => readonly Indicator[];
  readonly size: () => number;
};

export function indicatorIndex(): IndicatorIndex {
  const keyed = new Map<string, Indicator[]>();
  /** Patterns and ranges: looked at each time. */
  const always: Indicator[] = [];
  let size = 0;
  return {
    size: () => size,
    add: (indicator) => {
      const keys = keysOf(indicator);
      if (keys === null) always.push(indicator);
      for (const key of keys ?? []) {
        const list = keyed.get(key);
        if (list) list.push(indicator);
        else keyed.set(key, [indicator]);
      }
      if (keys === null || keys.length > 0) size++;
    },
    candidates: (seen) => {
      const met = new Set<Indicator>(always);
      for (const key of seenKeys(seen)) for (const indicator of keyed.get(key) ?? []) met.add(indicator);
      return [...met];
    },
  };
}

function keysOf({ kind, value, match }: Indicator): string[] | null {
  if (value === null) return [];
  if (kind === 'cidr' || match === 'like') return null;
  if (kind === 'domain') {
    const { accountKey } = classifyHost(value);
    return [`name ${value}`, ...(accountKey === null ? [] : [`account ${accountKey}`])];
  }
  if (kind === 'url') {
    const url = parseUrl(value);
    return url.ok ? [`name ${url.host ?? url.address.text}`] : [];
  }
  return kind === 'email' || kind === 'pattern' ? [] : [`value ${value}`];
}

function* seenKeys(seen: Seen): Generator<string> {
  for (const name of seen.names.keys()) yield `name ${name}`;
  for (const name of seen.nameKeys.keys()) yield `name ${name}`;
  for (const name of seen.answerKeys.keys()) yield `name ${name}`;
  for (const account of seen.accounts.keys()) yield `account ${account}`;
  for (const address of seen.addresses.keys()) yield `value ${address}`;
  for (const kind of ['ja3', 'ja4', 'certificate'] as const)
    for (const value of seen.fingerprints[kind].keys()) yield `value ${value}`;
}
