/**
 * The event: one flat row, column names from the OCSF path. A format maps its record to these columns;
 * what has no column stays in the source line (and is printed as `unmapped` by `normalize`).
 */

/** The OCSF release that the column paths and class numbers are taken from (schema.ocsf.io). */
export const OCSF_VERSION = '1.7.0';

/** OCSF classes in use: https://schema.ocsf.io/1.7.0/classes. 0 is the Base Event. */
export const eventClass = { base: 0, network: 4001, http: 4002, dns: 4003, dhcp: 4004, detection: 2004 } as const;
export type EventClass = keyof typeof eventClass;

/** Types as the columnar engine names them; `time` is UTC with microseconds. */
export type ColumnType = 'TIMESTAMP' | 'VARCHAR' | 'VARCHAR[]' | 'BIGINT' | 'INTEGER' | 'BOOLEAN';

type ColumnFacts = {
  readonly type: ColumnType;
  readonly ocsf: string;
  readonly ecs: string | null;
  readonly says: string;
};

const column = (type: ColumnType, ocsf: string, ecs: string | null, says: string): ColumnFacts => ({
  type,
  ocsf,
  ecs,
  says,
});

/**
 * Every column: engine type, OCSF path, ECS field (null where ECS has none), meaning.
 * A path with `[]` is an array of objects or of scalars.
 */
export const columns = {
  time: column('TIMESTAMP', 'time', '@timestamp', 'when it happened'),
  class_uid: column('INTEGER', 'class_uid', null, 'OCSF class of the record'),
  activity_id: column('INTEGER', 'activity_id', null, 'what happened, as OCSF numbers it for the class'),
  status: column('VARCHAR', 'status', 'event.outcome', 'Success or Failure, where the record tells'),
  end_time: column('TIMESTAMP', 'end_time', 'event.end', 'when it ended'),
  duration: column('BIGINT', 'duration', 'event.duration', 'milliseconds from start to end'),
  metadata_uid: column('VARCHAR', 'metadata.uid', 'event.id', "the sensor's id of the connection or record"),
  metadata_log_name: column('VARCHAR', 'metadata.log_name', 'event.dataset', "the sensor's name of the log"),
  device_hostname: column('VARCHAR', 'device.hostname', 'observer.hostname', 'the sensor or gateway that wrote it'),
  src_endpoint_ip: column('VARCHAR', 'src_endpoint.ip', 'source.ip', 'who asked'),
  src_endpoint_port: column('INTEGER', 'src_endpoint.port', 'source.port', 'its port'),
  src_endpoint_hostname: column('VARCHAR', 'src_endpoint.hostname', 'source.domain', 'its name'),
  src_endpoint_mac: column('VARCHAR', 'src_endpoint.mac', 'source.mac', 'its hardware address'),
  dst_endpoint_ip: column(
    'VARCHAR',
    'dst_endpoint.ip',
    'destination.ip',
    'who was asked (of a DNS event: the resolver)',
  ),
  dst_endpoint_port: column('INTEGER', 'dst_endpoint.port', 'destination.port', 'its port'),
  dst_endpoint_hostname: column(
    'VARCHAR',
    'dst_endpoint.hostname',
    'destination.domain',
    'its name as the record gives it',
  ),
  dst_endpoint_mac: column('VARCHAR', 'dst_endpoint.mac', 'destination.mac', 'its hardware address'),
  app_name: column('VARCHAR', 'app_name', 'network.protocol', 'application protocol as the sensor names it'),
  connection_info_protocol_name: column(
    'VARCHAR',
    'connection_info.protocol_name',
    'network.transport',
    'tcp, udp, icmp',
  ),
  connection_info_state: column('VARCHAR', 'status_code', null, "the sensor's state of the connection"),
  traffic_bytes_out: column('BIGINT', 'traffic.bytes_out', 'source.bytes', 'bytes from the source'),
  traffic_bytes_in: column('BIGINT', 'traffic.bytes_in', 'destination.bytes', 'bytes to the source'),
  traffic_bytes: column('BIGINT', 'traffic.bytes', 'network.bytes', 'bytes of both ways together'),
  traffic_packets_out: column('BIGINT', 'traffic.packets_out', 'source.packets', 'packets from the source'),
  traffic_packets_in: column('BIGINT', 'traffic.packets_in', 'destination.packets', 'packets to the source'),
  query_hostname: column('VARCHAR', 'query.hostname', 'dns.question.name', 'the name asked for'),
  query_type: column('VARCHAR', 'query.type', 'dns.question.type', 'A, AAAA, CNAME, HTTPS'),
  query_class: column('VARCHAR', 'query.class', 'dns.question.class', 'IN'),
  rcode: column('VARCHAR', 'rcode', 'dns.response_code', 'NOERROR, NXDOMAIN'),
  answers: column('VARCHAR[]', 'answers[].rdata', 'dns.answers[].data', 'names and addresses of the answer, in order'),
  answer_ttls: column('VARCHAR[]', 'answers[].ttl', 'dns.answers[].ttl', 'seconds, one for each answer'),
  http_request_http_method: column('VARCHAR', 'http_request.http_method', 'http.request.method', 'GET, POST, CONNECT'),
  http_request_url_scheme: column('VARCHAR', 'http_request.url.scheme', 'url.scheme', 'http, https'),
  http_request_url_hostname: column(
    'VARCHAR',
    'http_request.url.hostname',
    'url.domain',
    'Host header or URL host, without port',
  ),
  http_request_url_port: column('INTEGER', 'http_request.url.port', 'url.port', 'port in the URL or Host header'),
  http_request_url_text: column(
    'VARCHAR',
    'http_request.url.url_string',
    'url.original',
    'the URL as the record writes it, where its parts do not make it up again',
  ),
  http_request_url_path: column(
    'VARCHAR',
    'http_request.url.path',
    'url.path',
    'path, from the first slash to the question mark',
  ),
  http_request_url_query: column(
    'VARCHAR',
    'http_request.url.query_string',
    'url.query',
    'what follows the question mark',
  ),
  http_request_user_agent: column('VARCHAR', 'http_request.user_agent', 'user_agent.original', 'User-Agent'),
  http_request_referrer: column('VARCHAR', 'http_request.referrer', 'http.request.referrer', 'Referer'),
  http_request_version: column('VARCHAR', 'http_request.version', 'http.version', '1.1, 2'),
  http_request_length: column('BIGINT', 'http_request.length', 'http.request.body.bytes', 'bytes of the request body'),
  http_request_cookies: column('VARCHAR[]', 'http_cookies[].name', null, 'names of the cookies sent'),
  http_response_code: column('INTEGER', 'http_response.code', 'http.response.status_code', 'status'),
  http_response_content_type: column(
    'VARCHAR',
    'http_response.content_type',
    'http.response.mime_type',
    'MIME type of the answer',
  ),
  http_response_length: column('BIGINT', 'http_response.length', 'http.response.body.bytes', 'bytes of the response'),
  proxy_action: column('VARCHAR', 'disposition', 'event.action', 'what the gateway did (TCP_MISS, blocked)'),
  firewall_rule_name: column('VARCHAR', 'firewall_rule.name', 'rule.name', 'the rule or policy that decided'),
  actor_user_name: column('VARCHAR', 'actor.user.name', 'user.name', 'the user, where the gateway knows'),
  actor_process_name: column('VARCHAR', 'actor.process.name', 'process.name', 'the program that asked'),
  actor_process_file_path: column(
    'VARCHAR',
    'actor.process.file.path',
    'process.executable',
    'path of the program that asked',
  ),
  tls_sni: column('VARCHAR', 'tls.sni', 'tls.client.server_name', 'server name in the TLS or QUIC handshake'),
  tls_version: column('VARCHAR', 'tls.version', 'tls.version', 'protocol version'),
  tls_cipher: column('VARCHAR', 'tls.cipher', 'tls.cipher', 'cipher suite'),
  tls_ja3: column('VARCHAR', 'tls.ja3_hash.value', 'tls.client.ja3', 'client fingerprint JA3'),
  tls_ja3s: column('VARCHAR', 'tls.ja3s_hash.value', 'tls.server.ja3s', 'server fingerprint JA3S'),
  tls_ja4: column('VARCHAR', 'ja4_fingerprint_list[].value', 'tls.client.ja4', 'client fingerprint JA4'),
  tls_certificate_fingerprints: column(
    'VARCHAR[]',
    'tls.certificate.fingerprints[].value',
    'tls.server.hash',
    'certificate hashes, leaf first',
  ),
  tls_certificate_subject: column(
    'VARCHAR',
    'tls.certificate.subject',
    'tls.server.subject',
    'subject of the certificate',
  ),
  tls_certificate_issuer: column('VARCHAR', 'tls.certificate.issuer', 'tls.server.issuer', 'issuer of the certificate'),
  tls_certificate_serial: column(
    'VARCHAR',
    'tls.certificate.serial_number',
    'tls.server.x509.serial_number',
    'serial number of the certificate',
  ),
  tls_certificate_created: column(
    'TIMESTAMP',
    'tls.certificate.created_time',
    'tls.server.not_before',
    'when the certificate becomes valid',
  ),
  tls_certificate_expires: column(
    'TIMESTAMP',
    'tls.certificate.expiration_time',
    'tls.server.not_after',
    'when it stops being valid',
  ),
  tls_certificate_sans: column(
    'VARCHAR[]',
    'tls.certificate.sans[].name',
    'tls.server.x509.alternative_names',
    'names on the certificate',
  ),
  lease_dur: column('BIGINT', 'lease_dur', null, 'seconds for which an address was given'),
  file_name: column('VARCHAR', 'file.name', 'file.name', 'name of the file carried'),
  file_hashes: column('VARCHAR[]', 'file.hashes[].value', 'file.hash', 'hashes of the file carried'),
  finding_title: column('VARCHAR', 'finding_info.title', 'rule.name', "the sensor's own alert"),
} as const satisfies Record<string, ColumnFacts>;

export type Column = keyof typeof columns;
export const columnNames: readonly Column[] = Object.keys(columns) as Column[];

/** The words for where something was seen: in `sees`, in evidence, in coverage and in the reports. */
export const places = {
  'dns.query': 'the name asked for in a DNS query',
  'dns.answer': 'a name or address in a DNS answer',
  'tls.sni': 'the server name in a TLS or QUIC handshake',
  'tls.ja3': 'the JA3 fingerprint of the TLS client',
  'tls.ja4': 'the JA4 fingerprint of the TLS client',
  'tls.certificate': 'the hash of a TLS certificate',
  'http.host': 'the host of an HTTP request',
  'http.url': 'the path of an HTTP request',
  'http.method': 'the method of an HTTP request',
  'http.user_agent': 'the user agent of an HTTP request',
  'http.referrer': 'the referrer of an HTTP request',
  'http.cookie': 'the cookie names of an HTTP request',
  'http.status': 'the status of an HTTP response',
  'http.mime': 'the content type of an HTTP response',
  'flow.ip': 'the address that a connection went to',
  'flow.bytes': 'the bytes of a connection',
  'flow.time': 'the time of a connection',
  'user.name': 'the user behind a request',
  'dhcp.lease': 'which host had an address, and for how long',
} as const;
export type Place = keyof typeof places;
