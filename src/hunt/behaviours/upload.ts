import { EXAMPLES } from '../../lake/touches.ts';
import type { Behaviour } from './behaviour.ts';

/** Far more goes out than comes in, to an endpoint that hardly anybody here uses (T1567, T1041). */
export const upload = {
  id: 'hunt.upload',
  says: 'far more bytes go to an endpoint than come from it, and hardly anybody here uses it',
  class: 'behaviour',
  needs: ['flow.bytes'],
  parameters: {
    bytes: { value: 10_000_000, reason: 'below ten megabytes telemetry and forms do the same' },
    ratio: { value: 10, reason: 'a page load is the other way round; an upload with its answers is 50 and more' },
    hosts: { value: 2, reason: 'a service that several upload to is a service' },
  },
  sql: `WITH met AS (SELECT DISTINCT t.src, t.name, t.dst FROM touch t JOIN endpoint e USING (name) WHERE e.drop_site = 0 AND e.hosts <= $hosts AND t.place <> 'dns.query' AND t.dst IS NOT NULL),
    alone AS (SELECT src, dst FROM contact WHERE place IN ('tls.sni', 'http.host') GROUP BY src, dst HAVING count(DISTINCT name) = 1),
    flows AS (SELECT m.src, m.name, sum(f.bytes_out) AS sent, sum(f.bytes_in) AS got FROM met m JOIN alone USING (src, dst) JOIN contact f ON f.src = m.src AND f.dst = m.dst AND f.place = 'flow.ip' GROUP BY ALL),
    requests AS (SELECT t.src, t.name, sum(t.bytes_out) AS sent, sum(t.bytes_in) AS got FROM touch t JOIN endpoint e USING (name) WHERE e.drop_site = 0 AND e.hosts <= $hosts AND t.bytes_out IS NOT NULL GROUP BY ALL),
    found AS (SELECT src, name, max(sent) AS sent, arg_max(got, sent) AS got FROM (SELECT * FROM flows UNION ALL SELECT * FROM requests) GROUP BY ALL HAVING max(sent) >= $bytes AND max(sent) >= $ratio * coalesce(arg_max(got, sent), 0))
    SELECT t.src, t.name, t.place, CAST(f.sent AS DOUBLE) AS sent, CAST(coalesce(f.got, 0) AS DOUBLE) AS got, count(*) AS events, ${EXAMPLES} FROM touch t JOIN found f USING (src, name) WHERE t.place <> 'dns.query' GROUP BY ALL`,
  weight: 1.2,
  guard: null,
  opens: true,
  explain: (row) =>
    `${row.src} sent ${megabytes(row.sent)} MB and got ${megabytes(row.got)} MB, ${Math.round(Number(row.sent) / Math.max(1, Number(row.got)))} times as much out as in`,
  blindTo: [
    'uploads below 10 MB, or that are answered with as much',
    'addresses behind which the same host met several names',
  ],
} satisfies Behaviour;

const megabytes = (bytes: unknown): string => (Number(bytes) / 1e6).toFixed(1);
