import { type Expression, hostText, small, targetOf, text } from '../expression.ts';
import type { Format } from '../format.ts';
import { commaPairs } from '../layouts/pairs.ts';
import { type Cut, text as textLayout } from '../layouts/text.ts';
import {
  address,
  either,
  IP,
  looksLike,
  nameNotAddress,
  port,
  protocol,
  userName,
  whole,
} from '../text/expressions.ts';
import { syslogColumns, syslogSteps, timeNames, timePattern } from '../text/syslog.ts';

/**
 * Messages of Cisco ASA and of Firepower (FTD, NGIPS): prose of a fixed grammar, and events as `Key: value, Key: value`.
 * Sources: Cisco Secure Firewall ASA Series Syslog Messages, Threat Defense Syslog Messages (checked 2026-11-24).
 */
const MARK = '%(?:ASA|FTD|NGIPS|PIX|FWSM|ACE)-(?:[a-z]+-)?[0-9]-[0-9]{6}';
/** Older software writes no message number before its events. */
const EVENT = '(?:AccessControlRuleAction|ApplicationProtocol|SrcIP|EventPriority|DeviceUUID): ';
const IS = `${MARK}|${EVENT}.*\\b(?:SrcIP|DstIP): `;

const HOST = `${IP}|[A-Za-z0-9_<>*.\\-]+`;
/** `interface:address/port`, `interface/address(port)`: groups for address and port. */
const END = `(?:[^\\s:/()]+[:/])??(${HOST})(?:[/(]([0-9]{1,6}|[a-z][a-z0-9-]*)\\)?)?`;
/** An end that nothing else delimits. */
const LAST = `${END}(?:[\\s(,;]|[.:]?$|[.:]\\s)`;
/** What may follow an end: its address after translation, the user. */
const AFTER = '(?: ?\\([^()]*\\)| [^\\s()]+)?(?: ?\\([^()]*\\))?(?: ?\\([^()]*\\))?';
const BODY = `${MARK}:?\\s+`;

const cut = (regex: string, ...groups: string[]): Cut => ({ regex: `${BODY}${regex}`, groups });
const starts =
  (...words: readonly string[]): Expression =>
  (f) =>
    `regexp_matches(${f.text('said')}, '^(?:${words.join('|')})')`;
const holds =
  (pattern: string): Expression =>
  (f) =>
    `regexp_matches(${f.text('said')}, '${pattern}')`;

const two = ['a', 'a port', 'b', 'b port'];
const shapes: readonly (Cut & { readonly when: Expression })[] = [
  {
    when: starts('Built [a-z ]*ICMP', 'Teardown [a-z ]*ICMP'),
    ...cut(
      `(?:Built|Teardown) .*?ICMP connection .*?faddr (${HOST})(?:/[0-9]+)?(?:\\([^()]*\\))? gaddr \\S+ laddr (${HOST})`,
      'b',
      'a',
    ),
  },
  {
    when: starts(
      'Built .*connection',
      'Teardown .*connection',
      'Offloaded',
      'TCP Flow',
      'Dynamic [Ff]ilter',
      'Pre-allocate',
    ),
    ...cut(`.*?\\b(?:for|from) ${END}${AFTER} to (?:NP Identity Ifc:)?${LAST}`, ...two),
  },
  {
    when: holds('^access-list '),
    ...cut(`.*? [a-zA-Z0-9-]+ (?:for user \\S+ )?${END}(?:\\([^()]*\\))? -> ${LAST}`, ...two),
  },
  { when: holds('src .* (?:dst|dest) '), ...cut(`.*\\bsrc ${END}${AFTER} (?:dst|dest) ${LAST}`, ...two) },
  {
    when: holds('^Local:.* Remote:'),
    ...cut(`Local:(${HOST}):([0-9]+) Remote:(${HOST}):([0-9]+)`, ...two),
  },
  {
    when: holds('Accessed (?:JAVA )?URL '),
    ...cut(`(?:user )?(?:\\S+@)?(${HOST}).*? Accessed (?:JAVA )?URL (?:\\S+@)?(${HOST}):(\\S+)`, 'a', 'b', 'url'),
  },
  {
    when: starts('Access denied URL'),
    ...cut(`Access denied URL (\\S+) SRC (${HOST}) DEST (${HOST})`, 'url', 'a', 'b'),
  },
  { when: holds('between .* and '), ...cut(`.*? between (${HOST}) and (${HOST})`, 'a', 'b') },
  {
    when: holds('(?:from|for|client|server|flow) .* to '),
    ...cut(
      `.*?\\b(?:from|for|client|server|flow) (?:laddr )?\\(?${END}\\)?(?: ?\\([^()]*\\))?(?: on interface \\S+)? to (?:NP Identity Ifc:)?${LAST}`,
      ...two,
    ),
  },
  { when: holds('server *= '), ...cut(`.*?server\\s*=\\s*(${HOST})(?:.*user IP = (${HOST}))?\\s*$`, 'b', 'a') },
  { when: starts('Group = '), ...cut(`.*?, IP = (${HOST}),`, 'b') },
  { when: holds(' from '), ...cut(`.*? from (?:laddr )?\\(?${LAST}`, 'a', 'a port') },
  { when: holds('\\bIP[ =:]+<?[0-9]'), ...cut(`.*?\\bIP(?: address)?[ =:]+<?(${HOST})>?`, 'a') },
];

const layout = textLayout('cisco-firewall', {
  is: IS,
  cuts: [
    {
      groups: [...timeNames('syslog'), 'host', 'app'],
      regex: `^\\s*(?:<[0-9]+>)?(?:[0-9]{1,2} )?(?:[0-9]+: )?[*.:]?(?:${timePattern})?:?\\s*(?:([A-Za-z0-9][\\w.:\\-]*?)(?:\\s+|\\s*:\\s+))??(?:[A-Z][A-Za-z]+ )?(?:([A-Za-z]\\S*?)\\[[0-9]+\\]:\\s+|\\S+:\\s+)?\\s*:?\\s*(?:%[A-Z]|${EVENT})`,
    },
    { groups: ['id', 'said'], regex: `%[A-Z]+-(?:[a-z]+-)?[0-9]-([0-9]{6}):?\\s+(.*)` },
    { oneOf: shapes },
    {
      groups: ['proto'],
      regex: `${BODY}.*?\\b(TCP|tcp|UDP|udp|IPv6-ICMP|ICMP6|ICMP|icmp6|icmp|SCTP|sctp|GRE|gre|ESP|esp|AH|IGMP|igmp|VRRP|OSPF|PIM|protocol [0-9]+)\\b`,
    },
    {
      groups: ['user'],
      regex: `${BODY}.*(?:[Uu]ser(?:name)?\\s*[:=]\\s*|Uname\\s*[:=]\\s*|(?:for user|by user|User)\\s+)['"<]?(?:LOCAL\\\\)?([^'">,()\\s]+)`,
    },
    { groups: ['user at end'], regex: `${BODY}.*\\((?:LOCAL\\\\)?([A-Za-z_][\\w.@$\\-]*)(?:, [0-9]+)?\\)` },
    { groups: ['bytes'], regex: `${BODY}.*\\bbytes ([0-9]+)` },
    { groups: ['sent', 'received'], regex: `${BODY}.*Bytes xmt: ([0-9]+), Bytes rcv: ([0-9]+)` },
    { groups: ['rule'], regex: `${BODY}(?:.*by access-group "([^"]+)"|access-list (\\S+) )` },
  ],
  pairs: commaPairs,
  unset: ['N/A'],
});

/** Outbound connections are told from the far end: https://www.cisco.com/c/en/us/td/docs/security/asa/syslog (302013). */
const isTurned: Expression = (f) =>
  `regexp_matches(${f.text('said')}, '^(?:Built outbound .*connection|Pre-allocate)') AND NOT regexp_matches(${f.text('said')}, 'ICMP connection')`;
const turned =
  (here: Expression, there: Expression): Expression =>
  (f) =>
    `CASE WHEN ${f.text('turned')} THEN ${there(f)} ELSE ${here(f)} END`;

const uri = targetOf('address of page');

/** https://www.cisco.com/c/en/us/td/docs/security/firepower/Syslogs (DNSRecordType): the names that the sensor writes. */
const recordTypes: Readonly<Record<string, string>> = {
  'a host address': 'A',
  'IP6 Address': 'AAAA',
  'the canonical name for an alias': 'CNAME',
  'text strings': 'TXT',
  'marks the start of a zone of authority': 'SOA',
  'mail exchange': 'MX',
  'an authoritative name server': 'NS',
  'a domain name pointer': 'PTR',
  'Server Selection': 'SRV',
  'Naming Authority Pointer': 'NAPTR',
};
const responseTypes: Readonly<Record<string, string>> = {
  'no error': 'NOERROR',
  'non-existent domain': 'NXDOMAIN',
  'server failure': 'SERVFAIL',
  'query refused': 'REFUSED',
  'format error': 'FORMERR',
  'not implemented': 'NOTIMP',
};
const mapped = (sql: string, names: Readonly<Record<string, string>>, otherwise: string): string =>
  `CASE ${sql} ${Object.entries(names)
    .map(([from, to]) => `WHEN '${from}' THEN '${to}'`)
    .join(' ')} ELSE ${otherwise} END`;

const isDns: Expression = (f) =>
  `${f.text('DNSQuery')} IS NOT NULL OR ${f.text('DNSRecordType')} IS NOT NULL OR ${f.text('DNSResponseType')} IS NOT NULL`;

export const ciscoFirewall = {
  id: 'cisco.firewall',
  vendor: 'Cisco',
  product: 'ASA and Secure Firewall Threat Defense',
  record: 'one message: connection built or torn down, access decision, connection, intrusion or file event',
  class: (f) =>
    `CASE WHEN ${isDns(f)} THEN 4003 WHEN ${f.text('address of page')} IS NOT NULL THEN 4002 WHEN coalesce(${f.text('a')}, ${f.text('b')}, ${f.text('SrcIP')}, ${f.text('DstIP')}) IS NOT NULL THEN 4001 ELSE 0 END`,
  detect: looksLike(IS),
  line: IS,
  layout,
  steps: {
    ...syslogSteps,
    turned: isTurned,
    'address of page': (f) =>
      `coalesce(${f.text('URL')}, ${f.text('URI')}, CASE WHEN regexp_matches(${f.text('url')}, '^[a-z]+://') THEN ${f.text('url')} END)`,
    ...uri.steps,
    'named host': (f) => `coalesce(${f.text('ReferencedHost')}, ${uri.host(f)}, ${f.text('HTTP_Hostname')})`,
  },
  columns: {
    time: syslogColumns.time,
    device_hostname: (f) => hostText(f.text('host')),
    metadata_log_name: (f) => `coalesce(${f.text('id')}, 'event')`,
    actor_process_name: text('app'),
    activity_id: (f) =>
      `CASE WHEN ${isDns(f)} OR ${f.text('address of page')} IS NOT NULL THEN NULL WHEN regexp_matches(${f.text('said')}, '^Built') THEN 1 WHEN regexp_matches(${f.text('said')}, '^Teardown') THEN 2 WHEN regexp_matches(${f.text('said')}, '^(?:Deny|Denied)|denied') THEN 5 ELSE 6 END`,
    status: (f) =>
      `CASE WHEN ${f.text('AccessControlRuleAction')} IS NOT NULL THEN 'Success' WHEN regexp_matches(${f.text('said')}, '[Ff]ail|Rejected|rejected|discarded|dropped (?:black|grey)listed|Login denied') THEN 'Failure' WHEN regexp_matches(${f.text('said')}, '[Dd]en(?:y|ied)|permitted|allowed|monitored|Successful|succeeded|has been|Accessed') THEN 'Success' END`,
    proxy_action: (f) =>
      `coalesce(${f.text('AccessControlRuleAction')}, CASE WHEN regexp_matches(${f.text('said')}, '[Dd]en(?:y|ied)|discarded|drop') THEN 'blocked' WHEN regexp_matches(${f.text('said')}, '^Built|permitted|Accessed') THEN 'allowed' END)`,
    src_endpoint_ip: turned(address('SrcIP', 'a'), address('b')),
    src_endpoint_hostname: turned(nameNotAddress('a'), nameNotAddress('b')),
    src_endpoint_port: turned(port('SrcPort', 'a port'), port('b port')),
    dst_endpoint_ip: turned(address('DstIP', 'b'), address('a')),
    dst_endpoint_hostname: turned(nameNotAddress('b'), nameNotAddress('a')),
    dst_endpoint_port: turned(port('DstPort', 'b port'), port('a port')),
    connection_info_protocol_name: (f) =>
      protocol(
        'Protocol',
        'proto',
      )({ ...f, text: (n) => (n === 'proto' ? `regexp_replace(${f.text(n)}, '^protocol ', '')` : f.text(n)) }),
    app_name: (f) =>
      `lower(coalesce(${f.text('ApplicationProtocol')}, CASE WHEN NOT regexp_matches(${f.text('b port')}, '^[0-9]') THEN ${f.text('b port')} WHEN contains(${f.text('said')}, 'due to DNS') THEN 'dns' END))`,
    traffic_bytes: whole('bytes'),
    traffic_bytes_out: whole('InitiatorBytes', 'sent'),
    traffic_bytes_in: whole('ResponderBytes', 'received'),
    traffic_packets_out: whole('InitiatorPackets'),
    traffic_packets_in: whole('ResponderPackets'),
    actor_user_name: userName('User', 'user', 'user at end'),
    firewall_rule_name: either('AccessControlRuleName', 'rule'),
    finding_title: (f) => `CASE WHEN ${f.text('id')} = '430001' THEN ${f.text('Message')} END`,
    query_hostname: (f) => hostText(f.text('DNSQuery')),
    query_type: (f) => mapped(f.text('DNSRecordType'), recordTypes, f.text('DNSRecordType')),
    rcode: (f) =>
      `CASE WHEN ${isDns(f)} THEN ${mapped(`lower(coalesce(${f.text('DNSResponseType')}, 'No error'))`, responseTypes, f.text('DNSResponseType'))} END`,
    http_request_url_scheme: uri.scheme,
    http_request_url_hostname: (f) => hostText(`coalesce(${uri.host(f)}, ${f.text('ReferencedHost')})`),
    http_request_url_port: uri.port,
    http_request_url_path: uri.path,
    http_request_url_query: uri.query,
    http_request_referrer: text('HTTPReferer'),
    http_request_user_agent: text('UserAgent'),
    http_response_code: small('HTTPResponse'),
    tls_sni: (f) => hostText(f.text('SSLServerName')),
    tls_version: text('SSLVersion'),
    tls_cipher: text('SSLCipherSuite'),
    file_name: text('FileName'),
    file_hashes: (f) => `CASE WHEN ${f.text('FileSHA256')} IS NOT NULL THEN [${f.text('FileSHA256')}] END`,
  },
  sees: [
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'dns.query',
    'http.host',
    'http.url',
    'http.user_agent',
    'http.referrer',
    'tls.sni',
    'user.name',
  ],
  blindTo: [
    'host names, in the prose of ASA: only addresses stand there',
    'who began a connection, where only its end is logged: the first address counts as the source',
    'which way the bytes of an ASA connection went: only their sum is told',
  ],
  sample: `Oct 14 2025 08:00:01 edge-fw : %ASA-6-302013: Built outbound TCP connection 4711 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:10.40.1.20/51544 (198.51.100.2/51544)
Oct 14 2025 08:00:02 edge-fw : %ASA-4-106023: Deny udp src inside:10.40.1.21/5353 dst outside:203.0.113.10/53 by access-group "inside_in" [0x0, 0x0]
<166>2025-10-14T08:00:03Z edge-ftd  %FTD-6-430003: AccessControlRuleAction: Allow, SrcIP: 10.40.1.20, DstIP: 203.0.113.53, SrcPort: 51000, DstPort: 53, Protocol: udp, AccessControlRuleName: Out, User: No Authentication Required, ApplicationProtocol: DNS, InitiatorPackets: 1, ResponderPackets: 1, InitiatorBytes: 80, ResponderBytes: 140, DNSQuery: sync.example-team.workers.dev, DNSRecordType: a host address
`,
} satisfies Format;
