import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { fileTime, syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { noOthers, noPaths } from './blind.ts';

const TYPE = '(?:[A-Z][A-Z0-9]*)';
const UNBOUND = `\\binfo: (?:validation )?(?:reply: |query: )?[0-9a-fA-F.:@]+ \\S+\\. ${TYPE} (?:IN|CH|HS|ANY)|\\] (?:query|reply): [0-9a-fA-F.:@]+ \\S+ ${TYPE} (?:IN|CH|HS|ANY)`;

/** Unbound with `log-queries` and `log-replies`: https://unbound.docs.nlnetlabs.nl (unbound.conf, checked 2026-11-24). */
export const unbound = {
  id: 'unbound.log',
  vendor: 'NLnet Labs',
  product: 'Unbound',
  record: 'one query, or one reply with its code',
  class: 'dns',
  detect: looksLike(UNBOUND),
  line: UNBOUND,
  layout: textLayout('unbound', {
    is: UNBOUND,
    cuts: [
      syslogCut,
      { groups: ['seconds'], regex: '^\\[([0-9]{9,10})\\] ' },
      {
        groups: ['client', 'name', 'type', 'class', 'code', 'took', 'cached', 'size'],
        regex: `(?:info:|\\]) (?:reply: |query: )?(${IP})(?:@[0-9]+)? (\\S+?)\\.? (${TYPE}) (IN|CH|HS|ANY)(?: ([A-Z]+) ([0-9.]+) ([01]) ([0-9]+))?`,
      },
    ],
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      query_hostname: ['name'],
      query_type: ['type'],
      query_class: ['class'],
      rcode: ['code'],
      traffic_bytes_in: ['size'],
    }),
    time: (f) =>
      `coalesce(make_timestamp(try_cast(${f.text('seconds')} AS BIGINT) * 1000000), ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: syslogColumns.device_hostname,
    app_name: () => `'dns'`,
    duration: (f) => `CAST(round(try_cast(${f.text('took')} AS DOUBLE) * 1000) AS BIGINT)`,
    status: (f) =>
      `CASE WHEN ${f.text('code')} = 'NOERROR' THEN 'Success' WHEN ${f.text('code')} IS NOT NULL THEN 'Failure' END`,
  },
  sees: ['dns.query'],
  blindTo: [
    'the names and addresses of answers',
    'queries, where neither log-queries nor log-replies is on',
    noPaths,
    noOthers,
  ],
  sample: `[1760428828] unbound[4711:0] info: 10.40.1.20 sync.example-team.workers.dev. A IN
Oct 14 08:00:29 ns2.example unbound[4711]: [4711:1] reply: 10.40.1.21 nothing.example. AAAA IN NXDOMAIN 0.012345 0 96
`,
} satisfies Format;
