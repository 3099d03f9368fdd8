import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OwnTenant, ownAt } from '../findings/own.ts';
import { type Beacon, findBeacons } from '../hunt/behaviours/beacon.ts';
import { type Hosts, readHosts } from '../hunt/hosts.ts';
import { isPopular } from '../intel/popular-names.ts';
import { openLake } from '../lake/lake.ts';
import type { InternalHost } from '../model/finding.ts';
import { listFiles } from '../telemetry/walk.ts';
import { ingest } from './ingest.ts';

export type BeaconsOptions = {
  readonly logs: readonly string[];
  readonly workspace: string | null;
  /** The engine's share of memory, such as `700MB`. */
  readonly memory: string;
  /** Endpoints of one's own, declared by the user. */
  readonly own: readonly OwnTenant[];
  /** Milliseconds since 1970: later events are not looked at. */
  readonly asOf: number;
};

/** Reads the logs and tells every pair with a rhythm, the most suspicious first. Leaves nothing behind without a workspace. */
export async function* beacons(options: BeaconsOptions): AsyncGenerator<BeaconRow> {
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-'));
  const lake = await openLake({ workspace: options.workspace, memory: options.memory, temp });
  try {
    const files = await listFiles(options.logs, temp);
    const logs = await ingest(lake, files, { temp, keep: options.workspace !== null });
    try {
      await lake.settle();
      const hosts = await readHosts(lake, () => true);
      const found = await findBeacons(lake, {
        asOf: options.asOf,
        isPopular,
        own: ownAt(options.own, options.asOf),
        inside: () => true,
        touched: false,
      });
      for (const beacon of found.beacons) yield rowOf(beacon, hosts);
    } finally {
      await logs.close();
    }
  } finally {
    lake.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

/** Of a source that leases tell of: its name, and its last address where it had several. */
const nameOf = ({ ip, host, mac }: InternalHost): Record<string, string | null> =>
  mac === undefined ? {} : { src_ip: ip, src_host: host, src_mac: mac };

/** The row as `interface.md` promises it, and what else a person needs to check it. */
export type BeaconRow = ReturnType<typeof rowOf>;

const rowOf = ({ pair, regularity, components, score, explanation, discounts, discovery }: Beacon, hosts: Hosts) => ({
  src: pair.src,
  ...nameOf(hosts.describe(pair.src, [], pair.first, pair.last)),
  dst: pair.dst,
  dst_name: pair.name,
  port: pair.port,
  where: pair.place,
  contacts: pair.contacts,
  first_seen: pair.first,
  last_seen: pair.last,
  score,
  components,
  explanation,
  discounts: discounts.map((d) => ({ id: d.id, reason: d.reason, share: d.share, expires: d.expires })),
  tenant: pair.tenant,
  period: Math.round(regularity.period * 10) / 10,
  sources: pair.hosts,
  days: pair.days,
  bytes_out: pair.bytesOut,
  bytes_in: pair.bytesIn,
  evidence: {
    pauses: regularity.pauses,
    share: Math.round(regularity.share * 1000) / 1000,
    from: Math.round(regularity.from * 10) / 10,
    to: Math.round(regularity.to * 10) / 10,
    chance: Math.round(regularity.chance * 1000) / 1000,
    windows: regularity.windows,
    merge: regularity.merge,
    minus_log10_p: Math.round(regularity.strength * 10) / 10,
    minus_log10_q: Math.round(discovery * 10) / 10,
  },
});
