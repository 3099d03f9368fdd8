import type { Wanted } from '../lake/sight.ts';
import type { IndicatorCitation } from '../model/finding.ts';
import type { Indicator, IndicatorKind } from '../model/indicator.ts';
import { parseAddress } from '../observables/address.ts';
import { type Cidr, cidrSet, parseCidr } from '../observables/cidr.ts';
import { likeMatcher } from '../observables/like.ts';
import { parseUrl } from '../observables/url.ts';
import { classifyHost } from '../platforms/matcher.ts';
import type { Seen } from './seen.ts';

export type How = IndicatorCitation['match'];
type Key = { readonly kind: Wanted['kind']; readonly key: string; readonly path: string | null };

/** An indicator that names something which the logs hold, and by which keys it is seen there. */
export type Hit = {
  readonly indicator: Indicator;
  readonly how: How;
  readonly wanted: readonly Key[];
  /** Only in batches behind this number; absent: everywhere. */
  readonly after?: number;
};

/** Meets indicators with what was seen, one at a time, in memory that does not grow with those that meet nothing. */
export type Matcher = { readonly add: (indicator: Indicator) => void; readonly hits: () => readonly Hit[] };

/** A pattern that meets more names than this says nothing. */
const MAX_PATTERN_NAMES = 10_000;

type Match = (seen: Seen, indicator: Indicator, value: string) => Hit[];

/** How each kind of indicator looks for itself. CIDR ranges wait until all are known; e-mail and whole patterns are not seen in network logs. */
const matches: Readonly<Record<IndicatorKind, Match>> = {
  domain: (seen, indicator, value) =>
    indicator.match === 'like' ? matchPattern(seen, indicator, value) : matchDomain(seen, indicator, value),
  url: matchUrl,
  ipv4: matchAddress,
  ipv6: matchAddress,
  cidr: () => [],
  ja3: matchFingerprint('ja3', 'fingerprint'),
  ja4: matchFingerprint('ja4', 'fingerprint'),
  certificate: matchFingerprint('certificate', 'certificate'),
  hash: matchFingerprint('certificate', 'certificate'),
  email: () => [],
  pattern: () => [],
};

export function createMatcher(seen: Seen): Matcher {
  const hits: Hit[] = [];
  const ranges: [Cidr, Indicator][] = [];
  return {
    add: (indicator) => {
      if (indicator.value === null) return;
      const range = indicator.kind === 'cidr' ? parseCidr(indicator.value) : null;
      if (range) ranges.push([range, indicator]);
      for (const hit of matches[indicator.kind](seen, indicator, indicator.value))
        if (hit.wanted.length > 0) hits.push(hit);
    },
    hits: () => [...hits, ...matchRanges(seen, ranges)],
  };
}

const byName = (names: readonly string[]): Key[] => names.map((key) => ({ kind: 'name', key, path: null }));
const byAnswer = (names: readonly string[]): Key[] => names.map((key) => ({ kind: 'answer', key, path: null }));

function matchDomain(seen: Seen, indicator: Indicator, value: string): Hit[] {
  const under = seen.nameKeys.get(value) ?? [];
  const answered = seen.answerKeys.get(value) ?? [];
  if (under.length === 0 && answered.length === 0) return matchAccount(seen, indicator, value);
  const same = (name: string): boolean => name === value;
  const below = (name: string): boolean => name !== value;
  return [
    { indicator, how: 'exact', wanted: [...byName(under.filter(same)), ...byAnswer(answered.filter(same))] },
    { indicator, how: 'parent', wanted: [...byName(under.filter(below)), ...byAnswer(answered.filter(below))] },
    ...matchAccount(seen, indicator, value),
  ];
}

/** Other functions of the account that the indicator's host belongs to: only where that endpoint is not somebody honest's. */
function matchAccount(seen: Seen, indicator: Indicator, value: string): Hit[] {
  if (seen.accounts.size === 0 || indicator.endpoint === 'compromised') return [];
  const { accountKey } = classifyHost(value);
  const names = accountKey === null ? [] : (seen.accounts.get(accountKey) ?? []);
  return [
    { indicator, how: 'same-account', wanted: byName(names.filter((n) => n !== value && !n.endsWith(`.${value}`))) },
  ];
}

function matchPattern(seen: Seen, indicator: Indicator, value: string): Hit[] {
  const met = likeMatcher(value.toLowerCase());
  const names = [...seen.names.keys()].filter(met).slice(0, MAX_PATTERN_NAMES);
  const answers = [...seen.chains.keys()].filter(met).slice(0, MAX_PATTERN_NAMES);
  return [{ indicator, how: 'pattern', wanted: [...byName(names), ...byAnswer(answers)] }];
}

function matchUrl(seen: Seen, indicator: Indicator, value: string): Hit[] {
  const url = indicator.match === 'equals' ? parseUrl(value) : null;
  if (!url?.ok) return [];
  const host = url.host ?? url.address.text;
  if (!seen.names.has(host)) return [];
  if (url.path === '/' && url.query === null) return [{ indicator, how: 'exact', wanted: byName([host]) }];
  const path = url.query === null ? url.path : `${url.path}?${url.query}`;
  return [
    { indicator, how: 'url', wanted: [{ kind: 'url', key: host, path }] },
    { indicator, how: 'url-host', wanted: byName([host]) },
  ];
}

function matchAddress(seen: Seen, indicator: Indicator, value: string): Hit[] {
  return seen.addresses.has(value)
    ? [{ indicator, how: 'address', wanted: [{ kind: 'address', key: value, path: null }] }]
    : [];
}

function matchFingerprint(kind: 'ja3' | 'ja4' | 'certificate', how: How): Match {
  return (seen, indicator, value) =>
    seen.fingerprints[kind].has(value) ? [{ indicator, how, wanted: [{ kind, key: value, path: null }] }] : [];
}

function matchRanges(seen: Seen, ranges: readonly [Cidr, Indicator][]): Hit[] {
  if (ranges.length === 0) return [];
  const set = cidrSet(ranges);
  const met = new Map<Indicator, string[]>();
  for (const text of seen.addresses.keys()) {
    const address = parseAddress(text);
    for (const indicator of address ? set.find(address) : []) met.set(indicator, [...(met.get(indicator) ?? []), text]);
  }
  return [...met].map(([indicator, keys]) => ({
    indicator,
    how: 'network',
    wanted: keys.map((key) => ({ kind: 'address', key, path: null })),
  }));
}
