import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { classBy } from '../../text/flows.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';

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
  steps: syslogSteps,
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
    ...syslogColumns,
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: ['host names and paths: a session holds addresses only'],
  sample: `<14>Oct 14 08:01:01 branch-cgf Info     BRANCH-F80 Allow: LOUT|TCP|eth1|10.40.1.20|51544|02:00:00:00:00:01|203.0.113.9|443|https|eth0|out|0|198.51.100.2|203.0.113.9|4000|1|5400|1200|12|10|||||
`,
} satisfies Format;
