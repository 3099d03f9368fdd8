import type { Behaviour } from './behaviour.ts';

/** A program reads a public page, and at once meets an endpoint that it never met before (T1102.001). */
export const deadDrop = {
  id: 'hunt.dead-drop',
  says: 'a program reads a document or paste on a public site and at once meets an endpoint for the first time',
  class: 'lifecycle',
  needs: ['tls.sni', 'tls.ja4', 'http.url', 'http.user_agent'],
  parameters: {
    minutes: {
      value: 15,
      reason: 'an implant resolves its endpoint and calls it; longer, and people do other things between',
    },
    hosts: { value: 3, reason: 'an endpoint that more hosts use is known here' },
    lead: { value: 60, reason: 'minutes from the begin of the logs before which a first contact may be an old one' },
  },
  sql: `WITH met AS (SELECT t.src, t.name, min(t.time) AS at FROM touch t JOIN endpoint e USING (name) WHERE e.drop_site = 0 AND e.hosts <= $hosts GROUP BY ALL),
    read AS (SELECT t.*, h.browser FROM touch t JOIN endpoint e USING (name) LEFT JOIN habit h ON h.src = t.src WHERE e.drop_site = 1),
    dropped AS (SELECT * FROM read WHERE ja4 IS NOT NULL AND browser IS NOT NULL AND ja4 <> browser
      OR ua IS NOT NULL AND (NOT starts_with(ua, 'Mozilla/') OR contains(ua, 'PowerShell'))
      OR path IS NOT NULL AND regexp_matches(path, '/(export|raw|download)(/|$)') AND referrer IS NULL),
    found AS (SELECT m.src, m.name, m.at, arg_min(d.name, d.time) AS site, arg_min(d.path, d.time) FILTER (d.path IS NOT NULL) AS page, min(d.time) AS read_at, arg_min(d.place, d.time) AS place, count(*) AS reads,
      min({'time': d.time, 'seq': d.seq, 'line': d.line}, 3) AS rows
      FROM met m JOIN dropped d ON d.src = m.src AND d.time BETWEEN m.at - INTERVAL ($minutes) MINUTE AND m.at, span WHERE m.at > span.start + INTERVAL ($lead) MINUTE GROUP BY m.src, m.name, m.at)
    SELECT f.src, f.name, f.place, f.site, f.page, f.reads, CAST(date_diff('second', f.read_at, f.at) AS DOUBLE) AS seconds, f.reads + 1 AS events,
      list_concat(any_value(f.rows), min({'time': t.time, 'seq': t.seq, 'line': t.line}, 1)) AS examples
      FROM found f JOIN touch t ON t.src = f.src AND t.name = f.name AND t.time = f.at GROUP BY ALL`,
  weight: 1.3,
  guard: null,
  opens: true,
  explain: (row) =>
    `a program on ${row.src} read ${row.site}${row.page ? ` (${row.page})` : ''} ${row.reads} times, and ${Math.round(Number(row.seconds))} s after the first of them this host met ${row.name} for the first time`,
  ties: (row) => (row.page ? [{ by: 'origin', value: `${row.site}${row.page}` }] : []),
  blindTo: [
    'dead drops on sites that are not in the list',
    'reading with the TLS and name of the browser',
    'first contacts in the first hour of the logs',
  ],
} satisfies Behaviour;
