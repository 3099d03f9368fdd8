import type { Column } from '../model/event.ts';
import type { Engine } from './engine.ts';
import type { EventSource, Lake } from './lake.ts';
import { eachMarked } from './marked.ts';
import { eventsBearing } from './near.ts';
import { takeRejects } from './rejects.ts';

/** A name whose contacts are looked at in full: somebody's endpoint, or a place where a dead drop may lie. */
export type Endpoint = {
  readonly name: string;
  readonly platform: string | null;
  /** What belongs to one customer there; null for a dead drop. */
  readonly tenant: string | null;
  readonly drop: boolean;
};

/**
 * `endpoint` holds the names, `touch` every event that bears one of them, with its place in the logs: behaviours are
 * statements over both. Rows are few because the names are: those that many contact are left out by the caller. Where a
 * line would have to be counted for every row, `line` is a number below zero until `linesOfTouches` tells it.
 */
const touchTables = `CREATE OR REPLACE TABLE given (name VARCHAR, platform VARCHAR, tenant VARCHAR, drop_site DOUBLE);
CREATE OR REPLACE TABLE touch (seq INTEGER, line BIGINT, time TIMESTAMP, src VARCHAR, dst VARCHAR, port INTEGER, place VARCHAR, name VARCHAR, ua VARCHAR,
  method VARCHAR, path VARCHAR, secure BOOLEAN, mime VARCHAR, status INTEGER, referrer VARCHAR, ja4 VARCHAR, bytes_out BIGINT, bytes_in BIGINT)`;

/** A resolver repeats what its clients ask: it counts as nobody. */
const counted = `CREATE OR REPLACE TABLE server AS SELECT DISTINCT dst FROM contact WHERE place = 'dns.query' AND dst IS NOT NULL;
CREATE OR REPLACE TABLE endpoint AS SELECT g.*, coalesce(c.hosts, 0) AS hosts FROM given g LEFT JOIN (SELECT name, count(DISTINCT src) AS hosts FROM contact
  WHERE name IN (SELECT name FROM given) AND NOT (place = 'dns.query' AND src IN (SELECT dst FROM server)) GROUP BY name) c USING (name);
DROP TABLE given`;

/** Removes what `touches` made. */
export const dropTouches = 'DROP TABLE IF EXISTS touch; DROP TABLE IF EXISTS endpoint; DROP TABLE IF EXISTS server';

/** Fills both tables with what happened up to `asOf` (milliseconds since 1970). */
export async function touches(lake: Lake, endpoints: readonly Endpoint[], asOf: number): Promise<void> {
  await lake.engine.run(touchTables);
  await lake.engine.append(
    'given',
    endpoints.map((e) => [e.name, e.platform, e.tenant, e.drop ? 1 : 0]),
  );
  await lake.engine.run(counted);
  for (const source of await sourcesOf(
    lake,
    endpoints.map((e) => e.name),
  ))
    await look(lake.engine, source, asOf);
  await lake.engine.run('UPDATE touch SET line = -1 - rowid WHERE line IS NULL');
}

async function sourcesOf(lake: Lake, names: readonly string[]): Promise<EventSource[]> {
  const seqs = await lake.engine.rows(
    'SELECT DISTINCT seq FROM contact WHERE name IN (SELECT name FROM endpoint) ORDER BY seq',
  );
  return (await Promise.all(seqs.map(({ seq }) => eventsBearing(lake, Number(seq), names)))).flat();
}

const NAMES = ['query_hostname', 'http_request_url_hostname', 'tls_sni'] as const;

async function look(engine: Engine, source: EventSource, asOf: number): Promise<void> {
  const has = new Set<Column>(source.columns);
  const own = NAMES.filter((c) => has.has(c));
  if (own.length === 0 || !has.has('src_endpoint_ip')) return;
  const column = (name: Column, type = 'VARCHAR'): string => (has.has(name) ? name : `CAST(NULL AS ${type})`);
  const either = (a: Column, b: Column): string => `coalesce(${column(a, 'BIGINT')}, ${column(b, 'BIGINT')})`;
  await engine.run(`INSERT INTO touch SELECT ${source.seq}, ${source.rawLines === null ? 'line' : 'NULL'}, time, src_endpoint_ip, ${column('dst_endpoint_ip')}, ${column('dst_endpoint_port', 'INTEGER')},
    CASE ${own.map((c) => `WHEN ${c} IS NOT NULL THEN '${placeOf[c]}'`).join(' ')} END, coalesce(${own.join(', ')}), ${column('http_request_user_agent')},
    ${column('http_request_http_method')}, ${column('http_request_url_path')}, ${column('http_request_url_scheme')} = 'https' OR ${column('dst_endpoint_port', 'INTEGER')} = 443 OR ${column('http_request_url_port', 'INTEGER')} = 443, ${column('http_response_content_type')}, ${column('http_response_code', 'INTEGER')}, ${column('http_request_referrer')},
    ${column('tls_ja4')}, ${either('traffic_bytes_out', 'http_request_length')}, ${either('traffic_bytes_in', 'http_response_length')}
    FROM (${eventsOf(source, own)}) WHERE verdict IS NULL AND src_endpoint_ip IS NOT NULL AND coalesce(${own.join(', ')}) IN (SELECT name FROM endpoint)
    AND NOT (${column('query_hostname')} IS NOT NULL AND src_endpoint_ip IN (SELECT dst FROM server)) AND epoch_ms(time) <= ${Math.floor(asOf)}`);
  await takeRejects(engine); // told when the batch came in
}

/** Every event of the source that may bear a name of `endpoint`. Where lines must be cut, first for the name alone. */
function eventsOf(source: EventSource, own: readonly Column[]): string {
  if (source.rawLines === null) return source.select;
  if (source.native !== null) return source.native;
  const named = `SELECT line, raw FROM (${source.fromLines(source.rawLines)}) WHERE coalesce(${own.join(', ')}) IN (SELECT name FROM endpoint)`;
  return source.fromLines(`(${named})`);
}

const placeOf = { query_hostname: 'dns.query', http_request_url_hostname: 'http.host', tls_sni: 'tls.sni' } as const;

/** The four oldest rows of a group of `touch`, as every behaviour cites them. */
export const EXAMPLES = "min({'time': t.time, 'seq': t.seq, 'line': t.line}, 4) AS examples";

/**
 * The lines of cited touches, by the numbers below zero that stand for them. One more look, at the lines that hold one of
 * their names; of several events of one source, name and microsecond in a file the first is meant.
 */
export async function linesOfTouches(lake: Lake, numbers: readonly number[]): Promise<Map<number, number>> {
  const { engine } = lake;
  if (numbers.length === 0) return new Map();
  await engine.run(
    'CREATE OR REPLACE TABLE cited (number BIGINT); CREATE OR REPLACE TABLE cited_line (number BIGINT, line BIGINT)',
  );
  await engine.append(
    'cited',
    numbers.map((n) => [n]),
  );
  await engine.run(
    'CREATE OR REPLACE TABLE cited_touch AS SELECT c.number, t.seq, t.time, t.src, t.name FROM cited c JOIN touch t ON t.line = c.number',
  );
  const names = (await engine.rows('SELECT DISTINCT name FROM cited_touch')).map((r) => String(r.name));
  const seqs = await engine.rows('SELECT DISTINCT seq FROM cited_touch ORDER BY seq');
  for (const { seq } of seqs)
    for (const source of await lake.events(Number(seq))) await findLines(engine, source, markOf(names));
  const rows = await engine.rows('SELECT number, min(line) AS line FROM cited_line GROUP BY number');
  await engine.run('DROP TABLE cited; DROP TABLE cited_line; DROP TABLE cited_touch');
  return new Map(rows.map((r) => [Number(r.number), Number(r.line)]));
}

/** More names than this make an automaton that is slower than cutting every line. */
const MAX_NAMES = 400;

function markOf(names: readonly string[]): string | null {
  if (names.length > MAX_NAMES || names.some((name) => !/^[a-z0-9._-]+$/.test(name))) return null;
  return names.map((name) => name.replaceAll('.', '\\.')).join('|');
}

async function findLines(engine: Engine, source: EventSource, mark: string | null): Promise<void> {
  const own = NAMES.filter((c) => source.columns.includes(c));
  if (own.length === 0 || !source.columns.includes('src_endpoint_ip')) return;
  await eachMarked(
    engine,
    source,
    { mark, caseless: true },
    (events) => `INSERT INTO cited_line SELECT c.number, min(e.line) FROM (${events}) e
      JOIN cited_touch c ON c.seq = ${source.seq} AND c.time = e.time AND c.src = e.src_endpoint_ip AND c.name = coalesce(${own.join(', ')}) GROUP BY c.number`,
  );
}
