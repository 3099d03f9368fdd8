import { EXAMPLES } from '../../lake/touches.ts';
import type { Behaviour } from './behaviour.ts';

/** One source walks from name to name on one platform, and asks each for the same. */
export const rotation = {
  id: 'hunt.rotation',
  says: 'one host walks through functions or tunnels of one platform, one after the other, with the same path or the same program',
  class: 'behaviour',
  needs: ['tls.sni', 'http.url'],
  parameters: {
    names: { value: 3, reason: 'two names in a row is a move; three are a habit' },
    hosts: { value: 2, reason: 'a throw-away name is used by its victims only; one more for an analyst who looked' },
    contacts: { value: 4, reason: 'fewer contacts with a name are a glance' },
  },
  sql: `WITH stay AS (SELECT t.src, t.name, e.platform, count(*) AS contacts, min(t.time) AS first, max(t.time) AS last, mode(t.path) AS path,
      count(*) FILTER (t.path IS NOT NULL) AS with_path, count(DISTINCT t.path) AS paths, max(t.ja4) AS ja4, any_value(h.browser) AS browser
      FROM touch t JOIN endpoint e USING (name) LEFT JOIN habit h ON h.src = t.src
      WHERE t.place <> 'dns.query' AND e.platform IS NOT NULL AND e.hosts <= $hosts GROUP BY t.src, t.name, e.platform HAVING count(*) >= $contacts),
    alike AS (SELECT *, CASE WHEN path IS NOT NULL AND path <> '/' AND paths <= 2 THEN path WHEN path IS NULL AND ja4 IS NOT NULL AND browser IS NOT NULL AND ja4 <> browser THEN 'TLS client ' || ja4 END AS template FROM stay),
    walk AS (SELECT *, lag(last) OVER (PARTITION BY src, platform, template ORDER BY first, name) AS left_at FROM alike WHERE template IS NOT NULL),
    way AS (SELECT src, platform, template, count(*) AS names, count(*) FILTER (left_at IS NULL OR first >= left_at - INTERVAL 10 MINUTE) AS in_turn FROM walk GROUP BY ALL),
    found AS (SELECT w.src, w.name, y.platform, y.template, y.names FROM walk w JOIN way y USING (src, platform, template) WHERE y.names >= $names AND y.in_turn >= y.names - y.names // 4)
    SELECT t.src, t.name, t.place, f.platform, f.template, f.names, count(*) AS events, ${EXAMPLES} FROM touch t JOIN found f USING (src, name)
    WHERE t.place <> 'dns.query' GROUP BY ALL`,
  weight: 1.2,
  guard: null,
  opens: true,
  explain: (row) =>
    `${row.src} walks through ${row.names} names on ${row.platform}, one after the other, with the same ${String(row.template).startsWith('TLS') ? row.template : `path ${row.template}`}`,
  ties: (row) => [{ by: 'template', value: `${row.src} on ${row.platform}: ${row.template}` }],
  blindTo: ['rotation within a name (a path for each victim)', 'several hosts that share the walk'],
} satisfies Behaviour;
