import {
  authorityHost,
  constant,
  type Expression,
  first,
  hostName,
  hostText,
  integer,
  isoTime,
  outcomeOfStatus,
  small,
  targetOf,
  text,
} from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, json, says } from '../../layouts/json.ts';
import {
  addressOf,
  addressText,
  anyOf,
  listOfMembers,
  outcomeOfAction,
  outcomeOfResponse,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
} from '../../readings.ts';

/** A line of `rdata` is `name TTL class type data`, told apart by tabs. */
const rdata =
  (part: number): Expression =>
  (f) =>
    `nullif(list_filter(list_transform(string_split(${f.text('jsonPayload.rdata')}, chr(10)), x -> nullif(split_part(x, chr(9), ${part}), '')), x -> x IS NOT NULL), [])`;

/** https://cloud.google.com/dns/docs/monitoring (checked 2026-11-24) */
export const googleDns = {
  id: 'google.dns',
  vendor: 'Google',
  product: 'Cloud DNS',
  record: 'one query with its answer',
  class: 'dns',
  detect: has('jsonPayload.queryName'),
  layout: json,
  columns: {
    time: timeOf('timestamp', 'receiveTimestamp'),
    metadata_uid: text('insertId'),
    app_name: constant('dns'),
    activity_id: constant('6'),
    src_endpoint_ip: addressOf('jsonPayload.sourceIP'),
    dst_endpoint_ip: addressOf('jsonPayload.destinationIP'),
    connection_info_protocol_name: protocolOf('jsonPayload.protocol'),
    query_hostname: hostName('jsonPayload.queryName'),
    query_type: recordTypeOf('jsonPayload.queryType'),
    rcode: responseCodeOf('jsonPayload.responseCode'),
    status: outcomeOfResponse('jsonPayload.responseCode'),
    answers: first(listOfMembers('jsonPayload.structuredRdata', 'rvalue'), rdata(5)),
    answer_ttls: first(listOfMembers('jsonPayload.structuredRdata', 'ttl'), rdata(2)),
  },
  sees: ['dns.query', 'dns.answer'],
  blindTo: ['queries that a machine sends to another resolver', 'answers cached on the machine', 'URL paths and flows'],
  sample: `{"insertId":"a1","jsonPayload":{"authAnswer":true,"protocol":"UDP","queryName":"Sync.Example-Team.workers.dev.","queryType":"A","rdata":"sync.example-team.workers.dev.\\t300\\tIN\\ta\\t203.0.113.7","responseCode":"NOERROR","serverLatency":8,"sourceIP":"10.40.1.20","vmInstanceName":"123456.app-1"},"logName":"projects/example/logs/dns.googleapis.com%2Fdns_queries","resource":{"type":"dns_query","labels":{"project_id":"example"}},"severity":"INFO","timestamp":"2025-10-14T08:00:00.500000Z"}
`,
} satisfies Format;

const connection = {
  time: timeOf('timestamp', 'jsonPayload.start_time', 'receiveTimestamp'),
  metadata_uid: text('insertId'),
  src_endpoint_ip: addressOf('jsonPayload.connection.src_ip'),
  src_endpoint_port: portOf('jsonPayload.connection.src_port'),
  dst_endpoint_ip: addressOf('jsonPayload.connection.dest_ip'),
  dst_endpoint_port: portOf('jsonPayload.connection.dest_port'),
  connection_info_protocol_name: protocolOf('jsonPayload.connection.protocol'),
} as const;

/** https://cloud.google.com/vpc/docs/about-flow-logs-records (checked 2026-11-24) */
export const googleVpcFlow = {
  id: 'google.vpc-flow',
  vendor: 'Google',
  product: 'VPC Flow Logs',
  record: 'one sampled flow as one of its two ends reports it',
  class: 'network',
  detect: has('jsonPayload.connection', 'jsonPayload.bytes_sent'),
  layout: json,
  columns: {
    ...connection,
    end_time: timeOf('jsonPayload.end_time'),
    duration: (f) =>
      `datediff('millisecond', ${isoTime(f.text('jsonPayload.start_time'))}, ${isoTime(f.text('jsonPayload.end_time'))})`,
    src_endpoint_hostname: hostName('jsonPayload.src_instance.vm_name'),
    dst_endpoint_hostname: hostName('jsonPayload.dest_instance.vm_name'),
    device_hostname: (f) =>
      hostText(
        `CASE WHEN ${f.text('jsonPayload.reporter')} LIKE 'DEST%' THEN ${f.text('jsonPayload.dest_instance.vm_name')} ELSE ${f.text('jsonPayload.src_instance.vm_name')} END`,
      ),
    traffic_bytes_out: integer('jsonPayload.bytes_sent'),
    traffic_bytes: integer('jsonPayload.bytes_sent'),
    traffic_packets_out: integer('jsonPayload.packets_sent'),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: [
    'names: a flow has addresses only, and functions share theirs with every other tenant of the platform',
    'flows that sampling left out',
    'bytes of the other direction: it has a record of its own',
  ],
  sample: `{"insertId":"b1","jsonPayload":{"bytes_sent":"3400","packets_sent":"12","connection":{"src_ip":"10.40.1.20","src_port":51544,"dest_ip":"203.0.113.9","dest_port":443,"protocol":6},"reporter":"SRC","src_instance":{"vm_name":"app-1","zone":"europe-west3-a"},"start_time":"2025-10-14T08:00:00.500000Z","end_time":"2025-10-14T08:00:04.500000Z"},"logName":"projects/example/logs/compute.googleapis.com%2Fvpc_flows","resource":{"type":"gce_subnetwork"},"timestamp":"2025-10-14T08:00:05.500000Z"}
`,
} satisfies Format;

/** https://cloud.google.com/firewall/docs/firewall-rules-logging (checked 2026-11-24) */
export const googleFirewall = {
  id: 'google.firewall',
  vendor: 'Google',
  product: 'VPC firewall rules',
  record: 'one connection that a rule allowed or denied',
  class: 'network',
  detect: has('jsonPayload.connection', 'jsonPayload.disposition'),
  layout: json,
  columns: {
    ...connection,
    src_endpoint_hostname: (f) =>
      hostText(
        `CASE WHEN ${f.text('jsonPayload.rule_details.direction')} = 'EGRESS' THEN ${f.text('jsonPayload.instance.vm_name')} ELSE ${f.text('jsonPayload.remote_instance.vm_name')} END`,
      ),
    dst_endpoint_hostname: (f) =>
      hostText(
        `CASE WHEN ${f.text('jsonPayload.rule_details.direction')} = 'EGRESS' THEN ${f.text('jsonPayload.remote_instance.vm_name')} ELSE ${f.text('jsonPayload.instance.vm_name')} END`,
      ),
    device_hostname: hostName('jsonPayload.instance.vm_name'),
    firewall_rule_name: text('jsonPayload.rule_details.reference'),
    proxy_action: text('jsonPayload.disposition'),
    status: outcomeOfAction('jsonPayload.disposition'),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: [
    'names: a connection has addresses only, and functions share theirs with every other tenant of the platform',
    'bytes; connections of rules without logging; protocols other than TCP and UDP',
  ],
  sample: `{"insertId":"c1","jsonPayload":{"connection":{"src_ip":"10.40.1.20","src_port":51544,"dest_ip":"203.0.113.9","dest_port":443,"protocol":6},"disposition":"ALLOWED","instance":{"vm_name":"app-1","zone":"europe-west3-a"},"rule_details":{"reference":"network:example/firewall:allow-egress","direction":"EGRESS","action":"ALLOW"}},"logName":"projects/example/logs/compute.googleapis.com%2Ffirewall","timestamp":"2025-10-14T08:00:00.500000Z"}
`,
} satisfies Format;

const url = targetOf('httpRequest.requestUrl');

/** `remoteIp` and `serverIp` may carry a port: https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#HttpRequest */
const endpoint =
  (name: string): Expression =>
  (f) =>
    `coalesce(${addressText(f.text(name))}, ${addressText(authorityHost(f.text(name)))})`;

export const googleLoadBalancer = {
  id: 'google.load-balancer',
  vendor: 'Google',
  product: 'Cloud Load Balancing',
  record: 'one request through the load balancer',
  class: 'http',
  detect: (head) =>
    has('httpRequest.requestUrl')(head) && (has('jsonPayload')(head) || says('logName', /requests|logs/)(head)),
  layout: json,
  steps: url.steps,
  columns: {
    time: timeOf('timestamp', 'receiveTimestamp'),
    metadata_uid: text('insertId'),
    src_endpoint_ip: endpoint('httpRequest.remoteIp'),
    src_endpoint_port: (f) =>
      `CAST(try_cast(nullif(regexp_extract(${f.text('httpRequest.remoteIp')}, '[.\\]][0-9]*:([0-9]+)$', 1), '') AS USMALLINT) AS INTEGER)`,
    dst_endpoint_ip: (f) => `coalesce(${endpoint('httpRequest.serverIp')(f)}, ${addressText(url.host(f))})`,
    dst_endpoint_port: url.port,
    connection_info_protocol_name: constant('tcp'),
    http_request_http_method: text('httpRequest.requestMethod'),
    ...url.columns,
    http_request_user_agent: text('httpRequest.userAgent'),
    http_request_referrer: text('httpRequest.referer'),
    http_request_version: (f) => `nullif(regexp_replace(${f.text('httpRequest.protocol')}, '^HTTP/', ''), '')`,
    http_response_code: small('httpRequest.status'),
    status: outcomeOfStatus('httpRequest.status'),
    traffic_bytes_out: integer('httpRequest.requestSize'),
    traffic_bytes_in: integer('httpRequest.responseSize'),
    firewall_rule_name: anyOf('jsonPayload.enforcedSecurityPolicy.name'),
    tls_ja3: text('jsonPayload.securityPolicyRequestData.tlsJa3Fingerprint'),
    tls_ja4: text('jsonPayload.securityPolicyRequestData.tlsJa4Fingerprint'),
  },
  sees: ['http.host', 'http.url', 'http.method', 'http.status', 'http.user_agent', 'flow.bytes', 'tls.ja3', 'tls.ja4'],
  blindTo: ['what your own hosts ask of others: this log shows who comes to your service'],
  sample: `{"httpRequest":{"requestMethod":"GET","requestUrl":"https://app.example.com/start?q=1","requestSize":"210","status":200,"responseSize":"5400","userAgent":"ExampleBrowser/1.0","remoteIp":"203.0.113.20:51000","serverIp":"10.40.1.5","latency":"0.010s","protocol":"HTTP/2"},"insertId":"d1","jsonPayload":{"@type":"type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry","statusDetails":"response_sent_by_backend"},"logName":"projects/example/logs/requests","timestamp":"2025-10-14T08:00:00.500000Z"}
`,
} satisfies Format;
