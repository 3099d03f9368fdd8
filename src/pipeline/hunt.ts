import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtIn } from '../characteristics/builtin/index.ts';
import { type CoverageFacts, coverageOf } from '../coverage/coverage.ts';
import { coverNames, encryptedResolvers } from '../coverage/hiding-names.ts';
import { clustersOf } from '../findings/cluster.ts';
import type { Support } from '../findings/entity.ts';
import { byScore, judge } from '../findings/judge.ts';
import { type OwnTenant, ownAt } from '../findings/own.ts';
import { watchedIn } from '../hunt/behaviours/watched.ts';
import { type Hosts, identityFacts, readHosts } from '../hunt/hosts.ts';
import { createMatcher, type Hit, type Matcher } from '../hunt/match.ts';
import { keying } from '../hunt/met.ts';
import { ownCandidates } from '../hunt/own-candidates.ts';
import { readSeen, type Seen } from '../hunt/seen.ts';
import { createListedPaths, type ListedPaths } from '../hunt/traits/listed-paths.ts';
import { isPopular } from '../intel/popular-names.ts';
import { newest, readWarningLists } from '../intel/warnings/read.ts';
import { keepKeys } from '../lake/keys.ts';
import { type BatchReport, type Lake, openLake } from '../lake/lake.ts';
import { account, type FormatSeen, formatsSeen, namesWithPaths, platformsSeen, refusals } from '../lake/ledger.ts';
import { gather } from '../lake/near.ts';
import { notices } from '../lake/notices.ts';
import type { HuntDocument } from '../model/finding.ts';
import { version } from '../model/version.ts';
import { insideOf } from '../observables/private.ts';
import { classifyHost } from '../platforms/matcher.ts';
import type { Format } from '../telemetry/format.ts';
import { formats } from '../telemetry/formats/index.ts';
import { readMapping } from '../telemetry/mapping/read.ts';
import { listFiles } from '../telemetry/walk.ts';
import { behaviourSupports } from './behaviours.ts';
import { collectCharacteristics } from './characteristics.ts';
import { type EntityInput, entitiesOf } from './entities.ts';
import { ingest } from './ingest.ts';
import { type Around, aroundHunt } from './intel/around.ts';
import { readStored } from './intel/stored.ts';
import { createIntelLog, type IntelLog, type IntelStream, streamIntel } from './intel-log.ts';
import { interestOf } from './interest.ts';
import { traitSupports } from './traits.ts';

export type HuntOptions = {
  readonly logs: readonly string[];
  /** Mapping files: formats of the user's own, asked before all others. */
  readonly mappings?: readonly string[];
  readonly intel: readonly string[];
  /** Files and folders of warning lists, besides those of the workspace and the built-in ones. */
  readonly warnings?: readonly string[];
  /** Files that tell what adversary software looks like. */
  readonly characteristics: readonly string[];
  /** Whether the built-in characteristics are compared too. */
  readonly knownSoftware: boolean;
  readonly stdin: NodeJS.ReadableStream;
  /** Told of what could not be read beside the logs. */
  readonly note: (text: string) => void;
  /** Milliseconds since 1970: judge with what was known and what had happened by then. */
  readonly asOf: number;
  readonly workspace: string | null;
  /** A PostgreSQL server that keeps the workspace's facts, as `postgres://…`. */
  readonly stateUrl?: string | null;
  /** The engine's share of memory, such as `700MB`. */
  readonly memory: string;
  /** CIDR ranges of one's own besides the private ones. */
  readonly internal: readonly string[];
  /** Endpoints of one's own, declared by the user. */
  readonly own?: readonly OwnTenant[];
  readonly now: () => Date;
  /** Told of each step, for a progress bar. */
  readonly progress?: (step: HuntStep) => void;
};

export type HuntStep =
  | { readonly kind: 'files'; readonly total: number }
  | { readonly kind: 'file'; readonly file: string; readonly report: BatchReport }
  | { readonly kind: 'step'; readonly says: string };

/**
 * Hunts: detect and read the logs into the lake, meet its distinct names with the intelligence, open the events that
 * matched, weigh and judge, say what could not be seen. Leaves nothing behind without a workspace.
 */
export async function hunt(options: HuntOptions): Promise<HuntDocument> {
  const started = options.now();
  const own = (options.mappings ?? []).map(readMapping);
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-'));
  const lake = await openLake({ workspace: options.workspace, memory: options.memory, temp });
  try {
    const intel = createIntelLog(options.asOf, await aroundOf(options));
    const files = await listFiles(options.logs, temp);
    const told = await collectCharacteristics(options.characteristics, options.stdin);
    for (const file of told.files) if (!file.parsed) options.note(`${file.file}: ${file.error}`);
    const stream = streamIntel(options.intel, intel);
    options.progress?.({ kind: 'files', total: files.length });
    const logs = await ingest(lake, files, {
      temp,
      keep: options.workspace !== null,
      own,
      done: (file, report) => options.progress?.({ kind: 'file', file, report }),
    });
    try {
      const document = await huntLake(lake, options, started, intel, stream, told);
      if (options.workspace !== null) await keepKeys(lake, keying(version));
      return document;
    } finally {
      await logs.close();
    }
  } finally {
    lake.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

/** The warning lists in force and the feeds behind the intelligence; a file given that is no list is told of. */
async function aroundOf(options: HuntOptions): Promise<Around> {
  const { warnings = [], asOf, note } = options;
  const read = await readWarningLists(warnings);
  for (const { file, fault } of read) if (fault !== null) note(`${file}: ${fault}`);
  return aroundHunt(options, asOf, newest(read.flatMap(({ list }) => list ?? [])));
}

type ToldTraits = Awaited<ReturnType<typeof collectCharacteristics>>;

async function huntLake(
  lake: Lake,
  options: HuntOptions,
  started: Date,
  intel: IntelLog,
  stream: IntelStream,
  told: ToldTraits,
): Promise<HuntDocument> {
  options.progress?.({ kind: 'step', says: 'matching' });
  await lake.settle();
  const seen = await readSeen(lake);
  const hosts = await readHosts(lake, insideOf(options.internal));
  const matcher = createMatcher(seen);
  const listedPaths = createListedPaths();
  const both = bothOf(matcher, listedPaths);
  const stored = await readStored(lake, { ...options, inside: hosts.inside });
  await stream.feed(both);
  for (const indicator of stored.indicators) both.add(indicator);
  const hits = await stored.reviewed(matcher.hits(), seen, intel);
  const watched = await watchedIn(lake, seen);
  const characteristics = [
    ...told.characteristics,
    ...(options.knownSoftware ? builtIn : []),
    ...listedPaths.characteristics(),
  ];
  await gather(lake, interestOf(hits, seen, watched.endpoints, characteristics));
  return documentOf(lake, options, started, stored.joined(intel), {
    seen,
    hosts,
    hits,
    names: namesOnPlatforms(seen),
    behaviours: await behaviourSupports(lake, {
      watched,
      asOf: options.asOf,
      isPopular,
      own: ownAt(options.own ?? [], options.asOf),
      inside: hosts.inside,
    }),
    told: { ...told, characteristics },
  });
}

/** What was met: the hits, what is known around them, the names on platforms, and what software looks like. */
export type MetInLake = {
  readonly seen: Seen;
  readonly hosts: Hosts;
  readonly hits: readonly Hit[];
  readonly names: readonly PlatformName[];
  /** What internal hosts do with endpoints, where it was looked for. */
  readonly behaviours: readonly Support[];
  readonly told: ToldTraits;
  /** How sightings are read where not from the events. */
  readonly look?: EntityInput['look'];
};
type PlatformName = readonly [name: string, platform: string, tenant: string];

/** From what was met to the document: open the events, weigh, judge, say what could not be seen. */
export async function documentOf(
  lake: Lake,
  options: Pick<HuntOptions, 'asOf' | 'internal' | 'now' | 'progress' | 'mappings' | 'own'>,
  started: Date,
  intel: IntelLog,
  { seen, hosts, hits, names, behaviours, told, look }: MetInLake,
): Promise<HuntDocument> {
  const { inside } = hosts;
  const formatRows = await formatsSeen(lake);
  const internal = seen.sources.filter(inside);
  const traits = await traitSupports({
    lake,
    seen,
    characteristics: told.characteristics,
    rules: told.rules,
    internalHosts: internal.length,
    asOf: options.asOf,
  });
  const own = ownAt(options.own ?? [], options.asOf);
  const entities = await entitiesOf({
    lake,
    seen,
    hits,
    supports: [...behaviours, ...traits.supports],
    intel,
    formats: formatRows,
    hosts,
    own,
    internalHosts: internal.length,
    asOf: options.asOf,
    ...(look ? { look } : {}),
  });
  const judged = entities.map(judge).sort(byScore);
  options.progress?.({ kind: 'step', says: 'reporting' });
  const read = await account(lake);
  const refused = await refusals(lake);
  const observed = {
    ...(await observations(lake, names, seen.resolvers)),
    own_candidates: (
      await ownCandidates(
        lake,
        names.map(([name]) => name),
      )
    ).filter((c) => !own.has(c.name)),
  };
  return {
    virga: version,
    run: {
      id: randomUUID(),
      started: started.toISOString(),
      finished: options.now().toISOString(),
      as_of: new Date(options.asOf).toISOString(),
    },
    telemetry: {
      files: read.files,
      read: read.accepted + read.refused,
      accepted: read.accepted,
      refused: read.refused,
      start: read.start,
      end: read.end,
      internal_hosts: internal.length,
    },
    intel: intel.summary(),
    findings: judged.filter((f) => f.level === 'finding'),
    leads: judged.filter((f) => f.level === 'lead'),
    clusters: clustersOf(judged),
    observations: observed,
    coverage: coverageOf(
      await coverageFacts(lake, {
        own: (options.mappings ?? []).map(readMapping),
        seen,
        intel,
        formatRows,
        inside,
        identity: await identityFacts(lake, hosts, insideOf(options.internal)),
        internal: internal.length,
        refused: read.refused,
        observed,
        characteristics: {
          given: told.characteristics.length,
          unreadable: told.files.filter((f) => !f.parsed).length,
          rules: traits.rules,
        },
      }),
    ),
    refused: { total: read.refused, ...refused },
  };
}

/** Indicators go to the matcher, and what their URLs have in common is kept. */
const bothOf = (matcher: Matcher, paths: ListedPaths): Matcher => ({
  add: (indicator) => {
    matcher.add(indicator);
    paths.add(indicator);
  },
  hits: matcher.hits,
});

function namesOnPlatforms(seen: Seen): PlatformName[] {
  const names: [string, string, string][] = [];
  for (const name of seen.names.keys()) {
    const endpoint = classifyHost(name);
    if (endpoint.platform !== null && !endpoint.providerOwned && endpoint.granularity !== 'shared-apex')
      names.push([name, endpoint.platform, endpoint.accountKey ?? endpoint.boundary ?? name]);
    else if (endpoint.platform !== null && endpoint.pathScoped) names.push([name, endpoint.platform, name]);
  }
  return names;
}

async function observations(
  lake: Lake,
  names: readonly PlatformName[],
  besides: readonly string[],
): Promise<Pick<HuntDocument['observations'], 'platforms'>> {
  const rows = await platformsSeen(lake, names, besides);
  const providers = new Map(names.map(([name, platform]) => [platform, classifyHost(name).provider ?? '']));
  return {
    platforms: rows.map((r) => ({
      platform: r.platform,
      provider: providers.get(r.platform) ?? '',
      tenants: r.tenants,
      internal_hosts: r.sources,
      events: r.events,
    })),
  };
}

type Told = {
  seen: Seen;
  intel: IntelLog;
  own: readonly Format[];
  formatRows: readonly FormatSeen[];
  inside: (ip: string) => boolean;
  identity: CoverageFacts['identity'];
  internal: number;
  refused: number;
  observed: HuntDocument['observations'];
  characteristics: CoverageFacts['characteristics'];
};

async function coverageFacts(
  lake: Lake,
  { own, seen, intel, formatRows, inside, identity, internal, refused, observed, characteristics }: Told,
): Promise<CoverageFacts> {
  const paths = await namesWithPaths(lake);
  const summary = intel.summary();
  const newest =
    summary.sources
      .map((s) => s.newest)
      .filter((n) => n !== null)
      .sort()
      .at(-1) ?? null;
  return {
    formats: formatRows.map((f) => ({ ...f, internalHosts: f.sources.filter(inside).length })),
    registry: [...formats, ...own],
    internalHosts: internal,
    identity,
    tlsNames: paths.tls,
    tlsNamesWithUrls: paths.withUrls,
    indicatorsByPlatform: summary.by_platform,
    ownCandidates: observed.own_candidates.map((c) => c.name),
    contactsByPlatform: Object.fromEntries(observed.platforms.map((p) => [p.platform, p.events])),
    intel: {
      indicators: summary.indicators,
      active: summary.active,
      expired: summary.expired,
      newest,
      sources: summary.sources.length,
      feeds: summary.feeds,
    },
    characteristics,
    refused,
    guarded: intel.guarded(),
    encryptedLookups: hiddenBy(seen, encryptedResolvers),
    coveredNames: hiddenBy(seen, coverNames),
    resolvers: seen.resolvers,
    outsideSources: seen.sources.length - internal,
    notices: await notices(lake),
  };
}

/** Which of these names were met, by how many sources at least, and how often. */
function hiddenBy(seen: Seen, names: ReadonlySet<string>): CoverageFacts['coveredNames'] {
  const met = [...names].filter((name) => seen.names.has(name));
  const counts = met.map((name) => seen.names.get(name) ?? { sources: 0, events: 0 });
  return {
    names: met,
    sources: Math.max(0, ...counts.map((c) => c.sources)),
    events: counts.reduce((sum, c) => sum + c.events, 0),
  };
}
