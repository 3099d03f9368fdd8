import { targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { keyValues } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { looksLike, protocolText } from '../text/expressions.ts';
import { classBy } from '../text/flows.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../text/syslog.ts';

const TAG =
  '\\b(?:RT_[A-Z0-9_]+|IDP_ATTACK_LOG_EVENT(?:_LS)?|APPTRACK_SESSION_[A-Z_]+|WEBFILTER_[A-Z_]+|AV_[A-Z_]+|CONTENT_FILTERING_[A-Z_]+|AAMW_[A-Z_]+|SECINTEL_[A-Z_]+|FLOW_[A-Z_]+|ANTISPAM_[A-Z_]+|KMD_[A-Z_]+|PFE_FW_[A-Z0-9_]+|UI_[A-Z_]+|SSHD_[A-Z_]+)';
/** Filter lines, and the key daemon, whose messages have no tag. */
const LINE = '\\bFW: \\S+ [ARD] \\S+ [0-9a-fA-F.:]+ [0-9a-fA-F.:]+ |\\bkmd \\S+ - - IKE ';
const IS = `${TAG}(?::|\\s*\\[| )|${LINE}`;
const url = targetOf('address of page');

/**
 * Junos SRX security log, structured (RFC 5424 data) and as text:
 * https://www.juniper.net (System Log Explorer, Junos 15.1 to 23.4, checked 2026-11-24).
 */
export const juniperSrx = {
  id: 'juniper.srx',
  vendor: 'Juniper',
  product: 'SRX',
  record: 'one session created, closed or denied, or one IDP, screen, web filter or threat event',
  class: classBy({
    url: 'address of page',
    ends: ['source-address', 'destination-address', 'from', 'to', 'client-ip', 'hostname'],
  }),
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('juniper-srx', {
    is: IS,
    cuts: [
      syslogCut,
      { groups: ['tag'], regex: `(${TAG})` },
      {
        groups: ['from', 'from port', 'to', 'to port', 'service', 'rest'],
        regex:
          'RT_FLOW_SESSION_[A-Z_]+: .*?([0-9a-fA-F.:]+)/([0-9]+)->([0-9a-fA-F.:]+)/([0-9]+)(?: (?:0x[0-9a-f]+ )?(\\S+))?(.*)',
      },
      // Two rules of address translation, then protocol, policy and zones: https://www.juniper.net (RT_FLOW_SESSION_CLOSE).
      {
        groups: ['number', 'policy'],
        regex:
          'RT_FLOW_SESSION_(?:CREATE|CLOSE)[A-Z_]*: .*?->\\S+ (?:0x[0-9a-f]+ )?\\S+ \\S+->\\S+ (?:0x[0-9a-f]+ )?(?:.*? )?([0-9]{1,3}) (\\S+) \\S+ \\S+ [0-9]+ ',
      },
      {
        groups: ['number', 'policy'],
        regex: 'RT_FLOW_SESSION_DENY[A-Z_]*: .*?->\\S+ (?:0x[0-9a-f]+ )?\\S+ ([0-9]{1,3})\\([0-9]+\\) (\\S+) ',
      },
      {
        groups: ['filter', 'filter proto', 'from', 'to', 'from port', 'to port'],
        regex: '\\bFW: \\S+\\s+([ARD]) (\\S+) ([0-9a-fA-F.:]+) ([0-9a-fA-F.:]+)\\s+([0-9]+)\\s+([0-9]+)',
      },
      {
        groups: ['local ip', 'local port', 'remote ip', 'remote port'],
        regex: '\\bLocal: ([0-9a-fA-F.:]+)/([0-9]+), Remote: ([0-9a-fA-F.:]+)/([0-9]+)',
      },
      {
        groups: ['packets out', 'bytes out', 'packets in', 'bytes in'],
        regex: 'RT_FLOW_SESSION_CLOSE[A-Z_]*: .* ([0-9]+)\\(([0-9]+)\\) ([0-9]+)\\(([0-9]+)\\)',
      },
    ],
    pairs: keyValues(),
    unset: ['N/A', 'UNKNOWN', 'None', 'unknown', 'none'],
  }),
  steps: {
    ...syslogSteps,
    'syslog app': (f) => `CASE WHEN ${f.text('syslog version')} IS NOT NULL THEN nullif(${f.text('word 2')}, '-') END`,
    // The web filter writes host and path apart.
    'address of page': (f) =>
      `CASE WHEN contains(${f.text('url')}, '://') THEN ${f.text('url')} WHEN ${f.text('obj')} IS NOT NULL THEN 'http://' || coalesce(${f.text('url')}, '') || ${f.text('obj')} ELSE ${f.text('url')} END`,
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      metadata_uid: ['session-id-32', 'session-id'],
      metadata_log_name: ['tag'],
      actor_process_name: ['syslog app'],
      src_endpoint_ip: ['source-address', 'from', 'client-ip', 'local-address', 'local ip'],
      src_endpoint_port: ['source-port', 'from port', 'local port'],
      dst_endpoint_ip: ['destination-address', 'to', 'server-ip', 'remote-address', 'remote ip'],
      dst_endpoint_port: ['destination-port', 'to port', 'remote port'],
      traffic_bytes_out: ['bytes-from-client', 'bytes out', 'inbound-bytes'],
      traffic_bytes_in: ['bytes-from-server', 'bytes in', 'outbound-bytes'],
      traffic_packets_out: ['packets-from-client', 'packets out'],
      traffic_packets_in: ['packets-from-server', 'packets in'],
      app_name: ['nested-application', 'application'],
      actor_user_name: ['username', 'user'],
      firewall_rule_name: ['policy-name', 'policy', 'rulebase-name', 'rule-name'],
      file_name: ['filename', 'file-name'],
      http_request_user_agent: ['user-agent'],
      finding_title: ['attack-name', 'threat-name', 'name', 'malware-info', 'category'],
    }),
    time: syslogColumns.time,
    device_hostname: (f) => `lower(${f.text('syslog host')})`,
    duration: (f) => `try_cast(${f.text('elapsed-time')} AS BIGINT) * 1000`,
    connection_info_protocol_name: (f) =>
      protocolText(
        `coalesce(${f.text('protocol-id')}, ${f.text('number')}, ${f.text('filter proto')}, CASE WHEN lower(${f.text('protocol-name')}) IN ('tcp', 'udp', 'icmp') THEN ${f.text('protocol-name')} END, CASE ${f.text('tag')} WHEN 'RT_SCREEN_TCP' THEN 'tcp' WHEN 'RT_SCREEN_UDP' THEN 'udp' WHEN 'RT_SCREEN_ICMP' THEN 'icmp' END)`,
      ),
    activity_id: (f) =>
      `CASE WHEN ${f.text('address of page')} IS NOT NULL THEN NULL WHEN contains(${f.text('tag')}, 'CREATE') THEN 1 WHEN contains(${f.text('tag')}, 'CLOSE') THEN 2 WHEN contains(${f.text('tag')}, 'DENY') THEN 5 ELSE 6 END`,
    proxy_action: (f) =>
      `coalesce(${f.text('action')}, CASE WHEN contains(${f.text('tag')}, 'DENY') OR contains(${f.text('tag')}, 'BLOCKED') THEN 'denied' WHEN contains(${f.text('tag')}, 'SESSION') OR contains(${f.text('tag')}, 'PERMITTED') THEN 'allowed' END)`,
    status: () => `'Success'`,
    http_request_url_scheme: (f) => `CASE WHEN contains(${f.text('url')}, '://') THEN ${url.scheme(f)} END`,
    http_request_url_hostname: (f) =>
      `CASE WHEN ${f.text('address of page')} IS NOT NULL THEN ${url.host(f)} WHEN contains(${f.text('tag')}, 'AAMW') OR contains(${f.text('tag')}, 'SECINTEL') THEN lower(coalesce(${f.text('http-host')}, nullif(${f.text('hostname')}, 'NA'))) END`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
  },
  keeps: ['url', 'obj', 'hostname'],
  sees: ['flow.ip', 'flow.bytes', 'flow.time', 'http.host', 'http.url', 'http.user_agent', 'user.name'],
  blindTo: [
    'names: session logs hold addresses only, the web filter logs alone hold host and path',
    'DNS questions',
    'sessions of policies that do not log',
  ],
  sample: `<14>1 2025-10-14T08:00:14.125Z branch-srx RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.40 reason="TCP FIN" source-address="10.40.1.20" source-port="51544" destination-address="203.0.113.9" destination-port="443" service-name="junos-https" protocol-id="6" policy-name="out" source-zone-name="trust" destination-zone-name="untrust" session-id-32="4711" packets-from-client="10" bytes-from-client="1200" packets-from-server="12" bytes-from-server="5400" elapsed-time="4" application="HTTPS" username="N/A"]
<14>1 2025-10-14T08:00:15.125Z branch-srx RT_UTM - WEBFILTER_URL_PERMITTED [junos@2636.1.1.1.2.40 source-address="10.40.1.20" source-port="51545" destination-address="203.0.113.9" destination-port="80" category="Enhanced_Information_Technology" reason="BY_OTHER" profile="wf" url="sync.example-team.workers.dev" obj="/poll?id=1" username="alice"]
Oct 14 2025 08:00:16 branch-srx RT_FLOW: RT_FLOW_SESSION_CREATE: session created 10.40.1.20/51546->203.0.113.9/443 junos-https 198.51.100.2/51546->203.0.113.9/443 None None 6 out trust untrust 4712 N/A(N/A) ge-0/0/1.0
`,
} satisfies Format;
