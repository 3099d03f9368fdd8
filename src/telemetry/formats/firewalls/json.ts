import { type Expression, first, hostText, integer, list, small, targetOf, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, hasSome, json } from '../../layouts/json.ts';
import {
  addressOf,
  addressText,
  anyOf,
  known,
  outcomeOfAction,
  portOf,
  protocolOf,
  recordTypeOf,
  timeOf,
} from '../../readings.ts';

const url = targetOf('URL');

/** Strata Logging Service (Cortex Data Lake) as JSON: https://docs.paloaltonetworks.com/strata-logging-service/log-reference (checked 2026-11-24) */
export const paloAltoJson = {
  id: 'paloalto.json',
  vendor: 'Palo Alto Networks',
  product: 'NGFW and Prisma Access',
  record: 'one traffic, threat, URL, DNS, GlobalProtect or system log',
  class: (f) =>
    `CASE WHEN ${f.text('LogType')} = 'DNS' OR ${f.text('DNSResponse')} IS NOT NULL THEN 4003 WHEN ${f.text('URL')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: (head) =>
    has('LogType', 'Subtype')(head) ||
    hasSome(3, 'LogType', 'DeviceSN', 'TimeReceived', 'VendorSeverity', 'FromZone', 'LogSourceID')(head),
  layout: json,
  steps: url.steps,
  columns: {
    time: timeOf('TimeGenerated', 'EventTime', 'LogTime', 'TimeReceived'),
    duration: (f) => `${integer('SessionDuration')(f)} * 1000`,
    metadata_uid: anyOf('SessionID', 'SequenceNo'),
    metadata_log_name: anyOf('LogType'),
    app_name: (f) => `CASE WHEN ${f.text('LogType')} = 'DNS' THEN 'dns' ELSE ${known('Application', 'app')(f)} END`,
    connection_info_protocol_name: protocolOf('Protocol', 'IPProtocol'),
    src_endpoint_ip: addressOf('SourceAddress', 'PublicIPv4', 'PrivateIPv4', 'SourceIP'),
    src_endpoint_port: portOf('SourcePort'),
    src_endpoint_hostname: (f) => hostText(known('SourceDeviceHost', 'EndpointDeviceName')(f)),
    dst_endpoint_ip: (f) =>
      `coalesce(${addressOf('DestinationAddress', 'DNSResolverIP')(f)}, ${addressText(`regexp_extract(${f.text('EventDescription')}, 'address: ([0-9a-fA-F:.]+) ', 1)`)})`,
    dst_endpoint_port: (f) =>
      `coalesce(${portOf('DestinationPort')(f)}, CAST(try_cast(nullif(regexp_extract(${f.text('EventDescription')}, ' port: ([0-9]+)', 1), '') AS USMALLINT) AS INTEGER))`,
    dst_endpoint_hostname: (f) => hostText(known('DestinationDeviceHost')(f)),
    device_hostname: (f) => hostText(known('SourceDeviceHost', 'EndpointDeviceName', 'DeviceName', 'LogSourceName')(f)),
    actor_user_name: (f) =>
      `nullif(regexp_extract(${known('SourceUser', 'SourceUserName', 'UserName')(f)}, '[^\\\\]*$'), '')`,
    query_hostname: (f) => hostText(known('DomainName', 'FQDN', 'QueryName')(f)),
    query_type: recordTypeOf('RecordType'),
    answers: list('DNSResponse'),
    http_request_http_method: (f) => `upper(${known('HTTPMethod')(f)})`,
    ...url.columns,
    http_request_user_agent: known('UserAgent'),
    http_request_referrer: known('Referer'),
    http_response_content_type: known('ContentType'),
    traffic_bytes_out: first(integer('BytesSent'), integer('SourceBytes')),
    traffic_bytes_in: first(integer('BytesReceived'), integer('DestinationBytes')),
    traffic_bytes: first(integer('Bytes'), integer('BytesTotal')),
    traffic_packets_out: integer('PacketsSent'),
    traffic_packets_in: integer('PacketsReceived'),
    proxy_action: known('Action'),
    status: outcomeOfAction('Action'),
    firewall_rule_name: known('Rule', 'RuleMatched'),
    finding_title: known('ThreatID', 'ThreatName'),
    tls_sni: (f) => hostText(known('ServerNameIndication')(f)),
    tls_version: known('TLSVersion'),
    tls_certificate_subject: known('CommonName'),
    tls_certificate_issuer: known('IssuerCommonName'),
    file_name: known('FileName'),
    file_hashes: (f) =>
      `CASE WHEN length(${f.text('FileHash')}) IN (32, 40, 64) THEN [lower(${f.text('FileHash')})] END`,
  },
  sees: [
    'dns.answer',
    'dns.query',
    'tls.sni',
    'http.host',
    'http.url',
    'http.method',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'flow.ip',
    'flow.bytes',
    'user.name',
  ],
  blindTo: [
    'URL paths of HTTPS that is not decrypted',
    'traffic that no firewall routes',
    'the name asked for, in DNS telemetry',
  ],
  sample: `{"TimeReceived":"2025-10-14T08:00:05.000000Z","DeviceSN":"007","LogType":"THREAT","Subtype":"url","TimeGenerated":"2025-10-14T08:00:00.000000Z","SourceAddress":"10.40.1.20","DestinationAddress":"203.0.113.7","Rule":"web-out","SourceUser":"EXAMPLE\\\\alice","Application":"ssl","FromZone":"trust","ToZone":"untrust","SessionID":816808,"SourcePort":51544,"DestinationPort":443,"Protocol":"tcp","Action":"alert","URL":"sync.example-team.workers.dev/poll?id=1","HTTPMethod":"post","DeviceName":"fw-1"}
{"TimeReceived":"2025-10-14T08:00:06.000000Z","DeviceSN":"007","LogType":"TRAFFIC","Subtype":"end","TimeGenerated":"2025-10-14T08:00:01.000000Z","SourceAddress":"10.40.1.20","DestinationAddress":"203.0.113.7","Rule":"web-out","Application":"ssl","SourcePort":51544,"DestinationPort":443,"Protocol":"tcp","Action":"allow","Bytes":6600,"BytesSent":1200,"BytesReceived":5400,"DeviceName":"fw-1"}
`,
} satisfies Format;

const resource = targetOf('resource');
const rule: Expression = (f) =>
  `coalesce(${f.text('rule_name')}, list_extract(${f.list('rule_name_._._match_table')}, 1))`;

/** Log exporter as JSON: https://support.checkpoint.com/results/sk/sk144192 (fields, checked 2026-11-24) */
export const checkPointJson = {
  id: 'checkpoint.json',
  vendor: 'Check Point',
  product: 'Quantum Security Gateway',
  record: 'one connection or request that a rule or blade decided',
  class: (f) => `CASE WHEN ${f.text('resource')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: (head) =>
    has('h_version', 'product')(head) ||
    hasSome(4, 'loguid', 'ifdir', 'ifname', 'origin', 'originsicname', 's_port', '__policy_id_tag')(head),
  layout: json,
  steps: resource.steps,
  columns: {
    time: timeOf('time'),
    activity_id: (f) => `CASE WHEN ${f.text('resource')} IS NOT NULL THEN NULL ELSE 6 END`,
    metadata_uid: text('loguid'),
    metadata_log_name: text('product'),
    app_name: known('service_id', 'appi_name'),
    connection_info_protocol_name: protocolOf('proto'),
    src_endpoint_ip: addressOf('src', 'client_ip'),
    src_endpoint_port: portOf('s_port'),
    src_endpoint_hostname: (f) => hostText(known('src_machine_name')(f)),
    dst_endpoint_ip: addressOf('dst', 'server_ip'),
    dst_endpoint_port: portOf('service'),
    dst_endpoint_hostname: (f) => hostText(known('dst_machine_name', 'dst_domain_name')(f)),
    actor_user_name: known('src_user_name', 'user'),
    query_hostname: (f) => hostText(known('domain_name', 'dns_query')(f)),
    query_type: recordTypeOf('dns_type'),
    http_request_http_method: known('method'),
    ...resource.columns,
    http_request_user_agent: known('user_agent', 'web_client_type'),
    http_request_referrer: known('referrer'),
    http_response_code: small('http_status'),
    tls_sni: (f) => hostText(known('sni', 'tls_server_host_name')(f)),
    traffic_bytes_out: first(integer('sent_bytes'), integer('client_outbound_bytes')),
    traffic_bytes_in: first(integer('received_bytes'), integer('client_inbound_bytes')),
    traffic_bytes: integer('bytes'),
    proxy_action: text('action'),
    status: outcomeOfAction('action'),
    firewall_rule_name: rule,
    finding_title: known('protection_name', 'malware_family'),
  },
  sees: [
    'dns.query',
    'http.host',
    'http.url',
    'http.method',
    'http.user_agent',
    'tls.sni',
    'flow.ip',
    'flow.bytes',
    'user.name',
  ],
  blindTo: ['URLs where no blade inspects the traffic', 'traffic that no gateway routes'],
  sample: `{"h_version":5,"action":"Accept","ifdir":"inbound","ifname":"eth1","loguid":"0x1","origin":"10.40.0.1","sequencenum":1,"time":1760428800,"product":"VPN-1 & FireWall-1","proto":6,"src":"10.40.1.20","s_port":51544,"dst":"203.0.113.9","service":443,"service_id":"https","rule_name_._._match_table":["web-out"],"sent_bytes":1200,"received_bytes":5400}
`,
} satisfies Format;

const web = targetOf('the url');

/** CloudGen Firewall activity and threat logs: https://campus.barracuda.com/product/cloudgenfirewall (Filebeat stream, checked 2026-11-24) */
export const barracudaJson = {
  id: 'barracuda.cloudgen-json',
  vendor: 'Barracuda',
  product: 'CloudGen Firewall',
  record: 'one state of a session, web request or threat',
  class: (f) => `CASE WHEN ${f.text('the url')} IS NOT NULL OR ${f.text('domain')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: (head) =>
    has('fw_rule', 'app_rule')(head) ||
    has('fw_rule', 'src_ip')(head) ||
    has('fw_info', 'src_ip')(head) ||
    hasSome(4, 'app_target', 'trans_proto', 'threat_severity', 'operation', 'component', 'src_ip')(head) ||
    hasSome(4, 'ip_proto', 'src_iface', 'dst_iface', 'fwd_bytes', 'rev_bytes')(head),
  layout: json,
  steps: {
    'the url': (f) =>
      `coalesce(${f.text('url')}, CASE WHEN contains(${f.text('name')}, '://') THEN ${f.text('name')} END)`,
    ...web.steps,
  },
  columns: {
    time: timeOf('timestamp', 'timestamp_iso'),
    activity_id: (f) =>
      `CASE WHEN ${f.text('the url')} IS NOT NULL OR ${f.text('domain')} IS NOT NULL THEN 0 ELSE 6 END`,
    duration: integer('duration'),
    app_name: known('app', 'traffic_type'),
    connection_info_protocol_name: protocolOf('ip_proto', 'trans_proto', 'protocol'),
    src_endpoint_ip: addressOf('src_ip', 'source_ip'),
    src_endpoint_port: portOf('src_port', 'source_port'),
    src_endpoint_mac: text('src_mac'),
    dst_endpoint_ip: addressOf('dst_ip', 'destination_ip'),
    dst_endpoint_port: portOf('dst_port', 'destination_port', 'port'),
    dst_endpoint_mac: text('dst_mac'),
    actor_user_name: known('user'),
    http_request_url_scheme: web.scheme,
    http_request_url_hostname: (f) => `coalesce(${web.host(f)}, ${hostText(known('domain')(f))})`,
    http_request_url_path: web.path,
    http_request_url_query: web.query,
    http_request_http_method: known('method'),
    http_request_user_agent: known('user_agent'),
    http_response_code: small('status_code'),
    http_response_content_type: known('content_type'),
    traffic_bytes_out: integer('fwd_bytes'),
    traffic_bytes_in: integer('rev_bytes'),
    traffic_packets_out: integer('fwd_packets'),
    traffic_packets_in: integer('rev_packets'),
    proxy_action: known('action', 'operation'),
    firewall_rule_name: known('fw_rule', 'rule'),
    finding_title: known('description'),
    status: outcomeOfAction('operation'),
  },
  sees: ['http.host', 'http.url', 'flow.ip', 'flow.bytes', 'flow.time', 'user.name'],
  blindTo: ['names, where the web filter does not log', 'URL paths of HTTPS that is not inspected'],
  sample: `{"version":1,"timestamp":1760428800,"action":"End","duration":8436,"src_iface":"eth0","src_ip":"10.40.1.20","src_port":40532,"dst_iface":"eth1","dst_ip":"203.0.113.9","dst_port":443,"fw_rule":"LAN-2-INTERNET","fw_info":2007,"fwd_bytes":1200,"rev_bytes":5400,"fwd_packets":12,"rev_packets":14,"ip_proto":6}
`,
} satisfies Format;
