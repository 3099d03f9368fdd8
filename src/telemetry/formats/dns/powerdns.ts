import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { noOthers, noPaths } from './blind.ts';

const POWERDNS =
  "\\bquestion for '[^'|]+\\|[A-Z0-9]+' from |\\bRemote \\S+ wants '[^'|]+\\|[A-Z0-9]+'|\\banswer to question '[^'|]+\\|[A-Z0-9]+'";

/** PowerDNS Recursor (quiet=no) and Authoritative Server (log-dns-queries): https://doc.powerdns.com (checked 2026-11-24). */
export const powerdns = {
  id: 'powerdns.log',
  vendor: 'PowerDNS',
  product: 'PowerDNS Recursor and Authoritative Server',
  record: 'one question, or how it was answered',
  class: 'dns',
  detect: looksLike(POWERDNS),
  line: POWERDNS,
  layout: textLayout('powerdns', {
    is: POWERDNS,
    cuts: [
      syslogCut,
      { groups: ['name', 'type'], regex: "(?:question (?:for )?|wants )'([^'|]+?)\\.?\\|([A-Z0-9]+)'" },
      { groups: ['client', 'client port'], regex: `' from (${IP})(?::([0-9]+))?` },
      { groups: ['client'], regex: `\\bRemote (${IP})(?:<-\\S+)? wants` },
      { groups: ['code'], regex: '\\brcode=([0-9]+)' },
    ],
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      src_endpoint_port: ['client port'],
      query_hostname: ['name'],
      query_type: ['type'],
    }),
    ...syslogColumns,
    app_name: () => `'dns'`,
    rcode: (f) =>
      `CASE ${f.text('code')} WHEN '0' THEN 'NOERROR' WHEN '2' THEN 'SERVFAIL' WHEN '3' THEN 'NXDOMAIN' WHEN '5' THEN 'REFUSED' ELSE ${f.text('code')} END`,
  },
  sees: ['dns.query'],
  blindTo: ['the names and addresses of answers', 'who asked, on the lines of answers', noPaths, noOthers],
  sample: `Oct 14 08:00:34 ns3.example pdns_recursor[4711]: 3 [1/1] question for 'sync.example-team.workers.dev|A' from 10.40.1.20:51000
Oct 14 08:00:35 ns3.example pdns_server[4712]: Remote 10.40.1.21 wants 'nothing.example|AAAA', do = 0, bufsize = 512: packetcache MISS
`,
} satisfies Format;
