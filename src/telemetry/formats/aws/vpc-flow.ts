import { type Expression, first, integer, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import type { Head } from '../../head.ts';
import type { Layout } from '../../layout.ts';
import { hasSome, json } from '../../layouts/json.ts';
import { headerTable, type Table, table } from '../../layouts/table.ts';
import { addressOf, anyOf, outcomeOfAction, portOf, protocolOf, timeOf } from '../../readings.ts';

/**
 * VPC Flow Logs: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html (checked 2026-11-24). The
 * administrator chooses fields and their order, and files in S3 name them in a first line; CloudWatch does not. Without
 * names, the default order and the orders of the guide's own examples are known.
 */
const defaults =
  'version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start end action log_status';
const orders: readonly (readonly string[])[] = [
  defaults,
  `${defaults} vpc_id subnet_id instance_id tcp_flags type pkt_srcaddr pkt_dstaddr region az_id sublocation_type sublocation_id pkt_src_aws_service pkt_dst_aws_service flow_direction traffic_path`,
  'version vpc_id subnet_id instance_id interface_id account_id type srcaddr dstaddr srcport dstport pkt_srcaddr pkt_dstaddr protocol bytes packets start end action tcp_flags log_status',
  'version srcaddr dstaddr srcport dstport protocol start end type packets bytes account_id vpc_id subnet_id instance_id interface_id region az_id sublocation_type sublocation_id action tcp_flags pkt_srcaddr pkt_dstaddr pkt_src_aws_service pkt_dst_aws_service traffic_path flow_direction log_status',
].map((names) => names.split(' '));

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+|-)$/i;
const shapes: Readonly<Record<string, RegExp>> = {
  version: /^\d{1,2}$/,
  srcaddr: address,
  dstaddr: address,
  srcport: /^(?:\d{1,5}|-)$/,
  dstport: /^(?:\d{1,5}|-)$/,
  protocol: /^(?:\d{1,3}|-)$/,
  start: /^\d{9,10}$/,
  end: /^\d{9,10}$/,
  action: /^(?:ACCEPT|REJECT|-)$/,
};

/** The order that every line of the beginning fits; a longer line than the order (fields of a later version) fits too. */
function orderOf(line: string): readonly string[] | null {
  const cells = line.split(' ');
  const fit = orders.filter(
    (order) => cells.length >= order.length && order.every((name, i) => shapes[name]?.test(cells[i] ?? '') ?? true),
  );
  return fit.reduce<readonly string[] | null>(
    (best, order) => (best && best.length >= order.length ? best : order),
    null,
  );
}

const isHeader = (line: string): boolean =>
  /(?:^|[ ,])src[_-]?addr(?:[ ,]|$)/.test(line) && /(?:^|[ ,])start(?:[ ,]|$)/.test(line);

function tableOf(head: Head): Table | null {
  const [first = '', second = first] = head.lines;
  if (isHeader(first)) return headerTable(head, first.includes(',') ? ',' : ' ');
  const columns = orderOf(first) ?? orderOf(second);
  return columns ? { separator: ' ', columns, header: null } : null;
}

const rows: Layout = table('aws-vpc-flow', tableOf, 5);

/** AWS counts the bytes of one direction; the other one has a record of its own. */
const columns = {
  time: timeOf('start'),
  end_time: timeOf('end'),
  duration: (f: Parameters<Expression>[0]) => `(${integer('end')(f)} - ${integer('start')(f)}) * 1000`,
  metadata_uid: anyOf('interface_id', 'interface-id', 'interfaceId'),
  src_endpoint_ip: addressOf('srcaddr', 'srcAddr'),
  src_endpoint_port: portOf('srcport', 'srcPort'),
  dst_endpoint_ip: addressOf('dstaddr', 'dstAddr'),
  dst_endpoint_port: portOf('dstport', 'dstPort'),
  connection_info_protocol_name: protocolOf('protocol'),
  traffic_bytes_out: integer('bytes'),
  traffic_bytes: integer('bytes'),
  traffic_packets_out: integer('packets'),
  activity_id: (f: Parameters<Expression>[0]) => `CASE WHEN ${f.text('action')} = 'REJECT' THEN 5 ELSE 6 END`,
  proxy_action: text('action'),
  status: first(outcomeOfAction('action')),
} as const;

const sees = ['flow.ip', 'flow.bytes', 'flow.time'] as const;
const blindTo = [
  'names: a flow has addresses only, and functions share theirs with every other tenant of the platform',
  'traffic to the Amazon DNS server, instance metadata, DHCP and licence activation',
  'exact times: a record sums up one to ten minutes',
];

export const awsVpcFlow = {
  id: 'aws.vpc-flow',
  vendor: 'AWS',
  product: 'VPC Flow Logs',
  record: 'one direction of a flow, summed up over an interval',
  class: 'network',
  detect: (head) => tableOf(head) !== null,
  layout: rows,
  // NODATA and SKIPDATA records say that nothing was recorded; they are events without endpoints.
  columns,
  stamp: 'end_time',
  sees,
  blindTo,
  sample: `2 123456789012 eni-0a1b2c3d4e5f60718 10.40.1.20 203.0.113.9 51544 443 6 12 3400 1760428800 1760428860 ACCEPT OK
2 123456789012 eni-0a1b2c3d4e5f60718 203.0.113.77 10.40.1.20 40100 22 6 1 60 1760428801 1760428861 REJECT OK
`,
} satisfies Format;

export const awsVpcFlowJson = {
  ...awsVpcFlow,
  id: 'aws.vpc-flow-json',
  record: 'one direction of a flow, as JSON (converted from Parquet, or from Firehose)',
  detect: hasSome(3, 'srcaddr', 'dstaddr', 'log_status', 'log-status', 'interface_id', 'interface-id', 'start'),
  layout: json,
  sample: `{"version":2,"account_id":"123456789012","interface_id":"eni-0a1b2c3d4e5f60718","srcaddr":"10.40.1.20","dstaddr":"203.0.113.9","srcport":51544,"dstport":443,"protocol":6,"packets":12,"bytes":3400,"start":1760428800,"end":1760428860,"action":"ACCEPT","log_status":"OK"}
`,
} satisfies Format;
