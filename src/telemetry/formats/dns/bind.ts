import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { fileTime, syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';

const CLIENT = `\\bclient (?:@0x[0-9a-f]+ )?(${IP})#([0-9]{1,5})`;
const RESOLVING = `\\bresolving '?([^\\s'/]+)(?:/([A-Z0-9]+))?(?:/([A-Z]+))?'?`;
const IS =
  "\\bclient (?:@0x[0-9a-f]+ )?[0-9a-fA-F.:]+#[0-9]+.*: (?:query|answer|rpz|updat|transfer|query failed|query-errors)|#[0-9]+: (?:UDP|TCP|query): |\\bresolving '?[^\\s'/]+(?:'|/[A-Z0-9]+)|\\bvalidating (?:@0x[0-9a-f]+: )?\\S+/[A-Z0-9]+:|\\bzone \\S+/IN: |\\btransfer of '\\S+/IN' from ";

/**
 * BIND 9 and what is built on it (Infoblox NIOS, EfficientIP SOLIDserver): queries, answers, resolver errors, response
 * policy, transfers. Sources: BIND 9 Administrator Reference Manual, Logging; Infoblox NIOS 8.6 Capturing DNS Queries
 * (checked 2026-11-24).
 */
export const bind = {
  id: 'bind.log',
  vendor: 'ISC',
  product: 'BIND, Infoblox NIOS, EfficientIP SOLIDserver',
  record: 'one query, answer or resolver message of named',
  class: 'dns',
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('bind', {
    is: IS,
    cuts: [
      syslogCut,
      { groups: ['own time'], regex: '\\b([0-9]{2}-[A-Z][a-z]{2}-[0-9]{4} [0-9:]{8}(?:\\.[0-9]{1,6})?)' },
      { groups: ['client', 'client port'], regex: `${CLIENT}|\\bfor (${IP})#([0-9]+)` },
      { groups: ['client', 'client port'], regex: `(${IP})#([0-9]{1,5}): (?:query|UDP|TCP)\\b` },
      {
        groups: ['transport', 'name', 'class', 'type', 'flags', 'server'],
        regex: `(?:(UDP|TCP): )?(?:query|answer|query failed \\([A-Z]+\\)): (\\S+) ([A-Z]{2,3}) ([A-Z0-9]+)(?: ([-+][A-Z0-9()]*))?(?: \\((${IP})(?:#[0-9]+)?\\))?`,
      },
      { groups: ['code', 'answered'], regex: ' (?:->|response:) ([A-Z]+)(.*)' },
      {
        groups: ['name', 'type'],
        regex: "\\brpz .* rewrite ([^\\s/]+)(?:/| \\[)([A-Z0-9]+)|\\bquery \\(cache\\) '([^/]+)/([A-Z0-9]+)",
      },
      { groups: ['name'], regex: '\\brpz .* rewrite (\\S+) via ' },
      { groups: ['name', 'type', 'class'], regex: RESOLVING },
      { groups: ['name', 'type'], regex: '\\bvalidating (?:@0x[0-9a-f]+: )?([^\\s/]+)/([A-Z0-9]+):' },
      { groups: ['name', 'type'], regex: '\\bzone \\S+/IN: ([^\\s/]+)/([A-Z0-9]+): ' },
      { groups: ['name', 'client', 'client port'], regex: `\\bzone ([^\\s/]+)/IN: \\S+ from (${IP})#([0-9]+)` },
      { groups: ['name', 'client', 'client port'], regex: `\\btransfer of '([^\\s/]+)/IN'(?: from (${IP})#([0-9]+))?` },
      { groups: ['name'], regex: "\\bupdating zone '([^\\s/]+)/IN'" },
      {
        groups: ['server', 'server port'],
        regex: `(?:\\bresolving '\\S+(?: \\(in '[^']*'\\?\\))?: |\\berror from )(${IP})#([0-9]+)`,
      },
    ],
    unset: ['-'],
  }),
  steps: {
    ...syslogSteps,
    failed: (f) =>
      `regexp_extract(${f.text('raw')}, '\\b(SERVFAIL|FORMERR|REFUSED|NXDOMAIN|NOTIMP|NOTAUTH) (?:unexpected RCODE )?resolving|(?:failed|failure)(?: \\(|: )(SERVFAIL|REFUSED|NXDOMAIN|FORMERR)', ['a', 'b'])`,
  },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client'],
      src_endpoint_port: ['client port'],
      dst_endpoint_ip: ['server'],
      dst_endpoint_port: ['server port'],
      query_hostname: ['name'],
      query_type: ['type'],
      query_class: ['class'],
    }),
    time: (f) =>
      `coalesce(try_strptime(${f.text('own time')}, ['%d-%b-%Y %H:%M:%S.%f', '%d-%b-%Y %H:%M:%S']), ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: syslogColumns.device_hostname,
    // `T` among the flags of a query says TCP.
    connection_info_protocol_name: (f) =>
      `coalesce(lower(${f.text('transport')}), CASE WHEN regexp_matches(${f.text('flags')}, 'T') THEN 'tcp' WHEN ${f.text('flags')} IS NOT NULL OR contains(${f.text('raw')}, 'query: ') OR contains(${f.text('raw')}, 'answer: ') THEN 'udp' END)`,
    app_name: () => `'dns'`,
    rcode: (f) => `coalesce(${f.text('code')}, nullif(${f.text('failed')}.a, ''), nullif(${f.text('failed')}.b, ''))`,
    status: (f) =>
      `CASE WHEN ${f.text('code')} = 'NOERROR' THEN 'Success' WHEN ${f.text('code')} IS NOT NULL OR regexp_matches(${f.text('raw')}, '\\bresolving ') THEN 'Failure' END`,
    answers: (f) =>
      `nullif(list_filter(list_transform(regexp_extract_all(${f.text('answered')}, '[0-9]+ (?:IN )?(?:A|AAAA|CNAME|PTR|NS|DNAME|MX|SRV|TXT|HTTPS|SVCB) ([^;]*?)(?:;|$| [0-9]+ (?:IN |CNAME|A|AAAA|HTTPS|RRSIG))', 1), x -> rtrim(trim(x), '.')), x -> x <> ''), [])`,
    proxy_action: (f) => `nullif(regexp_extract(${f.text('raw')}, '\\brpz [A-Z/-]+ ([A-Z-]+) rewrite', 1), '')`,
  },
  sees: ['dns.query', 'dns.answer'],
  blindTo: [
    'answers, where the server logs queries only: what a name led to is unknown then',
    'URL paths: a tenant that stands in the path has no name of its own',
    'lookups over HTTPS or TLS to outside resolvers, and contacts that used a cached answer',
  ],
  sample: `14-Oct-2025 08:00:25.125 queries: info: client @0x7f0000000001 10.40.1.20#51000 (sync.example-team.workers.dev): query: sync.example-team.workers.dev IN A +E(0)K (10.40.0.53)
<30>Oct 14 08:00:26 ns1.example named[4711]: 14-Oct-2025 08:00:26.043 client 10.40.1.20#51001: UDP: query: sync.example-team.workers.dev IN A response: NOERROR + sync.example-team.workers.dev. 300 IN CNAME edge.example.net.; edge.example.net. 60 IN A 203.0.113.7;
14-Oct-2025 08:00:27.125 lame-servers: info: SERVFAIL unexpected RCODE resolving 'nothing.example/AAAA/IN': 198.51.100.53#53
`,
} satisfies Format;
