import { type Expression, integer, text } from '../expression.ts';
import type { Format } from '../format.ts';
import { hasSome, json } from '../layouts/json.ts';
import { addressOf, addressText, known, outcomeOfAction, portOf, protocolOf, timeOf } from '../readings.ts';

/** `address:port` of older configurations. */
const half =
  (name: string, regex: string): Expression =>
  (f) =>
    `nullif(regexp_extract(${f.text(name)}, '${regex}', 1), '')`;
const ADDRESS = '^(.*):[0-9]+$';
const PORT = ':([0-9]+)$';
const port =
  (name: string, both: string): Expression =>
  (f) =>
    `coalesce(${portOf(name)(f)}, nullif(CAST(try_cast(${half(both, PORT)(f)} AS USMALLINT) AS INTEGER), 0))`;

/** Snort 3, `alert_json`: https://docs.snort.org/start/alert_logging (checked 2026-11-24). Its `timestamp` has no year, so `seconds` is trusted first. */
export const snortJson = {
  id: 'snort.json',
  vendor: 'Cisco',
  product: 'Snort 3',
  record: 'one alert',
  class: 'detection',
  detect: hasSome(
    5,
    'pkt_num',
    'pkt_gen',
    'pkt_len',
    'src_ap',
    'dst_ap',
    'gid',
    'sid',
    'rev',
    'rule',
    'msg',
    'b64_data',
    'src_addr',
    'dst_addr',
  ),
  layout: json,
  columns: {
    time: timeOf('seconds', 'timestamp'),
    src_endpoint_ip: (f) => `coalesce(${addressOf('src_addr')(f)}, ${addressText(half('src_ap', ADDRESS)(f))})`,
    src_endpoint_port: port('src_port', 'src_ap'),
    src_endpoint_mac: text('eth_src'),
    dst_endpoint_ip: (f) => `coalesce(${addressOf('dst_addr')(f)}, ${addressText(half('dst_ap', ADDRESS)(f))})`,
    dst_endpoint_port: port('dst_port', 'dst_ap'),
    dst_endpoint_mac: text('eth_dst'),
    connection_info_protocol_name: protocolOf('proto'),
    app_name: known('service'),
    traffic_bytes: integer('pkt_len'),
    proxy_action: text('action'),
    status: outcomeOfAction('action'),
    finding_title: text('msg'),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: ['traffic that raises no alert', 'names and URLs, but for what a rule’s message says'],
  sample: `{"seconds":1760428800,"action":"allow","class":"none","dir":"C2S","dst_addr":"203.0.113.9","dst_ap":"203.0.113.9:443","dst_port":443,"gid":1,"iface":"eth1","msg":"EXAMPLE rule","pkt_gen":"raw","pkt_len":84,"pkt_num":8,"priority":0,"proto":"TCP","rev":1,"rule":"1:10000001:1","service":"ssl","sid":10000001,"src_addr":"10.40.1.20","src_ap":"10.40.1.20:51544","src_port":51544,"timestamp":"10/14-08:00:00.500000"}
`,
} satisfies Format;
