import { hostText } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { looksLike } from '../../text/expressions.ts';
import { noOthers, noPaths } from './blind.ts';

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
