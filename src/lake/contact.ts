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
  const inner = `SELECT verdict, CAST(time AS DATE) AS day, time,
    CASE WHEN ${column('query_hostname')} IS NOT NULL THEN 'dns.query' WHEN ${column('http_request_url_hostname')} IS NOT NULL THEN 'http.host'
      WHEN ${column('tls_sni')} IS NOT NULL THEN 'tls.sni' ELSE 'flow.ip' END AS place,
    ${column('src_endpoint_ip')} AS src, ${column('dst_endpoint_ip')} AS dst,
    CASE WHEN ${column('query_hostname')} IS NULL THEN ${column('dst_endpoint_port')} END AS dst_port,
    coalesce(${column('query_hostname')}, ${column('http_request_url_hostname')}, ${column('tls_sni')}) AS name,
    ${column('answers')} AS answers, ${column('tls_ja3')} AS ja3, ${column('tls_ja4')} AS ja4,
    ${has.has('tls_certificate_fingerprints') ? 'lower(tls_certificate_fingerprints[1])' : 'CAST(NULL AS VARCHAR)'} AS certificate,
    ${column('http_request_url_path')} AS path,
    coalesce(${column('traffic_bytes_out')}, ${column('http_request_length')}) AS bytes_out,
    coalesce(${column('traffic_bytes_in')}, ${column('http_response_length')}) AS bytes_in
    FROM (${select})`;
  return `SELECT verdict, day, place, src, dst, dst_port, name, answers, ja3, ja4, certificate,
    count(*) AS events, count(path) AS urls, CAST(sum(bytes_out) AS BIGINT) AS bytes_out, CAST(sum(bytes_in) AS BIGINT) AS bytes_in,
    min(time) AS first, max(time) AS last, CAST(bit_or(1 << CAST(hour(time) AS INTEGER)) AS INTEGER) AS hours
    FROM (${inner}) GROUP BY verdict, day, place, src, dst, dst_port, name, answers, ja3, ja4, certificate`;
}
