import { first, hostText, integer, small, targetOf, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { hasSome, json } from '../../layouts/json.ts';
import { addressOf, anyOf, hostOf, portOf, protocolOf, recordTypeOf, responseCodeOf, timeOf } from '../../readings.ts';

const url = targetOf('Url');

/** Microsoft Sentinel's ASIM, its schemas Dns, NetworkSession and WebSession: https://learn.microsoft.com/en-us/azure/sentinel/normalization-about-schemas (checked 2026-11-24) */
export const asimEvent = {
  id: 'asim.event',
  vendor: 'Microsoft',
  product: 'Sentinel ASIM',
  record: 'one DNS, network or web session that another product already mapped',
  class: (f) =>
    `CASE WHEN ${f.text('EventSchema')} = 'Dns' OR ${f.text('DnsQuery')} IS NOT NULL THEN 4003 WHEN ${f.text('Url')} IS NOT NULL OR ${f.text('EventSchema')} = 'WebSession' THEN 4002 WHEN ${f.text('EventSchema')} IS NULL OR ${f.text('EventSchema')} = 'NetworkSession' THEN 4001 ELSE 0 END`,
  detect: hasSome(
    3,
    'EventSchema',
    'EventSchemaVersion',
    'SrcIpAddr',
    'DstIpAddr',
    'EventProduct',
    'EventVendor',
    'DnsQuery',
    'EventStartTime',
  ),
  layout: json,
  steps: url.steps,
  columns: {
    time: timeOf('EventStartTime', 'TimeGenerated', 'EventEndTime'),
    end_time: timeOf('EventEndTime'),
    duration: first(integer('NetworkDuration'), integer('Duration')),
    activity_id: (f) =>
      `CASE WHEN ${f.text('EventSchema')} = 'Dns' AND ${f.text('EventSubType')} = 'response' THEN 2 WHEN ${f.text('DnsQuery')} IS NOT NULL THEN 1 WHEN ${f.text('Url')} IS NOT NULL THEN NULL ELSE 6 END`,
    status: (f) => `CASE ${f.text('EventResult')} WHEN 'Success' THEN 'Success' WHEN 'Failure' THEN 'Failure' END`,
    metadata_uid: anyOf('EventOriginalUid', 'NetworkSessionId', 'DnsSessionId'),
    device_hostname: hostOf('DvcHostname', 'DvcFQDN', 'Dvc'),
    src_endpoint_ip: addressOf('SrcIpAddr'),
    src_endpoint_port: portOf('SrcPortNumber'),
    src_endpoint_hostname: hostOf('SrcFQDN', 'SrcHostname'),
    src_endpoint_mac: text('SrcMacAddr'),
    dst_endpoint_ip: addressOf('DstIpAddr'),
    dst_endpoint_port: portOf('DstPortNumber'),
    dst_endpoint_hostname: hostOf('DstFQDN', 'DstHostname'),
    dst_endpoint_mac: text('DstMacAddr'),
    app_name: (f) => `lower(${anyOf('NetworkApplicationProtocol', 'DstAppName')(f)})`,
    connection_info_protocol_name: protocolOf('NetworkProtocol'),
    traffic_bytes_out: integer('SrcBytes'),
    traffic_bytes_in: integer('DstBytes'),
    traffic_bytes: integer('NetworkBytes'),
    traffic_packets_out: integer('SrcPackets'),
    traffic_packets_in: integer('DstPackets'),
    query_hostname: hostOf('DnsQuery'),
    query_type: recordTypeOf('DnsQueryTypeName', 'DnsQueryType'),
    query_class: text('DnsQueryClassName'),
    rcode: responseCodeOf('DnsResponseCodeName', 'DnsResponseCode', 'EventResultDetails'),
    answers: (f) =>
      `CASE WHEN ${f.text('DnsResponseName')} IS NOT NULL THEN list_transform(string_split(${f.text('DnsResponseName')}, ','), x -> trim(x)) END`,
    http_request_http_method: (f) => `upper(${f.text('HttpRequestMethod')})`,
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) => `coalesce(${url.host(f)}, ${hostText(f.text('HttpHost'))})`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    http_request_user_agent: text('HttpUserAgent'),
    http_request_referrer: text('HttpReferrer'),
    http_request_version: text('HttpVersion'),
    http_response_code: first(
      small('HttpStatusCode'),
      (f) => `CASE WHEN ${f.text('Url')} IS NOT NULL THEN ${small('EventResultDetails')(f)} END`,
    ),
    http_response_content_type: text('HttpContentType'),
    proxy_action: text('DvcAction'),
    firewall_rule_name: anyOf('NetworkRuleName', 'RuleName'),
    actor_user_name: anyOf('SrcUsername'),
    actor_process_name: anyOf('SrcProcessName', 'ActingProcessName'),
    finding_title: text('ThreatName'),
  },
  sees: [
    'dns.query',
    'dns.answer',
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'flow.ip',
    'flow.bytes',
    'user.name',
  ],
  blindTo: ['what the product that made the events did not see or did not map'],
  sample: `{"TimeGenerated":"2025-10-14T08:00:00.500Z","EventStartTime":"2025-10-14T08:00:00.500Z","EventSchema":"Dns","EventSchemaVersion":"0.1.7","EventProduct":"DNS Server","EventVendor":"Example","EventType":"Query","EventSubType":"response","EventResult":"Success","SrcIpAddr":"10.40.1.20","SrcPortNumber":51000,"DnsQuery":"sync.example-team.workers.dev","DnsQueryTypeName":"A","DnsResponseName":"203.0.113.7","DnsResponseCodeName":"NOERROR","NetworkProtocol":"UDP"}
{"TimeGenerated":"2025-10-14T08:00:01.500Z","EventSchema":"NetworkSession","EventProduct":"Firewall","EventVendor":"Example","EventResult":"Success","SrcIpAddr":"10.40.1.20","SrcPortNumber":51544,"DstIpAddr":"203.0.113.7","DstPortNumber":443,"NetworkProtocol":"TCP","SrcBytes":1200,"DstBytes":5400,"DvcAction":"Allow"}
`,
} satisfies Format;
