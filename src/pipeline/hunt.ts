import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtIn } from '../characteristics/builtin/index.ts';
import { type OwnTenant, ownAt } from '../findings/own.ts';
import { watchedIn } from '../hunt/behaviours/watched.ts';
import { readHosts } from '../hunt/hosts.ts';
import { createMatcher, type Matcher } from '../hunt/match.ts';
import { keying } from '../hunt/met.ts';
import { readSeen } from '../hunt/seen.ts';
import { createListedPaths, type ListedPaths } from '../hunt/traits/listed-paths.ts';
import { isPopular } from '../intel/popular-names.ts';
import { newest, readWarningLists } from '../intel/warnings/read.ts';
import { keepKeys } from '../lake/keys.ts';
import { type BatchReport, type Lake, openLake } from '../lake/lake.ts';
import { gather } from '../lake/near.ts';
import type { HuntDocument } from '../model/finding.ts';
import { version } from '../model/version.ts';
import { insideOf } from '../observables/private.ts';
import { readMapping } from '../telemetry/mapping/read.ts';
import { listFiles } from '../telemetry/walk.ts';
import { behaviourSupports } from './behaviours.ts';
import { collectCharacteristics } from './characteristics.ts';
import { documentOf, type ToldTraits } from './document.ts';
import { ingest } from './ingest.ts';
import { type Around, aroundHunt } from './intel/around.ts';
import { readStored } from './intel/stored.ts';
import { createIntelLog, type IntelLog, type IntelStream, streamIntel } from './intel-log.ts';
import { interestOf } from './interest.ts';
import { namesOnPlatforms } from './platform-names.ts';

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

/** Indicators go to the matcher, and what their URLs have in common is kept. */
const bothOf = (matcher: Matcher, paths: ListedPaths): Matcher => ({
  add: (indicator) => {
    matcher.add(indicator);
    paths.add(indicator);
  },
  hits: matcher.hits,
});
