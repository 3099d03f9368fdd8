import type { Entity, Sighting, Support } from '../findings/entity.ts';
import { ownEvidence } from '../findings/own.ts';
import type { Hosts } from '../hunt/hosts.ts';
import type { Hit } from '../hunt/match.ts';
import type { Seen } from '../hunt/seen.ts';
import { type Whereabouts, whereaboutsOf } from '../lake/hosts.ts';
import type { Lake } from '../lake/lake.ts';
import {
  askedByOthers,
  type Contact,
  contactsOf,
  type FormatSeen,
  flowsNamed,
  type Places,
  placesOf,
} from '../lake/ledger.ts';
import { type Sighted, sight, type Wanted } from '../lake/sight.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { Standing } from '../model/finding.ts';
import { isAddress } from '../observables/address.ts';
import { classifyHost, classifyPath } from '../platforms/matcher.ts';
import { formatById } from '../telemetry/detect.ts';
import type { IntelLog } from './intel-log.ts';
import { namesNobody } from './names-nobody.ts';

export type EntityInput = {
  readonly lake: Lake;
  readonly seen: Seen;
  readonly hits: readonly Hit[];
  /** What other parts of the hunt found of internal hosts and endpoints. */
  readonly supports: readonly Support[];
  readonly intel: IntelLog;
  readonly formats: readonly FormatSeen[];
  readonly hosts: Hosts;
  /** Host names and platform:account of one’s own, as far as they hold now. */
  readonly own: ReadonlySet<string>;
  readonly internalHosts: number;
  readonly asOf: number;
  /** How sightings are read: from the events, or mostly from the ledger. */
  readonly look?: typeof sight;
};

/** From hits to what is judged: open the rows, keep internal hosts, group by host and endpoint, add what else is known. */
export async function entitiesOf(input: EntityInput): Promise<Entity[]> {
  const hits = input.hits.filter((hit) => {
    const why = namesNobody(hit, input.seen);
    if (why !== null && (hit.how === 'address' || hit.how === 'network')) input.intel.hold(hit.indicator, why);
    return why === null;
  });
  const look = input.look ?? sight;
  const rows = (await look(input.lake, wantedOf(hits), input.asOf)).filter((row) => input.hosts.inside(row.src));
  const kept = await withoutForwarding(input, await withPathsRespected(input, hits, rows));
  return group(input, hits, kept, supportsByPair(input));
}

/** Supports of internal hosts by pair. */
function supportsByPair(input: EntityInput): Map<string, Support[]> {
  const pairs = new Map<string, Support[]>();
  for (const support of input.supports) {
    const key = `${support.src} ${support.host}`;
    if (input.hosts.inside(support.src)) pairs.set(key, [...(pairs.get(key) ?? []), support]);
  }
  return pairs;
}

/** The keys of hits as the lake looks for them; `hit` is the place in the list. */
export const wantedOf = (hits: readonly Hit[]): Wanted[] =>
  hits.flatMap((hit, i) =>
    hit.wanted.map((key) => ({
      hit: i,
      ...key,
      validFrom: hit.indicator.validFrom,
      validUntil: hit.indicator.validUntil,
      recorded: hit.indicator.recorded,
      after: hit.after ?? 0,
    })),
  );

/** A URL's host alone says something only where the paths of that pair are out of sight. */
async function withPathsRespected(
  input: EntityInput,
  hits: readonly Hit[],
  rows: readonly Sighted[],
): Promise<Sighted[]> {
  const byHost = rows.filter((r) => hits[r.hit]?.how === 'url-host');
  const contacts = await contactsOf(input.lake, distinctPairs(byHost));
  const visible = new Set(contacts.filter((c) => c.urls > 0).map((c) => `${c.src} ${c.name}`));
  return rows.filter((r) => hits[r.hit]?.how !== 'url-host' || !visible.has(`${r.src} ${r.host}`));
}

/** A resolver's own lookups repeat what its clients asked: the clients are the ones to look at, if the logs show them. */
async function withoutForwarding(input: EntityInput, rows: readonly Sighted[]): Promise<Sighted[]> {
  const resolvers = new Set(input.seen.resolvers);
  const forwarded = rows.filter((r) => resolvers.has(r.src) && r.place.startsWith('dns.'));
  const others = await askedByOthers(input.lake, [...new Set(forwarded.map((r) => r.host))], input.seen.resolvers);
  return rows.filter((r) => !(resolvers.has(r.src) && r.place.startsWith('dns.') && others.has(r.host)));
}

const distinctPairs = (rows: readonly Sighted[]): [string, string][] => [
  ...new Map(rows.map((r) => [`${r.src} ${r.host}`, [r.src, r.host] as [string, string]])).values(),
];

/** One entity for each pair with a sighting, and for each other pair whose supports open one. */
async function group(
  input: EntityInput,
  hits: readonly Hit[],
  rows: readonly Sighted[],
  supports: ReadonlyMap<string, readonly Support[]>,
): Promise<Entity[]> {
  const places = await placesOf(input.lake);
  const sighted = new Set(rows.map((r) => `${r.src} ${r.host}`));
  const opened = [...supports].flatMap(([key, of]) =>
    !sighted.has(key) && of.some((s) => s.opens) && of[0] ? [of[0]] : [],
  );
  const pairs = [...distinctPairs(rows), ...opened.map((s): [string, string] => [s.src, s.host])];
  const contacts = await contactsOf(input.lake, pairs);
  const flows = await flowsNamed(input.lake, pairs);
  const whereabouts = input.hosts.told ? await whereaboutsOf(input.lake, pairs) : [];
  const groups = new Map<string, Sighted[]>();
  for (const row of rows) {
    const key = `${row.src} ${row.host} ${urlOf(hits[row.hit], row) ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const facts = { input, hits, places, contacts, flows, whereabouts, supports };
  return [
    ...[...groups.values()].flatMap((of) => (of[0] ? [entity(facts, of[0].src, of[0].host, of)] : [])),
    ...opened.map((s) => entity(facts, s.src, s.host, [])),
  ];
}

type Facts = {
  readonly input: EntityInput;
  readonly hits: readonly Hit[];
  readonly places: Places;
  readonly contacts: Awaited<ReturnType<typeof contactsOf>>;
  readonly flows: Awaited<ReturnType<typeof flowsNamed>>;
  readonly whereabouts: readonly Whereabouts[];
  readonly supports: ReadonlyMap<string, readonly Support[]>;
};

/** Where the tenant stands in the path, each listed URL is an endpoint of its own. */
const urlOf = (hit: Hit | undefined, row: Sighted): string | null =>
  hit?.how === 'url' && classifyHost(row.host).pathScoped ? hit.indicator.value : null;

function entity(facts: Facts, src: string, host: string, rows: readonly Sighted[]): Entity {
  const { input, hits, places } = facts;
  const listed = rows.map((r) => hits[r.hit]).find((hit) => hit?.how === 'url');
  const url = listed?.indicator.value ?? null;
  const mine = facts.contacts.filter((c) => c.src === src && c.name === host);
  const flow = facts.flows.filter((f) => f.src === src && f.name === host);
  const behind = rows.find((r) => r.place === 'dns.answer' && hits[r.hit]?.wanted[0]?.kind === 'answer');
  const target = behind ? (hits[behind.hit]?.wanted.find((w) => w.kind === 'answer')?.key ?? null) : null;
  const seenAt = sightings(input, hits, rows, places);
  const contacts = contactsByDay(mine, inMicroseconds(input.asOf));
  const first = seenAt.map((s) => s.first).sort()[0] ?? contacts.first;
  const last =
    seenAt
      .map((s) => s.last)
      .sort()
      .at(-1) ?? contacts.last;
  const at = facts.whereabouts.filter((w) => w.src === src && w.name === host);
  return {
    src,
    internal: input.hosts.describe(src, at, first, last),
    nameless: input.hosts.told && input.hosts.nameless(src, first, last),
    host,
    named: rows[0]?.named ?? !isAddress(host),
    url,
    endpoint: endpointOf(host, url, target),
    behind: target,
    sightings: seenAt,
    supports: [
      ...(facts.supports.get(`${src} ${host}`) ?? []).map((s) => s.evidence),
      ...ownEvidence(host, target, input.own),
    ],
    contacts,
    prevalence: { hosts: input.seen.names.get(host)?.sources ?? 1, of: input.internalHosts },
    urlsVisible: mine.some((c) => c.urls > 0),
    bytesOut: sum([...mine.map((c) => c.bytesOut), ...flow.map((f) => f.bytesOut)]),
    bytesIn: sum([...mine.map((c) => c.bytesIn), ...flow.map((f) => f.bytesIn)]),
    sees: new Set(
      input.formats.filter((f) => f.sources.includes(src)).flatMap((f) => formatById(f.format)?.sees ?? []),
    ),
  };
}

/** RFC 3339 with six decimals, as the ledger gives times: only then do they compare as text. */
const inMicroseconds = (time: number): string => new Date(time).toISOString().replace('Z', '000Z');

/** One contact shows at several places: each day counts the place with most. Whole days, up to `asOf` (RFC 3339). */
function contactsByDay(all: readonly Contact[], asOf: string): Entity['contacts'] {
  const contacts = all.filter((c) => c.first <= asOf);
  const days = new Map<string, number>();
  for (const { day, events } of contacts) days.set(day, Math.max(days.get(day) ?? 0, events));
  return {
    first: contacts.map((c) => c.first).sort()[0] ?? '',
    last:
      contacts
        .map((c) => (c.last < asOf ? c.last : asOf))
        .sort()
        .at(-1) ?? '',
    days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, events]) => ({ day, events })),
  };
}

/** The endpoint of the name asked for; of a custom domain, the platform behind it. */
function endpointOf(host: string, url: string | null, behind: string | null): Endpoint {
  const path = url === null ? null : /^[a-z]+:\/\/[^/]+(\/[^?#]*)/.exec(url)?.[1];
  const own = path ? classifyPath(host, path) : classifyHost(host);
  if (own.platform !== null || behind === null) return own;
  const target = classifyHost(behind);
  return { ...target, host: own.host, registrable: own.registrable, blockable: target.blockable };
}

function sightings(input: EntityInput, hits: readonly Hit[], rows: readonly Sighted[], places: Places): Sighting[] {
  const groups = new Map<string, Sighted[]>();
  for (const row of rows) {
    const key = `${row.hit} ${row.place} ${row.standing}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((of) => {
    const [one] = of;
    const hit = one ? hits[one.hit] : undefined;
    if (!one || !hit) return [];
    return [
      {
        indicator: hit.indicator,
        how: hit.how,
        place: one.place,
        standing: one.standing as Standing,
        events: of.reduce((n, r) => n + r.events, 0),
        first: of.map((r) => r.first).sort()[0] ?? one.first,
        last:
          of
            .map((r) => r.last)
            .sort()
            .at(-1) ?? one.last,
        days: of.map((r) => ({ day: r.day, events: r.events })),
        examples: of
          .flatMap((r) => r.examples)
          .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.line - b.line))
          .slice(0, 4)
          .map((e) => ({ ...places(e.seq, e.line), time: e.time })),
        guard: input.intel.guard(hit.indicator),
        ...remarked(input.intel.remark(hit.indicator)),
      },
    ];
  });
}

const remarked = (remark: string | null): { remark?: string } => (remark === null ? {} : { remark });

const sum = (values: readonly (number | null)[]): number | null =>
  values.every((v) => v === null) ? null : values.reduce<number>((a, b) => a + (b ?? 0), 0);
