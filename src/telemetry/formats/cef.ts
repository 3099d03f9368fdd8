import { authorityHost, hostText, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { openPairs } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { looksLike, protocolText } from '../text/expressions.ts';
import { anyTime, classBy } from '../text/flows.ts';
import { fileTime, syslogCut, syslogSteps } from '../text/syslog.ts';

const PART = '((?:[^|\\\\]|\\\\.)*)';
/** Some collectors cut off `CEF:` with the header of the message. */
const HEADER = `(?:CEF: ?[0-9]+|^\\s*[01])\\|${Array.from({ length: 6 }, () => PART).join('\\|')}\\|`;
const IS = '(?:CEF: ?[0-9]+|^\\s*[01])\\|(?:(?:[^|\\\\]|\\\\.)*\\|){6}';

const url = targetOf('request');
const custom = [1, 2, 3, 4, 5, 6] as const;
/** The text of the custom string whose label is one of these, SQL text; labels are compared in lower case. */
const labelled = (f: { readonly text: (name: string) => string }, ...labels: readonly string[]): string =>
  `CASE ${custom
    .map(
      (n) =>
        `WHEN lower(${f.text(`cs${n}Label`)}) IN (${labels.map((l) => `'${l}'`).join(', ')}) THEN ${f.text(`cs${n}`)}`,
    )
    .join(' ')} END`;

/** Vendors put their own fields under a prefix: FTNTFGT and FortinetFortiGate of Fortinet, PanOS of Palo Alto Networks, ad. of others. */
const own = (name: string): string[] => [`FTNTFGT${name}`, `FortinetFortiGate${name}`, `ad.${name}`, name];

/**
 * ArcSight Common Event Format by its standard dictionary (Implementation Standard, version 25), whatever product wrote
 * it. `in` counts as received by the source and `out` as sent, as firewalls use them.
 */
export const cef = {
  id: 'cef',
  vendor: 'ArcSight',
  product: 'Common Event Format',
  record: 'one event of any product that writes CEF',
  class: classBy({ dns: 'question', url: 'request', ends: ['src', 'dst', 'c6a2', 'c6a3', 'dhost', 'shost'] }),
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('cef', {
    is: IS,
    cuts: [
      syslogCut,
      {
        groups: ['cef vendor', 'cef product', 'cef version', 'cef signature', 'cef name', 'cef severity'],
        regex: HEADER,
      },
    ],
    pairs: openPairs('(?:^|[\\s|])([A-Za-z_][\\w.\\-\\[\\]]*:?)='),
    unset: ['-', 'N/A', 'null', 'None'],
  }),
  steps: {
    ...syslogSteps,
    question: (f) =>
      `coalesce(${own('qname')
        .map((n) => f.text(n))
        .join(
          ', ',
        )}, ${labelled(f, 'dns query', 'query', 'dns question')}, CASE WHEN upper(${f.text('app')}) = 'DNS' THEN ${f.text('destinationDnsDomain')} END)`,
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      metadata_uid: ['externalId'],
      metadata_log_name: ['cef signature'],
      src_endpoint_ip: ['src', 'c6a2', 'sourceAddress'],
      src_endpoint_port: ['spt', 'sourcePort'],
      src_endpoint_hostname: ['shost', 'sourceHostName'],
      src_endpoint_mac: ['smac'],
      dst_endpoint_ip: ['dst', 'c6a3', 'destinationAddress'],
      dst_endpoint_port: ['dpt', 'destinationPort'],
      dst_endpoint_hostname: ['dhost', 'destinationHostName'],
      dst_endpoint_mac: ['dmac'],
      app_name: ['app'],
      traffic_bytes_out: ['out', 'bytesOut', 'PanOSBytesSent'],
      traffic_bytes_in: ['in', 'bytesIn', 'PanOSBytesReceived'],
      traffic_packets_out: ['PanOSPacketsSent', 'FTNTFGTsentpkt'],
      traffic_packets_in: ['PanOSPacketsReceived', 'FTNTFGTrcvdpkt'],
      query_type: ['FTNTFGTqtype', 'FortinetFortiGateqtype', 'qtype', 'InfobloxDNSQType'],
      query_class: ['InfobloxDNSQClass'],
      rcode: ['InfobloxDNSRCode'],
      actor_user_name: ['suser', 'susr', 'usrName', 'duser'],
      actor_process_name: ['sproc', 'deviceProcessName'],
      proxy_action: ['act', 'fw_action'],
      http_request_http_method: ['requestMethod', 'method', 'PanOSHTTPMethod'],
      http_request_user_agent: ['requestClientApplication'],
      http_request_referrer: ['requestContext', 'referer'],
      file_name: ['fname'],
      file_hashes: ['fileHash'],
      tls_sni: ['PanOSSNI', 'sni'],
    }),
    time: (f) =>
      `coalesce(${anyTime(f.text('start'))}, ${anyTime(f.text('rt'))}, ${anyTime(f.text('end'))}, ${anyTime(
        `coalesce(${own('eventtime')
          .map((n) => f.text(n))
          .join(', ')})`,
      )}, ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(`coalesce(${f.text('dvchost')}, ${f.text('syslog host')})`),
    // SonicWall and others write `tcp/https` here.
    connection_info_protocol_name: (f) => protocolText(`split_part(${f.text('proto')}, '/', 1)`),
    app_name: (f) =>
      `nullif(lower(coalesce(CASE WHEN NOT regexp_full_match(split_part(${f.text('proto')}, '/', 2), '[0-9]*') THEN split_part(${f.text('proto')}, '/', 2) END, CASE WHEN NOT regexp_full_match(${f.text('app')}, '[0-9]+') THEN ${f.text('app')} END)), '')`,
    status: (f) =>
      `CASE WHEN lower(${f.text('outcome')}) IN ('failure', 'failed', 'failed attempt') THEN 'Failure' WHEN lower(${f.text('outcome')}) LIKE 'succe%' THEN 'Success' WHEN ${f.text('act')} IS NOT NULL THEN 'Success' END`,
    query_hostname: (f) => hostText(`trim(${f.text('question')}, '[]')`),
    firewall_rule_name: (f) => labelled(f, 'rule name', 'rule', 'policy name', 'rulename', 'access rule'),
    // Every record has a name; that of a grave one is an alert.
    finding_title: (f) =>
      `CASE WHEN try_cast(${f.text('cef severity')} AS INTEGER) >= 7 OR lower(${f.text('cef severity')}) IN ('high', 'very-high') THEN ${f.text('cef name')} END`,
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) =>
      `CASE WHEN ${f.text('request')} IS NOT NULL THEN coalesce(${url.host(f)}, ${authorityHost(f.text('dhost'))}) END`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    http_response_content_type: (f) => labelled(f, 'contenttype', 'content type', 'mime type'),
  },
  keeps: ['cef name', 'app', 'outcome', 'destinationDnsDomain', ...custom.flatMap((n) => [`cs${n}`, `cs${n}Label`])],
  sees: [
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'dns.query',
    'http.host',
    'http.url',
    'http.method',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'user.name',
  ],
  blindTo: [
    'what the product does not send: names and paths stand there only where it fills dhost and request',
    'fields of vendors outside the dictionary: they are kept, but not searched for names',
    'whether `in` means sent or received: products differ, received is assumed',
  ],
  sample: `<134>Oct 14 2025 08:00:17 gateway CEF:0|Example|Gateway|1.0|100|Web request|3|rt=1760428817000 src=10.40.1.20 spt=51544 dst=203.0.113.9 dpt=443 dhost=sync.example-team.workers.dev proto=TCP app=HTTPS act=allowed request=https://sync.example-team.workers.dev/poll?id\\=1 requestMethod=GET requestClientApplication=Example Agent/1.0 in=5400 out=1200 suser=alice
CEF:0|Example|Firewall|2.0|200|Connection \\| closed|1|start=Oct 14 2025 08:00:18 src=10.40.1.21 spt=51545 dst=203.0.113.10 dpt=22 proto=6 act=blocked cs1Label=Rule Name cs1=Deny outbound
`,
} satisfies Format;
