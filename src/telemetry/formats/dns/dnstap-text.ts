import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { looksLike } from '../../text/expressions.ts';
import { syslogCut, syslogSteps } from '../../text/syslog.ts';
import { noOthers, noPaths } from './blind.ts';

const DNSTAP =
  '\\b(?:A|C|F|R|S|T|U)(?:Q|R) \\[?[0-9a-fA-F.:]+\\]?(?::[0-9]+)? (?:(?:->|<-) \\[?[0-9a-fA-F.:]+\\]?:[0-9]+ )?(?:UDP|TCP|DOT|DOH|DOQ) [0-9]+b (?:"\\S+" [A-Z]+ [A-Z0-9]+|\\S+/[A-Z]+/[A-Z0-9]+)';

/** dnstap as text, as dnstap-read of BIND and the quiet form of golang-dnstap print it (checked 2026-11-24). */
export const dnstapText = {
  id: 'dnstap.text',
  vendor: 'dnstap',
  product: 'dnstap-read and dnstap -q',
  record: 'one message between client, resolver and server',
  class: 'dns',
  detect: looksLike(DNSTAP),
  line: DNSTAP,
  layout: textLayout('dnstap-text', {
    is: DNSTAP,
    cuts: [
      syslogCut,
      { groups: ['own time'], regex: '^([0-9]{2}-[A-Z][a-z]{2}-[0-9]{4} [0-9:]{8}\\.[0-9]{3,6})' },
      { groups: ['clock'], regex: '^([0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3,6}) ' },
      {
        groups: [
          'kind',
          'asker',
          'asker port',
          'server',
          'server port',
          'proto',
          'name',
          'class',
          'type',
          'path name',
          'path class',
          'path type',
        ],
        regex:
          '\\b([ACFRSTU][QR]) \\[?([0-9a-fA-F.:]+?)\\]?(?::([0-9]+))? (?:(?:->|<-) \\[?([0-9a-fA-F.:]+?)\\]?:([0-9]+) )?(UDP|TCP|DOT|DOH|DOQ) [0-9]+b (?:"(\\S+?)\\.?" ([A-Z]+) ([A-Z0-9]+)|(\\S+?)\\.?/([A-Z]+)/([A-Z0-9]+))',
      },
    ],
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['asker'],
      src_endpoint_port: ['asker port'],
      dst_endpoint_ip: ['server'],
      dst_endpoint_port: ['server port'],
      query_hostname: ['name', 'path name'],
      query_type: ['type', 'path type'],
      query_class: ['class', 'path class'],
      metadata_log_name: ['kind'],
    }),
    // The quiet form shows the clock alone: the day is that of the file's last change.
    time: (f) =>
      `coalesce(try_strptime(${f.text('own time')}, '%d-%b-%Y %H:%M:%S.%f'), try_cast(left(${f.text('file modified')}, 10) || ' ' || ${f.text('clock')} AS TIMESTAMP), ${f.text('syslog time')})`,
    app_name: () => `'dns'`,
    connection_info_protocol_name: (f) =>
      `CASE ${f.text('proto')} WHEN 'UDP' THEN 'udp' WHEN 'DOQ' THEN 'udp' ELSE 'tcp' END`,
    activity_id: (f) => `CASE WHEN right(${f.text('kind')}, 1) = 'Q' THEN 1 ELSE 2 END`,
  },
  sees: ['dns.query'],
  blindTo: [
    'answers and their codes: the short text leaves them out',
    'the day, in the quiet form of golang-dnstap',
    noPaths,
    noOthers,
  ],
  sample: `14-Oct-2025 08:00:37.312 CQ 10.40.1.20:51000 -> 10.40.0.53:53 UDP 40b sync.example-team.workers.dev/IN/A
14-Oct-2025 08:00:37.330 CR 10.40.1.20:51000 <- 10.40.0.53:53 UDP 90b sync.example-team.workers.dev/IN/A
`,
} satisfies Format;
