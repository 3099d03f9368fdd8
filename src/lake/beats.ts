import type { Column } from '../model/event.ts';
import type { Engine, Row } from './engine.ts';
import type { EventSource, Lake } from './lake.ts';

/** Who is looked at: one source and what it contacts, with how many others do so. */
export type Pair = {
  readonly id: number;
  readonly src: string;
  readonly dst: string | null;
  readonly port: number | null;
  /** HTTP host, TLS server name or DNS question; for a flow, the one name that the source resolved to this address. */
  readonly name: string | null;
  /** `platform:account` where the row stands for all names of one account. */
  readonly tenant: string | null;
  readonly place: string;
  /** Sources that contact the same name (or address and port). */
  readonly hosts: number;
  readonly contacts: number;
  /** RFC 3339, UTC. */
  readonly first: string;
  readonly last: string;
  /** Distinct hours of the calendar, distinct days, and the hours of the day as bits 0 to 23. */
  readonly hours: number;
  readonly days: number;
  readonly clock: number;
  /** Quartiles of the bytes sent; null where no log tells. */
  readonly sizes: readonly [number, number, number] | null;
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly gaps: Gaps;
};

/** How often each length of time between two contacts occurred: bin b holds those from `BIN`^b tenths of a second. */
export type Gaps = readonly (readonly [bin: number, count: number])[];

/** Pauses are told apart to 4 %: finer than any jitter worth naming, and 24 hours fit into 350 numbers. */
export const BIN = 1.04;

export type BeatOptions = {
  /** Pairs with fewer records than this are not looked at. */
  readonly least: number;
  /** Milliseconds since 1970: later events are not looked at. */
  readonly asOf: number;
  /** Names that belong to one account, so that rotation inside it does not hide the rhythm. */
  readonly tenants: readonly (readonly [name: string, tenant: string])[];
  /** True where `touch` holds the contacts already: then only those are looked at (touches.ts). */
  readonly touched: boolean;
};

/**
 * The contact times of every pair with enough records: who is worth a look is told by the ledger, the times are read in
 * one pass over the events, and each pair is handed back as a few hundred numbers. What is kept grows with pairs and with
 * their distinct tenths of seconds, never with the columns of events; the engine spills past its memory.
 */
export async function* beats(lake: Lake, options: BeatOptions): AsyncGenerator<Pair[]> {
  const { engine } = lake;
  await engine.run(tables);
  await engine.append('tenant_of', options.tenants);
  await engine.run(options.touched ? touchedPairs : wanted, [options.least]);
  const [any] = await engine.rows('SELECT count(*) AS n FROM beat_pair');
  if (Number(any?.n) > 0) {
    if (options.touched) await engine.run(touchedBeats);
    else await collectAll(lake, options.asOf);
    await engine.run(gapTables);
    for await (const rows of engine.stream(result)) yield rows.map(toPair);
  }
  await engine.run(dropped);
}

const tables = `CREATE OR REPLACE TABLE tenant_of (name VARCHAR, tenant VARCHAR);
CREATE OR REPLACE TABLE beat (id INTEGER, t BIGINT, uid UBIGINT, bytes_out BIGINT, bytes_in BIGINT);
CREATE OR REPLACE TABLE flow_size (uid UBIGINT, bytes_out BIGINT, bytes_in BIGINT)`;

const dropped = `DROP TABLE IF EXISTS beat; DROP TABLE IF EXISTS flow_size; DROP TABLE IF EXISTS tenant_of; DROP TABLE IF EXISTS beat_pair;
DROP TABLE IF EXISTS beat_gap; DROP TABLE IF EXISTS beat_fact; DROP TABLE IF EXISTS beat_address`;

/** Questions that look for a service or a neighbour, not for an endpoint: reverse lookups, mDNS, service records, bare labels. */
const SERVICE_NAME = '\\.arpa$|\\.local$|^_|^[^.]*$|[*]';
/** Multicast and broadcast: nobody in particular is contacted. */
const EVERYBODY = '^(ff[0-9a-f]{2}:|2(2[4-9]|3[0-9])\\.|255\\.255\\.255\\.255)';

/**
 * Pairs by the ledger. Names of requests and handshakes come first; a lookup counts only where the source's contact
 * itself is out of sight, since caches hide beats; a flow counts where fewer than half of its kind bear a name.
 */
const wanted = `CREATE OR REPLACE TABLE beat_pair AS WITH
  server AS (SELECT DISTINCT dst FROM contact WHERE place = 'dns.query' AND dst IS NOT NULL),
  named AS (SELECT src, place, name, min(dst) AS dst, min(dst_port) AS port, sum(events) AS events FROM contact
    WHERE place IN ('http.host', 'tls.sni') AND src IS NOT NULL GROUP BY ALL),
  met AS (SELECT DISTINCT src, dst FROM contact WHERE place <> 'dns.query' AND dst IS NOT NULL),
  asked AS (SELECT src, name, unnest(answers) AS address FROM contact WHERE place = 'dns.query' AND answers IS NOT NULL),
  reached AS (SELECT DISTINCT asked.src, asked.name FROM asked JOIN met ON met.src = asked.src AND met.dst = asked.address),
  lookup AS (SELECT src, place, name, CAST(NULL AS VARCHAR) AS dst, CAST(NULL AS INTEGER) AS port, sum(events) AS events FROM contact c
    WHERE place = 'dns.query' AND src IS NOT NULL AND NOT regexp_matches(name, '${SERVICE_NAME}') AND src NOT IN (SELECT dst FROM server)
    AND NOT EXISTS (SELECT 1 FROM named n WHERE n.src = c.src AND n.name = c.name)
    AND NOT EXISTS (SELECT 1 FROM reached r WHERE r.src = c.src AND r.name = c.name) GROUP BY ALL),
  bearing AS (SELECT src, dst, sum(events) AS events FROM contact WHERE place IN ('http.host', 'tls.sni') GROUP BY ALL),
  resolved AS (SELECT src, address, CASE WHEN count(DISTINCT name) = 1 THEN min(name) END AS name FROM asked GROUP BY ALL),
  flow AS (SELECT f.src, f.place, r.name, f.dst, f.port, f.events FROM
    (SELECT src, place, dst, dst_port AS port, sum(events) AS events FROM contact WHERE place = 'flow.ip' AND src IS NOT NULL AND dst IS NOT NULL
      AND coalesce(dst_port, 0) NOT IN (53, 5353) AND NOT regexp_matches(dst, '${EVERYBODY}') AND dst NOT IN (SELECT dst FROM server) GROUP BY ALL) f
    LEFT JOIN bearing b ON b.src = f.src AND b.dst = f.dst LEFT JOIN resolved r ON r.src = f.src AND r.address = f.dst
    WHERE coalesce(b.events, 0) * 2 < f.events),
  every AS (SELECT *, name AS key, CAST(NULL AS VARCHAR) AS tenant FROM named
    UNION ALL SELECT *, name, NULL FROM lookup
    UNION ALL SELECT *, dst || ' ' || coalesce(CAST(port AS VARCHAR), ''), NULL FROM flow),
  account AS (SELECT src, place, arg_max(name, events) AS name, arg_max(dst, events) AS dst, arg_max(port, events) AS port, sum(events) AS events, t.tenant AS key, t.tenant
    FROM every JOIN tenant_of t USING (name) WHERE place <> 'flow.ip' GROUP BY src, place, t.tenant HAVING count(*) > 1),
  pairs AS (SELECT * FROM every UNION ALL SELECT * FROM account)
  SELECT CAST(row_number() OVER (ORDER BY src, place, key, tenant) AS INTEGER) AS id, *, (SELECT count(DISTINCT o.src) FROM pairs o WHERE o.key = p.key) AS hosts
  FROM pairs p WHERE events >= $1`;

/** The same of what `touch` holds: names only, and no dead drops. */
const touchedPairs = `CREATE OR REPLACE TABLE beat_pair AS WITH
  named AS (SELECT t.src, t.place, t.name, min(t.dst) FILTER (t.place <> 'dns.query') AS dst, min(t.port) FILTER (t.place <> 'dns.query') AS port, count(*) AS events, t.name AS key, CAST(NULL AS VARCHAR) AS tenant, any_value(e.hosts) AS hosts
    FROM touch t JOIN endpoint e USING (name) WHERE e.drop_site = 0 GROUP BY t.src, t.place, t.name),
  every AS (SELECT * FROM named n WHERE place <> 'dns.query' OR NOT EXISTS (SELECT 1 FROM named o WHERE o.src = n.src AND o.name = n.name AND o.place <> 'dns.query')),
  account AS (SELECT src, place, arg_max(name, events) AS name, arg_max(dst, events) AS dst, arg_max(port, events) AS port, sum(events) AS events, t.tenant AS key, t.tenant, max(hosts) AS hosts
    FROM every JOIN tenant_of t USING (name) GROUP BY src, place, t.tenant HAVING count(*) > 1)
  SELECT CAST(row_number() OVER (ORDER BY src, place, key, tenant) AS INTEGER) AS id, * FROM (SELECT * FROM every UNION ALL SELECT * FROM account) WHERE events >= $1`;

const touchedBeats = `INSERT INTO beat SELECT p.id, epoch_us(t.time) // 100000, NULL, t.bytes_out, t.bytes_in FROM touch t JOIN beat_pair p ON p.src = t.src AND p.place = t.place AND p.key = t.name WHERE p.tenant IS NULL;
  INSERT INTO beat SELECT p.id, epoch_us(t.time) // 100000, NULL, t.bytes_out, t.bytes_in FROM touch t JOIN tenant_of o USING (name) JOIN beat_pair p ON p.src = t.src AND p.place = t.place AND p.tenant = o.tenant`;

async function collectAll(lake: Lake, asOf: number): Promise<void> {
  for (const { seq } of await lake.engine.rows('SELECT seq FROM batch ORDER BY seq'))
    for (const source of await lake.events(Number(seq))) await collect(lake.engine, source, asOf);
  await lake.engine.run(sized);
}

async function collect(engine: Engine, source: EventSource, asOf: number): Promise<void> {
  const has = new Set<Column>(source.columns);
  if (!has.has('src_endpoint_ip')) return;
  const column = (name: Column, type = 'VARCHAR'): string => (has.has(name) ? name : `CAST(NULL AS ${type})`);
  const either = (a: Column, b: Column): string => `coalesce(${column(a, 'BIGINT')}, ${column(b, 'BIGINT')})`;
  const names = [column('query_hostname'), column('http_request_url_hostname'), column('tls_sni')];
  await engine.run(`CREATE OR REPLACE TEMP TABLE seen AS SELECT src_endpoint_ip AS src, epoch_us(time) // 100000 AS t,
    CASE WHEN ${names[0]} IS NOT NULL THEN 'dns.query' WHEN ${names[1]} IS NOT NULL THEN 'http.host' WHEN ${names[2]} IS NOT NULL THEN 'tls.sni' ELSE 'flow.ip' END AS place,
    coalesce(${names.join(', ')}, ${column('dst_endpoint_ip')} || ' ' || coalesce(CAST(${column('dst_endpoint_port', 'INTEGER')} AS VARCHAR), '')) AS key,
    hash(${column('metadata_uid')}) AS uid, ${column('metadata_uid')} IS NOT NULL AS linked, ${either('traffic_bytes_out', 'http_request_length')} AS bytes_out, ${either('traffic_bytes_in', 'http_response_length')} AS bytes_in
    FROM (${source.select}) WHERE verdict IS NULL AND src_endpoint_ip IS NOT NULL AND epoch_ms(time) <= ${Math.floor(asOf)}`);
  await engine.run(`INSERT INTO beat SELECT p.id, s.t, CASE WHEN linked THEN uid END, s.bytes_out, s.bytes_in FROM seen s JOIN beat_pair p USING (src, place, key) WHERE p.tenant IS NULL;
    INSERT INTO beat SELECT p.id, s.t, CASE WHEN linked THEN uid END, s.bytes_out, s.bytes_in FROM seen s JOIN tenant_of o ON o.name = s.key JOIN beat_pair p ON p.src = s.src AND p.place = s.place AND p.tenant = o.tenant;
    INSERT INTO flow_size SELECT uid, bytes_out, bytes_in FROM seen WHERE place = 'flow.ip' AND linked AND bytes_out IS NOT NULL; DROP TABLE seen`);
}

/** A handshake tells no bytes: those of the flow with the same id stand for it. */
const sized = `CREATE OR REPLACE TABLE beat AS SELECT b.id, b.t, coalesce(b.bytes_out, f.bytes_out) AS bytes_out, coalesce(b.bytes_in, f.bytes_in) AS bytes_in
  FROM beat b LEFT JOIN (SELECT uid, max(bytes_out) AS bytes_out, max(bytes_in) AS bytes_in FROM flow_size GROUP BY uid) f USING (uid)`;

/** Times between contacts as counts by bin; and what else a pair is judged by. */
const gapTables = `CREATE OR REPLACE TABLE beat_gap AS SELECT id, CAST(floor(ln(gap) / ln(${BIN})) AS INTEGER) AS bin, count(*) AS n FROM
  (SELECT id, t - lag(t) OVER (PARTITION BY id ORDER BY t) AS gap FROM (SELECT DISTINCT id, t FROM beat)) WHERE gap > 0 GROUP BY ALL;
CREATE OR REPLACE TABLE beat_fact AS SELECT id, count(*) AS contacts, min(t) AS first, max(t) AS last, count(DISTINCT t // 36000) AS hours, count(DISTINCT t // 864000) AS days,
  CAST(bit_or(CAST(1 AS INTEGER) << CAST(t // 36000 % 24 AS INTEGER)) AS INTEGER) AS clock, quantile_disc(bytes_out, [0.25, 0.5, 0.75]) AS sizes,
  coalesce(sum(bytes_out), 0) AS bytes_out, coalesce(sum(bytes_in), 0) AS bytes_in FROM beat GROUP BY id`;

const result = `SELECT p.*, f.* EXCLUDE (id), epoch_ms(first * 100) AS first_time, epoch_ms(last * 100) AS last_time, g.gaps FROM beat_pair p JOIN beat_fact f USING (id)
  JOIN (SELECT id, list([CAST(bin AS BIGINT), n] ORDER BY bin) AS gaps FROM beat_gap GROUP BY id) g USING (id) ORDER BY id`;

const text = (value: Row[string] | undefined): string | null => (typeof value === 'string' ? value : null);

function toPair(row: Row): Pair {
  const sizes = Array.isArray(row.sizes) ? row.sizes.map(Number) : [];
  const [low, middle, high] = sizes;
  return {
    id: Number(row.id),
    src: String(row.src),
    dst: text(row.dst),
    port: row.port === null ? null : Number(row.port),
    name: text(row.name),
    tenant: text(row.tenant),
    place: String(row.place),
    hosts: Number(row.hosts),
    contacts: Number(row.contacts),
    first: String(row.first_time),
    last: String(row.last_time),
    hours: Number(row.hours),
    days: Number(row.days),
    clock: Number(row.clock),
    sizes: low === undefined || middle === undefined || high === undefined ? null : [low, middle, high],
    bytesOut: Number(row.bytes_out),
    bytesIn: Number(row.bytes_in),
    gaps: (Array.isArray(row.gaps) ? row.gaps : []).map((b) =>
      Array.isArray(b) ? ([Number(b[0]), Number(b[1])] as const) : ([0, 0] as const),
    ),
  };
}
