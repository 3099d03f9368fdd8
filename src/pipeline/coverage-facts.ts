import type { CoverageFacts } from '../coverage/coverage.ts';
import { coverNames, encryptedResolvers } from '../coverage/hiding-names.ts';
import type { Seen } from '../hunt/seen.ts';
import type { Lake } from '../lake/lake.ts';
import { type FormatSeen, namesWithPaths } from '../lake/ledger.ts';
import { notices } from '../lake/notices.ts';
import type { HuntDocument } from '../model/finding.ts';
import type { Format } from '../telemetry/format.ts';
import { formats } from '../telemetry/formats/index.ts';
import type { IntelLog } from './intel-log.ts';

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
  rhythmLeads: number;
  characteristics: CoverageFacts['characteristics'];
};

/** Reads the ledger and the registries for what could be seen and what not. */
export async function coverageFacts(
  lake: Lake,
  { own, seen, intel, formatRows, inside, identity, internal, refused, observed, rhythmLeads, characteristics }: Told,
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
    rhythmLeads,
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
