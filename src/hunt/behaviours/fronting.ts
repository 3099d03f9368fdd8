import { EXAMPLES } from '../../lake/touches.ts';
import type { Behaviour } from './behaviour.ts';

/** Asked for in a connection to another name (T1090.004). */
export const fronting = {
  id: 'hunt.fronting',
  says: 'the Host header names an endpoint that the handshake of the same connection does not name',
  class: 'behaviour',
  needs: ['http.host', 'tls.sni'],
  parameters: {
    agree: {
      value: 10,
      reason:
        'names for which the opened requests and the handshakes of this host agree: else one of the logs is partial',
    },
    hosts: { value: 3, reason: 'what many ask for in this way is how a service of theirs works' },
    events: { value: 3, reason: 'one or two may be a reused connection' },
  },
  sql: `WITH shaken AS (SELECT DISTINCT src, dst, name FROM contact WHERE place = 'tls.sni' AND dst IS NOT NULL),
    asked AS (SELECT t.src, t.dst, t.name, count(*) AS n FROM touch t JOIN endpoint e USING (name) WHERE t.place = 'http.host' AND t.secure AND t.dst IS NOT NULL AND e.hosts <= $hosts AND e.drop_site = 0 GROUP BY ALL),
    agreeing AS (SELECT c.src FROM contact c JOIN shaken s ON s.src = c.src AND s.name = c.name WHERE c.place = 'http.host' GROUP BY c.src HAVING count(DISTINCT c.name) >= $agree),
    found AS (SELECT a.src, a.name, min(s.name) AS front, sum(a.n) AS n FROM asked a JOIN agreeing USING (src) JOIN shaken s ON s.src = a.src AND s.dst = a.dst
      WHERE NOT EXISTS (SELECT 1 FROM shaken x WHERE x.src = a.src AND x.name = a.name) GROUP BY ALL HAVING sum(a.n) >= $events)
    SELECT t.src, t.name, t.place, f.front, count(*) AS events, ${EXAMPLES} FROM touch t JOIN found f USING (src, name) WHERE t.place = 'http.host' GROUP BY ALL`,
  weight: 1.5,
  guard: null,
  opens: true,
  explain: (row) =>
    `requests of ${row.src} for ${row.name} travel in connections whose handshake names ${row.front}; no handshake of this host names ${row.name}`,
  blindTo: [
    'TLS that nobody opens',
    'connections that are reused for several names (HTTP/2) look alike where they are few',
  ],
} satisfies Behaviour;
