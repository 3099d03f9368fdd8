import { type Column, columns } from '../model/event.ts';

/**
 * Events as ledger rows: grouped by who met whom under which name, by UTC day. `select` yields events with `verdict`;
 * refused records come out as rows with a verdict, so that one pass counts both. `present` names the columns that the
 * select has.
 *
 * A name is, in this order: the DNS question, the HTTP host, the TLS server name; `place` says which. Without a name
 * the place is `flow.ip`. `hours` has bit h set when there was an event in hour h of that day.
 */
export function contactSelect(select: string, present: readonly Column[]): string {
  const has = new Set(present);
  const column = (name: Column): string => (has.has(name) ? name : `CAST(NULL AS ${columns[name].type})`);
  const either = (first: Column, second: Column): string =>
    has.has(first) && has.has(second) ? `coalesce(${first}, ${second})` : column(has.has(first) ? first : second);
  const keys = keyColumns.filter((k) => has.has(k.column));
  const grouped = keys.map((k) => `${k.sql} AS ${k.name}`);
  const absent = keyColumns.filter((k) => !has.has(k.column)).map((k) => `CAST(NULL AS ${k.type}) AS ${k.name}`);
  const inner = `SELECT ${['verdict', 'CAST(time AS DATE) AS day', ...grouped, ...absent].join(', ')}, count(*) AS events, count(${column('http_request_url_path')}) AS urls,
    ${total(either('traffic_bytes_out', 'http_request_length'))} AS bytes_out, ${total(either('traffic_bytes_in', 'http_response_length'))} AS bytes_in,
    min(time) AS first, max(time) AS last, CAST(bit_or(1 << CAST((epoch_us(time) // 3600000000 % 24 + 24) % 24 AS INTEGER)) AS INTEGER) AS hours
    FROM (${select}) GROUP BY verdict, CAST(time AS DATE)${keys.map((k) => `, ${k.sql}`).join('')}`;
  return `SELECT verdict, day,
    CASE WHEN query IS NOT NULL THEN 'dns.query' WHEN host IS NOT NULL THEN 'http.host' WHEN sni IS NOT NULL THEN 'tls.sni' ELSE 'flow.ip' END AS place,
    src, dst, CASE WHEN query IS NULL THEN port END AS dst_port, coalesce(query, host, sni) AS name, answers, ja3, ja4, certificate,
    events, urls, bytes_out, bytes_in, first, last, hours FROM (${inner})`;
}

/** A sum that stays a number of 64 bits, whatever a log claims. */
const total = (sql: string): string => `CAST(greatest(least(sum(${sql}), 9e18), -9e18) AS BIGINT)`;

/** What makes two events the same contact; only columns that the format has are grouped by, since each costs time on every row. */
const keyColumns: readonly {
  readonly name: string;
  readonly column: Column;
  readonly sql: string;
  readonly type: string;
}[] = [
  { name: 'src', column: 'src_endpoint_ip', sql: 'src_endpoint_ip', type: 'VARCHAR' },
  { name: 'dst', column: 'dst_endpoint_ip', sql: 'dst_endpoint_ip', type: 'VARCHAR' },
  { name: 'port', column: 'dst_endpoint_port', sql: 'dst_endpoint_port', type: 'INTEGER' },
  { name: 'query', column: 'query_hostname', sql: 'query_hostname', type: 'VARCHAR' },
  { name: 'host', column: 'http_request_url_hostname', sql: 'http_request_url_hostname', type: 'VARCHAR' },
  { name: 'sni', column: 'tls_sni', sql: 'tls_sni', type: 'VARCHAR' },
  { name: 'answers', column: 'answers', sql: 'answers', type: 'VARCHAR[]' },
  { name: 'ja3', column: 'tls_ja3', sql: 'tls_ja3', type: 'VARCHAR' },
  { name: 'ja4', column: 'tls_ja4', sql: 'tls_ja4', type: 'VARCHAR' },
  {
    name: 'certificate',
    column: 'tls_certificate_fingerprints',
    sql: 'lower(tls_certificate_fingerprints[1])',
    type: 'VARCHAR',
  },
];
