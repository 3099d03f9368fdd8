import { authorityHost, hostText, outcomeOfStatus, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { keyValues, openPairs } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { IP, looksLike, protocolText } from '../text/expressions.ts';
import { anyTime, classBy, offsetInterval } from '../text/flows.ts';
import { fileTime, syslogCut, syslogSteps } from '../text/syslog.ts';

/** Gateways with a key=value form of their own, one value each. */

const steps = {
  'syslog time': syslogSteps['syslog time'] ?? fileTime,
  'syslog host': syslogSteps['syslog host'] ?? fileTime,
};

const MERAKI =
  '(?:^|>[0-9]? ?|\\s)[0-9]{10}\\.[0-9]+ \\S+ (?:events|urls|flows|firewall|cellular_firewall|vpn_firewall|bridge_anyconnect_client_vpn_firewall|ip_flow_start|ip_flow_end|ids-alerts|security_event|airmarshal_events|l7_firewall)\\b';
const merakiUrl = targetOf('url');

/** Cisco Meraki MX, MR and MS: https://documentation.meraki.com (Syslog Event Types and Log Samples, checked 2026-11-24). */
export const meraki = {
  id: 'cisco.meraki',
  vendor: 'Cisco',
  product: 'Meraki',
  record: 'one flow, URL, security or other event',
  class: classBy({ url: 'url', ends: ['from', 'to', 'server_ip', 'peer'] }),
  detect: looksLike(MERAKI),
  line: MERAKI,
  layout: textLayout('meraki', {
    is: MERAKI,
    cuts: [
      syslogCut,
      {
        groups: ['seconds', 'device', 'kind', 'verdict'],
        regex: '([0-9]{10}\\.[0-9]+) (\\S+) ([a-z0-9_-]+)(?: (allow|deny|allowed|denied|[a-z_]+_[a-z_]+) )?',
      },
      { groups: ['from', 'from port'], regex: `\\bsrc='?(${IP})(?::([0-9]{1,5}))?` },
      { groups: ['to', 'to port'], regex: `\\bdst='?(${IP})(?::([0-9]{1,5}))?` },
      { groups: ['method', 'url'], regex: '\\brequest: (\\S+) (\\S+)' },
      { groups: ['agent'], regex: "\\bagent='([^']*)'" },
      { groups: ['peer', 'peer port'], regex: `\\bPeer IP=(${IP})(?: Peer port=([0-9]+))?` },
      { groups: ['own', 'own port'], regex: `\\bServer IP=(${IP})(?: Server port=([0-9]+))?` },
      { groups: ['pattern verdict'], regex: '\\bpattern: ([0-9]|allow|deny)\\b' },
      { groups: ['said'], regex: '\\bmessage: (.*)' },
    ],
    pairs: keyValues("(?:'[^']*'|[^\\s']*)"),
  }),
  steps: { ...steps, ...merakiUrl.steps },
  columns: {
    ...fromKeys({
      device_hostname: ['device'],
      metadata_log_name: ['kind'],
      src_endpoint_ip: ['from', 'peer'],
      src_endpoint_port: ['from port', 'sport', 'peer port'],
      src_endpoint_mac: ['mac'],
      dst_endpoint_ip: ['to', 'own'],
      dst_endpoint_port: ['to port', 'dport', 'own port'],
      http_request_http_method: ['method'],
      http_request_user_agent: ['agent'],
      finding_title: ['said'],
    }),
    time: (f) =>
      `coalesce(make_timestamp(CAST(round(try_cast(${f.text('seconds')} AS DECIMAL(28, 9)) * 1000000) AS BIGINT)), ${f.text('syslog time')})`,
    // The field is called protocol, and products that read Meraki show it so: `tcp`, `tcp/ip`.
    app_name: (f) => `lower(${f.text('protocol')})`,
    connection_info_protocol_name: (f) => protocolText(`split_part(${f.text('protocol')}, '/', 1)`),
    proxy_action: (f) =>
      `coalesce(nullif(${f.text('verdict')}, ''), ${f.text('action')}, ${f.text('decision')}, CASE WHEN ${f.text('pattern verdict')} = '0' THEN 'deny' WHEN ${f.text('pattern verdict')} = '1' THEN 'allow' ELSE ${f.text('pattern verdict')} END)`,
    http_request_url_scheme: merakiUrl.scheme,
    http_request_url_hostname: merakiUrl.host,
    http_request_url_port: merakiUrl.port,
    http_request_url_path: merakiUrl.path,
    http_request_url_query: merakiUrl.query,
  },
  sees: ['flow.ip', 'flow.time', 'http.host', 'http.url', 'http.method', 'http.user_agent'],
  blindTo: ['bytes of a flow', 'paths of HTTPS: the URL log then holds the host only', 'DNS questions'],
  sample: `<134>1 1760428855.125000000 MX_branch flows allow src=10.40.1.20 dst=203.0.113.9 mac=02:00:00:00:00:01 protocol=tcp sport=51544 dport=443
<134>1 1760428856.125000000 MX_branch urls src=10.40.1.20:51545 dst=203.0.113.9:443 mac=02:00:00:00:00:01 agent='ExampleAgent/1.0' request: GET https://sync.example-team.workers.dev/poll?id=1
`,
} satisfies Format;

const STORMSHIELD = '\\btime="[0-9 :-]{19}" .*\\bfw="[^"]*" .*\\btz=[+-][0-9]{4}';
const stormshieldUrl = targetOf('arg');

/** Stormshield Network Security (WELF): https://documentation.stormshield.eu (Description of Audit Logs, checked 2026-11-24). */
export const stormshield = {
  id: 'stormshield.log',
  vendor: 'Stormshield',
  product: 'Stormshield Network Security',
  record: 'one filter, connection, plugin, web, alarm or VPN message',
  class: classBy({ url: 'arg', ends: ['src', 'dst'] }),
  detect: looksLike(STORMSHIELD),
  line: STORMSHIELD,
  layout: textLayout('stormshield', { is: STORMSHIELD, cuts: [syslogCut], pairs: keyValues() }),
  steps: { ...steps, ...stormshieldUrl.steps },
  columns: {
    ...fromKeys({
      device_hostname: ['fw'],
      metadata_log_name: ['logtype'],
      src_endpoint_ip: ['src'],
      src_endpoint_port: ['srcport'],
      src_endpoint_hostname: ['srcname'],
      src_endpoint_mac: ['srcmac'],
      dst_endpoint_ip: ['dst'],
      dst_endpoint_port: ['dstport'],
      dst_endpoint_hostname: ['dstname'],
      connection_info_protocol_name: ['ipproto'],
      app_name: ['proto'],
      traffic_bytes_out: ['sent'],
      traffic_bytes_in: ['rcvd'],
      actor_user_name: ['user'],
      firewall_rule_name: ['rulename'],
      proxy_action: ['action'],
      http_request_http_method: ['op'],
      http_response_code: ['result'],
    }),
    time: (f) =>
      `coalesce(try_cast(${f.text('time')} AS TIMESTAMP) - ${offsetInterval(f.text('tz'))}, ${f.text('syslog time')})`,
    duration: (f) => `CAST(round(try_cast(${f.text('duration')} AS DOUBLE) * 1000) AS BIGINT)`,
    status: (f) =>
      `CASE WHEN ${f.text('action')} = 'block' THEN 'Failure' WHEN ${f.text('action')} IS NOT NULL THEN 'Success' END`,
    finding_title: (f) => `CASE WHEN ${f.text('alarmid')} IS NOT NULL THEN ${f.text('msg')} END`,
    http_request_url_scheme: stormshieldUrl.scheme,
    http_request_url_hostname: (f) =>
      `CASE WHEN ${f.text('arg')} IS NOT NULL THEN coalesce(${stormshieldUrl.host(f)}, ${authorityHost(f.text('dstname'))}) END`,
    http_request_url_port: stormshieldUrl.port,
    http_request_url_path: stormshieldUrl.path,
    http_request_url_query: stormshieldUrl.query,
  },
  keeps: ['msg', 'dstname'],
  sees: ['flow.ip', 'flow.bytes', 'flow.time', 'http.host', 'http.url', 'http.method', 'http.status', 'user.name'],
  blindTo: ['names and paths that no plugin or proxy of the firewall looked into', 'DNS questions'],
  sample: `<13>1 2025-10-14T10:00:57+02:00 branch-sns asqd - - - time="2025-10-14 10:00:57" fw="SN00EXAMPLE" tz=+0200 startime="2025-10-14 10:00:56" pri=5 confid=01 ruleid=7 rulename="out" ipproto=tcp proto=http src=10.40.1.20 srcport=51544 dst=203.0.113.9 dstport=80 dstname=sync.example-team.workers.dev ipv=4 sent=98 rcvd=766 duration=0.01 action=pass op=GET result=200 arg="/poll?id=1" logtype="plugin"
id=firewall time="2025-10-14 10:00:58" fw="SN00EXAMPLE" tz=+0200 startime="2025-10-14 10:00:58" pri=5 ipproto=udp proto=dns_udp src=10.40.1.20 srcport=51000 dst=203.0.113.53 dstport=53 sent=60 rcvd=120 action=pass logtype="connection"
`,
} satisfies Format;

const CLAVISTER =
  '\\bid=[0-9]{4,8} event=[a-z0-9_]+ (?:action=\\S+ )?.*\\[?message=|\\bid=[0-9]{4,8} event=[a-z0-9_]+ ';

/** Clavister NetWall (cOS Core): https://docs.clavister.com (Log Reference Guide, checked 2026-11-24). */
export const clavister = {
  id: 'clavister.log',
  vendor: 'Clavister',
  product: 'NetWall',
  record: 'one connection opened or closed, or one packet dropped',
  class: classBy({ ends: ['connsrcip', 'srcip', 'local_ip', 'server'] }),
  detect: looksLike(CLAVISTER),
  line: CLAVISTER,
  layout: textLayout('clavister', {
    is: CLAVISTER,
    cuts: [
      syslogCut,
      { groups: ['sent', 'sent unit'], regex: '\\borigsent=([0-9.]+) ?([KMG]?)' },
      { groups: ['received', 'received unit'], regex: '\\btermsent=([0-9.]+) ?([KMG]?)' },
    ],
    pairs: keyValues('[^\\s\\]]*'),
  }),
  steps,
  columns: {
    ...fromKeys({
      metadata_log_name: ['event'],
      src_endpoint_ip: ['connsrcip', 'srcip', 'local_ip', 'client_ip'],
      src_endpoint_port: ['connsrcport', 'srcport'],
      dst_endpoint_ip: ['conndestip', 'destip', 'remote_ip', 'server'],
      dst_endpoint_port: ['conndestport', 'destport'],
      connection_info_protocol_name: ['connipproto', 'ipproto', 'protocol'],
      actor_user_name: ['username', 'user'],
      firewall_rule_name: ['rule'],
      proxy_action: ['action'],
      app_name: ['application'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    traffic_bytes_out: scaled('sent'),
    traffic_bytes_in: scaled('received'),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time', 'user.name'],
  blindTo: ['host names and paths: a connection holds addresses only', 'exact bytes above 1,000: the log rounds them'],
  sample: `Oct 14 08:00:59 branch-fw id=600005 event=conn_close_natsat action=close [message=Connection closed connrecvzone="inside" conndestzone="outside" ][rules rule=out ][conn [conn connsrcip=10.40.1.20 conndestip=203.0.113.9 connipproto=TCP connsrcport=51544 conndestport=443 origsent=1.20 K termsent=5.40 K connrecvif=lan conndestif=wan ]]
`,
} satisfies Format;

function scaled(name: string) {
  return (f: { readonly text: (field: string) => string }): string =>
    `CAST(round(try_cast(${f.text(name)} AS DOUBLE) * CASE ${f.text(`${name} unit`)} WHEN 'K' THEN 1000 WHEN 'M' THEN 1000000 WHEN 'G' THEN 1000000000 ELSE 1 END) AS BIGINT)`;
}

const SKYHIGH =
  '\\b(?:requested_host|destination_host)="?[^\\s"]*"? .*\\b(?:http_action|http_request_first_line|requested_path)=';
const skyhighUrl = targetOf('page');

/** Skyhigh (McAfee) Web Gateway and its cloud service, as `key=value`: https://success.skyhighsecurity.com (checked 2026-11-24). */
export const skyhigh = {
  id: 'skyhigh.log',
  vendor: 'Skyhigh Security',
  product: 'Secure Web Gateway',
  record: 'one request',
  class: 'http',
  detect: looksLike(SKYHIGH),
  line: SKYHIGH,
  layout: textLayout('skyhigh', {
    is: SKYHIGH,
    cuts: [syslogCut, { groups: ['line method', 'line url'], regex: 'http_request_first_line="([A-Z]+) (\\S+)' }],
    pairs: openPairs(),
    unset: ['-', '""', 'N/A'],
  }),
  steps: {
    ...steps,
    page: (f) => `coalesce(${f.text('line url')}, ${f.text('requested_path')})`,
    ...skyhighUrl.steps,
  },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client_ip', 'source_ip'],
      src_endpoint_hostname: ['client_host'],
      dst_endpoint_ip: ['destination_ip', 'server_ip', 'egress_destination_ip'],
      traffic_bytes_out: ['client_to_server_bytes', 'source_bytes'],
      traffic_bytes_in: ['server_to_client_bytes', 'destination_bytes'],
      actor_user_name: ['username', 'user_name'],
      actor_process_name: ['process_name'],
      firewall_rule_name: ['last_rule', 'rule_name'],
      proxy_action: ['result', 'block_reason'],
      http_request_http_method: ['line method', 'http_action'],
      http_request_user_agent: ['user_agent', 'user_agent_comment'],
      http_request_referrer: ['http_referer', 'referer'],
      http_response_code: ['http_status_code'],
      http_response_content_type: ['media_type'],
      tls_version: ['tls_version'],
    }),
    time: (f) =>
      `coalesce(${anyTime(f.text('date'))}, ${anyTime(f.text('request_timestamp_epoch'))}, ${anyTime(f.text('request_timestamp'))}, ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) =>
      hostText(`coalesce(${f.text('hostname')}, ${f.text('device_name')}, ${f.text('syslog host')})`),
    dst_endpoint_port: (f) =>
      `coalesce(CAST(try_cast(coalesce(${f.text('port')}, ${f.text('destination_port')}) AS USMALLINT) AS INTEGER), ${skyhighUrl.port(f)})`,
    status: outcomeOfStatus('http_status_code'),
    http_request_url_scheme: (f) => `coalesce(${skyhighUrl.scheme(f)}, ${f.text('uri_scheme')})`,
    http_request_url_hostname: (f) =>
      `coalesce(${skyhighUrl.host(f)}, ${authorityHost(`coalesce(${f.text('requested_host')}, ${f.text('destination_host')})`)})`,
    http_request_url_path: skyhighUrl.path,
    http_request_url_query: skyhighUrl.query,
  },
  keeps: ['requested_host', 'destination_host'],
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'user.name',
  ],
  blindTo: ['traffic that does not pass the gateway', 'paths of HTTPS that it does not inspect'],
  sample: `date="2025-10-14T08:01:00.125Z" hostname="mwg.example" username="alice" source_ip=10.40.1.20 destination_ip=203.0.113.9 destination_host="sync.example-team.workers.dev" http_status_code=200 media_type="application/json" source_bytes=403 destination_bytes=719 http_request_first_line="GET https://sync.example-team.workers.dev/poll?id=1 HTTP/1.1" url_categories="Business, Software" rule_name="Allow" block_reason="" http_referer="" user_agent="ExampleAgent/1.0"
`,
} satisfies Format;

const BARRACUDA = `\\b(?:Allow|Block|Deny|Drop|Detect|Remove|Fail|Terminate|Scan)(?:ed)?: +(?:[A-Z0-9]+\\|(?:TCP|UDP|ICMP|[A-Z0-9-]+)\\||IPS )|\\b(?:TCP|UDP|ICMP) ${IP}(?::[0-9]+)? \\([^)]*\\) -> ${IP}|\\bevent: \\[[0-9]+\\] (?:Insert|Send) Event`;

/** Barracuda CloudGen Firewall, activity log: https://campus.barracuda.com (checked 2026-11-24). */
export const barracuda = {
  id: 'barracuda.firewall',
  vendor: 'Barracuda',
  product: 'CloudGen Firewall',
  record: 'one session allowed or blocked, or one event',
  class: classBy({ ends: ['from', 'to'] }),
  detect: looksLike(BARRACUDA),
  line: BARRACUDA,
  layout: textLayout('barracuda', {
    is: BARRACUDA,
    cuts: [
      syslogCut,
      {
        groups: [
          'verdict',
          'kind',
          'proto',
          'interface',
          'from',
          'from port',
          'mac',
          'to',
          'to port',
          'service',
          'out interface',
          'rule',
          'info',
          'nat from',
          'nat to',
          'duration',
          'count',
          'received',
          'sent',
        ],
        regex:
          '\\b([A-Z][a-z]+): +([A-Z0-9]+)\\|([A-Z0-9-]+)\\|([^|]*)\\|([0-9a-fA-F.:]+)\\|([0-9]*)\\|([^|]*)\\|([0-9a-fA-F.:]+)\\|([0-9]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)',
      },
      {
        groups: ['verdict', 'from', 'to', 'to port'],
        regex: `\\b([A-Z][a-z]+): +IPS .*?(${IP}) -> (${IP})(?::([0-9]+))?`,
      },
      {
        groups: ['proto', 'from', 'from port', 'to', 'to port'],
        regex: `\\b(TCP|UDP|ICMP) (${IP})(?::([0-9]+))? \\([^)]*\\) -> (${IP})(?::([0-9]+))?`,
      },
      { groups: ['to'], regex: `\\bto Control Center (${IP})` },
    ],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
      connection_info_protocol_name: ['proto'],
      app_name: ['service'],
      traffic_bytes_out: ['sent'],
      traffic_bytes_in: ['received'],
      firewall_rule_name: ['rule'],
      proxy_action: ['verdict'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: ['host names and paths: a session holds addresses only'],
  sample: `<14>Oct 14 08:01:01 branch-cgf Info     BRANCH-F80 Allow: LOUT|TCP|eth1|10.40.1.20|51544|02:00:00:00:00:01|203.0.113.9|443|https|eth0|out|0|198.51.100.2|203.0.113.9|4000|1|5400|1200|12|10|||||
`,
} satisfies Format;

const WATCHGUARD = '\\bmsg_id="[0-9A-F]{4}-[0-9A-F]{4}" (?:Allow|Deny|Strip|Lock|Drop|Block) ';

const watchguardUrl = targetOf('page');

/** WatchGuard Firebox in its own syslog form: https://www.watchguard.com/help (Log Catalog, Fireware 12, checked 2026-11-24). */
export const watchguard = {
  id: 'watchguard.firebox',
  vendor: 'WatchGuard',
  product: 'Firebox',
  record: 'one packet or connection that a policy or proxy decided',
  class: classBy({ url: 'page', ends: ['from', 'to'] }),
  detect: looksLike(WATCHGUARD),
  line: WATCHGUARD,
  layout: textLayout('watchguard', {
    is: WATCHGUARD,
    cuts: [
      syslogCut,
      {
        groups: ['verdict', 'proto', 'from', 'to', 'from port', 'to port'],
        regex: `msg_id="[0-9A-F-]+" (\\w+) .*? ([a-z0-9][a-z0-9/_-]*) (${IP}) (${IP})(?: ([0-9]{1,5}) ([0-9]{1,5}))?`,
      },
      { groups: ['policy'], regex: '\\(([^()]+)\\)\\s*$' },
    ],
    pairs: keyValues(),
  }),
  steps: {
    ...steps,
    page: (f) =>
      `CASE WHEN ${f.text('arg')} IS NOT NULL AND ${f.text('dstname')} IS NOT NULL THEN 'http://' || ${f.text('dstname')} || ${f.text('arg')} END`,
    ...watchguardUrl.steps,
  },
  columns: {
    ...fromKeys({
      metadata_log_name: ['msg_id'],
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
      dst_endpoint_hostname: ['dstname'],
      traffic_bytes_out: ['sent_bytes'],
      traffic_bytes_in: ['rcvd_bytes'],
      actor_user_name: ['src_user'],
      firewall_rule_name: ['policy', 'rule_name'],
      proxy_action: ['verdict'],
      tls_sni: ['sni'],
      tls_version: ['tls_version'],
      http_request_http_method: ['op'],
      http_response_content_type: ['content_type'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    connection_info_protocol_name: (f) =>
      protocolText(
        `CASE WHEN starts_with(${f.text('proto')}, 'http') OR ${f.text('proto')} = 'ftp' THEN 'tcp' ELSE split_part(${f.text('proto')}, '/', -1) END`,
      ),
    http_request_url_hostname: watchguardUrl.host,
    http_request_url_path: watchguardUrl.path,
    http_request_url_query: watchguardUrl.query,
  },
  sees: [
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'tls.sni',
    'http.host',
    'http.url',
    'http.method',
    'http.mime',
    'user.name',
  ],
  blindTo: ['names and paths of traffic that no proxy policy looked into', 'DNS questions'],
  sample: `<142>Oct 14 08:01:16 branch-m270 80DA00EXAMPLE firewall: msg_id="3000-0148" Allow 1-Trusted 0-External tcp 10.40.1.20 203.0.113.9 51544 443 offset 8 S 4711 win 64240 geo_dst="USA" src_user="alice" rcvd_bytes="5400" sent_bytes="1200" (HTTPS-00)
<142>Oct 14 08:01:17 branch-m270 80DA00EXAMPLE http-proxy[4711]: msg_id="1AFF-0024" Allow 1-Trusted 0-External tcp 10.40.1.20 203.0.113.9 51545 80 msg="HTTP request" proxy_act="HTTP-Client" op="GET" dstname="sync.example-team.workers.dev" arg="/poll?id=1" sent_bytes="403" rcvd_bytes="719" (HTTP-proxy-00)
`,
} satisfies Format;
