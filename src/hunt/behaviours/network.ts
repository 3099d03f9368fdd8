import type { Lake } from '../../lake/lake.ts';

/** What is ordinary in this network: the background that a behaviour is judged against. */
export type Network = {
  /** Sources seen, forwarding resolvers left out. */
  readonly sources: number;
  /** Milliseconds since 1970: the span of the logs. */
  readonly start: number;
  readonly end: number;
  /** Source → how many distinct names it contacted; where only lookups are in sight, asked for. */
  readonly names: ReadonlyMap<string, number>;
  /** Half of the sources know no more names than this. */
  readonly medianNames: number;
  /** Source → the TLS client fingerprint with which it contacts most names, where that is most of them: its browser. */
  readonly browser: ReadonlyMap<string, string>;
};

const span = 'SELECT min(first) AS start, max(last) AS end FROM batch';

const habits = `WITH server AS (SELECT DISTINCT dst FROM contact WHERE place = 'dns.query' AND dst IS NOT NULL)
  SELECT src, coalesce(nullif(count(DISTINCT name) FILTER (place <> 'dns.query'), 0), count(DISTINCT name)) AS names FROM contact WHERE src IS NOT NULL AND src NOT IN (SELECT dst FROM server) GROUP BY src`;

/** A fingerprint with which at least half of at least so many names are contacted. */
const BROWSED_NAMES = 8;

const browsers = `WITH client AS (SELECT src, ja4, count(DISTINCT name) AS names FROM contact WHERE place = 'tls.sni' AND ja4 IS NOT NULL GROUP BY src, ja4)
  SELECT src, arg_max(ja4, names) AS ja4 FROM client GROUP BY src HAVING max(names) >= ${BROWSED_NAMES} AND max(names) * 2 >= sum(names)`;

/** Reads the ledger for what is ordinary. */
export async function readNetwork(lake: Lake): Promise<Network> {
  const [times] = await lake.engine.rows(span);
  const rows = await lake.engine.rows(habits);
  const names = new Map(rows.map((r) => [String(r.src), Number(r.names)]));
  const counts = [...names.values()].sort((a, b) => a - b);
  return {
    sources: names.size,
    start: Date.parse(String(times?.start)),
    end: Date.parse(String(times?.end)),
    names,
    medianNames: counts[Math.floor(counts.length / 2)] ?? 0,
    browser: new Map((await lake.engine.rows(browsers)).map((r) => [String(r.src), String(r.ja4)])),
  };
}

/** (source, name) → the TLS client fingerprints of its contacts, of those pairs only. */
export async function clientsOf(
  lake: Lake,
  pairs: Iterable<readonly [src: string, name: string]>,
): Promise<Map<string, readonly string[]>> {
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE client_of (src VARCHAR, name VARCHAR)');
  await lake.engine.append('client_of', pairs);
  const rows = await lake.engine.rows(
    "SELECT src, name, list(DISTINCT ja4) AS clients FROM contact JOIN client_of USING (src, name) WHERE ja4 IS NOT NULL AND place = 'tls.sni' GROUP BY src, name",
  );
  return new Map(rows.map((r) => [`${r.src} ${r.name}`, Array.isArray(r.clients) ? r.clients.map(String) : []]));
}
