import { targetOf } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { keyValues } from '../../layouts/pairs.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike, protocolText } from '../../text/expressions.ts';
import { classBy } from '../../text/flows.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';

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
    ...syslogSteps,
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
    ...syslogColumns,
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
