import { type Expression, hostText, integer, text } from '../expression.ts';
import type { Format } from '../format.ts';
import { commaCells, keyValues } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { IP, looksLike, protocolText } from '../text/expressions.ts';
import { fileTime, syslogCut, syslogSteps, timeNames, timePattern } from '../text/syslog.ts';

const blind = [
  'host names: an address of a serverless platform serves many tenants',
  'bytes of a connection: a line tells of one packet',
  'what no rule logs',
];
const steps = {
  'syslog time': syslogSteps['syslog time'] ?? fileTime,
  'syslog host': syslogSteps['syslog host'] ?? fileTime,
  'syslog app': syslogSteps['syslog app'] ?? fileTime,
  'syslog tag': syslogSteps['syslog tag'] ?? fileTime,
};
const ordered = {
  'syslog time': steps['syslog time'],
  'syslog host': steps['syslog host'],
  'syslog tag': steps['syslog tag'],
  'syslog app': steps['syslog app'],
};

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
    ...ordered,
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
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
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

const NETFILTER = `\\bIN=\\S* OUT=\\S* .*\\bSRC=${IP} DST=${IP} .*\\bPROTO=`;

/** The LOG target of iptables and nftables, ufw, UniFi and other gateways on Linux: https://www.netfilter.org (checked 2026-11-24). */
export const netfilter = {
  id: 'netfilter.log',
  vendor: 'Linux',
  product: 'iptables, nftables, ufw, UniFi',
  record: 'one packet that a rule logged',
  class: 'network',
  detect: looksLike(NETFILTER),
  line: NETFILTER,
  layout: textLayout('netfilter', {
    is: NETFILTER,
    cuts: [
      syslogCut,
      {
        groups: ['prefix'],
        regex: '(?:^|\\s|\\])((?:\\[[^\\]\\s]+\\]|[^\\s:=\\[\\]]+(?: [^\\s:\\[\\]]+){0,3}:?))\\s*IN=',
      },
      { groups: ['ruleset', 'letter'], regex: '\\[([\\w.-]+?)-([ADR])-[0-9]+\\] (?:DESCR="[^"]*" )?IN=' },
      { groups: ['ruleset', 'number', 'letter'], regex: '\\[([\\w.-]+?)-([0-9]+|default)-([A-Z])\\]\\s?IN=' },
      { groups: ['lan', 'sender'], regex: '\\bMAC=((?:[0-9a-f]{2}:){5}[0-9a-f]{2}):((?:[0-9a-f]{2}:){5}[0-9a-f]{2})' },
      { groups: ['from', 'to'], regex: '\\bSRC=([0-9a-fA-F.:]+) DST=([0-9a-fA-F.:]+)' },
      { groups: ['proto', 'rest'], regex: '\\bPROTO=(\\S+)(.*)' },
      {
        groups: ['from port', 'to port'],
        regex: '\\bPROTO=(?:TCP|UDP|UDPLITE|SCTP|DCCP|6|17) SPT=([0-9]+) DPT=([0-9]+)',
      },
    ],
    pairs: keyValues(),
  }),
  steps: ordered,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      src_endpoint_mac: ['sender'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
      dst_endpoint_mac: ['lan'],
      metadata_uid: ['ID'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    connection_info_protocol_name: (f) =>
      `CASE lower(${f.text('proto')}) WHEN 'icmpv6' THEN 'ipv6-icmp' ELSE ${protocolText(f.text('proto'))} END`,
    traffic_bytes_out: integer('LEN'),
    firewall_rule_name: (f) => `coalesce(${f.text('ruleset')}, rtrim(trim(${f.text('prefix')}, '[]'), ':'))`,
    proxy_action: (f) =>
      `CASE WHEN ${f.text('letter')} = 'A' OR regexp_matches(upper(${f.text('prefix')}), 'ACCEPT|ALLOW') THEN 'allowed' WHEN ${f.text('letter')} IN ('D', 'R') OR regexp_matches(upper(${f.text('prefix')}), 'DROP|BLOCK|DENY|REJECT') THEN 'blocked' END`,
    status: () => `'Success'`,
  },
  keeps: ['prefix', 'rest'],
  sees: ['flow.ip', 'flow.time'],
  blindTo: blind,
  sample: `Oct 14 08:00:42 gateway kernel: [LAN_OUT-2000-A]IN=eth1 OUT=eth0 MAC=02:00:00:00:00:01:02:00:00:00:00:02:08:00 SRC=10.40.1.20 DST=203.0.113.9 LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=4711 DF PROTO=TCP SPT=51544 DPT=443 WINDOW=64240 RES=0x00 SYN URGP=0
Oct 14 08:00:43 gateway kernel: [ 4711.000001] [UFW BLOCK] IN=eth0 OUT= MAC=02:00:00:00:00:01:02:00:00:00:00:02:08:00 SRC=198.51.100.7 DST=10.40.1.20 LEN=40 TOS=0x00 PREC=0x00 TTL=243 ID=1 PROTO=UDP SPT=40000 DPT=53 LEN=20
`,
} satisfies Format;

const SNORT = '\\[[0-9]+:[0-9]+:[0-9]+\\] .*\\{[A-Za-z0-9-]+\\} \\S+ -> \\S+';
const TIME_OF_FAST = '([0-9]{2}/[0-9]{2}(?:/[0-9]{2,4})?)-([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?)';

/** Snort and Suricata alerts in one line: `fast`, syslog: https://docs.snort.org (checked 2026-11-24). */
export const snortFast = {
  id: 'snort.fast',
  vendor: 'Cisco, OISF',
  product: 'Snort, Suricata fast.log',
  record: 'one alert',
  class: 'detection',
  detect: looksLike(SNORT),
  line: SNORT,
  layout: textLayout('snort-fast', {
    is: SNORT,
    cuts: [
      syslogCut,
      { groups: ['day', 'clock'], regex: `^\\s*${TIME_OF_FAST}` },
      {
        groups: ['signature', 'title', 'class', 'priority', 'proto', 'from', 'from port', 'to', 'to port'],
        regex:
          '\\[([0-9]+:[0-9]+:[0-9]+)\\] "?(.*?)"?(?: \\[\\*\\*\\])?(?: \\[Classification: ([^\\]]*)\\])?(?: \\[Priority: ([0-9]+)\\])?:? \\{([A-Za-z0-9-]+)\\} (\\S+?)(?::([0-9]{1,5}))? -> (\\S+?)(?::([0-9]{1,5}))?\\s*$',
      },
    ],
  }),
  steps: {
    ...ordered,
    // Without a year it is the latest one that does not lie after the last change of the file.
    'fast time': (f) => {
      const at = (year: string): string =>
        `try_strptime(${year} || '/' || left(${f.text('day')}, 5) || ' ' || ${f.text('clock')}, ['%Y/%m/%d %H:%M:%S.%f', '%Y/%m/%d %H:%M:%S'])`;
      const last = `CAST(${f.text('file modified')} AS TIMESTAMP)`;
      const said = `CASE length(${f.text('day')}) WHEN 10 THEN right(${f.text('day')}, 4) WHEN 8 THEN '20' || right(${f.text('day')}, 2) END`;
      return `CASE WHEN length(${f.text('day')}) > 5 THEN ${at(said)} ELSE coalesce(CASE WHEN ${at(`CAST(year(${last}) AS VARCHAR)`)} <= ${last} + INTERVAL 1 DAY THEN ${at(`CAST(year(${last}) AS VARCHAR)`)} END, ${at(`CAST(year(${last}) - 1 AS VARCHAR)`)}) END`;
    },
  },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
      connection_info_protocol_name: ['proto'],
      finding_title: ['title'],
      metadata_uid: ['signature'],
    }),
    time: (f) => `coalesce(${f.text('fast time')}, ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    actor_process_name: (f) => f.text('syslog app'),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: [
    'host names and paths: an alert holds addresses only',
    'traffic that no signature meets',
    'the zone of its clock: times count as UTC',
  ],
  sample: `10/14-08:00:44.917356  [**] [1:2000001:2] EXAMPLE Connection to a function platform [**] [Classification: Misc activity] [Priority: 3] {TCP} 10.40.1.20:51544 -> 203.0.113.9:443
Oct 14 08:00:45 sensor snort[4711]: [1:2000002:1] EXAMPLE Ping [Classification: Misc activity] [Priority: 3] {ICMP} 10.40.1.20 -> 203.0.113.9
`,
} satisfies Format;

const SNORT_CSV = `^\\s*[0-9]{2}/[0-9]{2}(?:/[0-9]{2})?-[0-9:.]{8,15} ?,\\s?[0-9]+,[0-9]+,[0-9]+,`;
const plainCell =
  (n: number): Expression =>
  (f) =>
    `nullif(trim(${f.text(`#${n}`)}), '')`;

/** Snort's `alert_csv` with the fields that it writes by default. */
export const snortCsv = {
  id: 'snort.csv',
  vendor: 'Cisco',
  product: 'Snort 2 alert_csv',
  record: 'one alert',
  class: 'detection',
  detect: looksLike(SNORT_CSV),
  line: SNORT_CSV,
  layout: textLayout('snort-csv', {
    is: SNORT_CSV,
    cuts: [{ groups: ['day', 'clock'], regex: `^\\s*${TIME_OF_FAST}` }],
    pairs: commaCells,
  }),
  steps: { 'fast time': snortFast.steps['fast time'] },
  columns: {
    time: (f) => f.text('fast time'),
    metadata_uid: (f) => `${plainCell(2)(f)} || ':' || ${plainCell(3)(f)} || ':' || ${plainCell(4)(f)}`,
    finding_title: plainCell(5),
    connection_info_protocol_name: (f) => `lower(${plainCell(6)(f)})`,
    src_endpoint_ip: plainCell(7),
    src_endpoint_port: (f) => `CAST(try_cast(${plainCell(8)(f)} AS USMALLINT) AS INTEGER)`,
    dst_endpoint_ip: plainCell(9),
    dst_endpoint_port: (f) => `CAST(try_cast(${plainCell(10)(f)} AS USMALLINT) AS INTEGER)`,
    src_endpoint_mac: plainCell(11),
    dst_endpoint_mac: plainCell(12),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: [
    'host names and paths: an alert holds addresses only',
    'traffic that no signature meets',
    'the zone of its clock: times count as UTC',
  ],
  sample: `10/14/25-08:00:46.917356 ,1,2000001,2,"EXAMPLE Connection, to a function platform",TCP,10.40.1.20,51544,203.0.113.9,443,02:00:00:00:00:01,02:00:00:00:00:02,0x4A,***AP***,0x1,0x2,,0x80B,127,0,4711,60,61440,,,,
`,
} satisfies Format;

const SNORT_FULL = `^\\s*[0-9]{2}/[0-9]{2}(?:/[0-9]{2,4})?-[0-9:]{8}\\.[0-9]+ +\\S+(?: \\S+)? -> \\S+(?: .*)?$`;
/** The other lines of an alert: title, classification, packet header, options, references. */
const ROUND_IT =
  '^\\s*(?:\\[\\*\\*\\] \\[|\\[(?:Classification|Priority|Xref)|(?:TCP|UDP|ICMP|IPV6-ICMP|PROTO:?\\S*) TTL:|[*12UAPRSF]{8} Seq:|TCP Options|Type:|Len:|\\*\\* |Seq: )';

/** Snort's `alert_full`: an alert takes several lines; the one with time and addresses stands for it. */
export const snortFull = {
  id: 'snort.full',
  vendor: 'Cisco',
  product: 'Snort alert_full',
  record: 'one alert',
  class: 'detection',
  detect: looksLike(SNORT_FULL),
  line: `${SNORT_FULL}|${ROUND_IT}`,
  layout: textLayout('snort-full', {
    is: SNORT_FULL,
    rest: ROUND_IT,
    cuts: [
      { groups: ['day', 'clock'], regex: `^\\s*${TIME_OF_FAST}` },
      {
        groups: ['from', 'from port', 'to', 'to port'],
        regex: `(${IP}?)(?::([0-9]{1,5}))? -> (${IP}?)(?::([0-9]{1,5}))?(?:\\s|$)`,
      },
    ],
  }),
  steps: { 'fast time': snortFast.steps['fast time'] },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
    }),
    time: (f) => f.text('fast time'),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: [
    'which signature met, and the protocol: they stand on other lines of the alert',
    'host names and paths: an alert holds addresses only',
    'the zone of its clock: times count as UTC',
  ],
  sample: `10/14-08:01:10.917356 10.40.1.20:51544 -> 203.0.113.9:443
10/14-08:01:11.917356 10.40.1.21 -> 203.0.113.9
`,
} satisfies Format;

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
  steps: { 'syslog time': steps['syslog time'] },
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
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
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
