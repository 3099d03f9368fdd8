import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { syslogColumns, syslogSteps, timeNames, timePattern } from '../../text/syslog.ts';

const IOS =
  '%[A-Z0-9_]+-(?:[A-Z0-9_]+-)?[0-7]-(?:IPACCESSLOG[A-Z0-9]*|ACCESSLOG[A-Z0-9]*|[A-Z0-9_]+):? .*(?:denied|permitted|Deny|Permit|Session|session|Drop|Dropping|initiator|Pass|list )';

/** Access lists, zone firewall and inspection of Cisco IOS, IOS XE and NX-OS: Cisco IOS System Message Guide (checked 2026-11-24). */
export const ciscoIos = {
  id: 'cisco.ios',
  vendor: 'Cisco',
  product: 'IOS, IOS XE and NX-OS',
  record: 'one packet that an access list logged, or one session of the firewall',
  class: (f) => `CASE WHEN coalesce(${f.text('from')}, ${f.text('to')}) IS NOT NULL THEN 4001 ELSE 0 END`,
  detect: looksLike(IOS),
  line: IOS,
  layout: textLayout('cisco-ios', {
    is: IOS,
    cuts: [
      { groups: timeNames('syslog'), regex: `(?:^|[\\s>:*.])${timePattern}(?: [A-Z]{3,4})?: %` },
      {
        groups: ['host'],
        regex: `^(?:<[0-9]+>)?(?:[0-9]+: )?(?:[A-Z][a-z]{2} +[0-9]+(?: [0-9]{4})? [0-9:.]+ )?([A-Za-z0-9][\\w.-]*[\\w])(?: |: )`,
      },
      { groups: ['facility', 'mnemonic'], regex: '%([A-Z0-9_]+(?:-[A-Z0-9_]+)?)-[0-7]-([A-Z0-9_]+)' },
      {
        groups: ['list', 'verdict', 'proto', 'from', 'from port', 'to', 'to port'],
        regex: `list (\\S+) (denied|permitted) (\\S+) (${IP})(?:\\(([0-9]+)\\))?.*? -> (${IP})(?:\\s?\\(([0-9]+)\\)|\\s?\\([0-9]+/[0-9]+\\))?`,
      },
      {
        groups: ['list', 'verdict', 'proto', 'from'],
        regex: `list (\\S+) (denied|permitted) ([0-9]+)? ?(${IP}) [0-9]+ packet`,
      },
      {
        groups: ['verdict', 'proto', 'from', 'from port', 'to', 'to port'],
        regex: `(Start|Stop|Dropping|Passing|Pass|Drop|Permit|Deny|denied|permitted)[^:]*?\\b(tcp|udp|icmp|TCP|UDP|ICMP)\\b.*?(${IP}):([0-9]+).*?(?:=>|->|--|responder \\(|to ) ?(${IP}):([0-9]+)`,
      },
      { groups: ['bytes out', 'bytes in'], regex: 'sent ([0-9]+) bytes.*sent ([0-9]+) bytes' },
    ],
  }),
  steps: { 'syslog time': syslogSteps['syslog time'] },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
      connection_info_protocol_name: ['proto'],
      traffic_bytes_out: ['bytes out'],
      traffic_bytes_in: ['bytes in'],
      firewall_rule_name: ['list'],
      metadata_log_name: ['mnemonic', 'facility'],
      device_hostname: ['host'],
    }),
    time: syslogColumns.time,
    proxy_action: (f) =>
      `CASE WHEN regexp_matches(lower(${f.text('verdict')}), 'den|drop') THEN 'blocked' WHEN ${f.text('verdict')} IS NOT NULL THEN 'allowed' END`,
    status: (f) => `CASE WHEN ${f.text('verdict')} IS NOT NULL THEN 'Success' END`,
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: [
    'host names: an address of a serverless platform serves many tenants',
    'most packets of a flow: an access list logs the first one, then counts',
  ],
  sample: `<189>4711: edge-router: Oct 14 08:00:47.272 UTC: %SEC-6-IPACCESSLOGP: list 177 permitted tcp 10.40.1.20(51544) -> 203.0.113.9(443), 1 packet
Oct 14 08:00:48 edge-router 4712: Oct 14 08:00:48.272: %FW-6-SESS_AUDIT_TRAIL: Stop tcp session: initiator (10.40.1.20:51545) sent 1200 bytes -- responder (203.0.113.9:443) sent 5400 bytes
`,
} satisfies Format;
