import { randomUUID } from 'node:crypto';
import { coverageOf } from '../coverage/coverage.ts';
import { clustersOf } from '../findings/cluster.ts';
import type { Support } from '../findings/entity.ts';
import { byScore, judge } from '../findings/judge.ts';
import { ownAt } from '../findings/own.ts';
import { type Hosts, identityFacts } from '../hunt/hosts.ts';
import type { Hit } from '../hunt/match.ts';
import { ownCandidates } from '../hunt/own-candidates.ts';
import type { Seen } from '../hunt/seen.ts';
import type { Lake } from '../lake/lake.ts';
import { account, formatsSeen, refusals } from '../lake/ledger.ts';
import type { HuntDocument } from '../model/finding.ts';
import { version } from '../model/version.ts';
import { insideOf } from '../observables/private.ts';
import { readMapping } from '../telemetry/mapping/read.ts';
import { rhythmLeads } from './behaviours.ts';
import type { collectCharacteristics } from './characteristics.ts';
import { coverageFacts } from './coverage-facts.ts';
import { type EntityInput, entitiesOf } from './entities.ts';
import type { HuntOptions } from './hunt.ts';
import type { IntelLog } from './intel-log.ts';
import { observations, type PlatformName } from './platform-names.ts';
import { traitSupports } from './traits.ts';

export type ToldTraits = Awaited<ReturnType<typeof collectCharacteristics>>;

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
  /** True where candidates for own endpoints, which read the whole ledger, are left to the hunt. */
  readonly brief?: boolean;
};

/** From what was met to the document: open the events, weigh, judge, say what could not be seen. */
export async function documentOf(
  lake: Lake,
  options: Pick<HuntOptions, 'asOf' | 'internal' | 'now' | 'progress' | 'mappings' | 'own'>,
  started: Date,
  intel: IntelLog,
  { seen, hosts, hits, names, behaviours, told, look, brief }: MetInLake,
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
    own_candidates: (brief
      ? []
      : await ownCandidates(
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
        rhythmLeads: rhythmLeads(behaviours),
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
