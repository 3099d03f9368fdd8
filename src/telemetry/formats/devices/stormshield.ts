import { authorityHost, targetOf } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { keyValues } from '../../layouts/pairs.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { looksLike } from '../../text/expressions.ts';
import { classBy, offsetInterval } from '../../text/flows.ts';
import { syslogCut, syslogSteps } from '../../text/syslog.ts';

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
  steps: { ...syslogSteps, ...stormshieldUrl.steps },
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
