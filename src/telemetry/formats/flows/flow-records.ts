import { type Expression, epochSeconds, first, hostText, integer, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import type { Head } from '../../head.ts';
import { hasSome, json } from '../../layouts/json.ts';
import { columnName, table } from '../../layouts/table.ts';
import { addressOf, anyOf, fileChanged, portOf, protocolOf, timeOf } from '../../readings.ts';

/**
 * NetFlow, IPFIX and sFlow as collectors write them: nfdump (CSV and JSON), goflow2, pmacct, Logstash, the names of
 * IANA's information elements (https://www.iana.org/assignments/ipfix) and of NetFlow v5 and v9. Checked 2026-11-24.
 */
const count = (...names: readonly string[]): Expression => first(...names.map(integer));

const blindTo = [
  'names: a flow has addresses only, and functions share theirs with every other tenant of the platform',
  'flows that sampling left out',
];
const sees = ['flow.ip', 'flow.bytes', 'flow.time'] as const;

const source = [
  'sourceIPv4Address',
  'sourceIPv6Address',
  'IPV4_SRC_ADDR',
  'IPV6_SRC_ADDR',
  'ipv4_src_addr',
  'ipv6_src_addr',
  'netflow.ipv4_src_addr',
  'src4_addr',
  'src6_addr',
  'src_addr',
  'SrcAddr',
  'ip_src',
  'srcAddr',
  'source_ipv4_address',
];
const destination = [
  'destinationIPv4Address',
  'destinationIPv6Address',
  'IPV4_DST_ADDR',
  'IPV6_DST_ADDR',
  'ipv4_dst_addr',
  'ipv6_dst_addr',
  'netflow.ipv4_dst_addr',
  'dst4_addr',
  'dst6_addr',
  'dst_addr',
  'DstAddr',
  'ip_dst',
  'dstAddr',
  'destination_ipv4_address',
];

export const flowJson = {
  id: 'netflow.json',
  vendor: 'IETF',
  product: 'NetFlow, IPFIX and sFlow',
  record: 'one flow record of an exporter, as JSON',
  class: 'network',
  detect: (head) => hasSome(1, ...source)(head) && hasSome(1, ...destination)(head),
  layout: json,
  columns: {
    // Records of NetFlow v5 and v9 may count from the start of their exporter only.
    time: first(
      timeOf(
        'flowStartMilliseconds',
        'flowStartSeconds',
        'flowStartMicroseconds',
        'flowStartNanoseconds',
        't_first',
        'first',
        'time_flow_start_ns',
        'time_flow_start',
        'TimeFlowStart',
        'timestamp_start',
        '@timestamp',
        'timestamp',
        'received',
        'time_received_ns',
        'time_received',
        'TimeReceived',
        'stamp_inserted',
      ),
      fileChanged,
    ),
    end_time: timeOf(
      'flowEndMilliseconds',
      'flowEndSeconds',
      't_last',
      'last',
      'time_flow_end_ns',
      'time_flow_end',
      'TimeFlowEnd',
      'timestamp_end',
    ),
    src_endpoint_ip: addressOf(...source),
    src_endpoint_port: portOf(
      'sourceTransportPort',
      'L4_SRC_PORT',
      'l4_src_port',
      'netflow.l4_src_port',
      'SRC_PORT',
      'src_port',
      'SrcPort',
      'port_src',
      'srcPort',
      'source_transport_port',
    ),
    src_endpoint_mac: anyOf('sourceMacAddress', 'in_src_mac', 'src_mac', 'SrcMac', 'mac_src'),
    dst_endpoint_ip: addressOf(...destination),
    dst_endpoint_port: portOf(
      'destinationTransportPort',
      'L4_DST_PORT',
      'l4_dst_port',
      'netflow.l4_dst_port',
      'DST_PORT',
      'dst_port',
      'DstPort',
      'port_dst',
      'dstPort',
      'destination_transport_port',
    ),
    dst_endpoint_mac: anyOf('destinationMacAddress', 'out_dst_mac', 'dst_mac', 'DstMac', 'mac_dst'),
    connection_info_protocol_name: protocolOf(
      'protocolIdentifier',
      'PROTOCOL',
      'PROTO',
      'protocol',
      'netflow.protocol',
      'proto',
      'Proto',
      'ip_proto',
      'protocol_identifier',
    ),
    traffic_bytes_out: count(
      'octetDeltaCount',
      'octetTotalCount',
      'IN_BYTES',
      'IN_OCTETS',
      'in_bytes',
      'netflow.in_bytes',
      'bytes',
      'Bytes',
      'octet_delta_count',
    ),
    traffic_bytes_in: count('reverseOctetDeltaCount', 'OUT_BYTES', 'out_bytes', 'netflow.out_bytes'),
    traffic_packets_out: count(
      'packetDeltaCount',
      'packetTotalCount',
      'IN_PKTS',
      'IN_PACKETS',
      'in_pkts',
      'in_packets',
      'netflow.in_pkts',
      'packets',
      'Packets',
      'packet_delta_count',
    ),
    traffic_packets_in: count('reversePacketDeltaCount', 'OUT_PKTS', 'out_pkts', 'out_packets'),
    device_hostname: (f) =>
      hostText(anyOf('exporterIPv4Address', 'sampler_address', 'SamplerAddress', 'peer_ip_src', 'host')(f)),
  },
  sees,
  blindTo,
  sample: `{"type":"IPFIX","flowStartMilliseconds":1760428800500,"flowEndMilliseconds":1760428804500,"sourceIPv4Address":"10.40.1.20","destinationIPv4Address":"203.0.113.9","sourceTransportPort":51544,"destinationTransportPort":443,"protocolIdentifier":6,"octetDeltaCount":1200,"packetDeltaCount":12}
`,
} satisfies Format;

/** Names of nfdump's CSV, old (`-o csv` of 1.6) and new (1.7), and of SiLK's rwcut with commas. */
const headerOf = (head: Head): string[] | null => {
  const names = (head.lines[0] ?? '').split(',').map(columnName);
  const has = (...of: readonly string[]): boolean => of.every((name) => names.includes(name));
  return has('ts', 'sa', 'da') || has('firstseen', 'srcaddr', 'dstaddr') || has('sip', 'dip', 'stime') ? names : null;
};

const seconds =
  (name: string): Expression =>
  (f) =>
    epochSeconds(`epoch_us(try_cast(replace(${f.text(name)}, '/', '-') AS TIMESTAMP)) / 1e6`);

export const nfdumpCsv = {
  id: 'nfdump.csv',
  vendor: 'nfdump',
  product: 'nfdump',
  record: 'one flow record, as CSV',
  class: 'network',
  detect: (head) => headerOf(head) !== null,
  layout: table(
    'nfdump-csv',
    (head) => {
      const columns = headerOf(head);
      return columns ? { separator: ',', columns, header: head.lines[0] ?? '' } : null;
    },
    7,
    '',
  ),
  columns: {
    time: first(timeOf('ts'), timeOf('firstseen'), seconds('stime')),
    end_time: first(timeOf('te'), timeOf('lastseen'), seconds('etime')),
    duration: (f) => `CAST(round(try_cast(${anyOf('td', 'duration', 'dur')(f)} AS DOUBLE) * 1000) AS BIGINT)`,
    src_endpoint_ip: addressOf('sa', 'srcaddr', 'sip'),
    src_endpoint_port: portOf('sp', 'srcport', 'sport'),
    dst_endpoint_ip: addressOf('da', 'dstaddr', 'dip'),
    dst_endpoint_port: portOf('dp', 'dstport', 'dport'),
    connection_info_protocol_name: protocolOf('pr', 'proto', 'protocol'),
    connection_info_state: text('flg'),
    traffic_bytes_out: count('ibyt', 'bytes', 'in_bytes'),
    traffic_bytes_in: count('obyt', 'out_bytes'),
    traffic_packets_out: count('ipkt', 'packets', 'in_packets'),
    traffic_packets_in: count('opkt', 'out_packets'),
  },
  sees,
  blindTo,
  header: 'firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows',
  sample: `firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows
2025-10-14 08:00:00.500,4.000,TCP,10.40.1.20,51544,203.0.113.9,443,12,1200,1
`,
} satisfies Format;
