import { type Expression, epochSeconds, first, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, json } from '../../layouts/json.ts';
import { addressText, protocolOf } from '../../readings.ts';

/**
 * Network watcher flow logs: https://learn.microsoft.com/en-us/azure/network-watcher/nsg-flow-logs-overview and
 * vnet-flow-logs-overview (checked 2026-11-24). A record holds many flows as tuples; each is opened to a record of its
 * own (`tuple`) before it comes here. Some exporters flatten the tuple as `flow.0`.
 */
const cell =
  (at: number): Expression =>
  (f) =>
    `nullif(split_part(${f.text('the tuple')}, ',', ${at}), '')`;

/** Virtual network flow logs count milliseconds, write the protocol's number, and have the state where the others have the decision. */
const isVirtualNetwork: Expression = (f) => `try_cast(${cell(6)(f)} AS INTEGER) IS NOT NULL`;
const port =
  (at: number): Expression =>
  (f) =>
    `CAST(try_cast(${cell(at)(f)} AS USMALLINT) AS INTEGER)`;
const count =
  (at: number): Expression =>
  (f) =>
    `try_cast(${cell(at)(f)} AS BIGINT)`;
const denied: Expression = (f) => `(${cell(8)(f)} = 'D')`;

export const azureFlow = {
  id: 'azure.flow',
  vendor: 'Microsoft',
  product: 'Azure Network Watcher',
  record: 'one state of a flow: its begin, a stretch of it, or its end',
  class: 'network',
  detect: (head) => has('tuple', 'rule')(head) || has('flow.0')(head),
  layout: json,
  steps: { 'the tuple': first(text('tuple'), text('flow.0')) },
  columns: {
    time: (f) =>
      epochSeconds(
        `CASE WHEN length(${cell(1)(f)}) > 11 THEN try_cast(${cell(1)(f)} AS DOUBLE) / 1000 ELSE try_cast(${cell(1)(f)} AS DOUBLE) END`,
      ),
    src_endpoint_ip: (f) => addressText(cell(2)(f)),
    src_endpoint_port: port(4),
    src_endpoint_mac: (f) => `CASE WHEN ${cell(7)(f)} = 'O' THEN ${first(text('macAddress'), text('mac'))(f)} END`,
    dst_endpoint_ip: (f) => addressText(cell(3)(f)),
    dst_endpoint_port: port(5),
    connection_info_protocol_name: (f) =>
      `CASE ${cell(6)(f)} WHEN 'T' THEN 'tcp' WHEN 'U' THEN 'udp' ELSE ${protocolOf('protocol')({ ...f, text: () => cell(6)(f) })} END`,
    connection_info_state: (f) => `CASE WHEN ${isVirtualNetwork(f)} THEN ${cell(8)(f)} ELSE ${cell(9)(f)} END`,
    traffic_packets_out: count(10),
    traffic_bytes_out: count(11),
    traffic_packets_in: count(12),
    traffic_bytes_in: count(13),
    proxy_action: (f) => `CASE WHEN ${denied(f)} THEN 'Deny' WHEN ${cell(8)(f)} IS NOT NULL THEN 'Allow' END`,
    status: (f) => `CASE WHEN ${denied(f)} THEN 'Failure' WHEN ${cell(8)(f)} IS NOT NULL THEN 'Success' END`,
    firewall_rule_name: text('rule'),
    metadata_uid: first(text('systemId'), text('flowLogGUID')),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: [
    'names: a flow has addresses only, and functions share theirs with every other tenant of the platform',
    'exact times: flows are summed up over a minute',
  ],
  sample: `{"time":"2025-10-14T08:00:30.5000000Z","systemId":"a1","rule":"DefaultRule_AllowInternetOutBound","mac":"000D3AF87856","tuple":"1760428800,10.40.1.20,203.0.113.9,51544,443,T,O,A,B,,,,"}
{"time":"2025-10-14T08:00:30.5000000Z","systemId":"a1","rule":"DefaultRule_AllowInternetOutBound","mac":"000D3AF87856","tuple":"1760428800500,10.40.1.20,203.0.113.9,51544,443,6,O,E,NX,12,1200,14,5400"}
`,
} satisfies Format;
