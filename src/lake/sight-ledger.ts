import type { Lake } from './lake.ts';
import {
  evidenceOf,
  openBatches,
  type Sighted,
  standingOf,
  toSighted,
  type Wanted,
  want,
  wantNoMore,
} from './sight.ts';

/**
 * What `sight` tells, mostly without opening an event: the ledger has who, under which name, on which day, how often, first
 * and last. Events are opened for what it does not have: paths of URLs, further certificates, a second name in one event,
 * a day in which the indicator's dates begin or end; and for the lines of the earliest examples. So the time grows with
 * what was met, not with the events.
 */
export async function sightByLedger(lake: Lake, wanted: readonly Wanted[], asOf: number): Promise<Sighted[]> {
  const { engine } = lake;
  const kinds = new Set(wanted.map((w) => w.kind));
  const asked = links.filter(({ kind }) => kinds.has(kind));
  if (asked.length === 0) return [];
  await want(lake, wanted);
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE met AS ${asked.map((l) => metBy(l, lake.contacts)).join(' UNION ALL ')}`,
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE exact AS SELECT DISTINCT hit, seq FROM met WHERE open OR begins <> ends OR epoch_ms(last) > ${Math.floor(asOf)};
    CREATE OR REPLACE TEMP TABLE example AS ${examples}`);
  const opened = await engine.rows('SELECT seq FROM exact UNION SELECT seq FROM example ORDER BY seq');
  await openBatches(
    lake,
    opened.map((r) => Number(r.seq)),
    wanted,
    asOf,
  );
  const rows = await engine.rows(`${told} ORDER BY hit, src, host, place, standing, day`);
  await wantNoMore(lake);
  await engine.run('DROP TABLE met; DROP TABLE exact; DROP TABLE example');
  return rows.map(toSighted);
}

/** How a wanted key meets a row of the ledger, as what place; `open`: only the events can tell. */
type Link = {
  readonly kind: Wanted['kind'];
  readonly place: string;
  readonly on: string;
  readonly open: string;
};

/** Parts whose events may bear a host and a server name at once: the ledger keeps one of them. */
const twoNames = `(c.seq, c.part) IN (SELECT (seq, part) FROM part WHERE list_has_all(columns, ['http_request_url_hostname', 'tls_sni']))`;
const anyAnswer = `list_contains(list_transform(c.answers, a -> lower(rtrim(a, '.'))), w.key)`;

const links: readonly Link[] = [
  { kind: 'name', place: 'c.place', on: 'c.name = w.key', open: twoNames },
  { kind: 'url', place: "'http.url'", on: 'c.name = w.key AND c.urls > 0', open: 'true' },
  { kind: 'answer', place: "'dns.answer'", on: anyAnswer, open: 'false' },
  {
    kind: 'address',
    place: "'dns.answer'",
    on: "c.place = 'dns.query' AND list_contains(c.answers, w.key)",
    open: 'false',
  },
  { kind: 'address', place: "'flow.ip'", on: "c.dst = w.key AND c.place <> 'dns.query'", open: 'false' },
  { kind: 'ja3', place: "'tls.ja3'", on: 'c.ja3 = w.key', open: 'false' },
  { kind: 'ja4', place: "'tls.ja4'", on: 'c.ja4 = w.key', open: 'false' },
  { kind: 'certificate', place: "'tls.certificate'", on: 'c.certificate = w.key', open: 'true' },
];

const metBy = ({ kind, place, on, open }: Link, contacts: string): string =>
  `SELECT w.hit, c.seq, c.src, coalesce(c.name, c.dst) AS host, c.name IS NOT NULL AS named, ${place} AS place, c.day, c.events, c.first, c.last,
    ${standingOf('c.first')} AS begins, ${standingOf('c.last')} AS ends, ${open} AS open
    FROM ${contacts} c JOIN wanted w ON w.kind = '${kind}' AND ${on} WHERE c.src IS NOT NULL AND c.seq > w.after`;

/** Batches that hold the four earliest events of a hit at one place by one host, as far as the ledger can tell. */
const examples = `SELECT DISTINCT hit, seq FROM (
    SELECT hit, seq, sum(events) OVER (PARTITION BY hit, src, host, place, begins ORDER BY first, seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM met ANTI JOIN exact USING (hit, seq)) WHERE coalesce(before, 0) < 4`;

const told = `WITH shown AS (${evidenceOf('AND (w.hit, s.seq) IN (SELECT (hit, seq) FROM example)')}),
  counted AS (SELECT hit, src, host, named, place, begins AS standing, CAST(day AS VARCHAR) AS day, sum(events) AS events, min(first) AS first, max(last) AS last
    FROM met ANTI JOIN exact USING (hit, seq) GROUP BY ALL)
  SELECT * FROM (${evidenceOf('AND (w.hit, s.seq) IN (SELECT (hit, seq) FROM exact)')})
  UNION ALL BY NAME SELECT c.*, coalesce(s.examples, []) AS examples FROM counted c LEFT JOIN shown s USING (hit, src, host, place, standing, day)`;
