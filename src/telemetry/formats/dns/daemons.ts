import { hostText } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { fileTime, syslogCut, syslogSteps } from '../../text/syslog.ts';

const noAnswers = 'answers, where the server logs queries only: what a name led to is unknown then';
const noPaths = 'URL paths: a tenant that stands in the path has no name of its own';
const noOthers = 'lookups over HTTPS or TLS to outside resolvers, and contacts that used a cached answer';

const steps = {
  'syslog time': syslogSteps['syslog time'] ?? fileTime,
  'syslog host': syslogSteps['syslog host'] ?? fileTime,
};

const TYPE = '(?:[A-Z][A-Z0-9]*)';
const UNBOUND = `\\binfo: (?:validation )?(?:reply: |query: )?[0-9a-fA-F.:@]+ \\S+\\. ${TYPE} (?:IN|CH|HS|ANY)|\\] (?:query|reply): [0-9a-fA-F.:@]+ \\S+ ${TYPE} (?:IN|CH|HS|ANY)`;

/** Unbound with `log-queries` and `log-replies`: https://unbound.docs.nlnetlabs.nl (unbound.conf, checked 2026-11-24). */
export const unbound = {
  id: 'unbound.log',
  vendor: 'NLnet Labs',
  product: 'Unbound',
  record: 'one query, or one reply with its code',
  class: 'dns',
  detect: looksLike(UNBOUND),
  line: UNBOUND,
  layout: textLayout('unbound', {
    is: UNBOUND,
    cuts: [
      syslogCut,
      { groups: ['seconds'], regex: '^\\[([0-9]{9,10})\\] ' },
      {
        groups: ['client', 'name', 'type', 'class', 'code', 'took', 'cached', 'size'],
        regex: `(?:info:|\\]) (?:reply: |query: )?(${IP})(?:@[0-9]+)? (\\S+?)\\.? (${TYPE}) (IN|CH|HS|ANY)(?: ([A-Z]+) ([0-9.]+) ([01]) ([0-9]+))?`,
      },
    ],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      query_hostname: ['name'],
      query_type: ['type'],
      query_class: ['class'],
      rcode: ['code'],
      traffic_bytes_in: ['size'],
    }),
    time: (f) =>
      `coalesce(make_timestamp(try_cast(${f.text('seconds')} AS BIGINT) * 1000000), ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    app_name: () => `'dns'`,
    duration: (f) => `CAST(round(try_cast(${f.text('took')} AS DOUBLE) * 1000) AS BIGINT)`,
    status: (f) =>
      `CASE WHEN ${f.text('code')} = 'NOERROR' THEN 'Success' WHEN ${f.text('code')} IS NOT NULL THEN 'Failure' END`,
  },
  sees: ['dns.query'],
  blindTo: [
    'the names and addresses of answers',
    'queries, where neither log-queries nor log-replies is on',
    noPaths,
    noOthers,
  ],
  sample: `[1760428828] unbound[4711:0] info: 10.40.1.20 sync.example-team.workers.dev. A IN
Oct 14 08:00:29 ns2.example unbound[4711]: [4711:1] reply: 10.40.1.21 nothing.example. AAAA IN NXDOMAIN 0.012345 0 96
`,
} satisfies Format;

const DNSMASQ =
  '\\b(?:dnsmasq|pihole-FTL)\\[[0-9]+\\]: (?:[0-9]+ (?:\\S+ )?)?(?:query\\[[A-Za-z0-9=]+\\]|reply|cached(?:-stale)?|forwarded|config|dnssec-query|validation|gravity blocked|regex blocked|exactly (?:denied|blacklisted)|blacklisted|/\\S+|DHCP|nameserver|Rate-limiting)';

/** dnsmasq with `log-queries`, and Pi-hole: https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html (checked 2026-11-24). */
export const dnsmasq = {
  id: 'dnsmasq.log',
  vendor: 'dnsmasq',
  product: 'dnsmasq and Pi-hole',
  record: 'one query, or one answer or forwarding of it',
  class: 'dns',
  detect: looksLike(DNSMASQ),
  line: DNSMASQ,
  layout: textLayout('dnsmasq', {
    is: DNSMASQ,
    cuts: [
      syslogCut,
      { groups: ['serial', 'asker', 'asker port'], regex: `\\]: ([0-9]+) (?:(${IP})/([0-9]+) )?` },
      { groups: ['type', 'name', 'client'], regex: `query\\[([A-Za-z0-9]+)[^\\]]*\\] (\\S+) from (${IP})` },
      { groups: ['name', 'server'], regex: `(?:forwarded|dnssec-query\\[\\S+\\]) (\\S+) to (${IP})` },
      {
        groups: ['source', 'name', 'answer'],
        regex:
          '(?:\\]: |/[0-9]+ )(reply|cached(?:-stale)?|config|/\\S+|(?:gravity|regex) blocked|exactly (?:denied|blacklisted)|DHCP) (\\S+) is (.+?)\\s*$',
      },
    ],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client', 'asker'],
      src_endpoint_port: ['asker port'],
      dst_endpoint_ip: ['server'],
      query_hostname: ['name'],
      query_type: ['type'],
      metadata_uid: ['serial'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    app_name: () => `'dns'`,
    rcode: (f) =>
      `CASE WHEN starts_with(${f.text('answer')}, 'NXDOMAIN') THEN 'NXDOMAIN' WHEN ${f.text('answer')} IN ('SERVFAIL', 'REFUSED') THEN ${f.text('answer')} WHEN ${f.text('answer')} IS NOT NULL THEN 'NOERROR' END`,
    answers: (f) =>
      `CASE WHEN regexp_full_match(${f.text('answer')}, '${IP}|[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+') THEN [${f.text('answer')}] END`,
    activity_id: (f) => `CASE WHEN ${f.text('answer')} IS NULL THEN 1 ELSE 2 END`,
    proxy_action: (f) =>
      `CASE WHEN regexp_matches(${f.text('source')}, 'blocked|denied|blacklisted') THEN 'blocked' END`,
  },
  sees: ['dns.query', 'dns.answer'],
  blindTo: ['who asked, on the lines of answers without log-queries=extra', noPaths, noOthers],
  sample: `Oct 14 08:00:30 dnsmasq[4711]: query[A] sync.example-team.workers.dev from 10.40.1.20
Oct 14 08:00:30 dnsmasq[4711]: 7 10.40.1.20/51000 reply sync.example-team.workers.dev is 203.0.113.7
Oct 14 08:00:31 resolver dnsmasq[4711]: gravity blocked ads.example is 0.0.0.0
`,
} satisfies Format;

const COREDNS = `\\[INFO\\] \\S+:[0-9]+ - [0-9]+ "[A-Z0-9]+ [A-Z]+ \\S+ |\\[ERROR\\] (?:plugin/errors: )?[0-9]+ \\S+ [A-Z0-9]+: `;

/** CoreDNS with the plugins log and errors: https://coredns.io/plugins/log (checked 2026-11-24). */
export const coredns = {
  id: 'coredns.log',
  vendor: 'CoreDNS',
  product: 'CoreDNS',
  record: 'one query with the code of its answer, or one error',
  class: 'dns',
  detect: looksLike(COREDNS),
  line: COREDNS,
  layout: textLayout('coredns', {
    is: COREDNS,
    cuts: [
      syslogCut,
      {
        groups: [
          'client',
          'client port',
          'uid',
          'type',
          'class',
          'name',
          'proto',
          'asked',
          'code',
          'flags',
          'answered',
          'took',
        ],
        regex:
          '\\[INFO\\] \\[?([0-9a-fA-F.:]+?)\\]?:([0-9]+) - ([0-9]+) "([A-Z0-9]+) ([A-Z]+) (\\S+?)\\.? (\\w+) ([0-9]+) [^"]*" (\\S+) (\\S+) ([0-9]+) ([0-9.e-]+)s',
      },
      {
        groups: ['error code', 'name', 'type', 'upstream'],
        regex: '\\[ERROR\\] (?:plugin/errors: )?([0-9]+) (\\S+?)\\.? ([A-Z0-9]+): (.*)',
      },
    ],
    unset: ['-'],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      src_endpoint_port: ['client port'],
      query_hostname: ['name'],
      query_type: ['type'],
      query_class: ['class'],
      connection_info_protocol_name: ['proto'],
      traffic_bytes_out: ['asked'],
      traffic_bytes_in: ['answered'],
      metadata_uid: ['uid'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    app_name: () => `'dns'`,
    rcode: (f) =>
      `coalesce(${f.text('code')}, CASE ${f.text('error code')} WHEN '2' THEN 'SERVFAIL' WHEN '3' THEN 'NXDOMAIN' WHEN '5' THEN 'REFUSED' END)`,
    duration: (f) => `CAST(round(try_cast(${f.text('took')} AS DOUBLE) * 1000) AS BIGINT)`,
    status: (f) => `CASE WHEN ${f.text('code')} = 'NOERROR' THEN 'Success' ELSE 'Failure' END`,
  },
  keeps: ['error code'],
  sees: ['dns.query', 'flow.bytes'],
  blindTo: [
    noAnswers,
    'when it happened, where the container runtime wrote no time: the last change of the file counts',
    noPaths,
    noOthers,
  ],
  sample: `2025-10-14T08:00:32.125Z [INFO] 10.40.1.20:51000 - 4711 "A IN sync.example-team.workers.dev. udp 57 false 1232" NOERROR qr,rd,ra 120 0.000150566s
2025-10-14T08:00:33.125Z [ERROR] plugin/errors: 2 nothing.example. AAAA: read udp 10.40.0.53:39436->198.51.100.53:53: i/o timeout
`,
} satisfies Format;

const POWERDNS =
  "\\bquestion for '[^'|]+\\|[A-Z0-9]+' from |\\bRemote \\S+ wants '[^'|]+\\|[A-Z0-9]+'|\\banswer to question '[^'|]+\\|[A-Z0-9]+'";

/** PowerDNS Recursor (quiet=no) and Authoritative Server (log-dns-queries): https://doc.powerdns.com (checked 2026-11-24). */
export const powerdns = {
  id: 'powerdns.log',
  vendor: 'PowerDNS',
  product: 'PowerDNS Recursor and Authoritative Server',
  record: 'one question, or how it was answered',
  class: 'dns',
  detect: looksLike(POWERDNS),
  line: POWERDNS,
  layout: textLayout('powerdns', {
    is: POWERDNS,
    cuts: [
      syslogCut,
      { groups: ['name', 'type'], regex: "(?:question (?:for )?|wants )'([^'|]+?)\\.?\\|([A-Z0-9]+)'" },
      { groups: ['client', 'client port'], regex: `' from (${IP})(?::([0-9]+))?` },
      { groups: ['client'], regex: `\\bRemote (${IP})(?:<-\\S+)? wants` },
      { groups: ['code'], regex: '\\brcode=([0-9]+)' },
    ],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      src_endpoint_port: ['client port'],
      query_hostname: ['name'],
      query_type: ['type'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    app_name: () => `'dns'`,
    rcode: (f) =>
      `CASE ${f.text('code')} WHEN '0' THEN 'NOERROR' WHEN '2' THEN 'SERVFAIL' WHEN '3' THEN 'NXDOMAIN' WHEN '5' THEN 'REFUSED' ELSE ${f.text('code')} END`,
  },
  sees: ['dns.query'],
  blindTo: ['the names and addresses of answers', 'who asked, on the lines of answers', noPaths, noOthers],
  sample: `Oct 14 08:00:34 ns3.example pdns_recursor[4711]: 3 [1/1] question for 'sync.example-team.workers.dev|A' from 10.40.1.20:51000
Oct 14 08:00:35 ns3.example pdns_server[4712]: Remote 10.40.1.21 wants 'nothing.example|AAAA', do = 0, bufsize = 512: packetcache MISS
`,
} satisfies Format;

const KNOT =
  "\\[(?:plan|reqdbg|policy|iterat|resolv|prnrpl)\\s*\\].*'[^']+\\.' type '[A-Z0-9]+'|\\bkresd\\d*\\[[0-9]+\\]: .*'[^']+\\.' type '[A-Z0-9]+'";

/** Knot Resolver with query tracing: https://knot.pages.nic.cz/knot-resolver (Logging, Debugging requests, checked 2026-11-24). */
export const knotResolver = {
  id: 'knot-resolver.log',
  vendor: 'CZ.NIC',
  product: 'Knot Resolver',
  record: 'one step of resolving a name',
  class: 'dns',
  detect: looksLike(KNOT),
  line: KNOT,
  layout: textLayout('knot-resolver', {
    is: KNOT,
    cuts: [
      syslogCut,
      { groups: ['name', 'type'], regex: "'([^']+?)\\.' type '([A-Z0-9]+)'" },
      { groups: ['client', 'client port'], regex: `\\bfrom (${IP})(?:[#@]([0-9]+))?` },
    ],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      src_endpoint_port: ['client port'],
      query_hostname: ['name'],
      query_type: ['type'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    app_name: () => `'dns'`,
    activity_id: () => '1',
  },
  sees: ['dns.query'],
  blindTo: [
    'who asked: tracing tells the name, not the client',
    'the names and addresses of answers',
    noPaths,
    noOthers,
  ],
  sample: `Oct 14 08:00:36 ns4.example kresd[4711]: [plan  ][47110.00]   plan 'sync.example-team.workers.dev.' type 'A' uid [47110.00]
`,
} satisfies Format;

const DNSTAP =
  '\\b(?:A|C|F|R|S|T|U)(?:Q|R) \\[?[0-9a-fA-F.:]+\\]?(?::[0-9]+)? (?:(?:->|<-) \\[?[0-9a-fA-F.:]+\\]?:[0-9]+ )?(?:UDP|TCP|DOT|DOH|DOQ) [0-9]+b (?:"\\S+" [A-Z]+ [A-Z0-9]+|\\S+/[A-Z]+/[A-Z0-9]+)';

/** dnstap as text, as dnstap-read of BIND and the quiet form of golang-dnstap print it (checked 2026-11-24). */
export const dnstapText = {
  id: 'dnstap.text',
  vendor: 'dnstap',
  product: 'dnstap-read and dnstap -q',
  record: 'one message between client, resolver and server',
  class: 'dns',
  detect: looksLike(DNSTAP),
  line: DNSTAP,
  layout: textLayout('dnstap-text', {
    is: DNSTAP,
    cuts: [
      syslogCut,
      { groups: ['own time'], regex: '^([0-9]{2}-[A-Z][a-z]{2}-[0-9]{4} [0-9:]{8}\\.[0-9]{3,6})' },
      { groups: ['clock'], regex: '^([0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3,6}) ' },
      {
        groups: [
          'kind',
          'asker',
          'asker port',
          'server',
          'server port',
          'proto',
          'name',
          'class',
          'type',
          'path name',
          'path class',
          'path type',
        ],
        regex:
          '\\b([ACFRSTU][QR]) \\[?([0-9a-fA-F.:]+?)\\]?(?::([0-9]+))? (?:(?:->|<-) \\[?([0-9a-fA-F.:]+?)\\]?:([0-9]+) )?(UDP|TCP|DOT|DOH|DOQ) [0-9]+b (?:"(\\S+?)\\.?" ([A-Z]+) ([A-Z0-9]+)|(\\S+?)\\.?/([A-Z]+)/([A-Z0-9]+))',
      },
    ],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['asker'],
      src_endpoint_port: ['asker port'],
      dst_endpoint_ip: ['server'],
      dst_endpoint_port: ['server port'],
      query_hostname: ['name', 'path name'],
      query_type: ['type', 'path type'],
      query_class: ['class', 'path class'],
      metadata_log_name: ['kind'],
    }),
    // The quiet form shows the clock alone: the day is that of the file's last change.
    time: (f) =>
      `coalesce(try_strptime(${f.text('own time')}, '%d-%b-%Y %H:%M:%S.%f'), try_cast(left(${f.text('file modified')}, 10) || ' ' || ${f.text('clock')} AS TIMESTAMP), ${f.text('syslog time')})`,
    app_name: () => `'dns'`,
    connection_info_protocol_name: (f) =>
      `CASE ${f.text('proto')} WHEN 'UDP' THEN 'udp' WHEN 'DOQ' THEN 'udp' ELSE 'tcp' END`,
    activity_id: (f) => `CASE WHEN right(${f.text('kind')}, 1) = 'Q' THEN 1 ELSE 2 END`,
  },
  sees: ['dns.query'],
  blindTo: [
    'answers and their codes: the short text leaves them out',
    'the day, in the quiet form of golang-dnstap',
    noPaths,
    noOthers,
  ],
  sample: `14-Oct-2025 08:00:37.312 CQ 10.40.1.20:51000 -> 10.40.0.53:53 UDP 40b sync.example-team.workers.dev/IN/A
14-Oct-2025 08:00:37.330 CR 10.40.1.20:51000 <- 10.40.0.53:53 UDP 90b sync.example-team.workers.dev/IN/A
`,
} satisfies Format;

const WINDOWS = ' PACKET\\s+(?:[0-9A-F]{8,16}) (?:UDP|TCP) (?:Rcv|Snd) \\S+\\s+[0-9a-f]{4} ';

/** The debug log of the Windows DNS server: https://learn.microsoft.com (DNS logging and diagnostics, checked 2026-11-24). Local time. */
export const windowsDns = {
  id: 'windows.dns-debug',
  vendor: 'Microsoft',
  product: 'Windows DNS Server',
  record: 'one packet received or sent',
  class: 'dns',
  detect: looksLike(WINDOWS),
  line: WINDOWS,
  layout: textLayout('windows-dns', {
    is: WINDOWS,
    cuts: [
      {
        groups: ['written', 'proto', 'way', 'remote', 'xid', 'reply', 'code', 'type', 'labels'],
        regex:
          '^(.*?) +[0-9A-F]{3,5} PACKET\\s+[0-9A-F]{8,16} (UDP|TCP) (Rcv|Snd) (\\S+)\\s+([0-9a-f]{4}) ([R ]) ?. \\[[0-9a-fA-F]{4}[^\\]]*?([A-Z]+)\\]\\s+([A-Z0-9]+)\\s+(\\(\\S+)',
      },
    ],
  }),
  columns: {
    ...fromKeys({ query_type: ['type'], connection_info_protocol_name: ['proto'], metadata_uid: ['xid'] }),
    time: (f) =>
      `try_strptime(${f.text('written')}, ['%m/%d/%Y %I:%M:%S %p', '%d/%m/%Y %H:%M:%S', '%d.%m.%Y %H:%M:%S', '%Y-%m-%d %H:%M:%S', '%m/%d/%Y %H:%M:%S'])`,
    // The other end is the client of a query received or an answer sent; else it is a server that this one asked.
    src_endpoint_ip: (f) =>
      `CASE WHEN (${f.text('way')} = 'Rcv') = (${f.text('reply')} IS NULL OR trim(${f.text('reply')}) = '') THEN ${f.text('remote')} END`,
    dst_endpoint_ip: (f) =>
      `CASE WHEN (${f.text('way')} = 'Rcv') <> (${f.text('reply')} IS NULL OR trim(${f.text('reply')}) = '') THEN ${f.text('remote')} END`,
    app_name: () => `'dns'`,
    activity_id: (f) => `CASE WHEN trim(${f.text('reply')}) = 'R' THEN 2 ELSE 1 END`,
    rcode: (f) => `CASE WHEN trim(${f.text('reply')}) = 'R' THEN ${f.text('code')} END`,
    query_hostname: (f) => hostText(`trim(regexp_replace(${f.text('labels')}, '\\([0-9]+\\)', '.', 'g'), '.')`),
  },
  sees: ['dns.query'],
  blindTo: [
    'answers: the short form of the log holds the question only',
    'the zone of its clock, which is local time, and the order of day and month where both are below 13',
    noPaths,
    noOthers,
  ],
  sample: `10/14/2025 8:00:38 AM 0C64 PACKET  000001D2F0A1B2C0 UDP Rcv 10.40.1.20      5f1d   Q [0001   D   NOERROR] A      (4)sync(12)example-team(7)workers(3)dev(0)
10/14/2025 8:00:38 AM 0C64 PACKET  000001D2F0A1B2C0 UDP Snd 10.40.1.20      5f1d R Q [8081   DR  NOERROR] A      (4)sync(12)example-team(7)workers(3)dev(0)
`,
} satisfies Format;
