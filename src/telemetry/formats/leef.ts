import { authorityHost, hostText, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { openPairs } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { either, looksLike } from '../text/expressions.ts';
import { anyTime, classBy } from '../text/flows.ts';
import { fileTime, syslogCut, syslogSteps } from '../text/syslog.ts';

const IS = '(?:LEEF: ?[12](?:\\.0)?|^\\s*[12]\\.0)\\|(?:[^|]*\\|){4}';
const url = targetOf('page');

/** IBM QRadar Log Event Extended Format, versions 1 and 2, by its predefined attributes: https://www.ibm.com/docs/en/dsm (checked 2026-11-24). */
export const leef = {
  id: 'leef',
  vendor: 'IBM',
  product: 'Log Event Extended Format',
  record: 'one event of any product that writes LEEF',
  class: classBy({ url: 'page', ends: ['src', 'dst'] }),
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('leef', {
    is: IS,
    cuts: [
      syslogCut,
      {
        groups: ['leef vendor', 'leef product', 'leef version', 'leef event'],
        regex: '(?:LEEF: ?[12](?:\\.0)?|^\\s*[12]\\.0)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|',
      },
    ],
    // Tabs divide attributes; version 2 may name another character, and relays turn tabs into blanks.
    pairs: openPairs('(?:^|[\\s|^~¦])([A-Za-z_][\\w.\\-]*)='),
    unset: ['-', 'N/A', 'null', 'None'],
  }),
  steps: {
    ...syslogSteps,
    page: (f) => `coalesce(${f.text('url')}, ${f.text('URL')}, ${f.text('arg')}, ${f.text('request')})`,
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      metadata_log_name: ['leef event'],
      src_endpoint_ip: ['src', 'srcIP'],
      src_endpoint_port: ['srcPort'],
      src_endpoint_hostname: ['identHostName', 'srcHostName', 'shost'],
      src_endpoint_mac: ['srcMAC'],
      dst_endpoint_ip: ['dst', 'dstIP'],
      dst_endpoint_port: ['dstPort'],
      dst_endpoint_hostname: ['dstname', 'dstHostName', 'dhost'],
      dst_endpoint_mac: ['dstMAC'],
      connection_info_protocol_name: ['proto', 'protocol'],
      app_name: ['app_name', 'application', 'Application', 'app'],
      traffic_bytes_out: ['srcBytes', 'sent_bytes', 'bytes_sent', 'sentbyte', 'requestsize'],
      traffic_bytes_in: ['dstBytes', 'rcvd_bytes', 'bytes_received', 'rcvdbyte', 'responsesize'],
      traffic_packets_out: ['srcPackets'],
      traffic_packets_in: ['dstPackets'],
      actor_user_name: ['usrName', 'src_user', 'user'],
      firewall_rule_name: ['rule_name', 'RuleName', 'rulelabel', 'policy'],
      proxy_action: ['action', 'disp', 'Action'],
      query_type: ['query_type', 'qtype'],
      http_request_http_method: ['op', 'method', 'requestmethod', 'requestMethod'],
      http_request_user_agent: ['userAgent', 'useragent', 'ua'],
      http_request_referrer: ['referer', 'refererURL', 'Referer'],
      http_response_code: ['statuscode', 'respcode', 'status', 'httpstatus'],
      http_response_content_type: ['content_type', 'contenttype'],
      file_name: ['filename', 'fileName'],
      finding_title: ['threatname', 'ThreatName', 'signature_name', 'virus'],
    }),
    time: (f) => `coalesce(${anyTime(f.text('devTime'))}, ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(`coalesce(${f.text('sender')}, ${f.text('syslog host')})`),
    status: (f) => `CASE WHEN ${either('action', 'disp', 'Action')(f)} IS NOT NULL THEN 'Success' END`,
    query_hostname: (f) => hostText(either('query_name', 'qname')(f)),
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) =>
      `CASE WHEN ${f.text('page')} IS NOT NULL THEN coalesce(${url.host(f)}, ${authorityHost(`coalesce(${f.text('dstname')}, ${f.text('hostname')})`)}) END`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
  },
  sees: [
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'dns.query',
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'user.name',
  ],
  blindTo: [
    'what the product does not send: names and paths stand there only where it fills url',
    'attributes of vendors outside the predefined ones: they are kept, but not searched for names',
  ],
  sample: `<134>Oct 14 2025 08:00:19 branch LEEF:1.0|Example|Firebox|12.0|1AFF0024|policy=out\tdisp=Allow\tsrc=10.40.1.20\tsrcPort=51544\tdst=203.0.113.9\tdstPort=80\tproto=tcp\top=GET\tdstname=sync.example-team.workers.dev\targ=/poll?id=1\tsent_bytes=604\trcvd_bytes=719\tmsg=HTTP request
LEEF:2.0|Example|Firewall|7.1|Connection_Allowed|^|devTime=Oct 14 2025 08:00:20^src=10.40.1.21^dst=203.0.113.10^srcPort=51545^dstPort=22^proto=6^action=Allow
`,
} satisfies Format;
