import {
  authorityHost,
  authorityPort,
  type Expression,
  first,
  hostName,
  hostText,
  integer,
  isoTime,
  list,
  small,
  targetOf,
  text,
} from '../expression.ts';
import type { Format } from '../format.ts';
import { ndjson } from '../layouts/ndjson.ts';

/**
 * Suricata EVE (https://docs.suricata.io/en/latest/output/eve/eve-json-format.html). DNS comes in three versions:
 * v1 one record an answer, v2 an `answers` list under `dns`, v3 `queries` as a list and the type `request`/`response`.
 */
const eve = ndjson('eve', (name) => name.split('.'));

const byType =
  (of: Readonly<Record<string, string>>, otherwise: string): Expression =>
  (f) =>
    `CASE ${f.text('event_type')} ${Object.entries(of)
      .map(([type, sql]) => `WHEN '${type}' THEN ${sql}`)
      .join(' ')} ELSE ${otherwise} END`;

const asJson = (sql: string): string => `try(CAST(${sql} AS JSON))`;

/** rrname of a v1 or v2 query, or the first query of v3. */
const question: Expression = (f) =>
  hostText(
    `coalesce(${f.text('dns.rrname')}, json_extract_string(${asJson(f.text('dns.queries'))}, '$[0].rrname'), json_extract_string(${asJson(f.text('dns.query'))}, '$[0].rrname'))`,
  );
const questionType: Expression = (f) =>
  `coalesce(${f.text('dns.rrtype')}, json_extract_string(${asJson(f.text('dns.queries'))}, '$[0].rrtype'), json_extract_string(${asJson(f.text('dns.query'))}, '$[0].rrtype'))`;
const answers: Expression = (f) =>
  `CASE WHEN ${f.text('dns.answers')} IS NOT NULL THEN CAST(json_extract_string(${asJson(f.text('dns.answers'))}, '$[*].rdata') AS VARCHAR[]) WHEN ${f.text('dns.rdata')} IS NOT NULL THEN [${f.text('dns.rdata')}] WHEN ${f.text('dns.grouped')} IS NOT NULL THEN CAST(json_extract_string(${asJson(f.text('dns.grouped'))}, '$.*[*]') AS VARCHAR[]) END`;
const ttls: Expression = (f) =>
  `CASE WHEN ${f.text('dns.answers')} IS NOT NULL THEN CAST(json_extract_string(${asJson(f.text('dns.answers'))}, '$[*].ttl') AS VARCHAR[]) WHEN ${f.text('dns.ttl')} IS NOT NULL THEN [${f.text('dns.ttl')}] END`;

/** Event types that are named like the protocol that they tell of. */
const protocols = [
  'bittorrent_dht dcerpc dhcp dnp3 dns ftp http http2 ike krb5 ldap modbus mqtt nfs pgsql pop3 quic rdp rfb sip smb',
  'smtp snmp ssh telnet tftp tls websocket',
]
  .flatMap((names) => names.split(' '))
  .map((name) => `'${name}'`)
  .join(', ');

/** `request` and `response` (v3), `query` and `answer` (v1, v2); traffic where the event says what passed; else unknown. */
const activity: Expression = (f) =>
  `CASE WHEN ${f.text('event_type')} = 'dns' THEN CASE WHEN ${f.text('dns.type')} IN ('answer', 'response') THEN 2 ELSE 1 END WHEN ${f.text('event_type')} IN ('flow', 'netflow', 'tls', 'quic') THEN 6 WHEN ${f.text('event_type')} IN ('http', 'fileinfo', 'alert') THEN NULL ELSE 0 END`;

/** By response code or status; null where the event has neither. */
const outcome: Expression = (f) =>
  `CASE WHEN ${f.text('dns.rcode')} IS NOT NULL THEN CASE WHEN ${f.text('dns.rcode')} = 'NOERROR' THEN 'Success' ELSE 'Failure' END WHEN try_cast(${f.text('http.status')} AS INTEGER) BETWEEN 100 AND 399 THEN 'Success' WHEN try_cast(${f.text('http.status')} AS INTEGER) >= 400 THEN 'Failure' END`;

/** In EVE an answer event runs from the resolver to the client in v1; the client is whoever does not use port 53. */
const turned = (f: Parameters<Expression>[0]): string =>
  `${f.text('event_type')} = 'dns' AND ${f.text('src_port')} = '53' AND ${f.text('dest_port')} <> '53'`;
const swap =
  (here: string, there: string): Expression =>
  (f) =>
    `CASE WHEN ${turned(f)} THEN ${f.text(there)} ELSE ${f.text(here)} END`;
const swapPort =
  (here: string, there: string): Expression =>
  (f) =>
    `CAST(try_cast(CASE WHEN ${turned(f)} THEN ${f.text(there)} ELSE ${f.text(here)} END AS USMALLINT) AS INTEGER)`;

const url = targetOf('http.url');

export const suricataEve = {
  id: 'suricata.eve',
  vendor: 'OISF',
  product: 'Suricata',
  record: 'one event: dns, http, tls, quic, flow, alert, fileinfo…',
  class: byType(
    {
      dns: '4003',
      http: '4002',
      fileinfo: '4002',
      alert: '2004',
      flow: '4001',
      netflow: '4001',
      tls: '4001',
      quic: '4001',
    },
    '4001',
  ),
  detect: (head) =>
    head.keys.has('event_type') &&
    head.keys.has('timestamp') &&
    (head.keys.has('src_ip') || head.keys.has('flow_id') || head.keys.has('stats')),
  layout: eve,
  steps: url.steps,
  columns: {
    time: (f) => isoTime(f.text('timestamp')),
    end_time: (f) => isoTime(f.text('flow.end')),
    metadata_uid: text('flow_id'),
    metadata_log_name: text('event_type'),
    src_endpoint_ip: swap('src_ip', 'dest_ip'),
    src_endpoint_port: swapPort('src_port', 'dest_port'),
    dst_endpoint_ip: swap('dest_ip', 'src_ip'),
    dst_endpoint_port: swapPort('dest_port', 'src_port'),
    activity_id: activity,
    status: outcome,
    app_name: first(
      (f) => `nullif(${f.text('app_proto')}, 'failed')`,
      (f) => `CASE WHEN ${f.text('event_type')} IN (${protocols}) THEN ${f.text('event_type')} END`,
    ),
    connection_info_protocol_name: (f) => `lower(${f.text('proto')})`,
    connection_info_state: text('flow.state'),
    duration: (f) => `datediff('millisecond', ${isoTime(f.text('flow.start'))}, ${isoTime(f.text('flow.end'))})`,
    traffic_bytes_out: integer('flow.bytes_toserver'),
    traffic_bytes_in: integer('flow.bytes_toclient'),
    traffic_packets_out: integer('flow.pkts_toserver'),
    traffic_packets_in: integer('flow.pkts_toclient'),
    query_hostname: question,
    query_type: questionType,
    rcode: text('dns.rcode'),
    answers,
    answer_ttls: ttls,
    http_request_http_method: text('http.http_method'),
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) => `coalesce(${authorityHost(f.text('http.hostname'))}, ${url.host(f)})`,
    http_request_url_port: (f) =>
      `coalesce(CAST(try_cast(${f.text('http.http_port')} AS USMALLINT) AS INTEGER), ${authorityPort(f.text('http.hostname'))})`,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    http_request_user_agent: text('http.http_user_agent'),
    http_request_referrer: text('http.http_refer'),
    http_request_version: (f) => `nullif(regexp_replace(${f.text('http.protocol')}, '^HTTP/', ''), '')`,
    http_request_cookies: (f) =>
      `CASE WHEN ${f.text('http.cookie')} IS NOT NULL THEN list_transform(string_split(${f.text('http.cookie')}, ';'), x -> trim(split_part(x, '=', 1))) END`,
    http_response_code: small('http.status'),
    http_response_content_type: text('http.http_content_type'),
    http_response_length: integer('http.length'),
    tls_sni: (f) => `coalesce(${hostText(f.text('tls.sni'))}, ${hostText(f.text('quic.sni'))})`,
    tls_version: first(text('tls.version'), text('quic.version')),
    tls_ja3: first(text('tls.ja3.hash'), text('quic.ja3.hash')),
    tls_ja3s: first(text('tls.ja3s.hash'), text('quic.ja3s.hash')),
    tls_ja4: first(text('tls.ja4'), text('quic.ja4')),
    tls_certificate_fingerprints: (f) =>
      `CASE WHEN ${f.text('tls.fingerprint')} IS NOT NULL THEN [replace(lower(${f.text('tls.fingerprint')}), ':', '')] END`,
    tls_certificate_subject: text('tls.subject'),
    tls_certificate_issuer: text('tls.issuerdn'),
    tls_certificate_serial: text('tls.serial'),
    tls_certificate_created: (f) => isoTime(f.text('tls.notbefore')),
    tls_certificate_expires: (f) => isoTime(f.text('tls.notafter')),
    tls_certificate_sans: list('tls.subjectaltname'),
    file_name: text('fileinfo.filename'),
    file_hashes: (f) =>
      `nullif(list_filter([${f.text('fileinfo.sha256')}, ${f.text('fileinfo.sha1')}, ${f.text('fileinfo.md5')}], x -> x IS NOT NULL), [])`,
    finding_title: text('alert.signature'),
    device_hostname: hostName('host'),
  },
  sees: [
    'dns.query',
    'dns.answer',
    'tls.sni',
    'tls.ja3',
    'tls.ja4',
    'tls.certificate',
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'http.cookie',
    'flow.ip',
    'flow.bytes',
    'flow.time',
  ],
  blindTo: [
    'HTTP over TLS, unless the sensor gets it decrypted',
    'names hidden by Encrypted Client Hello',
    'event types that the sensor was not told to log',
  ],
  sample: `{"timestamp":"2025-10-14T08:00:00.500000+0000","flow_id":111,"in_iface":"eth1","event_type":"dns","src_ip":"10.41.1.20","src_port":51000,"dest_ip":"10.41.0.53","dest_port":53,"proto":"UDP","dns":{"version":2,"type":"answer","id":4242,"rrname":"Sync.Example-Team.workers.dev","rrtype":"A","rcode":"NOERROR","answers":[{"rrname":"Sync.Example-Team.workers.dev","rrtype":"A","ttl":300,"rdata":"203.0.113.7"}]}}
{"timestamp":"2025-10-14T08:00:00.600000+0000","flow_id":112,"event_type":"tls","src_ip":"10.41.1.20","src_port":51001,"dest_ip":"203.0.113.7","dest_port":443,"proto":"TCP","tls":{"sni":"sync.example-team.workers.dev","version":"TLS 1.3","ja4":"t13d1516h2_aaaaaaaaaaaa_bbbbbbbbbbbb"}}
{"timestamp":"2025-10-14T08:00:01.000000+0200","flow_id":113,"event_type":"flow","src_ip":"10.41.1.20","src_port":51001,"dest_ip":"203.0.113.7","dest_port":443,"proto":"TCP","app_proto":"tls","flow":{"pkts_toserver":10,"pkts_toclient":12,"bytes_toserver":1200,"bytes_toclient":5400,"start":"2025-10-14T08:00:00.500000+0200","end":"2025-10-14T08:00:01.000000+0200","age":1,"state":"closed"}}
`,
} satisfies Format;
