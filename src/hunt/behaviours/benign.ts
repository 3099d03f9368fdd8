import type { Pair } from '../../lake/beats.ts';
import { classifyHost } from '../../platforms/matcher.ts';
import type { Network } from './network.ts';
import type { Regularity } from './regularity.ts';

/** Why a regular contact may be honest. It lowers a score, is always shown, and never takes anything from an exact indicator. */
export type Discount = {
  readonly id: string;
  readonly reason: string;
  /** What remains of the score. */
  readonly share: number;
  /** RFC 3339: learned explanations are to be looked at again then; null for what was declared without an end. */
  readonly expires: string | null;
};

/** A pair with how regular it is. */
export type Timed = { readonly pair: Pair; readonly regularity: Regularity; readonly significant: boolean };

export type Surroundings = {
  readonly network: Network;
  readonly clients: ReadonlyMap<string, readonly string[]>;
  /** True for a name that every network knows. */
  readonly isPopular: (name: string) => boolean;
  /** Tenants (names or `platform:account`) that the user declared as own. */
  readonly own: ReadonlySet<string>;
};

const DAY = 86_400_000;
/** What was learned from these logs is believed for 30 days after them: software is updated about monthly. */
const LEARNED_DAYS = 30;

/** A name that at least 5 sources and 5 % of all contact is a service that many use: telemetry, an updater, a favourite site. */
const WIDE_HOSTS = 5;
const WIDE_SHARE = 0.05;
/** A network smaller than this has no habits to learn from. */
const LEAST_NETWORK = 20;
/**
 * A source with so few names has no person before it: fewer than 6, or than a tenth of what half of the others know, and
 * in any case fewer than a quarter. A person who is seldom there still meets a dozen.
 */
const UNATTENDED_NAMES = 6;
const UNATTENDED_SHARE = 0.1;
const UNATTENDED_MOST = 0.25;
/** Regular contact to rare names is the habit of a kind of machine when a quarter of them, and at least three, have it. */
const HABIT_SHARE = 0.25;
const HABIT_HOSTS = 3;
/** A person's session is at most so many hours, and at most a tenth of what the logs cover. */
const SESSION_HOURS = 10;
const SESSION_SHARE = 0.1;

/** The discounts of every timed pair, in the same order. */
export function discountsOf(timed: readonly Timed[], about: Surroundings): Discount[][] {
  const expires = new Date(about.network.end + LEARNED_DAYS * DAY).toISOString();
  const habit = unattendedHabit(timed, about.network);
  const whose = remembered(classifyHost);
  return timed.map((one) =>
    [
      declared(one, about, whose),
      widespread(one, about),
      popular(one, about),
      provider(one, whose),
      neighbour(one, about),
      habit(one),
      browserTab(one, about),
      session(one, about),
    ].flatMap((d) => (d === null ? [] : [{ expires, ...d }])),
  );
}

type Whose = typeof classifyHost;

/** There are far fewer names than pairs: each is classified once. */
function remembered(ask: Whose): Whose {
  const known = new Map<string, ReturnType<Whose>>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const answer = ask(name);
    known.set(name, answer);
    return answer;
  };
}

type Found = Omit<Discount, 'expires'> & { readonly expires?: null };

function declared({ pair }: Timed, { own }: Surroundings, whose: Whose): Found | null {
  if (own.size === 0) return null;
  const key = pair.tenant ?? (pair.name === null ? null : whose(pair.name).accountKey);
  const mine = [pair.name, key].find((k) => k !== null && own.has(k));
  return mine ? { id: 'own-tenant', reason: `${mine} is declared as your own`, share: 0.2, expires: null } : null;
}

function widespread({ pair }: Timed, { network }: Surroundings): Found | null {
  const share = pair.hosts / network.sources;
  if (pair.hosts < WIDE_HOSTS || share < WIDE_SHARE) return null;
  return {
    id: 'widespread',
    reason: `${pair.hosts} of ${network.sources} sources contact it: software or a service that many here use`,
    share: 0.4,
  };
}

function popular({ pair }: Timed, { isPopular }: Surroundings): Found | null {
  return pair.name !== null && isPopular(pair.name)
    ? { id: 'popular', reason: `${pair.name} is a name that every network asks for`, share: 0.5, expires: null }
    : null;
}

function provider({ pair }: Timed, whose: Whose): Found | null {
  const endpoint = pair.name === null ? null : whose(pair.name);
  return endpoint?.providerOwned
    ? { id: 'provider', reason: `the name belongs to ${endpoint.provider} itself, to no customer`, share: 0.5 }
    : null;
}

function neighbour({ pair }: Timed, { network }: Surroundings): Found | null {
  return pair.name === null && pair.dst !== null && network.names.has(pair.dst)
    ? {
        id: 'neighbour',
        reason: `${pair.dst} is itself one of the sources in these logs: traffic between own machines`,
        share: 0.5,
      }
    : null;
}

/** What machines without a person do: learned from how many of them do it. */
function unattendedHabit(timed: readonly Timed[], network: Network): (one: Timed) => Found | null {
  if (network.sources < LEAST_NETWORK) return () => null;
  const few = Math.min(
    network.medianNames * UNATTENDED_MOST,
    Math.max(UNATTENDED_NAMES, network.medianNames * UNATTENDED_SHARE),
  );
  const alone = new Set([...network.names].filter(([, names]) => names < few).map(([src]) => src));
  const doing = new Set(
    timed.filter((t) => t.significant && isRare(t.pair, network) && alone.has(t.pair.src)).map((t) => t.pair.src),
  );
  const is = doing.size >= HABIT_HOSTS && doing.size >= HABIT_SHARE * alone.size;
  return ({ pair }) =>
    is && alone.has(pair.src)
      ? {
          id: 'unattended-peers',
          reason: `${pair.src} knows ${network.names.get(pair.src)} names where half of the sources know ${network.medianNames} or more: a machine without a person (server, build runner); ${doing.size} of ${alone.size} such machines have a regular contact of their own`,
          share: 0.45,
        }
      : null;
}

/** Contacted by fewer sources than make it widespread. */
export const isRare = (pair: Pair, network: Network): boolean =>
  pair.hosts < WIDE_HOSTS || pair.hosts < WIDE_SHARE * network.sources;

function browserTab({ pair }: Timed, { network, clients }: Surroundings): Found | null {
  const browser = network.browser.get(pair.src);
  const mine = clients.get(`${pair.src} ${pair.name}`) ?? [];
  if (browser === undefined || mine.length !== 1 || mine[0] !== browser) return null;
  return {
    id: 'browser',
    reason: `the TLS client (${browser}) is the one with which ${pair.src} browses: a page that stays open, or software that imitates the browser`,
    share: 0.6,
  };
}

function session({ pair }: Timed, { network, clients }: Surroundings): Found | null {
  const browser = network.browser.get(pair.src);
  const mine = clients.get(`${pair.src} ${pair.name}`) ?? [];
  if (browser !== undefined && mine.length > 0 && !mine.includes(browser)) return null;
  const lasted = Date.parse(pair.last) - Date.parse(pair.first);
  const over = network.end - Date.parse(pair.last) > DAY / 2;
  if (lasted > (SESSION_HOURS * DAY) / 24 || lasted > SESSION_SHARE * (network.end - network.start) || !over)
    return null;
  return {
    id: 'one-session',
    reason: `all contacts lie within ${Math.ceil((lasted / DAY) * 24)} h of one day and did not come back, and nothing shows that the client is not the browser: more like a session of work than an implant`,
    share: 0.65,
  };
}
