/** How long an indicator is good for where its source does not say, and how its weight fades. Pure. */
import type { Endpoint } from '../model/endpoint.ts';
import type { Indicator, IndicatorKind } from '../model/indicator.ts';

const DAY = 86_400_000;

/** A kind of life: after `halfLife` days half of the confidence is left. */
export type Life = { readonly id: string; readonly halfLife: number; readonly why: string };

const life = (id: string, halfLife: number, why: string): Life => ({ id, halfLife, why });

/**
 * Half-lives in days. Tunnels, functions and accounts from our research of 2026-11 (names of quick tunnels are used for
 * hours to days, functions for weeks, accounts for months); addresses follow what OpenCTI revokes after 32 days.
 */
export const lives = {
  tunnel: life('tunnel', 2.5, 'Names of tunnels are thrown away after hours or days.'),
  function: life('function', 30, 'A function is given up or taken down within weeks.'),
  account: life('account', 90, 'An account outlives its functions by months.'),
  address: life('address', 14, 'Addresses change hands within weeks.'),
  domain: life('domain', 90, 'A registered name is used for months.'),
  trait: life('trait', 365, 'Software and templates are used for years.'),
} as const satisfies Record<string, Life>;

const byKind: Readonly<Record<IndicatorKind, Life>> = {
  domain: lives.domain,
  url: lives.function,
  ipv4: lives.address,
  ipv6: lives.address,
  cidr: lives.address,
  ja3: lives.trait,
  ja4: lives.trait,
  certificate: lives.domain,
  hash: lives.trait,
  email: lives.domain,
  pattern: lives.trait,
};

/** The life of an indicator: of a name or URL on a known platform by what it names there, else by its kind. */
export function lifeOf(indicator: Pick<Indicator, 'kind' | 'value'>, classify: (text: string) => Endpoint): Life {
  const named = indicator.kind === 'domain' || indicator.kind === 'url';
  if (!named || indicator.value === null) return byKind[indicator.kind];
  const endpoint = classify(indicator.value);
  if (endpoint.platform === null) return byKind[indicator.kind];
  if (endpoint.kind === 'tunnel') return lives.tunnel;
  return endpoint.granularity === 'tenant' && indicator.kind === 'domain' ? lives.account : lives.function;
}

/** Below this share of its first weight an indicator has expired, above 1 in 5. */
const SPENT = 0.2;

/** Shares at which somebody should look again before it expires. */
export const reactionPoints = [0.8, 0.5] as const;

/** Milliseconds from the last word on an indicator until `share` of its weight is left. */
export function until({ halfLife }: Life, share: number): number {
  return Math.round(halfLife * DAY * Math.log2(1 / share));
}

/** The share of its weight that is left after `age` milliseconds: 1 at first, 0 once it has expired. */
export function weightLeft({ halfLife }: Life, age: number): number {
  const share = 2 ** (-Math.max(0, age) / (halfLife * DAY));
  return share < SPENT ? 0 : share;
}

/** When an indicator expires, and who says so. */
export type Expiry = { readonly at: number; readonly by: 'source' | 'review' | 'kind' };

/** What else counts: a reviewer's date, and when it was seen last in one's own logs (milliseconds since 1970). */
export type Prolonged = { readonly until: number | null; readonly seen: number | null };

/**
 * The reviewer's date first, then the source's; else the kind's time after the last word: what the source dates it with,
 * or when it became known, or when it was seen. A sighting prolongs what its kind would end, never what a person or the
 * source ended.
 */
export function expiryOf(
  indicator: Pick<Indicator, 'validFrom' | 'validUntil' | 'recorded'> & { readonly learned: number },
  life: Life,
  prolonged: Prolonged,
): Expiry {
  if (prolonged.until !== null) return { at: prolonged.until, by: 'review' };
  if (indicator.validUntil !== null) return { at: indicator.validUntil, by: 'source' };
  const dated = [indicator.validFrom, indicator.recorded].filter((time) => time !== null);
  const word = dated.length === 0 ? indicator.learned : Math.max(...dated);
  return { at: Math.max(word, prolonged.seen ?? word) + until(life, SPENT), by: 'kind' };
}
