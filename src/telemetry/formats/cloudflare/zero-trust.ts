import { constant, hostName, integer, list, outcomeOfStatus, small, targetOf, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, hasSome, json } from '../../layouts/json.ts';
import {
  addressOf,
  anyOf,
  outcomeOfAction,
  outcomeOfResponse,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
} from '../../readings.ts';

/** Cloudflare Gateway through Logpush: https://developers.cloudflare.com/logs/reference/log-fields/account/ (checked 2026-11-24) */
const unseen = 'devices that do not pass through Cloudflare Gateway';

export const cloudflareGatewayDns = {
  id: 'cloudflare.gateway-dns',
  vendor: 'Cloudflare',
  product: 'Gateway DNS',
  record: 'one query with its answer and the decision on it',
  class: 'dns',
  detect: hasSome(2, 'QueryName', 'ResolverDecision', 'SrcIP', 'RCode', 'ResolvedIPs', 'QueryTypeName'),
  layout: json,
  columns: {
    time: timeOf('Datetime', 'Timestamp'),
    activity_id: constant('6'),
    // `Protocol` is how the client spoke to the resolver: udp, tcp, https, tls.
    app_name: anyOf('Protocol'),
    connection_info_protocol_name: (f) =>
      `CASE lower(${f.text('Protocol')}) WHEN 'udp' THEN 'udp' WHEN 'tcp' THEN 'tcp' WHEN 'https' THEN 'tcp' WHEN 'tls' THEN 'tcp' END`,
    src_endpoint_ip: addressOf('SrcIP', 'SourceIP', 'SourceInternalIP'),
    src_endpoint_port: portOf('SrcPort', 'SourcePort'),
    dst_endpoint_ip: addressOf('DstIP', 'DestinationIP'),
    dst_endpoint_port: portOf('DstPort', 'DestinationPort'),
    device_hostname: hostName('DeviceName'),
    query_hostname: hostName('QueryName'),
    query_type: recordTypeOf('QueryTypeName', 'QueryType'),
    rcode: responseCodeOf('RCode'),
    status: outcomeOfResponse('RCode'),
    answers: list('ResolvedIPs'),
    proxy_action: text('ResolverDecision'),
    firewall_rule_name: anyOf('PolicyName', 'Policy'),
    actor_user_name: anyOf('Email', 'UserEmail'),
  },
  sees: ['dns.query', 'dns.answer', 'user.name'],
  blindTo: [unseen, 'names in an answer: only its addresses are given', 'URL paths and flows'],
  sample: `{"Datetime":"2025-10-14T08:00:00Z","DeviceName":"laptop-7","Email":"user@example.com","DstIP":"172.64.36.1","DstPort":443,"Protocol":"https","QueryName":"sync.example-team.workers.dev","QueryType":1,"QueryTypeName":"A","RCode":0,"ResolvedIPs":["203.0.113.7"],"ResolverDecision":"allowedOnNoPolicyMatch","SrcIP":"198.51.100.20","SrcPort":0}
`,
} satisfies Format;

const url = targetOf('URL');

export const cloudflareGatewayHttp = {
  id: 'cloudflare.gateway-http',
  vendor: 'Cloudflare',
  product: 'Gateway HTTP',
  record: 'one request through the gateway',
  class: 'http',
  detect: hasSome(3, 'HTTPHost', 'HTTPMethod', 'URL', 'RequestID', 'HTTPStatusCode'),
  layout: json,
  steps: url.steps,
  columns: {
    time: timeOf('Datetime', 'Timestamp'),
    app_name: constant('http'),
    connection_info_protocol_name: constant('tcp'),
    metadata_uid: text('RequestID'),
    src_endpoint_ip: addressOf('SourceIP', 'SourceInternalIP'),
    src_endpoint_port: portOf('SourcePort'),
    dst_endpoint_ip: addressOf('DestinationIP'),
    dst_endpoint_port: portOf('DestinationPort'),
    device_hostname: hostName('DeviceName'),
    http_request_http_method: text('HTTPMethod'),
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) => `coalesce(${url.host(f)}, ${hostName('HTTPHost')(f)})`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    http_request_user_agent: text('UserAgent'),
    http_request_referrer: text('Referer'),
    http_request_version: (f) => `nullif(regexp_replace(${f.text('HTTPVersion')}, '^HTTP/', ''), '')`,
    http_response_code: small('HTTPStatusCode'),
    status: outcomeOfStatus('HTTPStatusCode'),
    proxy_action: text('Action'),
    firewall_rule_name: text('PolicyName'),
    actor_user_name: text('Email'),
    file_name: (f) => `list_extract(${f.list('DownloadedFileNames')}, 1)`,
  },
  sees: ['http.host', 'http.url', 'http.method', 'http.status', 'http.user_agent', 'http.referrer', 'user.name'],
  blindTo: [unseen, 'URLs of HTTPS where the gateway does not inspect TLS'],
  sample: `{"Action":"allow","Datetime":"2025-10-14T08:00:00Z","DestinationIP":"203.0.113.7","DestinationPort":443,"DeviceName":"laptop-7","Email":"user@example.com","HTTPHost":"sync.example-team.workers.dev","HTTPMethod":"POST","HTTPStatusCode":200,"HTTPVersion":"HTTP/2","RequestID":"17000001","SourceIP":"198.51.100.20","SourcePort":39998,"URL":"https://sync.example-team.workers.dev/poll?id=1","UserAgent":"ExampleBrowser/1.0"}
`,
} satisfies Format;

export const cloudflareGatewayNetwork = {
  id: 'cloudflare.gateway-network',
  vendor: 'Cloudflare',
  product: 'Gateway Network',
  record: 'one connection through the gateway',
  class: 'network',
  detect: hasSome(
    4,
    'SessionID',
    'SourceIP',
    'DestinationIP',
    'SNI',
    'Transport',
    'OverrideIP',
    'OriginIP',
    'Action',
    'BytesSent',
    'Offramp',
  ),
  layout: json,
  columns: {
    time: timeOf('Datetime', 'Timestamp', 'SessionStartTime'),
    end_time: timeOf('SessionEndTime'),
    metadata_uid: text('SessionID'),
    app_name: (f) => `CASE WHEN ${f.text('SNI')} IS NOT NULL THEN 'tls' END`,
    connection_info_protocol_name: protocolOf('Transport', 'Protocol'),
    src_endpoint_ip: addressOf('SourceIP', 'SourceInternalIP'),
    src_endpoint_port: portOf('SourcePort'),
    dst_endpoint_ip: addressOf('DestinationIP', 'OriginIP'),
    dst_endpoint_port: portOf('DestinationPort', 'OriginPort'),
    device_hostname: hostName('DeviceName'),
    tls_sni: hostName('SNI'),
    tls_version: text('ClientTLSVersion'),
    tls_cipher: text('ClientTLSCipher'),
    traffic_bytes_out: integer('BytesSent'),
    traffic_bytes_in: integer('BytesReceived'),
    proxy_action: anyOf('Action', 'ConnectionCloseReason'),
    status: outcomeOfAction('Action'),
    firewall_rule_name: anyOf('PolicyName', 'EgressRuleName'),
    actor_user_name: text('Email'),
  },
  sees: ['tls.sni', 'flow.ip', 'flow.bytes', 'flow.time', 'user.name'],
  blindTo: [unseen, 'URLs', 'names hidden by Encrypted Client Hello'],
  sample: `{"Action":"allowedOnNoRuleMatch","Datetime":"2025-10-14T08:00:00Z","DestinationIP":"203.0.113.7","DestinationPort":443,"DeviceName":"laptop-7","Email":"user@example.com","SNI":"sync.example-team.workers.dev","SessionID":"187ee0000001","SourceIP":"198.51.100.20","SourcePort":54945,"Transport":"tcp"}
`,
} satisfies Format;

/** Magic Transit and the like: https://developers.cloudflare.com/logs/reference/log-fields/account/network_analytics_logs/ */
export const cloudflareNetworkAnalytics = {
  id: 'cloudflare.network-analytics',
  vendor: 'Cloudflare',
  product: 'Network Analytics',
  record: 'one sampled packet',
  class: 'network',
  detect: has('IPSourceAddress', 'IPDestinationAddress'),
  layout: json,
  columns: {
    time: timeOf('Datetime'),
    connection_info_protocol_name: protocolOf('IPProtocolName', 'IPProtocol'),
    src_endpoint_ip: addressOf('IPSourceAddress'),
    src_endpoint_port: portOf('SourcePort'),
    dst_endpoint_ip: addressOf('IPDestinationAddress'),
    dst_endpoint_port: portOf('DestinationPort'),
    traffic_bytes_out: integer('IPTotalLength'),
    proxy_action: text('Outcome'),
    status: outcomeOfAction('Outcome'),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: ['names and URLs', 'packets that sampling left out'],
  sample: `{"Datetime":"2025-10-14T08:00:00Z","Direction":"egress","IPDestinationAddress":"203.0.113.7","IPProtocol":6,"IPProtocolName":"tcp","IPSourceAddress":"198.51.100.20","IPTotalLength":1024,"Outcome":"pass","SourcePort":51544,"DestinationPort":443}
`,
} satisfies Format;
