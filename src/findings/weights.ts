import type { IndicatorCitation, Standing } from '../model/finding.ts';

/**
 * Weights are natural log-odds. What each link says is set by judgement (source of the order: design note on evidence; URL
 * or host > tenant > pattern > neighbour > address); what the classes say together is fitted on labelled replays
 * (fitted-factors.ts, docs/reference/calibration.md). The rule of evidence holds with both: an exact, valid indicator of
 * middling confidence alone gives more than 0.9, any single weaker link stays below 0.5 (judge.test.ts).
 */

/** How much a link says when its source is fully trusted. */
export const linkWeights: Readonly<Record<IndicatorCitation['match'], number>> = {
  url: 6, // host and path are the listed ones
  exact: 5.5, // the very name
  parent: 5, // the listed name covers this one, inside one tenant
  pattern: 4.6, // a pattern of the source's own making
  address: 4.5, // an address that no other tenant is seen behind
  'same-account': 1.8, // another function of a listed account
  'url-host': 1.4, // the host of a listed URL, its path out of sight
  certificate: 1.4, // platform certificates are shared
  network: 1, // a range holds many
  fingerprint: 0.7, // a client library, not an actor
};

/** Links that may make a finding by themselves. */
export const convicting: ReadonlySet<IndicatorCitation['match']> = new Set([
  'url',
  'exact',
  'parent',
  'pattern',
  'address',
]);

/** What remains of a weight by the standing of the event against the indicator's dates. */
export const standingShare: Readonly<Record<Standing, number>> = {
  'known-then': 1,
  'learned-later': 0.95,
  undated: 0.9,
  expired: 0.25,
  'not-yet-valid': 0.25,
};

/** A source's confidence (0 to 100) as a share of the weight; silence counts like 70. */
export const confidenceShare = (confidence: number | null): number => 0.5 + 0.5 * ((confidence ?? 70) / 100);

/** Below this the source itself does not believe it. */
export const MIN_CONFIDENCE = 30;

/** Context that is not for detection keeps this share. */
export const CONTEXT_SHARE = 0.2;

/** The same indicator at a further place of the same contact is hardly new evidence. */
export const AGAIN = 0.3;

/** An endpoint that so large a share of at least so many internal hosts uses is more likely mass-market than adversary. */
export const POPULAR_SHARE = 0.2;
export const POPULAR_HOSTS = 10;
/** Against it: takes an exact match below one half and leaves it in sight. */
export const POPULAR_WEIGHT = -3.6;

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
