import { constant, type Expression, first, text, time } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { connection, fieldNames, isLog, zeekLayout } from '../zeek-dialects.ts';
import { activities, leaseBlindTo } from './lease.ts';

/** The last word of an exchange decides; a log of Zeek 2 has leases alone. */
const activity: Expression = (f) => {
  const words = f.list('msg_types');
  const cases = [
    ['ACK', activities.ack],
    ['NAK', activities.nak],
    ['RELEASE', activities.release],
    ['DECLINE', activities.decline],
    ['INFORM', activities.inform],
    ['OFFER', activities.offer],
    ['REQUEST', activities.request],
    ['DISCOVER', activities.discover],
  ] as const;
  return `CASE ${cases.map(([word, id]) => `WHEN list_contains(${words}, '${word}') THEN ${id}`).join(' ')} WHEN ${f.text('assigned_ip')} IS NOT NULL THEN ${activities.ack} END`;
};

export const zeekDhcp = {
  id: 'zeek.dhcp',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one exchange of a host with a DHCP server',
  class: 'dhcp',
  detect: (head) =>
    isLog('dhcp', 'mac', 'lease_time')(head) ||
    isLog('dhcp', 'mac', 'msg_types')(head) ||
    isLog('dhcp', 'mac', 'assigned_addr')(head),
  layout: zeekLayout,
  columns: {
    ...connection,
    metadata_log_name: constant('dhcp'),
    app_name: constant('dhcp'),
    connection_info_protocol_name: constant('udp'),
    src_endpoint_ip: first(text('assigned_addr'), text('assigned_ip'), text('client_addr'), text('id.orig_h')),
    src_endpoint_mac: text('mac'),
    src_endpoint_hostname: (f) =>
      `CASE WHEN contains(${f.text('client_fqdn')}, '.') THEN ${f.text('client_fqdn')} ELSE coalesce(${f.text('host_name')}, ${f.text('client_fqdn')}) END`,
    dst_endpoint_ip: first(text('server_addr'), text('id.resp_h')),
    activity_id: activity,
    lease_dur: (f) => `CAST(try_cast(${f.text('lease_time')} AS DOUBLE) AS BIGINT)`,
  },
  keeps: ['client_addr', 'assigned_addr', 'server_addr'],
  sees: ['dhcp.lease'],
  blindTo: [...leaseBlindTo, 'renewals that a host sends to a server past the sensor'],
  sample: `{"ts":1760428866.0,"uids":["Ch1"],"client_addr":"10.40.1.20","server_addr":"10.40.0.67","mac":"02:00:00:00:00:01","host_name":"laptop-20","client_fqdn":"laptop-20.example","assigned_addr":"10.40.1.20","lease_time":3600.0,"msg_types":["REQUEST","ACK"],"duration":0.001}
{"ts":1760428867.0,"uids":["Ch2"],"mac":"02:00:00:00:00:02","msg_types":["DISCOVER"],"duration":0.0}
`,
} satisfies Format;

/** Who is there at all: https://docs.zeek.org/en/master/scripts/policy/protocols/conn/known-hosts.zeek.html (checked 2026-11-24); Corelight says `host_ip`. */
export const zeekKnownHosts = {
  id: 'zeek.known_hosts',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one address that answered as a host, once a day',
  class: 'base',
  detect: isLog('known_hosts', 'host_ip', 'kuid'),
  layout: zeekLayout,
  columns: {
    time: time('ts'),
    metadata_log_name: constant('known_hosts'),
    src_endpoint_ip: first(text('host'), text('host_ip')),
  },
  sees: [],
  blindTo: ['whose address it was: this log has addresses alone', 'names and contacts'],
  sample: `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tknown_hosts
#fields\tts\thost
#types\ttime\taddr
1760428866.000000\t10.40.1.20
`,
} satisfies Format;

/** Cards by address: known_devices of Corelight, and of Zeek's policy script where it notes the address. */
export const zeekKnownDevices = {
  id: 'zeek.known_devices',
  vendor: 'Zeek',
  product: 'Zeek, Corelight',
  record: 'one network card, and the address that it had',
  class: 'dhcp',
  detect: (head) => isLog('known_devices', 'host_ip', 'mac', 'vendor_mac')(head) && fieldNames(head).has('mac'),
  layout: zeekLayout,
  columns: {
    time: time('ts'),
    metadata_log_name: constant('known_devices'),
    src_endpoint_ip: first(text('host_ip'), text('host')),
    src_endpoint_mac: text('mac'),
    src_endpoint_hostname: text('dhcp_host_name'),
    activity_id: (f) =>
      `CASE WHEN coalesce(${f.text('host_ip')}, ${f.text('host')}) IS NOT NULL THEN ${activities.ack} END`,
    lease_dur: (f) => `CAST(try_cast(${f.text('duration')} AS DOUBLE) AS BIGINT)`,
  },
  sees: ['dhcp.lease'],
  blindTo: ['where the card went', 'addresses, where the log notes cards alone'],
  sample: `{"_path":"known_devices","ts":1760428866.0,"duration":3600.0,"host_ip":"10.40.1.20","mac":"02:00:00:00:00:01","vendor_mac":"Example"}
`,
} satisfies Format;
