import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { noOthers, noPaths } from './blind.ts';

const DNSMASQ =
  '\\b(?:dnsmasq|pihole-FTL)\\[[0-9]+\\]: (?:[0-9]+ (?:\\S+ )?)?(?:query\\[[A-Za-z0-9=]+\\]|reply|cached(?:-stale)?|forwarded|config|dnssec-query|validation|gravity blocked|regex blocked|exactly (?:denied|blacklisted)|blacklisted|/\\S+|DHCP|nameserver|Rate-limiting)';

/** dnsmasq with `log-queries`, and Pi-hole: https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html (checked 2026-11-24). */
export const dnsmasq = {
  id: 'dnsmasq.log',
  vendor: 'dnsmasq',
  product: 'dnsmasq and Pi-hole',
  record: 'one query, or one answer or forwarding of it',
  class: 'dns',
  detect: looksLike(DNSMASQ),
  line: DNSMASQ,
  layout: textLayout('dnsmasq', {
    is: DNSMASQ,
    cuts: [
      syslogCut,
      { groups: ['serial', 'asker', 'asker port'], regex: `\\]: ([0-9]+) (?:(${IP})/([0-9]+) )?` },
      { groups: ['type', 'name', 'client'], regex: `query\\[([A-Za-z0-9]+)[^\\]]*\\] (\\S+) from (${IP})` },
      { groups: ['name', 'server'], regex: `(?:forwarded|dnssec-query\\[\\S+\\]) (\\S+) to (${IP})` },
      {
        groups: ['source', 'name', 'answer'],
        regex:
          '(?:\\]: |/[0-9]+ )(reply|cached(?:-stale)?|config|/\\S+|(?:gravity|regex) blocked|exactly (?:denied|blacklisted)|DHCP) (\\S+) is (.+?)\\s*$',
      },
    ],
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client', 'asker'],
      src_endpoint_port: ['asker port'],
      dst_endpoint_ip: ['server'],
      query_hostname: ['name'],
      query_type: ['type'],
      metadata_uid: ['serial'],
    }),
    ...syslogColumns,
    app_name: () => `'dns'`,
    rcode: (f) =>
      `CASE WHEN starts_with(${f.text('answer')}, 'NXDOMAIN') THEN 'NXDOMAIN' WHEN ${f.text('answer')} IN ('SERVFAIL', 'REFUSED') THEN ${f.text('answer')} WHEN ${f.text('answer')} IS NOT NULL THEN 'NOERROR' END`,
    answers: (f) =>
      `CASE WHEN regexp_full_match(${f.text('answer')}, '${IP}|[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+') THEN [${f.text('answer')}] END`,
    activity_id: (f) => `CASE WHEN ${f.text('answer')} IS NULL THEN 1 ELSE 2 END`,
    proxy_action: (f) =>
      `CASE WHEN regexp_matches(${f.text('source')}, 'blocked|denied|blacklisted') THEN 'blocked' END`,
  },
  sees: ['dns.query', 'dns.answer'],
  blindTo: ['who asked, on the lines of answers without log-queries=extra', noPaths, noOthers],
  sample: `Oct 14 08:00:30 dnsmasq[4711]: query[A] sync.example-team.workers.dev from 10.40.1.20
Oct 14 08:00:30 dnsmasq[4711]: 7 10.40.1.20/51000 reply sync.example-team.workers.dev is 203.0.113.7
Oct 14 08:00:31 resolver dnsmasq[4711]: gravity blocked ads.example is 0.0.0.0
`,
} satisfies Format;
