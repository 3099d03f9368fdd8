import type { Behaviour } from './behaviour.ts';

const novelty = (what: string, column: string): string =>
  `SELECT '${what}' AS what, name, ${column} AS value, min(src) AS src, min(time) AS first, count(*) AS events, arg_min(place, time) AS place, min({'time': time, 'seq': seq, 'line': line}, 2) AS rows
  FROM touch WHERE ${column} IS NOT NULL GROUP BY name, ${column} HAVING count(DISTINCT src) = 1`;

/** A name that many have used for long, and one host does with it what nobody else does (T1584.007). */
export const newHabit = {
  id: 'hunt.new-habit',
  says: 'a name that many use, and one host begins to do with it what nobody else does: a path, a user agent, a TLS client',
  class: 'behaviour',
  needs: ['http.url', 'http.user_agent', 'tls.ja4'],
  parameters: {
    users: { value: 5, reason: 'fewer users have no common habit' },
    days: { value: 1, reason: 'the name is known for a day before the new habit begins' },
    events: { value: 10, reason: 'a single odd request is a mistake or a scan' },
    kinds: {
      value: 2,
      reason: 'one new thing is a new version; two of path, user agent and TLS client are another program',
    },
  },
  sql: `WITH known AS (SELECT t.name, min(t.time) AS since, count(DISTINCT t.src) AS users FROM touch t JOIN endpoint e USING (name) WHERE e.drop_site = 0 GROUP BY t.name HAVING count(DISTINCT t.src) >= $users),
    trait AS (${novelty('path', 'path')} UNION ALL ${novelty('user agent', 'ua')} UNION ALL ${novelty('TLS client', 'ja4')}),
    fresh AS (SELECT r.*, k.users, k.since FROM trait r JOIN known k USING (name) WHERE r.events >= $events AND r.first >= k.since + INTERVAL ($days) DAY)
    SELECT src, name, arg_min(place, first) AS place, any_value(users) AS users, count(DISTINCT what) AS kinds, list(DISTINCT what || ' ' || value) AS novelties, CAST(min(first) AS VARCHAR) AS begun, max(events) AS events, arg_min(rows, first) AS examples
    FROM fresh GROUP BY src, name HAVING count(DISTINCT what) >= $kinds`,
  weight: 1.2,
  guard: null,
  opens: true,
  explain: (row) =>
    `${row.users} hosts use ${row.name}; since ${row.begun} ${row.src} alone uses ${Array.isArray(row.novelties) ? row.novelties.slice(0, 4).join(', ') : ''}`,
  blindTo: [
    'a change that all users share',
    'a new habit from the first day of the logs',
    'names that a quarter of the hosts use',
  ],
} satisfies Behaviour;
