import type { TraitKind } from '../model/characteristic.ts';
import type { Attribute } from '../model/fit.ts';
import { isCurrentBrowser } from '../observables/user-agent.ts';

/**
 * How much one attribute says, in natural log-odds: ln(P(value | the software runs as configured) / P(value | honest
 * endpoint)). The second is estimated from the user's own traffic and a prior that stands for `PRIOR_ENDPOINTS` more:
 * `p = (others + PRIOR_ENDPOINTS * prior) / (endpoints + PRIOR_ENDPOINTS)`. docs/guide/characteristics.md works one out.
 */

/** Operators change something now and then: an attribute of the configuration is met with this probability. */
const AS_CONFIGURED = 0.8;

/** And a user agent that differs is no rarity either. */
const CHANGED = 0.3;

/** The prior counts like so many endpoints of one's own. */
const PRIOR_ENDPOINTS = 100;

/** The most that one attribute of a kind may say: many pieces of one configuration are not independent. */
const caps: Readonly<Partial<Record<TraitKind, number>>> = {
  uri: 2.2,
  'uri-prefix': 1.5,
  'uri-pattern': 1.2,
  parameter: 0.7,
  'user-agent': 2,
  cookie: 1.5,
  referrer: 1.2,
  'host-header': 0.7,
  mime: 0.7,
  ja3: 0.7, // a client library, not an actor
  ja4: 0.7,
};

/** A value whose weight is at least this tells something; the others go along. */
export const TELLING = 0.7;

/** The most that a whole fit may say. */
export const FIT_CAP = 5;

/** Paths that honest software of many makers asks for. Written by hand, 2026-11-24. */
const COMMON_PATH =
  /^\/(?:$|(?:index|default|login|logout|search|home|main|status|health|ping|poll|api|v1|v2|graphql|admin|upload|update|updates|config|check|auth|token|session|user|users|news|blog|image|images|img|css|js|static|assets|favicon\.ico|robots\.txt|sitemap\.xml)(?:[./]|$)[^/]{0,12}$)|\/(?:jquery|bootstrap|react|vue|angular|require)[^/]*\.js$|^\/\.well-known\/|^\/wp-/i;

/** Cookie names that frameworks and trackers set everywhere. Written by hand, 2026-11-24. */
const COMMON_COOKIE =
  /^(?:_ga.*|_gid|_fbp|__utm.|__cfduid|cf_clearance|PHPSESSID|JSESSIONID|ASP\.NET_SessionId|connect\.sid|sess(?:ion)?(?:[-_]?id)?|sid|id|uid|user|token|auth|csrf.*|xsrf.*|lang|locale|theme)$/i;

/** Libraries that many honest programs use. */
const LIBRARY_AGENT =
  /^(?:python-requests|curl|Wget|Go-http-client|okhttp|axios|node-fetch|Java|Apache-HttpClient|Mozilla\/5\.0 \(Windows NT; Windows NT [^)]*\) WindowsPowerShell)/;
const COMMON_MIME =
  /^(?:text\/(?:html|plain|css|javascript|xml)|application\/(?:json|javascript|x-javascript|xml|octet-stream)|image\/(?:gif|jpeg|png|webp|x-icon))$/;

/** Share of honest endpoints that show such a value, before anything of this network is known. */
const priors: Readonly<Partial<Record<TraitKind, (value: string) => number>>> = {
  uri: (v) => (COMMON_PATH.test(v) || v.length <= 4 ? 0.3 : v.length <= 8 ? 0.05 : 0.003),
  'uri-prefix': (v) => (COMMON_PATH.test(v) || v.length <= 5 ? 0.4 : v.length <= 8 ? 0.1 : 0.01),
  'uri-pattern': () => 0.1, // words of many sites
  parameter: (v) => (v.length <= 4 ? 0.5 : 0.3),
  'user-agent': (v) => (isCurrentBrowser(v) ? 0.4 : LIBRARY_AGENT.test(v) ? 0.2 : 0.01),
  cookie: (v) => (COMMON_COOKIE.test(v) || v.length <= 2 ? 0.3 : 0.02),
  referrer: () => 0.03,
  'host-header': () => 0.1,
  mime: (v) => (COMMON_MIME.test(v) ? 0.5 : 0.03),
  ja3: () => 0.05,
  ja4: () => 0.05,
};

/** What an attribute adds to the log-odds; 0 where nothing was to be seen of it. */
export function attributeWeight({ trait, state, value, spread }: Attribute): number {
  const prior = value === null ? undefined : priors[trait.kind]?.(value);
  if (prior === undefined) return 0;
  if (state === 'different') return Math.log(CHANGED);
  if (state !== 'matched') return 0;
  const p = ((spread?.others ?? 0) + PRIOR_ENDPOINTS * prior) / ((spread?.of ?? 0) + PRIOR_ENDPOINTS);
  return Math.max(0, Math.min(caps[trait.kind] ?? 0, Math.log(AS_CONFIGURED / p)));
}
