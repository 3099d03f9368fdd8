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

/** The richest set whose places are all among these; null where not even lookups or requests are. */
export const telemetryOf = (shows: ReadonlySet<string>): Telemetry | null =>
  telemetries.filter((t) => [...t.shows].every((place) => shows.has(place))).at(-1) ?? null;
