import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { looksLike } from '../../text/expressions.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { noAnswers, noOthers, noPaths } from './blind.ts';

const COREDNS = `\\[INFO\\] \\S+:[0-9]+ - [0-9]+ "[A-Z0-9]+ [A-Z]+ \\S+ |\\[ERROR\\] (?:plugin/errors: )?[0-9]+ \\S+ [A-Z0-9]+: `;

/** CoreDNS with the plugins log and errors: https://coredns.io/plugins/log (checked 2026-11-24). */
export const coredns = {
  id: 'coredns.log',
  vendor: 'CoreDNS',
  product: 'CoreDNS',
  record: 'one query with the code of its answer, or one error',
  class: 'dns',
  detect: looksLike(COREDNS),
  line: COREDNS,
  layout: textLayout('coredns', {
    is: COREDNS,
    cuts: [
      syslogCut,
      {
        groups: [
          'client',
          'client port',
          'uid',
          'type',
          'class',
          'name',
          'proto',
          'asked',
          'code',
          'flags',
          'answered',
          'took',
        ],
        regex:
          '\\[INFO\\] \\[?([0-9a-fA-F.:]+?)\\]?:([0-9]+) - ([0-9]+) "([A-Z0-9]+) ([A-Z]+) (\\S+?)\\.? (\\w+) ([0-9]+) [^"]*" (\\S+) (\\S+) ([0-9]+) ([0-9.e-]+)s',
      },
      {
        groups: ['error code', 'name', 'type', 'upstream'],
        regex: '\\[ERROR\\] (?:plugin/errors: )?([0-9]+) (\\S+?)\\.? ([A-Z0-9]+): (.*)',
      },
    ],
    unset: ['-'],
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      src_endpoint_port: ['client port'],
      query_hostname: ['name'],
      query_type: ['type'],
      query_class: ['class'],
      connection_info_protocol_name: ['proto'],
      traffic_bytes_out: ['asked'],
      traffic_bytes_in: ['answered'],
      metadata_uid: ['uid'],
    }),
    time: syslogColumns.time,
    app_name: () => `'dns'`,
    rcode: (f) =>
      `coalesce(${f.text('code')}, CASE ${f.text('error code')} WHEN '2' THEN 'SERVFAIL' WHEN '3' THEN 'NXDOMAIN' WHEN '5' THEN 'REFUSED' END)`,
    duration: (f) => `CAST(round(try_cast(${f.text('took')} AS DOUBLE) * 1000) AS BIGINT)`,
    status: (f) => `CASE WHEN ${f.text('code')} = 'NOERROR' THEN 'Success' ELSE 'Failure' END`,
  },
  keeps: ['error code'],
  sees: ['dns.query', 'flow.bytes'],
  blindTo: [
    noAnswers,
    'when it happened, where the container runtime wrote no time: the last change of the file counts',
    noPaths,
    noOthers,
  ],
  sample: `2025-10-14T08:00:32.125Z [INFO] 10.40.1.20:51000 - 4711 "A IN sync.example-team.workers.dev. udp 57 false 1232" NOERROR qr,rd,ra 120 0.000150566s
2025-10-14T08:00:33.125Z [ERROR] plugin/errors: 2 nothing.example. AAAA: read udp 10.40.0.53:39436->198.51.100.53:53: i/o timeout
`,
} satisfies Format;
