import type { Expression } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { looksLike } from '../../text/expressions.ts';

/** A side of a flow: `10.0.0.1:443`, of ICMP with type and code `10.0.0.1:8.0`, `fd00::1.443`. */
const side = (name: string, before: string, after: string) => [
  {
    groups: [name, `${name} port`],
    regex: `${before}([0-9]{1,3}(?:\\.[0-9]{1,3}){3}):([0-9]{1,5})(?:\\.[0-9]{1,3})?${after}`,
  },
  { groups: [name, `${name} port`], regex: `${before}([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)\\.([0-9]{1,5})${after}` },
];

const LINE =
  '^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} +\\S+ +(?:\\S+ +)?\\S+ +\\S+[:.][0-9.]+ +<?->? +\\S+[:.][0-9.]+ ';
const NUMBER = '[0-9]+(?:\\.[0-9]+)?(?: [KMGT])?';

/** `1.2 M`: nfdump shortens numbers in steps of a thousand, unless told not to (-N). */
const scaled =
  (name: string): Expression =>
  (f) => {
    const sql = f.text(name);
    return `CAST(round(try_cast(split_part(${sql}, ' ', 1) AS DOUBLE) * CASE right(${sql}, 1) WHEN 'K' THEN 1e3 WHEN 'M' THEN 1e6 WHEN 'G' THEN 1e9 WHEN 'T' THEN 1e12 ELSE 1 END) AS BIGINT)`;
  };

/** None where nfdump shortened it: `fe80::1..9a:bc53`. */
const whole =
  (name: string): Expression =>
  (f) =>
    `CASE WHEN NOT contains(${f.text(name)}, '..') THEN ${f.text(name)} END`;

/** The text that nfdump prints (`-o line`, `long`, `extended`, `biline`): nfdump(1) of 1.6 and 1.7 (checked 2026-11-24). */
export const nfdumpText = {
  id: 'nfdump.text',
  vendor: 'nfdump',
  product: 'nfdump',
  record: 'one flow record, as a line of text',
  class: 'network',
  detect: looksLike(LINE),
  layout: textLayout('nfdump-text', {
    is: LINE,
    rest: '^\\s*(?:Date (?:first|flow) |Summary: |Time window: |Total flows |Aggregated |Sys: |Wall: |Top [0-9]+ )',
    cuts: [
      {
        groups: ['first', 'took', 'proto'],
        regex: '^\\s*([0-9-]{10} [0-9:.]{12}) +([0-9.:]+|[A-Z]+ +\\S+) +([A-Za-z0-9-]+) ',
      },
      ...side('from', ' ', ' +<?->? '),
      ...side('to', '<?->? +', ' '),
      {
        groups: ['flags', 'packets', 'bytes'],
        regex: `(?:->? |>) *\\S+(?: +([.A-Z]{6,8}|0x[0-9a-f]+) +[0-9]+)? +(${NUMBER}) +(${NUMBER})(?: +${NUMBER} +${NUMBER} +[0-9]+)? +[0-9]+\\s*$`,
      },
      {
        groups: ['packets', 'packets in', 'bytes', 'bytes in'],
        regex: `<-> +\\S+(?: +[.A-Z]{6,8} +[0-9]+)? +(${NUMBER}) +(${NUMBER}) +(${NUMBER}) +(${NUMBER}) +[0-9]+\\s*$`,
      },
    ],
  }),
  columns: {
    ...fromKeys({
      src_endpoint_port: ['from port'],
      dst_endpoint_port: ['to port'],
      connection_info_protocol_name: ['proto'],
      connection_info_state: ['flags'],
    }),
    src_endpoint_ip: whole('from'),
    dst_endpoint_ip: whole('to'),
    time: (f) => `try_strptime(${f.text('first')}, '%Y-%m-%d %H:%M:%S.%g')`,
    duration: (f) =>
      `CASE WHEN contains(${f.text('took')}, ':') THEN CAST(epoch(try_cast(${f.text('took')} AS INTERVAL)) * 1000 AS BIGINT) ELSE CAST(round(try_cast(${f.text('took')} AS DOUBLE) * 1000) AS BIGINT) END`,
    traffic_bytes_out: scaled('bytes'),
    traffic_bytes_in: scaled('bytes in'),
    traffic_packets_out: scaled('packets'),
    traffic_packets_in: scaled('packets in'),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: [
    'names: a flow has addresses only, and functions share theirs with every other tenant of the platform',
    'flows that sampling left out',
    'IPv6 addresses that nfdump shortened: print them whole with -6',
    'the zone of its clock: nfdump prints local time, which counts as UTC (run it with TZ=UTC)',
  ],
  header:
    'Date first seen          Duration Proto      Src IP Addr:Port          Dst IP Addr:Port   Packets    Bytes Flows',
  sample: `Date first seen          Duration Proto      Src IP Addr:Port          Dst IP Addr:Port   Packets    Bytes Flows
2025-10-14 08:00:00.500     4.000 TCP         10.40.1.20:51544 ->      203.0.113.9:443         12     1200     1
2025-10-14 08:00:01.500 00:00:00.238 UDP     fd00:40::21.51545 ->     2001:db8::9.443     ......   0        2    1.5 M     1
`,
} satisfies Format;
