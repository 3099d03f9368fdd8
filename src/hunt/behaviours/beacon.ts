import { BIN, beats, type Pair } from '../../lake/beats.ts';
import type { Lake } from '../../lake/lake.ts';
import { classifyHost } from '../../platforms/matcher.ts';
import { type Discount, discountsOf, isRare, type Timed } from './benign.ts';
import { clientsOf, type Network, readNetwork } from './network.ts';
import { falseDiscovery, fullestShare, pausesAt, RATIOS, type Regularity, regularity } from './regularity.ts';

/** One pair as `virga beacons` prints it and as a hunt weighs it. */
export type Beacon = {
  readonly pair: Pair;
  readonly regularity: Regularity;
  /** −log10 of the share of chance among all pairs of these logs that are at least as regular (Benjamini–Hochberg). */
  readonly discovery: number;
  readonly components: Components;
  readonly discounts: readonly Discount[];
  /** 0 to 1: how sure the rhythm is, times the weighted mean of its looks, times what each discount leaves. */
  readonly score: number;
  readonly explanation: string;
};

/** Each 0 to 1. */
export type Components = {
  /** How sure it is that the rhythm is no chance. */
  readonly regular: number;
  /** How narrow the window of pauses is, and how many pauses lie in it. */
  readonly tight: number;
  /** How much of the time from its first contact to the end of the logs it lasts. */
  readonly lasting: number;
  /** How equal the sizes sent are; null where no log tells. */
  readonly sizes: number | null;
  /** 1 where the contacts come faster than a person makes them, and all alike: an implant that does not sleep. */
  readonly paced: number;
};

/** A rhythm needs at least so many visits: with 8 beats at ± 11 % chance is bounded by 2 · 10⁻⁶ before the windows tried. */
export const LEAST_CONTACTS = 8;

/** Contacts from which every channel of the replays was found (bench of 2026-11-24: 1 min to 8 h, jitter up to 37 %). */
const LASTING_BEATS = 20;

/** What a share of chance below this means: at most one in a hundred of the pairs so named is chance. */
export const SIGNIFICANT = 2;

/** Shares of the looks. A loose rhythm that is surely no chance keeps nearly half: jitter is cheap for an adversary. */
const WEIGHTS = { tight: 0.2, lasting: 0.2, sizes: 0.15 } as const;
const BASE = 0.45;

/** A channel without sleep has no rhythm, but more equal contacts in a minute than a person makes, for a while. */
const PACED_CONTACTS = 100;
const PACED_PER_MINUTE = 10;
const PACED_SIZES = 0.95;

/** −log10 q at which the rhythm counts as sure to nine tenths. */
const SURE = 4;

export type BeaconOptions = {
  readonly asOf: number;
  readonly isPopular: (name: string) => boolean;
  readonly own: ReadonlySet<string>;
  /** Sources to look at; the others count for what is ordinary only. */
  readonly inside: (src: string) => boolean;
  /** True where only what `touches` collected is looked at. */
  readonly touched: boolean;
  /** Where it was read before. */
  readonly network?: Network;
};

/** Every pair with enough contacts, scored, the highest first; with the network that it was judged against. */
export async function findBeacons(
  lake: Lake,
  options: BeaconOptions,
): Promise<{ readonly network: Network; readonly beacons: readonly Beacon[] }> {
  const network = options.network ?? (await readNetwork(lake));
  const pairs: Pair[] = [];
  for await (const rows of beats(lake, {
    least: LEAST_CONTACTS,
    asOf: options.asOf,
    tenants: await accountsOf(lake),
    touched: options.touched,
  }))
    pairs.push(...rows.filter((p) => p.contacts >= LEAST_CONTACTS));
  const floor = learnedFloor(pairs, network);
  const regular = pairs.flatMap((pair) => {
    const found = regularity(pair.gaps, floor);
    return found ? [{ pair, regularity: found }] : [];
  });
  const discoveries = falseDiscovery(regular.map((r) => r.regularity.strength));
  const timed: Timed[] = regular.map((r, i) => ({ ...r, significant: (discoveries[i] ?? 0) >= SIGNIFICANT }));
  const named = timed.flatMap(({ pair: { src, name } }): [string, string][] => (name === null ? [] : [[src, name]]));
  const discounts = discountsOf(timed, { ...options, network, clients: await clientsOf(lake, named) });
  const beacons = timed
    .map((t, i) => score(t, discoveries[i] ?? 0, discounts[i] ?? [], network))
    .filter((b) => options.inside(b.pair.src));
  return { network, beacons: onePerName(beacons).sort(byScore) };
}

/** Names of accounts that have several, so that rotation within one does not hide its rhythm. */
async function accountsOf(lake: Lake): Promise<[string, string][]> {
  const names = new Map<string, string[]>();
  for await (const rows of lake.engine.stream('SELECT DISTINCT name FROM contact WHERE name IS NOT NULL'))
    for (const { name } of rows) {
      const key = classifyHost(String(name)).accountKey;
      if (key) names.set(key, [...(names.get(key) ?? []), String(name)]);
    }
  return [...names].filter(([, of]) => of.length > 1).flatMap(([key, of]) => of.map((n): [string, string] => [n, key]));
}

/** Names that many contact tell how uneven honest pauses are here: half of them stay below the floor of each ratio. */
function learnedFloor(pairs: readonly Pair[], network: Network): (ratio: number) => number {
  const honest = pairs.filter((p) => !isRare(p, network) && p.contacts >= 4 * LEAST_CONTACTS);
  const floors = new Map<number, number>();
  for (const ratio of RATIOS) {
    const shares = honest
      .map((p) => pausesAt(p.gaps, LEARNED_MERGE))
      .flatMap((gaps) => (gaps.length > LEAST_CONTACTS ? [fullestShare(gaps, ratio)] : []))
      .sort((a, b) => a - b);
    floors.set(ratio, shares.length < LEAST_REFERENCE ? 0 : Math.min(0.6, shares[Math.floor(shares.length / 2)] ?? 0));
  }
  return (ratio) => floors.get(ratio) ?? 0;
}

/** Seconds: the scale at which honest visits are told apart. */
const LEARNED_MERGE = 20;
/** Fewer honest pairs than this teach nothing. */
const LEAST_REFERENCE = 30;

function score(timed: Timed, discovery: number, discounts: readonly Discount[], network: Network): Beacon {
  const { pair } = timed;
  const components = componentsOf(timed, discovery, network);
  const left = discounts.reduce((product, d) => product * d.share, 1);
  return {
    pair,
    regularity: timed.regularity,
    discovery,
    components,
    discounts,
    score: round(Math.max(components.regular * looks(components), BASE * components.paced) * left),
    explanation: `${explain(pair, timed.regularity, discovery, network)}${components.paced > 0 ? `; ${pair.contacts} contacts of equal size in ${duration((Date.parse(pair.last) - Date.parse(pair.first)) / 1000)}: a program that does not pause` : ''}`,
  };
}

/** The weighted mean of base and components; what no log tells has no share. */
function looks({ tight, lasting, sizes }: Components): number {
  const seen = BASE + WEIGHTS.tight * tight + WEIGHTS.lasting * lasting;
  return sizes === null ? seen / (1 - WEIGHTS.sizes) : seen + WEIGHTS.sizes * sizes;
}

function componentsOf({ pair, regularity: r }: Timed, discovery: number, network: Network): Components {
  const first = Date.parse(pair.first);
  const left = Math.max(1000, network.end - first);
  const lasted = Math.min(1, (Date.parse(pair.last) - first + r.period * 1000) / left);
  return {
    regular: round(1 - 10 ** (-discovery / SURE)),
    tight: round(r.share * (1 - Math.log(r.ratio / RATIOS[0]) / Math.log(4))),
    lasting: round(Math.sqrt(lasted)),
    sizes: pair.sizes === null ? null : round(evenness(pair.sizes)),
    paced: isPaced(pair) ? 1 : 0,
  };
}

function isPaced({ contacts, first, last, sizes }: Pair): boolean {
  const minutes = Math.max(1, (Date.parse(last) - Date.parse(first)) / 60_000);
  if (contacts < PACED_CONTACTS || contacts < PACED_PER_MINUTE * minutes || sizes === null) return false;
  return sizes[1] > 0 && evenness(sizes) >= PACED_SIZES;
}

/** One minus the spread of the middle half over the median. */
const evenness = ([low, middle, high]: readonly [number, number, number]): number =>
  middle === 0 ? (high === 0 ? 1 : 0) : Math.max(0, 1 - (high - low) / middle);

/** Several places show the same pair: the one that shows it best stands for all. An account stands only where it beats its names. */
function onePerName(beacons: readonly Beacon[]): Beacon[] {
  const best = new Map<string, Beacon>();
  for (const b of beacons) {
    const key = `${b.pair.src} ${b.pair.name ?? `${b.pair.dst} ${b.pair.port}`}`;
    const other = best.get(key);
    if (!other || b.score > other.score || (b.score === other.score && b.pair.tenant === null)) best.set(key, b);
  }
  return [...best.values()];
}

const byScore = (a: Beacon, b: Beacon): number =>
  b.score - a.score || b.regularity.strength - a.regularity.strength || a.pair.id - b.pair.id;

/** The sentence that an analyst can check by hand. */
function explain(pair: Pair, r: Regularity, discovery: number, network: Network): string {
  const jitter = Math.round(((r.ratio - 1) / (r.ratio + 1)) * 100);
  const days = Math.max(1 / 24, (network.end - network.start) / 86_400_000);
  const chance =
    r.strength > 0 ? `at most 10^−${r.strength.toFixed(1)} (${r.windows} windows tried)` : 'likely to be chance alone';
  return `${Math.round(r.share * 100)} % of ${r.pauses} pauses lie between ${duration(r.from)} and ${duration(r.to)}, about every ${duration(r.period)} with jitter up to ± ${jitter} %; chance gives ${Math.round(r.chance * 100)} %: ${chance}, ${discovery > 0 ? `share of chance among pairs so regular 10^−${discovery.toFixed(1)}` : 'not told from chance'}; seen on ${pair.days} of ${Math.ceil(days)} days, in ${bits(pair.clock)} hours of the day`;
}

/** Seconds in the unit that a person would use. */
export function duration(seconds: number): string {
  if (seconds < 100) return `${trim(seconds)} s`;
  if (seconds < 7200) return `${trim(seconds / 60)} min`;
  return `${trim(seconds / 3600)} h`;
}

const trim = (value: number): string => (value < 10 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value)));
const bits = (value: number): number => value.toString(2).replaceAll('0', '').length;
const round = (value: number): number => Math.round(Math.max(0, Math.min(1, value)) * 1000) / 1000;

/** The beacon beside the behaviours that are statements: what it needs, its numbers with reasons, its limits. */
export const beacon = {
  id: 'hunt.beacon',
  says: 'one host calls a name, an account or an address with a rhythm that chance does not make',
  class: 'behaviour',
  needs: ['flow.time'],
  parameters: {
    contacts: {
      value: LEAST_CONTACTS,
      reason: 'with fewer, chance is not bounded far enough to stand out among thousands of pairs',
    },
    significance: {
      value: SIGNIFICANT,
      reason: '−log10 of the share of chance among pairs so named (Benjamini–Hochberg): one in a hundred',
    },
    lead: {
      value: 3,
      reason: 'the same for a lead that rhythm alone opens: one in a thousand, since nothing else speaks for it',
    },
    surely: { value: LASTING_BEATS, reason: 'contacts from which, with jitter up to 37 %, replays show no miss' },
  },
  blindTo: [
    `fewer than ${LEAST_CONTACTS} contacts within the logs`,
    'pauses that vary by more than about half, or that follow a person’s work',
    'in DNS logs alone: beats faster than the time that an answer is cached',
    `differences between pauses below ${Math.round((BIN - 1) * 100)} %`,
  ],
} as const;
