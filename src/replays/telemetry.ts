import type { Place } from '../model/event.ts';

/** The logs that a replay writes, and the sets of them that a network may have. */
export type Telemetry = {
  readonly id: string;
  readonly says: string;
  readonly files: readonly string[];
  /** Places that these logs show of a contact over TLS. */
  readonly shows: ReadonlySet<Place>;
};

const lookups: readonly Place[] = ['dns.query', 'dns.answer'];
const flows: readonly Place[] = ['flow.ip', 'flow.bytes'];
const handshakes: readonly Place[] = ['tls.sni', 'tls.ja4'];
const requests: readonly Place[] = ['http.host', 'http.url', 'http.user_agent'];

/** From the least to the most. */
export const telemetries: readonly Telemetry[] = [
  { id: 'dns', says: 'DNS lookups alone', files: ['dns.log'], shows: new Set(lookups) },
  {
    id: 'flow',
    says: 'DNS lookups and flows',
    files: ['dns.log', 'conn.log'],
    shows: new Set([...lookups, ...flows]),
  },
  {
    id: 'tls',
    says: 'DNS lookups, flows and TLS handshakes',
    files: ['dns.log', 'conn.log', 'ssl.log'],
    shows: new Set([...lookups, ...flows, ...handshakes]),
  },
  { id: 'proxy', says: 'a proxy that opens TLS, alone', files: ['access.log'], shows: new Set(requests) },
  {
    id: 'all',
    says: 'DNS lookups, flows, TLS handshakes and a proxy that opens TLS',
    files: ['dns.log', 'conn.log', 'ssl.log', 'access.log'],
    shows: new Set([...lookups, ...flows, ...handshakes, ...requests]),
  },
];

/** Each log, and what must be in sight for it to be written into somebody's own. */
const logs: readonly { readonly file: string; readonly bears: readonly Place[]; readonly says: string }[] = [
  { file: 'dns.log', bears: ['dns.query'], says: 'DNS lookups' },
  { file: 'conn.log', bears: ['flow.ip'], says: 'flows' },
  { file: 'ssl.log', bears: ['tls.sni'], says: 'TLS names' },
  { file: 'access.log', bears: ['http.host', 'http.url'], says: 'opened requests' },
];

/** What somebody's own logs show, as a set of logs that shows the same; null where they name no host. */
export function ownTelemetry(shows: ReadonlySet<string>): Telemetry | null {
  const kept = logs.filter((log) => log.bears.every((place) => shows.has(place)));
  if (kept.every((log) => log.file === 'conn.log')) return null;
  const all = [...lookups, ...flows, ...handshakes, ...requests];
  return {
    id: 'own',
    says: `your logs (${kept.map((log) => log.says).join(', ')})`,
    files: kept.map((log) => log.file),
    shows: new Set(all.filter((place) => shows.has(place))),
  };
}

/** The richest set whose places are all among these; null where not even lookups or requests are. */
export const telemetryOf = (shows: ReadonlySet<string>): Telemetry | null =>
  telemetries.filter((t) => [...t.shows].every((place) => shows.has(place))).at(-1) ?? null;
