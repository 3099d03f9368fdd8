import { targetOf } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { keyValues } from '../../layouts/pairs.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike, protocolText } from '../../text/expressions.ts';
import { classBy } from '../../text/flows.ts';
import { syslogCut, syslogSteps } from '../../text/syslog.ts';

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
  steps: { ...syslogSteps, ...merakiUrl.steps },
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
    ...merakiUrl.columns,
  },
  sees: ['flow.ip', 'flow.time', 'http.host', 'http.url', 'http.method', 'http.user_agent'],
  blindTo: ['bytes of a flow', 'paths of HTTPS: the URL log then holds the host only', 'DNS questions'],
  sample: `<134>1 1760428855.125000000 MX_branch flows allow src=10.40.1.20 dst=203.0.113.9 mac=02:00:00:00:00:01 protocol=tcp sport=51544 dport=443
<134>1 1760428856.125000000 MX_branch urls src=10.40.1.20:51545 dst=203.0.113.9:443 mac=02:00:00:00:00:01 agent='ExampleAgent/1.0' request: GET https://sync.example-team.workers.dev/poll?id=1
`,
} satisfies Format;
