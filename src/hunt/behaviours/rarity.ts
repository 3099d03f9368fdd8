import { EXAMPLES } from '../../lake/touches.ts';
import type { Behaviour } from './behaviour.ts';

/** Met by one host only, and not from the begin. */
export const rarity = {
  id: 'hunt.rarity',
  says: 'one host alone in this network meets the endpoint, and not from the begin of the logs',
  class: 'behaviour',
  needs: ['dns.query'],
  parameters: {
    sources: { value: 20, reason: 'in a smaller network most names are met by one host' },
    hours: { value: 12, reason: 'half a day into the logs: what is met daily has been met by then' },
  },
  sql: `SELECT t.src, t.name, arg_min(t.place, t.time) AS place, CAST(min(t.time) AS VARCHAR) AS first, any_value(span.sources) AS sources, count(*) AS events, ${EXAMPLES} FROM touch t JOIN endpoint e USING (name), span
    WHERE e.drop_site = 0 AND e.hosts = 1 AND span.sources >= $sources GROUP BY t.src, t.name HAVING min(t.time) >= any_value(span.start) + INTERVAL ($hours) HOUR`,
  weight: 0.3,
  guard: 'most names that a host meets are met by no other',
  opens: false,
  explain: (row) => `${row.src} alone of ${row.sources} sources meets it, first at ${row.first}`,
  blindTo: ['endpoints that several victims share'],
} satisfies Behaviour;

/** A handshake for a name that nobody asked DNS for. */
export const noLookup = {
  id: 'hunt.no-lookup',
  says: 'a TLS handshake names an endpoint that this host never looked up, though its lookups are in the logs',
  class: 'behaviour',
  needs: ['dns.query', 'tls.sni'],
  parameters: {
    names: { value: 20, reason: 'lookups of a host with fewer names in the DNS log are not covered by it' },
    hosts: { value: 3, reason: 'what many do not look up is cached or pinned by a product' },
  },
  sql: `WITH covered AS (SELECT src FROM contact WHERE place = 'dns.query' GROUP BY src HAVING count(DISTINCT name) >= $names),
    looked AS (SELECT DISTINCT src, name FROM touch WHERE place = 'dns.query')
    SELECT t.src, t.name, t.place, count(*) AS events, ${EXAMPLES} FROM touch t JOIN endpoint e USING (name) JOIN covered USING (src)
    WHERE t.place = 'tls.sni' AND e.drop_site = 0 AND e.hosts <= $hosts AND NOT EXISTS (SELECT 1 FROM looked l WHERE l.src = t.src AND l.name = t.name) GROUP BY ALL`,
  weight: 0.5,
  guard: 'caches from before the logs and encrypted DNS do the same',
  opens: false,
  explain: (row) => `${row.src} names ${row.name} in ${row.events} handshakes and asked no logged resolver for it`,
  blindTo: ['hosts whose resolver is not logged'],
} satisfies Behaviour;
