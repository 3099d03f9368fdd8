import type { Behaviour } from './behaviour.ts';

const PROGRAM = `(regexp_matches(coalesce(t.mime, ''), '^application/(x-(dosexec|msdownload|executable|sharedlib|elf|mach-binary|msi|hta|java-archive)|vnd\\.microsoft\\.portable-executable|hta|java-archive)')
  OR regexp_matches(lower(coalesce(t.path, '')), '\\.(exe|dll|msi|hta|ps1|vbs|vbe|wsf|bat|cmd|scr|jar|lnk|iso|img|cpl|xll)$'))
  AND coalesce(t.status, 200) BETWEEN 200 AND 299 AND coalesce(t.method, 'GET') = 'GET'`;

/** A program is fetched from somebody's endpoint by something that is no browser (T1105). */
export const download = {
  id: 'hunt.download',
  says: 'something that is no browser fetches a program from an endpoint that hardly anybody here uses',
  class: 'lifecycle',
  needs: ['http.url'],
  parameters: { hosts: { value: 3, reason: 'what more hosts fetch is software that was rolled out' } },
  sql: `SELECT t.src, t.name, t.place, arg_min(t.path, t.time) AS path, arg_min(t.mime, t.time) AS mime, max(t.ua) AS ua, count(*) AS events, min({'time': t.time, 'seq': t.seq, 'line': t.line}, 4) AS examples
    FROM touch t JOIN endpoint e USING (name) JOIN client c USING (src, name) WHERE e.drop_site = 0 AND e.hosts <= $hosts AND c.software AND ${PROGRAM} GROUP BY t.src, t.name, t.place`,
  weight: 1.1,
  guard: null,
  opens: true,
  explain: (row) =>
    `${row.src} fetched a program${row.path ? ` (${row.path}${row.mime ? `, ${row.mime}` : ''})` : ''} with something that is no browser${row.ua ? `: ${row.ua}` : ''}`,
  blindTo: ['programs under another ending and content type', 'archives', 'TLS that nobody opens'],
} satisfies Behaviour;

/** Right after a program came from one rare endpoint, another one is met for the first time. */
export const afterDelivery = {
  id: 'hunt.after-delivery',
  says: 'a first contact minutes after a program was fetched from another endpoint that hardly anybody here uses',
  class: 'lifecycle',
  needs: ['http.url'],
  parameters: {
    minutes: { value: 30, reason: 'what was delivered runs soon, or waits too long to be told from chance' },
    hosts: { value: 3, reason: 'an endpoint that more hosts use is known here' },
  },
  sql: `WITH came AS (SELECT t.* FROM touch t JOIN endpoint e USING (name) WHERE e.hosts <= $hosts AND ${PROGRAM}),
    met AS (SELECT t.src, t.name, min(t.time) AS at FROM touch t JOIN endpoint e USING (name) WHERE e.drop_site = 0 AND e.hosts <= $hosts GROUP BY ALL),
    found AS (SELECT m.src, m.name, m.at, arg_min(c.name, c.time) AS origin, arg_min(c.place, c.time) AS place, min(c.time) AS came_at, min({'time': c.time, 'seq': c.seq, 'line': c.line}, 2) AS rows
      FROM met m JOIN came c ON c.src = m.src AND c.name <> m.name AND c.time BETWEEN m.at - INTERVAL ($minutes) MINUTE AND m.at JOIN client k ON k.src = m.src AND k.name = m.name AND k.software GROUP BY m.src, m.name, m.at)
    SELECT f.src, f.name, f.place, f.origin, CAST(date_diff('second', f.came_at, f.at) AS DOUBLE) AS seconds, 2 AS events, list_concat(any_value(f.rows), min({'time': t.time, 'seq': t.seq, 'line': t.line}, 1)) AS examples
      FROM found f JOIN touch t ON t.src = f.src AND t.name = f.name AND t.time = f.at GROUP BY ALL`,
  weight: 1.1,
  guard: null,
  opens: true,
  explain: (row) =>
    `${Math.round(Number(row.seconds))} s after a program came from ${row.origin}, ${row.src} met ${row.name} for the first time`,
  ties: (row) => [{ by: 'origin', value: String(row.origin) }],
  blindTo: ['delivery by mail or from a site that many use', 'a delay of more than half an hour'],
} satisfies Behaviour;
