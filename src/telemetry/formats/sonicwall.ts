import { targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { keyValues } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { looksLike, protocolText } from '../text/expressions.ts';
import { classBy } from '../text/flows.ts';
import { fileTime, syslogCut, syslogSteps, zoneMinutes } from '../text/syslog.ts';

const IS = '\\bid=\\S+ (?:.* )?sn=[0-9A-Za-z]{6,} .*\\bm=[0-9]+';
const url = targetOf('address of page');

/** `op` of a web log line: https://www.sonicwall.com (SonicOS Log Events Reference Guide, checked 2026-11-24). */
const methods = { 1: 'GET', 2: 'POST', 3: 'HEAD', 4: 'PUT', 5: 'CONNECT' } as const;

/** SonicOS syslog in its default form: `src` and `dst` are `address:port:interface:name`. */
export const sonicwall = {
  id: 'sonicwall.log',
  vendor: 'SonicWall',
  product: 'SonicOS firewall',
  record: 'one event: connection opened, closed or dropped, web site visited, alert',
  class: classBy({ url: 'address of page', ends: ['src', 'dst'] }),
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('sonicwall', {
    is: IS,
    cuts: [
      syslogCut,
      {
        groups: ['from', 'from port', 'from name'],
        regex:
          '\\bsrc=\\s*((?:[0-9.]+|\\[?[0-9a-fA-F:]+\\]?|[^\\s:]+?))(?::([0-9]{0,5})(?::[^\\s:]*(?::(\\S+))?)?)?(?:\\s|$)',
      },
      {
        groups: ['to', 'to port', 'to name'],
        regex:
          '\\bdst=\\s*((?:[0-9.]+|\\[?[0-9a-fA-F:]+\\]?|[^\\s:]+?))(?::([0-9]{0,5})(?::[^\\s:]*(?::(\\S+))?)?)?(?:\\s|$)',
      },
      {
        groups: ['local time', 'local zone'],
        regex: '\\btime="([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8})(?: ([A-Z]{2,5}))?"',
      },
    ],
    pairs: keyValues(),
    unset: ['N/A'],
  }),
  steps: {
    ...syslogSteps,
    'address of page': (f) =>
      `CASE WHEN contains(${f.text('dstname')}, '.') OR ${f.text('arg')} IS NOT NULL THEN CASE WHEN contains(${f.text('proto')}, 'https') OR ${f.text('to port')} = '443' THEN 'https://' ELSE 'http://' END || coalesce(${f.text('dstname')}, ${f.text('to')}) || coalesce(${f.text('arg')}, '/') END`,
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      metadata_log_name: ['m'],
      src_endpoint_ip: ['from', 'src'],
      src_endpoint_port: ['from port'],
      src_endpoint_hostname: ['from name'],
      src_endpoint_mac: ['srcMac'],
      dst_endpoint_ip: ['to', 'dst'],
      dst_endpoint_port: ['to port'],
      dst_endpoint_hostname: ['dstname', 'to name'],
      dst_endpoint_mac: ['dstMac'],
      traffic_bytes_out: ['sent', 'out'],
      traffic_bytes_in: ['rcvd', 'in'],
      traffic_packets_out: ['spkt'],
      traffic_packets_in: ['rpkt'],
      duration: ['cdur'],
      actor_user_name: ['usr', 'user'],
      firewall_rule_name: ['rule'],
      proxy_action: ['fw_action', 'action'],
      http_response_code: ['result'],
    }),
    time: (f) =>
      `coalesce(try_cast(${f.text('local time')} AS TIMESTAMP) - to_minutes(${zoneMinutes(f.text('local zone'))}), ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => f.text('syslog host'),
    connection_info_protocol_name: (f) => protocolText(`split_part(${f.text('proto')}, '/', 1)`),
    app_name: (f) => `nullif(lower(split_part(${f.text('proto')}, '/', 2)), '')`,
    activity_id: (f) =>
      `CASE WHEN ${f.text('address of page')} IS NOT NULL THEN NULL WHEN ${f.text('msg')} = 'Connection Opened' THEN 1 WHEN ${f.text('msg')} = 'Connection Closed' THEN 2 WHEN regexp_matches(${f.text('msg')}, '[Dd]ropped|[Dd]enied|[Bb]locked') THEN 5 ELSE 6 END`,
    status: (f) =>
      `CASE WHEN regexp_matches(${f.text('msg')}, '[Ff]ailed|[Ff]ailure') THEN 'Failure' WHEN ${f.text('msg')} IS NOT NULL THEN 'Success' END`,
    http_request_http_method: (f) =>
      `CASE WHEN ${f.text('address of page')} IS NOT NULL THEN CASE ${f.text('op')} ${Object.entries(methods)
        .map(([op, name]) => `WHEN '${op}' THEN '${name}'`)
        .join(' ')} END END`,
    ...url.columns,
    finding_title: (f) => `CASE WHEN ${f.text('sid')} IS NOT NULL THEN ${f.text('msg')} END`,
  },
  keeps: ['msg', 'arg', 'proto'],
  sees: ['flow.ip', 'flow.bytes', 'flow.time', 'http.host', 'http.url', 'http.method', 'http.status', 'user.name'],
  blindTo: [
    'names and paths where content filtering does not look: connections hold addresses only',
    'paths of HTTPS without DPI-SSL',
    'DNS questions',
  ],
  sample: `<134>id=firewall sn=00EXAMPLE001 time="2025-10-14 08:00:08 UTC" fw=198.51.100.2 pri=6 c=1024 m=537 msg="Connection Closed" n=4711 src=10.40.1.20:51544:X0 dst=203.0.113.9:443:X1 proto=tcp/https sent=1200 rcvd=5400 spkt=10 rpkt=12 cdur=4000
id=firewall sn=00EXAMPLE001 time="2025-10-14 08:00:09 UTC" fw=198.51.100.2 pri=6 c=1024 m=97 n=4712 src=10.40.1.20:51545:X0:client-20 dst=203.0.113.9:80:X1 proto=tcp/http op=1 sent=403 rcvd=719 result=200 dstname=sync.example-team.workers.dev arg=/poll?id=1 code=64 Category="Not Rated" usr="alice"
`,
} satisfies Format;
