/** One's own network as a place to plant into: its hosts, its span, and what its logs show. */

import { openLake } from '../../lake/lake.ts';
import { formatsSeen, namesWithPaths, resolversSeen, sourcesSeen } from '../../lake/ledger.ts';
import { VirgaError } from '../../model/errors.ts';
import { insideOf } from '../../observables/private.ts';
import { agents } from '../../replays/agents.ts';
import type { Company } from '../../replays/company.ts';
import { ownTelemetry, type Telemetry } from '../../replays/telemetry.ts';
import type { Client } from '../../replays/visit.ts';
import { formatById } from '../../telemetry/detect.ts';
import { readMapping } from '../../telemetry/mapping/read.ts';
import { listFiles } from '../../telemetry/walk.ts';
import { ingest } from '../ingest.ts';

export type OwnNetwork = { readonly company: Company; readonly telemetry: Telemetry };

export type OwnOptions = {
  readonly logs: readonly string[];
  readonly mappings: readonly string[];
  readonly internal: readonly string[];
  readonly memory: string;
  readonly workspace: string;
  readonly temp: string;
  readonly seed: number;
};

/** Share of TLS names with visible paths from which requests count as opened. */
const OPENED = 0.05;

/** Reads the logs into the workspace. Throws VirgaError where they name no hosts or hold no internal ones. */
export async function readOwnNetwork(options: OwnOptions): Promise<OwnNetwork> {
  const lake = await openLake(options);
  try {
    const own = options.mappings.map(readMapping);
    const read = await ingest(lake, await listFiles(options.logs, options.temp), {
      temp: options.temp,
      keep: true,
      own,
    });
    await read.close();
    const formats = await formatsSeen(lake);
    const paths = await namesWithPaths(lake);
    const opened = paths.tls === 0 || paths.withUrls / paths.tls >= OPENED;
    const shows = new Set(
      formats
        .flatMap((f): readonly string[] => (formatById(f.format) ?? own.find((o) => o.id === f.format))?.sees ?? [])
        .filter((place) => opened || !place.startsWith('http.')),
    );
    const telemetry = ownTelemetry(shows);
    const inside = insideOf(options.internal);
    const sources = (await sourcesSeen(lake)).filter(inside);
    if (telemetry === null || sources.length === 0)
      throw new VirgaError(
        'evaluate.blind',
        `${options.logs.join(', ')} ${telemetry === null ? 'shows neither DNS lookups nor opened requests' : 'names no internal host'}: nothing can be planted there. Give DNS, TLS or proxy logs${telemetry === null ? '' : ', and your own ranges with --internal'}.`,
      );
    const times = formats.flatMap((f) => [Date.parse(f.start), Date.parse(f.end)]).filter(Number.isFinite);
    const [resolver = '192.0.2.53'] = await resolversSeen(lake);
    return {
      telemetry,
      company: {
        seed: options.seed,
        clients: sources.map((ip) => clientOf(ip, resolver)),
        start: Math.min(...times),
        end: Math.max(...times),
      },
    };
  } finally {
    lake.close();
  }
}

const clientOf = (ip: string, resolver: string): Client => ({
  ip,
  name: ip,
  role: 'staff',
  resolver,
  site: 'all',
  inspected: true,
  agent: agents.chrome,
});
