import { type Expression, first, hostText, small, targetOf, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, hasSome, json, says } from '../../layouts/json.ts';
import {
  addressText,
  anyOf,
  outcomeOfAction,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
} from '../../readings.ts';

/**
 * Azure Firewall: https://learn.microsoft.com/en-us/azure/firewall/monitor-firewall-reference (checked 2026-11-24). The
 * older logs are a sentence under `properties.msg`; the structured ones have fields, at the top where they come from
 * Log Analytics.
 */
const either = (name: string): Expression => anyOf(`properties.${name}`, name);
const inMessage =
  (regex: string): Expression =>
  (f) =>
    `nullif(regexp_extract(${f.text('properties.msg')}, '${regex}', 1), '')`;

const dnsRequest = (part: string): Expression =>
  inMessage(
    `^DNS Request: ${part === 'client' ? '([^ ]+)' : '[^ ]+'} - [0-9]+ ${part === 'type' ? '([^ ]+)' : '[^ ]+'} [^ ]+ ${part === 'name' ? '([^ ]+)' : '[^ ]+'} ${part === 'transport' ? '([a-z]+)' : '[a-z]+'} ${part === 'size' ? '([0-9]+)' : '[0-9]+'} [a-z]+ [0-9]+ ${part === 'rcode' ? '([A-Z]+)' : '[A-Z]+'} [^ ]+ ${part === 'answer' ? '([0-9]+)' : '[0-9]+'}`,
  );

const url = targetOf('target');
const endpointHost = (sql: string): string => `regexp_replace(${sql}, ':[0-9]+$', '')`;
const endpointPort = (sql: string): string =>
  `CAST(try_cast(nullif(regexp_extract(${sql}, ':([0-9]+)$', 1), '') AS USMALLINT) AS INTEGER)`;

const categories = /^AzureFirewall|^AZFW/;

export const azureFirewall = {
  id: 'azure.firewall',
  vendor: 'Microsoft',
  product: 'Azure Firewall',
  record: 'one connection, request or DNS query that a rule decided',
  class: (f) =>
    `CASE WHEN ${f.text('query')} IS NOT NULL THEN 4003 WHEN ${f.text('target')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: (head) =>
    says('category', categories)(head) ||
    says('Category', categories)(head) ||
    says('Type', categories)(head) ||
    hasSome(
      4,
      'properties.SourceIp',
      'properties.DestinationIp',
      'properties.Action',
      'properties.RuleCollection',
      'properties.Fqdn',
    )(head),
  layout: json,
  steps: {
    from: first(dnsRequest('client'), inMessage(' request from ([^ ]+) to ')),
    to: inMessage(' request from [^ ]+ to ([^ ]+?)\\.?(?: |$)'),
    query: first(either('QueryName'), dnsRequest('name')),
    target: (f) =>
      `coalesce(${either('TargetUrl')(f)}, ${inMessage(' Url: ([^ ]+?)\\.?(?: |$)')(f)}, ${either('Fqdn')(f)}, CASE WHEN ${f.text('query')} IS NULL AND ${inMessage('^(HTTPS?) request from ')(f)} IS NOT NULL AND (${addressText(endpointHost(f.text('to')))}) IS NULL THEN ${f.text('to')} END)`,
    action: first(either('Action'), inMessage('Action: ([A-Za-z]+)')),
    ...url.steps,
  },
  columns: {
    time: timeOf('time', 'TimeGenerated', 'properties.TimeGenerated'),
    activity_id: (f) =>
      `CASE WHEN ${f.text('query')} IS NOT NULL THEN 6 WHEN ${f.text('target')} IS NOT NULL THEN 0 ELSE 6 END`,
    app_name: (f) =>
      `CASE WHEN ${f.text('query')} IS NOT NULL THEN 'dns' ELSE coalesce(lower(${inMessage('^(HTTPS?|MSSQL) request')(f)}), lower(CASE WHEN ${either('Fqdn')(f)} IS NOT NULL THEN ${either('Protocol')(f)} END)) END`,
    connection_info_protocol_name: (f) =>
      `coalesce(lower(${inMessage('^(TCP|UDP|ICMP)[^:]* request')(f)}), ${dnsRequest('transport')(f)}, CASE WHEN ${inMessage('^(HTTPS?) ')(f)} IS NOT NULL OR ${either('Fqdn')(f)} IS NOT NULL THEN 'tcp' ELSE ${protocolOf('properties.Protocol', 'Protocol')(f)} END)`,
    src_endpoint_ip: (f) => addressText(`coalesce(${either('SourceIp')(f)}, ${endpointHost(f.text('from'))})`),
    src_endpoint_port: (f) =>
      `coalesce(${portOf('properties.SourcePort', 'SourcePort')(f)}, ${endpointPort(f.text('from'))})`,
    dst_endpoint_ip: (f) => addressText(`coalesce(${either('DestinationIp')(f)}, ${endpointHost(f.text('to'))})`),
    dst_endpoint_port: (f) =>
      `coalesce(${portOf('properties.DestinationPort', 'DestinationPort')(f)}, ${endpointPort(f.text('to'))})`,
    query_hostname: (f) => hostText(f.text('query')),
    query_type: (f) => `coalesce(${recordTypeOf('properties.QueryType', 'QueryType')(f)}, ${dnsRequest('type')(f)})`,
    rcode: (f) =>
      `coalesce(${responseCodeOf('properties.ResponseCode', 'ResponseCode')(f)}, ${dnsRequest('rcode')(f)})`,
    http_request_url_scheme: (f) => `coalesce(${url.scheme(f)}, lower(${inMessage('^(HTTPS?) request')(f)}))`,
    http_request_url_hostname: url.host,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    traffic_bytes_out: (f) => `try_cast(${dnsRequest('size')(f)} AS BIGINT)`,
    traffic_bytes_in: (f) => `try_cast(${dnsRequest('answer')(f)} AS BIGINT)`,
    proxy_action: text('action'),
    status: outcomeOfAction('action'),
    firewall_rule_name: first(either('Rule'), inMessage('\\. Rule: ([^.]+)')),
    finding_title: first(either('ThreatDescription'), inMessage('ThreatIntel: ([^.]+)')),
  },
  sees: ['dns.query', 'http.host', 'http.url', 'flow.ip', 'flow.time'],
  blindTo: [
    'URL paths of HTTPS where the firewall does not inspect TLS',
    'bytes of connections; answers of DNS queries',
    'traffic that is not routed through the firewall',
  ],
  sample: `{"time":"2025-10-14T08:00:00.5000000Z","resourceId":"/SUBSCRIPTIONS/1/RESOURCEGROUPS/EXAMPLE/PROVIDERS/MICROSOFT.NETWORK/AZUREFIREWALLS/FW","operationName":"AzureFirewallApplicationRuleLog","category":"AzureFirewallApplicationRule","properties":{"msg":"HTTPS request from 10.40.1.20:51544 to sync.example-team.workers.dev:443. Action: Allow. Rule Collection: web. Rule: all-out"}}
{"time":"2025-10-14T08:00:01.5000000Z","category":"AzureFirewallNetworkRule","operationName":"AzureFirewallNetworkRuleLog","properties":{"msg":"TCP request from 10.40.1.20:51545 to 203.0.113.9:8443. Action: Deny."}}
{"time":"2025-10-14T08:00:02.5000000Z","category":"AZFWDnsQuery","properties":{"SourceIp":"10.40.1.20","SourcePort":51000,"QueryId":4242,"QueryType":"A","QueryClass":"IN","QueryName":"sync.example-team.workers.dev.","Protocol":"udp","ResponseCode":"NOERROR"}}
`,
} satisfies Format;

/** DNS security policies: https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/dnsquerylogs (checked 2026-11-24) */
export const azureDns = {
  id: 'azure.dns',
  vendor: 'Microsoft',
  product: 'Azure DNS',
  record: 'one query of a virtual network with its answer',
  class: 'dns',
  detect: (head) =>
    has('properties.QueryName', 'properties.SourceIpAddress')(head) || has('QueryName', 'SourceIpAddress')(head),
  layout: json,
  columns: {
    time: timeOf('time', 'properties.TimeGenerated', 'TimeGenerated'),
    activity_id: () => '6',
    app_name: () => `'dns'`,
    connection_info_protocol_name: protocolOf('properties.Transport', 'Transport', 'properties.Protocol', 'Protocol'),
    src_endpoint_ip: (f) => addressText(either('SourceIpAddress')(f)),
    src_endpoint_port: portOf('properties.SourcePort', 'SourcePort'),
    query_hostname: (f) => hostText(either('QueryName')(f)),
    query_type: recordTypeOf('properties.QueryType', 'QueryType'),
    query_class: either('QueryClass'),
    rcode: responseCodeOf('properties.ResponseCode', 'ResponseCode', 'properties.RCode'),
    answers: (f) =>
      `nullif(list_filter(CAST(json_extract_string(try(CAST(${either('Answer')(f)} AS JSON)), '$[*].RData') AS VARCHAR[]), x -> x IS NOT NULL), [])`,
    proxy_action: either('ResolverPolicyRuleAction'),
  },
  sees: ['dns.query', 'dns.answer'],
  blindTo: ['queries that a machine sends to another resolver', 'URL paths and flows'],
  sample: `{"time":"2025-10-14T08:00:00.5000000Z","category":"DnsResponse","properties":{"OperationName":"RESPONSE_SUCCESS","VirtualNetworkId":"vnet-1","QueryName":"Sync.Example-Team.workers.dev.","QueryType":"A","QueryClass":"IN","ResponseCode":"NOERROR","Answer":[{"RData":"203.0.113.7","Type":"A","Class":"IN"}],"SourceIpAddress":"10.40.1.20","SourcePort":"51000","Transport":"UDP","ResolverPolicyRuleAction":"Allow"}}
`,
} satisfies Format;

const request = targetOf('properties.requestUri');

/** Front Door, Application Gateway and their firewalls: https://learn.microsoft.com/en-us/azure/frontdoor/monitor-front-door-reference (checked 2026-11-24) */
export const azureWeb = {
  id: 'azure.web',
  vendor: 'Microsoft',
  product: 'Azure Front Door and Application Gateway',
  record: 'one request, or a rule that it matched',
  class: 'http',
  detect: (head) =>
    has('properties.requestUri')(head) ||
    says('category', /^(?:front\s?door|ApplicationGateway)/i)(head) ||
    has('properties.probeURL')(head),
  layout: json,
  steps: request.steps,
  columns: {
    time: timeOf('time', 'timeStamp', 'timestamp'),
    metadata_uid: anyOf('properties.trackingReference', 'properties.transactionId'),
    app_name: (f) =>
      `lower(coalesce(${f.text('properties.requestProtocol')}, CASE WHEN ${f.text('properties.sslEnabled')} = 'on' THEN 'https' ELSE 'http' END))`,
    connection_info_protocol_name: () => `'tcp'`,
    src_endpoint_ip: (f) => addressText(anyOf('properties.clientIp', 'properties.clientIP', 'properties.socketIp')(f)),
    src_endpoint_port: portOf('properties.clientPort'),
    dst_endpoint_ip: (f) => addressText(anyOf('properties.originIp', 'properties.originIP')(f)),
    http_request_http_method: anyOf('properties.httpMethod', 'properties.httpVerb'),
    http_request_url_scheme: request.scheme,
    http_request_url_hostname: (f) =>
      `coalesce(${request.host(f)}, ${hostText(anyOf('properties.host', 'properties.hostname', 'properties.hostName', 'properties.originalHost')(f))})`,
    http_request_url_port: request.port,
    http_request_url_path: request.path,
    http_request_url_query: (f) => `coalesce(${request.query(f)}, ${f.text('properties.requestQuery')})`,
    http_request_user_agent: (f) => `nullif(${f.text('properties.userAgent')}, '-')`,
    http_request_referrer: anyOf('properties.referer', 'properties.referrer'),
    http_request_version: (f) => `nullif(regexp_replace(${f.text('properties.httpVersion')}, '^HTTP/', ''), '')`,
    http_response_code: (f) =>
      `coalesce(${small('properties.httpStatusCode')(f)}, ${small('properties.httpStatus')(f)})`,
    traffic_bytes_out: (f) => `try_cast(${anyOf('properties.requestBytes', 'properties.receivedBytes')(f)} AS BIGINT)`,
    traffic_bytes_in: (f) => `try_cast(${anyOf('properties.responseBytes', 'properties.sentBytes')(f)} AS BIGINT)`,
    tls_version: anyOf('properties.securityProtocol', 'properties.sslProtocol'),
    tls_cipher: anyOf('properties.securityCipher', 'properties.sslCipher'),
    proxy_action: anyOf('properties.action', 'properties.cacheStatus'),
    firewall_rule_name: anyOf('properties.ruleName'),
  },
  sees: ['http.host', 'http.url', 'http.method', 'http.status', 'http.user_agent', 'http.referrer', 'flow.bytes'],
  blindTo: ['what your own hosts ask of others: this log shows who comes to your service'],
  sample: `{"time":"2025-10-14T08:00:00.5000000Z","category":"FrontDoorAccessLog","operationName":"Microsoft.Cdn/Profiles/AccessLog/Write","properties":{"trackingReference":"0abc","httpMethod":"GET","httpVersion":"2.0.0.0","requestUri":"https://app.example.com:443/start?q=1","requestBytes":"210","responseBytes":"5400","userAgent":"ExampleBrowser/1.0","clientIp":"203.0.113.20","clientPort":"51000","requestProtocol":"HTTPS","securityProtocol":"TLS 1.3","httpStatusCode":"200"}}
`,
} satisfies Format;
