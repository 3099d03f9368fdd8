import type { Place } from '../../model/event.ts';
import {
  authorityHost,
  authorityPort,
  constant,
  type Expression,
  first,
  hostName,
  integer,
  list,
  milliseconds,
  outcomeOfStatus,
  small,
  targetOf,
  text,
  time,
} from '../expression.ts';
import type { Format } from '../format.ts';
import { connection, fieldNames, isLog, outcomeOf, zeekLayout } from './zeek-dialects.ts';
import { logByMarks } from './zeek-logs.ts';

const noUrls = 'HTTP over TLS: paths, headers and user agents are encrypted';
const flowPlaces: Place[] = ['flow.ip', 'flow.bytes', 'flow.time'];

const uri = targetOf('uri');

export const zeekConn = {
  id: 'zeek.conn',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one connection',
  class: 'network',
  detect: isLog('conn', 'id_orig_h', 'conn_state'),
  layout: zeekLayout,
  columns: {
    ...connection,
    metadata_log_name: constant('conn'),
    duration: milliseconds('duration'),
    app_name: text('service'),
    connection_info_protocol_name: text('proto'),
    connection_info_state: text('conn_state'),
    // With headers, where the sensor counted them: payload alone is unknown for a connection it saw only half of.
    traffic_bytes_out: first(integer('orig_ip_bytes'), integer('orig_bytes')),
    traffic_bytes_in: first(integer('resp_ip_bytes'), integer('resp_bytes')),
    traffic_packets_out: integer('orig_pkts'),
    traffic_packets_in: integer('resp_pkts'),
    src_endpoint_mac: text('orig_l2_addr'),
    dst_endpoint_mac: text('resp_l2_addr'),
  },
  keeps: ['orig_bytes', 'resp_bytes'],
  sees: flowPlaces,
  blindTo: [
    'host names: an address of a serverless platform serves many tenants',
    'connections that started before the sensor did',
  ],
  sample: `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tconn
#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\torig_pkts\tresp_pkts
#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\tcount\tcount
1760428800.125000\tCa1b2c3d4e5f6g7h8\t10.40.1.20\t51544\t203.0.113.9\t443\ttcp\tssl\t0.350000\t1200\t5400\tSF\t10\t12
1760428801.500000\tCb1b2c3d4e5f6g7h8\t10.40.1.21\t51545\t203.0.113.9\t443\ttcp\t-\t-\t-\t-\tS0\t1\t0
`,
} satisfies Format;

export const zeekDns = {
  id: 'zeek.dns',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one DNS query with its answer',
  class: 'dns',
  detect: isLog('dns', 'query', 'trans_id'),
  layout: zeekLayout,
  columns: {
    ...connection,
    metadata_log_name: constant('dns'),
    app_name: constant('dns'),
    connection_info_protocol_name: text('proto'),
    duration: milliseconds('rtt'),
    query_hostname: hostName('query'),
    query_type: text('qtype_name'),
    query_class: (f) =>
      `CASE ${f.text('qclass_name')} WHEN 'C_INTERNET' THEN 'IN' WHEN 'C_CHAOS' THEN 'CH' WHEN 'C_HESIOD' THEN 'HS' WHEN 'C_ANY' THEN 'ANY' ELSE ${f.text('qclass_name')} END`,
    rcode: text('rcode_name'),
    status: (f) =>
      `CASE WHEN ${f.text('rcode_name')} = 'NOERROR' THEN 'Success' WHEN ${f.text('rcode_name')} IS NOT NULL THEN 'Failure' END`,
    // One record holds the query and, where there was one, its answer: Traffic, else Query.
    activity_id: (f) => `CASE WHEN ${f.text('rcode_name')} IS NOT NULL THEN 6 ELSE 1 END`,
    answers: list('answers'),
    answer_ttls: (f) =>
      `list_transform(${f.list('TTLs')}, x -> CAST(CAST(try_cast(x AS DOUBLE) AS BIGINT) AS VARCHAR))`,
  },
  sees: ['dns.query', 'dns.answer'],
  blindTo: [
    'URL paths: a tenant that stands in the path has no name of its own',
    'lookups over HTTPS or TLS to outside resolvers',
    'contacts that used a cached answer',
  ],
  sample: `{"ts":1760428800.5,"uid":"Cc1","id.orig_h":"10.40.1.20","id.orig_p":51000,"id.resp_h":"10.40.0.53","id.resp_p":53,"proto":"udp","trans_id":4242,"rtt":0.002,"query":"Sync.Example-Team.workers.dev","qclass":1,"qclass_name":"C_INTERNET","qtype":1,"qtype_name":"A","rcode":0,"rcode_name":"NOERROR","AA":false,"TC":false,"RD":true,"RA":true,"Z":0,"answers":["203.0.113.7"],"TTLs":[300.0],"rejected":false}
{"ts":1760428802.5,"uid":"Cc2","id.orig_h":"10.40.1.20","id.orig_p":51001,"id.resp_h":"10.40.0.53","id.resp_p":53,"proto":"udp","trans_id":4243,"query":"nothing.example","qclass":1,"qclass_name":"C_INTERNET","qtype":28,"qtype_name":"AAAA","rcode":3,"rcode_name":"NXDOMAIN","AA":false,"TC":false,"RD":true,"RA":true,"Z":0,"rejected":false}
`,
} satisfies Format;

const httpHost: Expression = (f) => `coalesce(${uri.host(f)}, ${authorityHost(f.text('host'))})`;

export const zeekHttp = {
  id: 'zeek.http',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one HTTP request with its response',
  class: 'http',
  // A SIP log has these fields too.
  detect: (head) =>
    isLog('http', 'id_orig_h', 'trans_depth', 'method')(head) && logByMarks(fieldNames(head))?.log !== 'sip',
  layout: zeekLayout,
  steps: uri.steps,
  columns: {
    ...connection,
    metadata_log_name: constant('http'),
    app_name: constant('http'),
    connection_info_protocol_name: constant('tcp'),
    status: outcomeOfStatus('status_code'),
    http_request_http_method: text('method'),
    http_request_url_scheme: uri.scheme,
    http_request_url_hostname: httpHost,
    http_request_url_port: (f) => `coalesce(${uri.port(f)}, ${authorityPort(f.text('host'))})`,
    http_request_url_path: uri.path,
    http_request_url_query: uri.query,
    http_request_user_agent: text('user_agent'),
    http_request_referrer: text('referrer'),
    http_request_version: text('version'),
    http_request_length: integer('request_body_len'),
    http_request_cookies: list('cookie_vars'),
    http_response_code: small('status_code'),
    http_response_length: integer('response_body_len'),
    http_response_content_type: (f) => `list_extract(${f.list('resp_mime_types')}, 1)`,
    actor_user_name: text('username'),
  },
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'http.cookie',
  ],
  blindTo: ['HTTP over TLS, unless the sensor gets it decrypted', 'HTTP/3'],
  sample: `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\thttp
#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\ttrans_depth\tmethod\thost\turi\treferrer\tversion\tuser_agent\trequest_body_len\tresponse_body_len\tstatus_code\tresp_mime_types
#types\ttime\tstring\taddr\tport\taddr\tport\tcount\tstring\tstring\tstring\tstring\tstring\tstring\tcount\tcount\tcount\tvector[string]
1760428803.000000\tCd1\t10.40.1.20\t51600\t203.0.113.80\t80\t1\tGET\tintranet.example:8080\t/start?q=1\t-\t1.1\tExampleBrowser/1.0\t0\t512\t200\ttext/html
`,
} satisfies Format;

export const zeekSsl = {
  id: 'zeek.ssl',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one TLS handshake',
  class: 'network',
  detect: isLog('ssl', 'id_orig_h', 'established', 'version'),
  layout: zeekLayout,
  columns: {
    ...connection,
    metadata_log_name: constant('ssl'),
    app_name: constant('tls'),
    connection_info_protocol_name: (f) =>
      `CASE WHEN starts_with(${f.text('version')}, 'DTLS') THEN 'udp' ELSE 'tcp' END`,
    status: outcomeOf('established'),
    tls_sni: hostName('server_name'),
    tls_version: text('version'),
    tls_cipher: text('cipher'),
    tls_ja3: text('ja3'),
    tls_ja3s: text('ja3s'),
    tls_ja4: text('ja4'),
    tls_certificate_fingerprints: list('cert_chain_fps'),
    tls_certificate_subject: text('subject'),
    tls_certificate_issuer: text('issuer'),
  },
  sees: ['tls.sni', 'tls.ja3', 'tls.ja4', 'tls.certificate'],
  blindTo: [
    noUrls,
    'names hidden by Encrypted Client Hello: the server name seen is only the cover',
    'TLS 1.3 certificates',
  ],
  sample: `{"ts":"2025-10-14T08:00:00.250000Z","uid":"Ce1","id_orig_h":"10.40.1.20","id_orig_p":51544,"id_resp_h":"203.0.113.9","id_resp_p":443,"version":"TLSv13","cipher":"TLS_AES_128_GCM_SHA256","server_name":"Sync.Example-Team.workers.dev","resumed":false,"established":true,"ja4":"t13d1516h2_aaaaaaaaaaaa_bbbbbbbbbbbb"}
`,
} satisfies Format;

export const zeekX509 = {
  id: 'zeek.x509',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one certificate',
  class: 'network',
  detect: isLog('x509', 'certificate_subject'),
  layout: zeekLayout,
  columns: {
    time: time('ts'),
    metadata_uid: first(text('fingerprint'), text('id')),
    metadata_log_name: constant('x509'),
    tls_certificate_fingerprints: list('fingerprint'),
    tls_certificate_serial: text('certificate.serial'),
    tls_certificate_created: time('certificate.not_valid_before'),
    tls_certificate_expires: time('certificate.not_valid_after'),
    tls_certificate_subject: text('certificate.subject'),
    tls_certificate_issuer: text('certificate.issuer'),
    tls_certificate_sans: list('san.dns'),
  },
  sees: ['tls.certificate'],
  blindTo: [
    'who received the certificate: this log has no addresses',
    'platform certificates are shared by all tenants',
  ],
  sample: `{"ts":1760428804.0,"fingerprint":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","certificate.version":3,"certificate.serial":"01","certificate.subject":"CN=*.workers.dev","certificate.issuer":"CN=Example CA","certificate.not_valid_before":1756684800.0,"certificate.not_valid_after":1764460800.0,"san.dns":["*.workers.dev","workers.dev"],"basic_constraints.ca":false}
`,
} satisfies Format;

export const zeekQuic = {
  id: 'zeek.quic',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one QUIC handshake',
  class: 'network',
  detect: isLog('quic', 'id_orig_h', 'client_initial_dcid'),
  layout: zeekLayout,
  columns: {
    ...connection,
    metadata_log_name: constant('quic'),
    app_name: constant('quic'),
    connection_info_protocol_name: constant('udp'),
    tls_sni: hostName('server_name'),
    tls_version: text('version'),
  },
  sees: ['tls.sni'],
  blindTo: [noUrls, 'names hidden by Encrypted Client Hello'],
  sample: `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tquic
#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tversion\tclient_initial_dcid\tclient_scid\tserver_scid\tserver_name\tclient_protocol\thistory
#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tstring\tstring\tstring\tstring\tstring\tstring
1760428805.000000\tCf1\t10.40.1.20\t51700\t203.0.113.9\t443\t1\t95412c47018cdfe8\t(empty)\td5412c47018cdfe8\tedge.example.net\th3\tISisH
`,
} satisfies Format;
