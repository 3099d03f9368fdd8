import {
  authorityHost,
  constant,
  hostName,
  integer,
  outcomeOfStatus,
  small,
  targetOf,
  text,
} from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, hasSome, json } from '../../layouts/json.ts';
import {
  addressOf,
  anyOf,
  outcomeOfResponse,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
} from '../../readings.ts';

const inbound = 'what your own hosts ask of others: this log shows who comes to your zone';

/** https://developers.cloudflare.com/logs/reference/log-fields/zone/dns_logs/ (checked 2026-11-24) */
export const cloudflareDns = {
  id: 'cloudflare.dns',
  vendor: 'Cloudflare',
  product: 'DNS',
  record: 'one query that an outside resolver asked of a zone',
  class: 'dns',
  detect: has('QueryName', 'ResponseCode'),
  layout: json,
  columns: {
    time: timeOf('Timestamp', 'Datetime'),
    app_name: constant('dns'),
    activity_id: constant('6'),
    src_endpoint_ip: addressOf('SourceIP'),
    query_hostname: hostName('QueryName'),
    query_type: recordTypeOf('QueryType'),
    rcode: responseCodeOf('ResponseCode'),
    status: outcomeOfResponse('ResponseCode'),
  },
  sees: ['dns.query'],
  blindTo: [inbound, 'the client behind the resolver', 'answers'],
  sample: `{"ColoCode":"FRA","QueryName":"www.example.com.","QueryType":1,"ResponseCached":false,"ResponseCode":0,"SourceIP":"203.0.113.53","Timestamp":"2025-10-14T08:00:00Z"}
`,
} satisfies Format;

const url = targetOf('ClientRequestURI');

/** Requests and firewall events: https://developers.cloudflare.com/logs/reference/log-fields/zone/http_requests/ (checked 2026-11-24) */
export const cloudflareHttp = {
  id: 'cloudflare.http',
  vendor: 'Cloudflare',
  product: 'HTTP requests and firewall events',
  record: 'one request to a zone',
  class: 'http',
  detect: hasSome(
    3,
    'ClientRequestHost',
    'ClientRequestMethod',
    'ClientIP',
    'RayID',
    'ClientRequestURI',
    'ClientRequestPath',
  ),
  layout: json,
  steps: url.steps,
  columns: {
    time: timeOf('EdgeStartTimestamp', 'Datetime', 'Timestamp', 'EdgeEndTimestamp'),
    end_time: timeOf('EdgeEndTimestamp'),
    metadata_uid: text('RayID'),
    app_name: anyOf('ClientRequestProtocol'),
    connection_info_protocol_name: constant('tcp'),
    src_endpoint_ip: addressOf('ClientIP'),
    src_endpoint_port: portOf('ClientSrcPort'),
    dst_endpoint_ip: addressOf('EdgeServerIP', 'OriginIP'),
    http_request_http_method: text('ClientRequestMethod'),
    http_request_url_scheme: anyOf('ClientRequestScheme'),
    http_request_url_hostname: (f) => authorityHost(f.text('ClientRequestHost')),
    http_request_url_path: (f) => `coalesce(${f.text('ClientRequestPath')}, ${url.path(f)})`,
    http_request_url_query: (f) => `coalesce(ltrim(${f.text('ClientRequestQuery')}, '?'), ${url.query(f)})`,
    http_request_user_agent: anyOf('ClientRequestUserAgent'),
    http_request_referrer: anyOf('ClientRequestReferer'),
    http_request_version: (f) => `nullif(regexp_replace(${f.text('ClientRequestProtocol')}, '^HTTP/', ''), '')`,
    http_response_code: small('EdgeResponseStatus'),
    status: outcomeOfStatus('EdgeResponseStatus'),
    http_response_content_type: text('EdgeResponseContentType'),
    traffic_bytes_out: integer('ClientRequestBytes'),
    traffic_bytes_in: integer('EdgeResponseBytes'),
    tls_version: text('ClientSSLProtocol'),
    tls_cipher: text('ClientSSLCipher'),
    tls_ja3: text('JA3Hash'),
    tls_ja4: text('JA4'),
    proxy_action: anyOf('Action', 'SecurityAction', 'CacheCacheStatus'),
    firewall_rule_name: anyOf('SecurityRuleDescription', 'Description'),
  },
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'flow.bytes',
    'tls.ja3',
    'tls.ja4',
  ],
  blindTo: [inbound],
  sample: `{"ClientIP":"203.0.113.20","ClientRequestBytes":210,"ClientRequestHost":"app.example.com","ClientRequestMethod":"GET","ClientRequestProtocol":"HTTP/2","ClientRequestScheme":"https","ClientRequestURI":"/start?q=1","ClientRequestUserAgent":"ExampleBrowser/1.0","ClientSrcPort":51000,"EdgeEndTimestamp":1760428800600000000,"EdgeResponseBytes":5400,"EdgeResponseStatus":200,"EdgeStartTimestamp":1760428800500000000,"RayID":"72d800000001"}
`,
} satisfies Format;

/** https://developers.cloudflare.com/logs/reference/log-fields/zone/spectrum_events/ (checked 2026-11-24) */
export const cloudflareSpectrum = {
  id: 'cloudflare.spectrum',
  vendor: 'Cloudflare',
  product: 'Spectrum',
  record: 'one connection to a proxied service',
  class: 'network',
  detect: has('ClientMatchedIpFirewall', 'ClientIP'),
  layout: json,
  columns: {
    time: timeOf('Timestamp', 'ConnectTimestamp', 'Datetime'),
    end_time: timeOf('DisconnectTimestamp'),
    connection_info_protocol_name: protocolOf('ClientProto'),
    src_endpoint_ip: addressOf('ClientIP'),
    src_endpoint_port: portOf('ClientPort'),
    dst_endpoint_ip: addressOf('OriginIP'),
    dst_endpoint_port: portOf('OriginPort'),
    traffic_bytes_out: integer('ClientBytes'),
    traffic_bytes_in: integer('OriginBytes'),
    proxy_action: text('Event'),
    tls_version: text('ClientTlsProtocol'),
    tls_cipher: text('ClientTlsCipher'),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: [inbound, 'names and URLs'],
  sample: `{"Application":"7ef600000001","ClientBytes":210,"ClientIP":"203.0.113.20","ClientMatchedIpFirewall":"UNKNOWN","ClientPort":40456,"ClientProto":"tcp","ConnectTimestamp":"2025-10-14T08:00:00Z","Event":"connect","OriginBytes":5400,"OriginIP":"10.40.1.5","OriginPort":3389,"Timestamp":"2025-10-14T08:00:00Z"}
`,
} satisfies Format;
