import {
  authorityHost,
  type Expression,
  first,
  hostText,
  integer,
  isoTime,
  list,
  small,
  targetOf,
} from '../../expression.ts';
import type { Format } from '../../format.ts';
import type { Head } from '../../head.ts';
import { hasSome, json } from '../../layouts/json.ts';
import { headerTable, type Table, table } from '../../layouts/table.ts';
import {
  addressOf,
  addressText,
  known,
  outcomeOfAction,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
  writtenTime,
} from '../../readings.ts';

/**
 * Names that products give to the same facts. The general formats read records by them, for products that have no
 * format of their own. A name stands here only if it means one thing wherever it was seen.
 */
const names = {
  time: 'timestamp @timestamp time ts datetime date_time event_time eventTime event_timestamp eventTimestamp EventTime TimeGenerated Timestamp start_time startTime _time log_time logTime created_at createdAt receive_time rt date',
  source:
    'src_ip srcip source_ip sourceIp sourceIP SourceIP SrcIP src source.ip src.ip source.address src_addr srcaddr source_address sourceAddress SourceAddress srcIp client_ip clientIp clientip ClientIP client.ip client c_ip c-ip clt_ip orig_h id_orig_h internal_ip host_ip user_ip userip local_ip localIp ip_src saddr _src_ip _source_ip _client_ip remote_addr remoteIp remote_ip clientAddress ip',
  sourcePort:
    'src_port srcport source_port sourcePort SourcePort SrcPort source.port src.port client_port clientPort c_port c-port s_port spt sport orig_p local_port localPort _src_port',
  destination:
    'dst_ip dstip dest_ip destip destination_ip destinationIp destinationIP DestinationIP DestIP DstIP dst dest destination.ip dst.ip destination.address dst_addr dstaddr destination_address destinationAddress DestinationAddress dstIp destIp server_ip serverIp serverip server.ip r_ip s-ip r-ip resp_h id_resp_h ip_dst daddr _dst_ip _dest_ip dst_host_ip target_ip',
  destinationPort:
    'dst_port dstport dest_port destport destination_port destinationPort DestinationPort DstPort destination.port dst.port server_port serverPort dpt dport resp_p remote_port remotePort _dst_port service_port',
  destinationHost:
    'dst_host dest_host dsthost destination_host destination_hostname dst_hostname dest_hostname destination.domain server_name_host dhost',
  query:
    'query qname query_name queryName QueryName dns_query dnsQuery dns.question.name dns_name question question_name rrname domain_queried',
  queryType: 'qtype query_type queryType QueryType dns_qtype rrtype question_type record_type qtype_name',
  rcode: 'rcode response_code responseCode rcode_name dns_rcode dns_response_code ResponseCode',
  answers: 'answers answer rdata resolved_ips resolvedIps response_data',
  url: 'url uri URL request_url requestUrl url.full url.original full_url request_uri http_url http.url target_url page_url cs-uri',
  host: 'host_header http_host httpHost http.hostname hostname_http cs_host cs-host domain fqdn site url_domain url.domain dest_domain server_host virtual_host vhost requested_host',
  method: 'method http_method httpMethod request_method requestMethod http.request.method verb cs-method reqmethod',
  status:
    'status_code statusCode http_status httpStatus http_status_code response_status sc-status http.response.status_code',
  userAgent:
    'user_agent userAgent useragent http_user_agent user-agent user_agent.original UserAgent agent_string cs(User-Agent) ua',
  referrer: 'referrer referer http_referrer http_referer Referer cs(Referer) refererURL',
  sni: 'sni tls_sni tls.sni server_name ssl_server_name tls_server_name serverName tls.client.server_name',
  protocol:
    'proto protocol transport ip_proto ip_protocol ipProtocol transport_protocol network_protocol protocol_name network.transport trans_proto l4_proto',
  app: 'app application app_proto app_name appName service application_name network.application',
  sent: 'bytes_sent bytesSent sent_bytes sentbytes bytes_out bytesOut out_bytes outbytes cs_bytes cs-bytes src_bytes orig_bytes bytes_toserver request_size requestSize upload_bytes client_bytes txbytes',
  received:
    'bytes_received bytesReceived received_bytes rcvdbytes receivedBytes bytes_in bytesIn in_bytes inbytes sc_bytes sc-bytes dst_bytes resp_bytes bytes_toclient response_size responseSize download_bytes server_bytes rxbytes',
  total: 'bytes total_bytes totalBytes numbytes bytes_total',
  user: 'user username user_name userName src_user suser login account user.name identity_name usr userPrincipalName',
  action: 'action disposition verdict decision act policy_action firewall_action outcome',
  rule: 'rule rule_name ruleName policy policy_name policyName policyname rulename',
  device:
    'device_name deviceName computer_name computerName ComputerName workstation device_hostname hostname host_name host.name',
  process: 'process_name processName process image Image process.name exe app_path',
} as const;
type Fact = keyof typeof names;

const of = (fact: Fact): readonly string[] => names[fact].split(' ');
const plain =
  (fact: Fact): Expression =>
  (f) =>
    known(...of(fact))(f);
const number = (fact: Fact): Expression => first(...of(fact).map(integer));

const url = targetOf('the url');
const writtenTimes: Expression = first(
  ...['datetime', 'date', 'time', 'timestamp', 'event_time', 'log_time', 'rt'].map((name) =>
    writtenTime(
      name,
      '%a %b %d %H:%M:%S %Y',
      '%b %d %Y %H:%M:%S',
      '%d/%b/%Y:%H:%M:%S',
      '%d/%b/%Y %H:%M:%S',
      '%Y/%m/%d %H:%M:%S',
    ),
  ),
  (f) =>
    `CASE WHEN contains(${f.text('time')}, ':') THEN ${isoTime(`concat(${f.text('date')}, ' ', ${f.text('time')})`)} END`,
);

/** What is asked for: a name in a query, a URL, a host. */
const asked: Expression = (f) => `${plain('query')(f)}`;

const columns = {
  time: first(timeOf(...of('time')), writtenTimes),
  src_endpoint_ip: addressOf(...of('source')),
  src_endpoint_port: portOf(...of('sourcePort')),
  dst_endpoint_ip: addressOf(...of('destination')),
  dst_endpoint_port: portOf(...of('destinationPort')),
  dst_endpoint_hostname: (f) => hostText(plain('destinationHost')(f)),
  device_hostname: (f) => hostText(plain('device')(f)),
  connection_info_protocol_name: (f) =>
    `CASE WHEN length(${plain('protocol')(f)}) < 12 THEN ${protocolOf(...of('protocol'))(f)} END`,
  app_name: plain('app'),
  query_hostname: (f) =>
    `CASE WHEN NOT contains(${asked(f)}, ' ') AND NOT contains(${asked(f)}, '{') AND length(${asked(f)}) < 256 THEN ${hostText(asked(f))} END`,
  query_type: (f) => `CASE WHEN ${asked(f)} IS NOT NULL THEN ${recordTypeOf(...of('queryType'))(f)} END`,
  rcode: (f) => `CASE WHEN ${asked(f)} IS NOT NULL THEN ${responseCodeOf(...of('rcode'))(f)} END`,
  answers: (f) =>
    `CASE WHEN ${asked(f)} IS NOT NULL THEN list_filter(coalesce(${of('answers')
      .map((name) => list(name)(f))
      .join(', ')}), x -> NOT starts_with(x, '{')) END`,
  http_request_http_method: (f) => `CASE WHEN length(${plain('method')(f)}) < 20 THEN upper(${plain('method')(f)}) END`,
  http_request_url_scheme: url.scheme,
  http_request_url_hostname: (f) => `coalesce(${url.host(f)}, ${authorityHost(plain('host')(f))})`,
  http_request_url_port: url.port,
  http_request_url_path: url.path,
  http_request_url_query: url.query,
  http_request_user_agent: plain('userAgent'),
  http_request_referrer: plain('referrer'),
  http_response_code: first(...of('status').map(small)),
  tls_sni: (f) => hostText(plain('sni')(f)),
  traffic_bytes_out: number('sent'),
  traffic_bytes_in: number('received'),
  traffic_bytes: number('total'),
  actor_user_name: plain('user'),
  actor_process_name: plain('process'),
  proxy_action: plain('action'),
  status: outcomeOfAction(...of('action')),
  firewall_rule_name: plain('rule'),
} satisfies Format['columns'];

/** A record without any endpoint is nothing that can be hunted in. */
const endpointless: Expression = (f) =>
  `CASE WHEN ${addressText(`coalesce(${[...of('source'), ...of('destination')].map(f.text).join(', ')})`)} IS NULL AND ${asked(f)} IS NULL AND ${f.text('the url')} IS NULL AND ${plain('host')(f)} IS NULL AND ${plain('sni')(f)} IS NULL THEN 'no-endpoint' END`;

const common = {
  vendor: 'any',
  class: (f: Parameters<Expression>[0]) =>
    `CASE WHEN ${asked(f)} IS NOT NULL THEN 4003 WHEN ${f.text('the url')} IS NOT NULL OR ${plain('method')(f)} IS NOT NULL OR ${plain('userAgent')(f)} IS NOT NULL THEN 4002 ELSE 4001 END`,
  general: true,
  steps: { 'the url': plain('url'), ...url.steps },
  columns,
  refuse: endpointless,
  sees: [
    'dns.query',
    'dns.answer',
    'tls.sni',
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'user.name',
  ],
  blindTo: [
    'fields whose names are not among the well-known ones: a mapping file tells what they mean',
    'which side is the client, where the names do not say it',
    'the codes and units of a product: numbers are taken as they stand',
  ],
} as const;

const least = (names: readonly string[], has: (name: string) => boolean, count: number): boolean =>
  names.filter(has).length >= count;

/** A time, and a second fact that names an endpoint. */
const enough = (has: (name: string) => boolean): boolean =>
  least(of('time'), has, 1) &&
  least([...of('source'), ...of('destination'), ...of('query'), ...of('url'), ...of('host'), ...of('sni')], has, 2);

export const genericJson = {
  ...common,
  id: 'json.generic',
  product: 'JSON with well-known field names',
  record: 'one object a line that has a time and names an endpoint',
  detect: (head: Head) => enough((name) => hasSome(1, name)(head)),
  layout: json,
  sample: `{"timestamp":"2025-10-14T08:00:00.500Z","src_ip":"10.40.1.20","src_port":51544,"dst_ip":"203.0.113.7","dst_port":443,"proto":"tcp","url":"https://sync.example-team.workers.dev/poll?id=1","method":"POST","user_agent":"ExampleBrowser/1.0","status_code":200,"action":"allow","user":"alice"}
`,
} satisfies Format;

/** Header names are lowered and their marks made underscores, so only those spellings are looked for. */
const tableOf = (head: Head): Table | null => {
  const [first = ''] = head.lines;
  const separator = first.includes('\t') ? '\t' : first.includes(';') && !first.includes(',') ? ';' : ',';
  const found = headerTable(head, separator);
  return found && found.columns.length > 2 && enough((name) => found.columns.includes(name)) ? found : null;
};

export const genericCsv = {
  ...common,
  id: 'csv.generic',
  product: 'CSV or TSV with well-known column names',
  record: 'one row below a header that has a time and names an endpoint',
  detect: (head: Head) => tableOf(head) !== null,
  layout: table('csv-generic', tableOf, 2, ''),
  header: 'Timestamp,Src IP,Src Port,Dst IP,Dst Port,Protocol,URL,User Agent',
  sample: `Timestamp,Src IP,Src Port,Dst IP,Dst Port,Protocol,URL,User Agent
2025-10-14T08:00:00Z,10.40.1.20,51544,203.0.113.7,443,tcp,https://sync.example-team.workers.dev/poll?id=1,"ExampleBrowser/1.0, test"
`,
} satisfies Format;
