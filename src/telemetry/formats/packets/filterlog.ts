import { text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike, protocolText } from '../../text/expressions.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { blind } from './blind.ts';

const FILTERLOG = `,(?:match|[a-z-]+),(?:pass|block|reject|rdr|nat|nop|unkn\\([0-9]+\\)),(?:in|out|in/out|any),[46],.*,${IP},${IP},`;

/**
 * filterlog of pfSense and OPNsense: https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html
 * (checked 2026-11-24). After the ninth cell the places differ for IPv4 and IPv6.
 */
export const filterlog = {
  id: 'pf.filterlog',
  vendor: 'Netgate, Deciso',
  product: 'pfSense and OPNsense',
  record: 'one packet that a rule of pf logged',
  class: 'network',
  detect: looksLike(FILTERLOG),
  line: FILTERLOG,
  layout: textLayout('filterlog', {
    is: FILTERLOG,
    cuts: [
      syslogCut,
      {
        groups: ['rule', 'tracker', 'interface', 'reason', 'action', 'direction', 'version', 'rest'],
        regex: '([0-9]+),[^,]*,[^,]*,([^,]*),([^,]*),([a-z-]+),([a-z]+[^,]*),([a-z/]+),([46]),(.*)',
      },
      {
        groups: ['first', 'second', 'length', 'from', 'to', 'from port', 'to port'],
        regex: `,[46],.*?,([A-Za-z0-9-]+),([A-Za-z0-9-]+),([0-9]+),(${IP}),(${IP})(?:,([0-9]{1,5}),([0-9]{1,5}),)?`,
      },
    ],
  }),
  steps: {
    ...syslogSteps,
    // IPv4 has the number before the name, IPv6 the name before the number.
    protocol: (f) =>
      `CASE WHEN regexp_full_match(${f.text('first')}, '[0-9]+') THEN ${f.text('second')} ELSE ${f.text('first')} END`,
    ported: (f) => `lower(${f.text('protocol')}) IN ('tcp', 'udp', 'sctp', 'udplite')`,
  },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      dst_endpoint_ip: ['to'],
      traffic_bytes: ['length'],
      proxy_action: ['action'],
    }),
    ...syslogColumns,
    actor_process_name: (f) => f.text('syslog app'),
    metadata_log_name: text('interface'),
    src_endpoint_port: (f) =>
      `CASE WHEN ${f.text('ported')} THEN CAST(try_cast(${f.text('from port')} AS USMALLINT) AS INTEGER) END`,
    dst_endpoint_port: (f) =>
      `CASE WHEN ${f.text('ported')} THEN CAST(try_cast(${f.text('to port')} AS USMALLINT) AS INTEGER) END`,
    connection_info_protocol_name: (f) => protocolText(f.text('protocol')),
    activity_id: (f) => `CASE WHEN ${f.text('action')} IN ('block', 'reject') THEN 5 ELSE 6 END`,
    firewall_rule_name: text('tracker'),
  },
  keeps: ['tracker'],
  sees: ['flow.ip', 'flow.time'],
  blindTo: blind,
  sample: `<134>Oct 14 08:00:40 filterlog[4711]: 146,,,1535324496,igb1.12,match,pass,out,4,0x0,,63,12617,0,DF,6,tcp,60,10.40.1.20,203.0.113.9,51544,443,0,S,1891286705,,64240,,mss;sackOK;TS;nop;wscale
<134>1 2025-10-14T08:00:41.578288+00:00 fw.example filterlog 4711 - - 5,,,1000000105,em0,match,block,in,6,0x00,0x00000,64,udp,17,120,2001:db8::20,2001:db8:1::9,51000,53,120
`,
} satisfies Format;
