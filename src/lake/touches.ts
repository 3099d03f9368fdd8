import type { Column } from '../model/event.ts';
import type { Engine } from './engine.ts';
import type { EventSource, Lake } from './lake.ts';

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
 * statements over both. Rows are few because the names are: those that many contact are left out by the caller.
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
  const mark = markOf(endpoints);
  const seqs = await lake.engine.rows(
    'SELECT DISTINCT seq FROM contact WHERE name IN (SELECT name FROM endpoint) ORDER BY seq',
  );
  for (const { seq } of seqs)
    for (const source of await lake.events(Number(seq))) await look(lake.engine, source, mark, asOf);
}

/** More keys than this make an automaton that is slower than cutting every line. */
const MAX_MARKS = 400;

/**
 * A linear-time expression that meets every line which holds one of the names: the names themselves, or where they are
 * too many their last two labels, which are few. Null where the lines cannot be told apart in that way.
 */
function markOf(endpoints: readonly Endpoint[]): string | null {
  const names = endpoints.map((e) => e.name);
  const endings = endpoints.map((e) => (e.drop ? e.name : e.name.split('.').slice(-2).join('.')));
  const keys = [names, endings].map((list) => new Set(list)).find((set) => set.size > 0 && set.size <= MAX_MARKS);
  if (keys === undefined || [...keys].some((key) => !/^[a-z0-9._-]+$/.test(key))) return null;
  return [...keys].map((key) => key.replaceAll('.', '\\.')).join('|');
}

const NAMES = ['query_hostname', 'http_request_url_hostname', 'tls_sni'] as const;

async function look(engine: Engine, source: EventSource, mark: string | null, asOf: number): Promise<void> {
  const has = new Set<Column>(source.columns);
  const own = NAMES.filter((c) => has.has(c));
  if (own.length === 0 || !has.has('src_endpoint_ip')) return;
  const column = (name: Column, type = 'VARCHAR'): string => (has.has(name) ? name : `CAST(NULL AS ${type})`);
  const either = (a: Column, b: Column): string => `coalesce(${column(a, 'BIGINT')}, ${column(b, 'BIGINT')})`;
  if (mark !== null && source.lines !== null)
    await engine.run(
      `CREATE OR REPLACE TEMP TABLE met AS SELECT line, raw FROM ${source.lines} WHERE regexp_matches(raw, '${mark}', 'i')`,
    );
  const events = mark !== null && source.lines !== null ? source.fromLines('met') : source.select;
  await engine.run(`INSERT INTO touch SELECT ${source.seq}, line, time, src_endpoint_ip, ${column('dst_endpoint_ip')}, ${column('dst_endpoint_port', 'INTEGER')},
    CASE ${own.map((c) => `WHEN ${c} IS NOT NULL THEN '${placeOf[c]}'`).join(' ')} END, coalesce(${own.join(', ')}), ${column('http_request_user_agent')},
    ${column('http_request_http_method')}, ${column('http_request_url_path')}, ${column('http_request_url_scheme')} = 'https' OR ${column('dst_endpoint_port', 'INTEGER')} = 443 OR ${column('http_request_url_port', 'INTEGER')} = 443, ${column('http_response_content_type')}, ${column('http_response_code', 'INTEGER')}, ${column('http_request_referrer')},
    ${column('tls_ja4')}, ${either('traffic_bytes_out', 'http_request_length')}, ${either('traffic_bytes_in', 'http_response_length')}
    FROM (${events}) WHERE verdict IS NULL AND src_endpoint_ip IS NOT NULL AND coalesce(${own.join(', ')}) IN (SELECT name FROM endpoint)
    AND NOT (${column('query_hostname')} IS NOT NULL AND src_endpoint_ip IN (SELECT dst FROM server)) AND epoch_ms(time) <= ${Math.floor(asOf)}`);
  await engine.run('DROP TABLE IF EXISTS met');
}

const placeOf = { query_hostname: 'dns.query', http_request_url_hostname: 'http.host', tls_sni: 'tls.sni' } as const;

/** The four oldest rows of a group of `touch`, as every behaviour cites them. */
export const EXAMPLES = "min({'time': t.time, 'seq': t.seq, 'line': t.line}, 4) AS examples";
