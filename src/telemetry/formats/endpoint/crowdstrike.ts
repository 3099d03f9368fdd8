import { type Expression, first, hostText, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, json } from '../../layouts/json.ts';
import { addressOf, anyOf, baseNameOf, portOf, protocolOf, recordTypeOf, timeOf } from '../../readings.ts';

const listed =
  (...names: readonly string[]): Expression =>
  (f) =>
    `nullif(list_filter(list_concat(${names.map((name) => `string_split(coalesce(${f.text(name)}, ''), ';')`).join(', ')}), x -> trim(x) <> ''), [])`;

const inbound: Expression = (f) => `${anyOf('event_simpleName', 'EventType')(f)} LIKE 'NetworkReceive%'`;

/** Falcon Data Replicator: DnsRequest, NetworkConnectIP4 and IP6, NetworkReceiveAccept (event dictionary, checked 2026-11-24) */
export const crowdStrike = {
  id: 'crowdstrike.fdr',
  vendor: 'CrowdStrike',
  product: 'Falcon Data Replicator',
  record: 'one DNS query or connection of a program, or another event',
  class: (f) =>
    `CASE WHEN ${f.text('DomainName')} IS NOT NULL THEN 4003 WHEN ${anyOf('RemoteAddressIP4', 'RemoteAddressIP6')(f)} IS NOT NULL THEN 4001 ELSE 0 END`,
  detect: has('event_simpleName'),
  layout: json,
  columns: {
    time: timeOf('ContextTimeStamp', 'timestamp', '_time'),
    activity_id: (f) =>
      `CASE WHEN ${f.text('DomainName')} IS NOT NULL THEN 1 WHEN ${anyOf('RemoteAddressIP4', 'RemoteAddressIP6')(f)} IS NOT NULL THEN 1 ELSE 0 END`,
    metadata_uid: text('id'),
    metadata_log_name: text('event_simpleName'),
    device_hostname: (f) => hostText(anyOf('ComputerName', 'aid')(f)),
    src_endpoint_hostname: (f) => `CASE WHEN ${inbound(f)} THEN NULL ELSE ${hostText(anyOf('ComputerName')(f))} END`,
    src_endpoint_ip: (f) =>
      `CASE WHEN ${inbound(f)} THEN ${addressOf('RemoteAddressIP4', 'RemoteAddressIP6')(f)} ELSE ${addressOf('LocalAddressIP4', 'LocalAddressIP6', 'LocalIP')(f)} END`,
    src_endpoint_port: (f) =>
      `CASE WHEN ${inbound(f)} THEN ${portOf('RemotePort')(f)} ELSE ${portOf('LocalPort')(f)} END`,
    dst_endpoint_ip: (f) =>
      `CASE WHEN ${inbound(f)} THEN ${addressOf('LocalAddressIP4', 'LocalAddressIP6')(f)} ELSE ${addressOf('RemoteAddressIP4', 'RemoteAddressIP6')(f)} END`,
    dst_endpoint_port: (f) =>
      `CASE WHEN ${inbound(f)} THEN ${portOf('LocalPort')(f)} ELSE ${portOf('RemotePort')(f)} END`,
    app_name: (f) => `CASE WHEN ${f.text('DomainName')} IS NOT NULL THEN 'dns' END`,
    connection_info_protocol_name: protocolOf('Protocol'),
    query_hostname: (f) => hostText(f.text('DomainName')),
    query_type: recordTypeOf('RequestType'),
    answers: listed('CNAMERecords', 'IP4Records', 'IP6Records'),
    actor_user_name: anyOf('UserName'),
    actor_process_file_path: anyOf('ContextImageFileName', 'ImageFileName'),
    actor_process_name: first(text('ContextBaseFileName'), baseNameOf('ContextImageFileName', 'ImageFileName')),
  },
  sees: ['dns.query', 'dns.answer', 'flow.ip', 'flow.time'],
  blindTo: ['hosts without the sensor', 'bytes of a connection, TLS server names and URL paths'],
  sample: `{"event_simpleName":"DnsRequest","ContextTimeStamp":"1760428800.500","timestamp":"1760428801000","aid":"a1","ComputerName":"laptop-7","DomainName":"sync.example-team.workers.dev","RequestType":"1","IP4Records":"203.0.113.7;","ContextBaseFileName":"updater.exe","aip":"198.51.100.20","id":"e1"}
{"event_simpleName":"NetworkConnectIP4","ContextTimeStamp":"1760428801.500","timestamp":"1760428802000","aid":"a1","ComputerName":"laptop-7","LocalAddressIP4":"10.40.1.20","LocalPort":"51544","RemoteAddressIP4":"203.0.113.7","RemotePort":"443","Protocol":"6","id":"e2"}
`,
} satisfies Format;
