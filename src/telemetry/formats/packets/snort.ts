import type { Expression } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { commaCells } from '../../layouts/pairs.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { fileTime, syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';

const SNORT = '\\[[0-9]+:[0-9]+:[0-9]+\\] .*\\{[A-Za-z0-9-]+\\} \\S+ -> \\S+';
const TIME_OF_FAST = '([0-9]{2}/[0-9]{2}(?:/[0-9]{2,4})?)-([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?)';

/** Snort and Suricata alerts in one line: `fast`, syslog: https://docs.snort.org (checked 2026-11-24). */
export const snortFast = {
  id: 'snort.fast',
  vendor: 'Cisco, OISF',
  product: 'Snort, Suricata fast.log',
  record: 'one alert',
  class: 'detection',
  detect: looksLike(SNORT),
  line: SNORT,
  layout: textLayout('snort-fast', {
    is: SNORT,
    cuts: [
      syslogCut,
      { groups: ['day', 'clock'], regex: `^\\s*${TIME_OF_FAST}` },
      {
        groups: ['signature', 'title', 'class', 'priority', 'proto', 'from', 'from port', 'to', 'to port'],
        regex:
          '\\[([0-9]+:[0-9]+:[0-9]+)\\] "?(.*?)"?(?: \\[\\*\\*\\])?(?: \\[Classification: ([^\\]]*)\\])?(?: \\[Priority: ([0-9]+)\\])?:? \\{([A-Za-z0-9-]+)\\} (\\S+?)(?::([0-9]{1,5}))? -> (\\S+?)(?::([0-9]{1,5}))?\\s*$',
      },
    ],
  }),
  steps: {
    ...syslogSteps,
    // Without a year it is the latest one that does not lie after the last change of the file.
    'fast time': (f) => {
      const at = (year: string): string =>
        `try_strptime(${year} || '/' || left(${f.text('day')}, 5) || ' ' || ${f.text('clock')}, ['%Y/%m/%d %H:%M:%S.%f', '%Y/%m/%d %H:%M:%S'])`;
      const last = `CAST(${f.text('file modified')} AS TIMESTAMP)`;
      const said = `CASE length(${f.text('day')}) WHEN 10 THEN right(${f.text('day')}, 4) WHEN 8 THEN '20' || right(${f.text('day')}, 2) END`;
      return `CASE WHEN length(${f.text('day')}) > 5 THEN ${at(said)} ELSE coalesce(CASE WHEN ${at(`CAST(year(${last}) AS VARCHAR)`)} <= ${last} + INTERVAL 1 DAY THEN ${at(`CAST(year(${last}) AS VARCHAR)`)} END, ${at(`CAST(year(${last}) - 1 AS VARCHAR)`)}) END`;
    },
  },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
      connection_info_protocol_name: ['proto'],
      finding_title: ['title'],
      metadata_uid: ['signature'],
    }),
    time: (f) => `coalesce(${f.text('fast time')}, ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: syslogColumns.device_hostname,
    actor_process_name: (f) => f.text('syslog app'),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: [
    'host names and paths: an alert holds addresses only',
    'traffic that no signature meets',
    'the zone of its clock: times count as UTC',
  ],
  sample: `10/14-08:00:44.917356  [**] [1:2000001:2] EXAMPLE Connection to a function platform [**] [Classification: Misc activity] [Priority: 3] {TCP} 10.40.1.20:51544 -> 203.0.113.9:443
Oct 14 08:00:45 sensor snort[4711]: [1:2000002:1] EXAMPLE Ping [Classification: Misc activity] [Priority: 3] {ICMP} 10.40.1.20 -> 203.0.113.9
`,
} satisfies Format;

const SNORT_CSV = `^\\s*[0-9]{2}/[0-9]{2}(?:/[0-9]{2})?-[0-9:.]{8,15} ?,\\s?[0-9]+,[0-9]+,[0-9]+,`;
const plainCell =
  (n: number): Expression =>
  (f) =>
    `nullif(trim(${f.text(`#${n}`)}), '')`;

/** Snort's `alert_csv` with the fields that it writes by default. */
export const snortCsv = {
  id: 'snort.csv',
  vendor: 'Cisco',
  product: 'Snort 2 alert_csv',
  record: 'one alert',
  class: 'detection',
  detect: looksLike(SNORT_CSV),
  line: SNORT_CSV,
  layout: textLayout('snort-csv', {
    is: SNORT_CSV,
    cuts: [{ groups: ['day', 'clock'], regex: `^\\s*${TIME_OF_FAST}` }],
    pairs: commaCells,
  }),
  steps: { 'fast time': snortFast.steps['fast time'] },
  columns: {
    time: (f) => f.text('fast time'),
    metadata_uid: (f) => `${plainCell(2)(f)} || ':' || ${plainCell(3)(f)} || ':' || ${plainCell(4)(f)}`,
    finding_title: plainCell(5),
    connection_info_protocol_name: (f) => `lower(${plainCell(6)(f)})`,
    src_endpoint_ip: plainCell(7),
    src_endpoint_port: (f) => `CAST(try_cast(${plainCell(8)(f)} AS USMALLINT) AS INTEGER)`,
    dst_endpoint_ip: plainCell(9),
    dst_endpoint_port: (f) => `CAST(try_cast(${plainCell(10)(f)} AS USMALLINT) AS INTEGER)`,
    src_endpoint_mac: plainCell(11),
    dst_endpoint_mac: plainCell(12),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: [
    'host names and paths: an alert holds addresses only',
    'traffic that no signature meets',
    'the zone of its clock: times count as UTC',
  ],
  sample: `10/14/25-08:00:46.917356 ,1,2000001,2,"EXAMPLE Connection, to a function platform",TCP,10.40.1.20,51544,203.0.113.9,443,02:00:00:00:00:01,02:00:00:00:00:02,0x4A,***AP***,0x1,0x2,,0x80B,127,0,4711,60,61440,,,,
`,
} satisfies Format;

const SNORT_FULL = `^\\s*[0-9]{2}/[0-9]{2}(?:/[0-9]{2,4})?-[0-9:]{8}\\.[0-9]+ +\\S+(?: \\S+)? -> \\S+(?: .*)?$`;
/** The other lines of an alert: title, classification, packet header, options, references. */
const ROUND_IT =
  '^\\s*(?:\\[\\*\\*\\] \\[|\\[(?:Classification|Priority|Xref)|(?:TCP|UDP|ICMP|IPV6-ICMP|PROTO:?\\S*) TTL:|[*12UAPRSF]{8} Seq:|TCP Options|Type:|Len:|\\*\\* |Seq: )';

/** Snort's `alert_full`: an alert takes several lines; the one with time and addresses stands for it. */
export const snortFull = {
  id: 'snort.full',
  vendor: 'Cisco',
  product: 'Snort alert_full',
  record: 'one alert',
  class: 'detection',
  detect: looksLike(SNORT_FULL),
  line: `${SNORT_FULL}|${ROUND_IT}`,
  layout: textLayout('snort-full', {
    is: SNORT_FULL,
    rest: ROUND_IT,
    cuts: [
      { groups: ['day', 'clock'], regex: `^\\s*${TIME_OF_FAST}` },
      {
        groups: ['from', 'from port', 'to', 'to port'],
        regex: `(${IP}?)(?::([0-9]{1,5}))? -> (${IP}?)(?::([0-9]{1,5}))?(?:\\s|$)`,
      },
    ],
  }),
  steps: { 'fast time': snortFast.steps['fast time'] },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
    }),
    time: (f) => f.text('fast time'),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: [
    'which signature met, and the protocol: they stand on other lines of the alert',
    'host names and paths: an alert holds addresses only',
    'the zone of its clock: times count as UTC',
  ],
  sample: `10/14-08:01:10.917356 10.40.1.20:51544 -> 203.0.113.9:443
10/14-08:01:11.917356 10.40.1.21 -> 203.0.113.9
`,
} satisfies Format;
