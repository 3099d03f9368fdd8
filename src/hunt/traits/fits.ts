import type { Lake } from '../../lake/lake.ts';
import type { Places } from '../../lake/ledger.ts';
import { fingerprintSpread, fingerprintsOf, requestBreadth, type Spread, valueSpread } from '../../lake/spread.ts';
import {
  forgetTraced,
  type Shown,
  type Traced,
  tracedPauses,
  tracedRequests,
  tracedShows,
  tracedSpread,
  traceRequests,
} from '../../lake/traits.ts';
import type { Characteristic } from '../../model/characteristic.ts';
import type { Place } from '../../model/event.ts';
import type { Row } from '../../model/finding.ts';
import type { Attribute, Fit } from '../../model/fit.ts';
import { type Contacted, compare, holds } from './compare.ts';
import { type Known, knownOf, spreadKindOf } from './known.ts';

export type FitInput = {
  readonly lake: Lake;
  readonly characteristics: readonly Characteristic[];
  /** Milliseconds since 1970. */
  readonly asOf: number;
  /** What a format can show. */
  readonly sees: (format: string) => ReadonlySet<string>;
  /** Platform of a host, or null. */
  readonly platformOf: (host: string) => string | null;
  /** File names by batch. */
  readonly places: Places;
};

/** Every pair of internal host and endpoint whose requests show at least one attribute that opens a characteristic. */
export async function fitsOf(input: FitInput): Promise<Fit[]> {
  const known = knownOf(input.characteristics);
  if (known.keys.length === 0) return [];
  const { lake } = input;
  await traceRequests(lake, known.keys, input.asOf);
  try {
    const pairs = await pairsOf(lake);
    if (pairs.size === 0) return [];
    const met = await compared(input, known, pairs);
    return await withSpread(input, await withPauses(lake, met));
  } finally {
    await forgetTraced(lake);
  }
}

type Pair = { readonly src: string; readonly host: string; readonly requests: Traced[] };

/** Separates parts of a key; no host or address holds it. */
const pairKey = (src: string, host: string): string => `${src} ${host}`;

async function pairsOf(lake: Lake): Promise<Map<string, Pair>> {
  const pairs = new Map<string, Pair>();
  for await (const rows of tracedRequests(lake))
    for (const row of rows) {
      const key = pairKey(row.src, row.host);
      const pair = pairs.get(key);
      if (pair) pair.requests.push(row);
      else pairs.set(key, { src: row.src, host: row.host, requests: [row] });
    }
  return pairs;
}

async function compared(input: FitInput, known: Known, pairs: ReadonlyMap<string, Pair>): Promise<Fit[]> {
  const shows = await tracedShows(input.lake);
  const clients = await fingerprintsOf(
    input.lake,
    [...pairs.values()].map((p) => [p.src, p.host] as const),
  );
  const prints = new Map<string, { ja3: Set<string>; ja4: Set<string> }>();
  for (const c of clients) {
    const of = prints.get(pairKey(c.src, c.name)) ?? { ja3: new Set(), ja4: new Set() };
    if (c.ja3 !== null) of.ja3.add(c.ja3);
    if (c.ja4 !== null) of.ja4.add(c.ja4);
    prints.set(pairKey(c.src, c.name), of);
  }
  return [...pairs].flatMap(([key, pair]) => {
    const print = prints.get(key) ?? { ja3: new Set<string>(), ja4: new Set<string>() };
    const contacted = { host: pair.host, requests: pair.requests, ...print, shows: showing(input, shows, print) };
    const platform = input.platformOf(pair.host);
    return opened(known, pair.requests)
      .filter((c) => c.platforms.length === 0 || (platform !== null && c.platforms.includes(platform)))
      .map((c) => fitOf(input, c, pair, contacted));
  });
}

const showing =
  (input: FitInput, shows: ReadonlyMap<string, Shown>, print: Pick<Contacted, 'ja3' | 'ja4'>) =>
  (place: Place, requests: readonly Traced[]): boolean => {
    if (place === 'tls.ja3') return print.ja3.size > 0;
    if (place === 'tls.ja4') return print.ja4.size > 0;
    return requests.some((r) => r.formats.some((f) => input.sees(f).has(place) && holds(shows.get(f), place)));
  };

function opened(known: Known, requests: readonly Traced[]): Characteristic[] {
  const found = new Set<Characteristic>();
  for (const { path, agent } of requests) {
    for (const c of path === null ? [] : (known.byPath.get(path) ?? [])) found.add(c);
    for (const c of agent === null ? [] : (known.byAgent.get(agent) ?? [])) found.add(c);
  }
  return [...found];
}

function fitOf(input: FitInput, characteristic: Characteristic, pair: Pair, contacted: Contacted): Fit {
  const values = new Set(characteristic.traits.flatMap((t) => t.values));
  const mine = pair.requests.filter(
    (r) => (r.path !== null && values.has(r.path)) || (r.agent !== null && values.has(r.agent)),
  );
  const examples = mine
    .flatMap((r) => r.examples)
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.line - b.line))
    .slice(0, 4)
    .map((e): Row => ({ ...input.places(e.seq, e.line), time: e.time }));
  return {
    src: pair.src,
    host: pair.host,
    characteristic,
    attributes: compare(characteristic, contacted),
    sources: 1,
    pauses: null,
    requests: mine.reduce((sum, r) => sum + r.requests, 0),
    examples,
  };
}

async function withPauses(lake: Lake, fits: readonly Fit[]): Promise<Fit[]> {
  const pauses = new Map((await tracedPauses(lake)).map((p) => [pairKey(p.src, p.host), p]));
  const sources = new Map<string, number>();
  const shared = (f: Fit): string => `${f.characteristic.id} ${f.host}`;
  for (const f of fits) sources.set(shared(f), (sources.get(shared(f)) ?? 0) + 1);
  return fits.map((f) => ({
    ...f,
    pauses: pauses.get(pairKey(f.src, f.host)) ?? null,
    sources: sources.get(shared(f)) ?? 1,
  }));
}

/** How common each met value is in this network; the endpoint itself does not count. */
async function withSpread(input: FitInput, fits: readonly Fit[]): Promise<Fit[]> {
  const { lake } = input;
  const met = fits.flatMap((f) => f.attributes.filter((a) => a.state === 'matched'));
  const asked = met.flatMap(({ trait, value }) => {
    const kind = spreadKindOf[trait.kind];
    return kind === undefined || value === null ? [] : [{ kind, value }];
  });
  const distinct = [...new Map(asked.map((a) => [`${a.kind} ${a.value}`, a])).values()];
  const breadth = await requestBreadth(lake);
  const values = await valueSpread(lake, distinct, input.asOf);
  const paths = await tracedSpread(lake);
  const prints = { ja3: await fingerprintSpread(lake, 'ja3'), ja4: await fingerprintSpread(lake, 'ja4') };
  const spreadOf = ({ trait, state, value }: Attribute): Attribute['spread'] => {
    if (state !== 'matched' || value === null) return null;
    if (trait.kind === 'ja3' || trait.kind === 'ja4')
      return besides(prints[trait.kind].of.get(value), prints[trait.kind].all);
    if (trait.kind.startsWith('uri')) return besides(paths.get(value), breadth);
    const kind = spreadKindOf[trait.kind];
    return kind === undefined ? null : besides(values.get(`${kind} ${value}`), breadth);
  };
  return fits.map((f) => ({ ...f, attributes: f.attributes.map((a) => ({ ...a, spread: spreadOf(a) })) }));
}

const besides = (spread: Spread | undefined, all: Spread): { others: number; of: number } => ({
  others: Math.max((spread?.endpoints ?? 1) - 1, 0),
  of: Math.max(all.endpoints - 1, 0),
});
