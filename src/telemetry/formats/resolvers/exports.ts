import { constant, type Expression, first, hostText, list, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, hasSome, json } from '../../layouts/json.ts';
import {
  addressOf,
  anyOf,
  known,
  outcomeOfResponse,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
} from '../../readings.ts';

/** BloxOne DDI and Threat Defense: https://docs.infoblox.com/space/BloxOneCloud/35429862 (log formats, checked 2026-11-24) */
export const bloxOne = {
  id: 'infoblox.bloxone',
  vendor: 'Infoblox',
  product: 'BloxOne DDI and Threat Defense',
  record: 'one query with its answer, or a match of a threat feed',
  class: 'dns',
  detect: (head) =>
    has('qname', 'qip')(head) ||
    has('qname', 'qtype', 'rcode')(head) ||
    hasSome(4, 'qname', 'qtype', 'rdata', 'feed_name', 'policy_action', 'tclass', 'rip', 'dns_view')(head),
  layout: json,
  columns: {
    time: timeOf('event_time', 'timestamp', 'query_time', 'time'),
    activity_id: constant('6'),
    app_name: constant('dns'),
    connection_info_protocol_name: protocolOf('protocol'),
    src_endpoint_ip: addressOf('qip', 'private_ip', 'client_ip'),
    src_endpoint_port: portOf('qport', 'client_port'),
    // A device without a name is called by its address.
    src_endpoint_hostname: (f) =>
      `CASE WHEN ${addressOf('device')(f)} IS NULL THEN ${hostText(known('device', 'device_name')(f))} END`,
    src_endpoint_mac: known('mac_address'),
    query_hostname: (f) => hostText(f.text('qname')),
    query_type: recordTypeOf('qtype'),
    query_class: known('qclass'),
    rcode: responseCodeOf('rcode'),
    status: outcomeOfResponse('rcode'),
    answers: (f) =>
      `CASE WHEN ${known('rdata', 'rip', 'response')(f)} IS NOT NULL THEN list_filter(list_transform(string_split(${known('rdata', 'rip', 'response')(f)}, ','), x -> trim(x, ' []"')), x -> x <> '') END`,
    proxy_action: known('policy_action'),
    firewall_rule_name: known('policy_name'),
    finding_title: known('threat_indicator', 'tproperty', 'tclass'),
    actor_user_name: known('user'),
  },
  sees: ['dns.query', 'dns.answer', 'user.name'],
  blindTo: ['devices that ask other resolvers', 'URL paths and flows'],
  sample: `{"event_time":"2025-10-14T08:00:00.500Z","qname":"sync.example-team.workers.dev.","qip":"10.40.1.20","qtype":"A","rcode":"NOERROR","rdata":"203.0.113.7","device":"laptop-7","user":"alice","policy_action":"Log","policy_name":"Default"}
`,
} satisfies Format;

const message = (name: string): Expression => anyOf(`message.${name}`, name);

/**
 * dnstap messages as JSON, of dnstap-read, dnstap CLI, DNS-collector and Vector (https://dnstap.info, checked
 * 2026-11-24). Which of query and response times there is depends on the message's type.
 */
export const dnstapJson = {
  id: 'dnstap.json',
  vendor: 'dnstap',
  product: 'dnstap',
  record: 'one query or answer that a server saw',
  class: 'dns',
  detect: (head) =>
    has('dnstap', 'dns')(head) ||
    has('message.query_address', 'type')(head) ||
    has('message.socket_family')(head) ||
    hasSome(3, 'messageType', 'requestData', 'responseData', 'serverId', 'socketFamily')(head) ||
    has('dns.qname')(head),
  layout: json,
  steps: {
    section: (f) => `coalesce(${message('response_message')(f)}, ${message('query_message')(f)})`,
  },
  columns: {
    time: timeOf('dnstap.timestamp-rfc3339ns', 'message.response_time', 'message.query_time', 'timestamp', 'time'),
    activity_id: (f) =>
      `CASE WHEN regexp_matches(upper(coalesce(${anyOf('dnstap.operation', 'message.type', 'messageType', 'operation')(f)}, '')), 'RESPONSE') THEN 2 ELSE 1 END`,
    app_name: constant('dns'),
    device_hostname: (f) => hostText(anyOf('dnstap.identity', 'identity', 'serverId')(f)),
    connection_info_protocol_name: protocolOf('network.protocol', 'message.socket_protocol', 'socketProtocol'),
    src_endpoint_ip: addressOf('network.query-ip', 'message.query_address', 'sourceAddress', 'query_address'),
    src_endpoint_port: portOf('network.query-port', 'message.query_port', 'sourcePort', 'query_port'),
    dst_endpoint_ip: addressOf(
      'network.response-ip',
      'message.response_address',
      'responseAddress',
      'response_address',
    ),
    dst_endpoint_port: portOf('network.response-port', 'message.response_port', 'responsePort', 'response_port'),
    query_hostname: (f) =>
      hostText(
        `coalesce(${anyOf('dns.qname', 'qname')(f)}, json_extract_string(try(CAST(coalesce(${f.text('responseData.question')}, ${f.text('requestData.question')}) AS JSON)), '$[0].domainName'), nullif(regexp_extract(${f.text('section')}, '(?s)QUESTION SECTION:\\s*;?([^ \\t\\n;]+)', 1), ''))`,
      ),
    query_type: (f) =>
      `coalesce(${recordTypeOf('dns.qtype', 'qtype')(f)}, json_extract_string(try(CAST(coalesce(${f.text('responseData.question')}, ${f.text('requestData.question')}) AS JSON)), '$[0].questionType'), nullif(regexp_extract(${f.text('section')}, '(?s)QUESTION SECTION:\\s*;?[^ \\t\\n;]+\\s+[A-Z]+\\s+([A-Z0-9]+)', 1), ''))`,
    rcode: (f) =>
      `coalesce(${responseCodeOf('dns.rcode', 'rcode', 'responseData.rcodeName')(f)}, nullif(regexp_extract(${f.text('section')}, 'status: ([A-Z]+)', 1), ''))`,
    answers: first(
      (f) =>
        `nullif(CAST(json_extract_string(try(CAST(${f.text('dns.resource-records.an')} AS JSON)), '$[*].rdata') AS VARCHAR[]), [])`,
      (f) =>
        `nullif(CAST(json_extract_string(try(CAST(${f.text('responseData.answers')} AS JSON)), '$[*].rData') AS VARCHAR[]), [])`,
      (f) =>
        `nullif(regexp_extract_all(split_part(split_part(${f.text('section')}, 'ANSWER SECTION:', 2), ';;', 1), '(?m)^[^ \\t;]+[ \\t]+[0-9]+[ \\t]+[A-Z]+[ \\t]+[A-Z0-9]+[ \\t]+(.+)$', 1), [])`,
      list('answers'),
    ),
    metadata_uid: text('dns.id'),
  },
  sees: ['dns.query', 'dns.answer'],
  blindTo: [
    'lookups that the server does not see: other resolvers, DNS over HTTPS to the outside',
    'answers cached on the client',
    'URL paths and flows',
  ],
  sample: `{"dnstap":{"operation":"CLIENT_RESPONSE","identity":"resolver-1","timestamp-rfc3339ns":"2025-10-14T08:00:00.500000000Z"},"network":{"family":"IPv4","protocol":"UDP","query-ip":"10.40.1.20","query-port":"51000","response-ip":"10.40.0.53","response-port":"53"},"dns":{"id":4242,"opcode":0,"qname":"sync.example-team.workers.dev","qtype":"A","rcode":"NOERROR","resource-records":{"an":[{"name":"sync.example-team.workers.dev","rdatatype":"A","ttl":300,"rdata":"203.0.113.7"}]}}}
`,
} satisfies Format;
