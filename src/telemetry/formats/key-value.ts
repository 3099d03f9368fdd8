import { authorityHost, hostText, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { keyValues } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { either, IP, looksLike } from '../text/expressions.ts';
import { anyTime, classBy } from '../text/flows.ts';
import { fileTime, syslogCut, syslogSteps } from '../text/syslog.ts';

/** Names that products give to who asked and who was asked. */
const source = [
  'src',
  'srcip',
  'src_ip',
  'source_ip',
  'sourceip',
  'source',
  'source_address',
  'src_addr',
  'srcaddr',
  'saddr',
  'sip',
  'SRC',
  'SrcIP',
  'SourceIP',
  'sourceAddress',
  'client',
  'client_ip',
  'clientip',
  'c-ip',
  'cip',
  'c_ip',
  'remote_ip',
  'client-ip',
  'ClientIP',
];
const destination = [
  'dst',
  'dstip',
  'dst_ip',
  'dest',
  'dest_ip',
  'destip',
  'destination_ip',
  'destinationip',
  'destination',
  'destination_address',
  'dst_addr',
  'dstaddr',
  'daddr',
  'dip',
  'DST',
  'DstIP',
  'DestinationIP',
  'destinationAddress',
  'server_ip',
  'serverip',
  'cs-ip',
  'r-ip',
  'r_ip',
  'ServerIP',
];
const pages = ['url', 'URL', 'uri', 'request_url', 'requested_url', 'cs-uri', 'cs_uri', 'full_url'];
const names = [...source, ...destination, ...pages, 'cs-host', 'query', 'qname', 'domain', 'hostname', 'host'];

const escaped = (list: readonly string[]): string => list.map((n) => n.replace('-', '\\-')).join('|');
/** A name of an end with an address, and another name that tells of a contact. */
const IS = `(?:^|[\\s,;|\\[(<{])(?:${escaped(source)})="?${IP}\\b.*[\\s,;|\\[](?:${escaped(names)})=|(?:^|[\\s,;|\\[(<{])(?:${escaped(names)})=.*[\\s,;|\\[](?:${escaped(source)})="?${IP}\\b`;

const url = targetOf('page');

/** Any product that writes `key="value"` or `key=value` by usual names. The last resort but one: a format of its own knows more. */
export const keyValue = {
  id: 'kv',
  vendor: 'any',
  product: 'any product that writes key=value',
  record: 'one event that names a source address and what it met',
  class: classBy({ dns: 'name asked', url: 'page', ends: ['from', 'to'] }),
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('kv', {
    is: IS,
    cuts: [syslogCut],
    pairs: keyValues('[^\\s,;|\\]]*'),
    unset: ['-', 'N/A', 'n/a', 'null', 'none', '(null)', 'unknown'],
  }),
  steps: {
    ...syslogSteps,
    from: either(...source),
    to: either(...destination),
    'name asked': either('qname', 'query', 'dns_query', 'dnsquery', 'question'),
    page: (f) => `coalesce(${either(...pages)(f)}, ${either('cs-uri-path', 'uri_path', 'path')(f)})`,
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: [
        'srcport',
        'src_port',
        'source_port',
        'sport',
        'spt',
        's_port',
        'SPT',
        'SrcPort',
        'client_port',
        'sourceport',
      ],
      src_endpoint_hostname: ['srchost', 'src_host', 'shost', 'srcname', 'client_host'],
      src_endpoint_mac: ['srcmac', 'src_mac', 'smac', 'mac'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: [
        'dstport',
        'dst_port',
        'dest_port',
        'destination_port',
        'dport',
        'dpt',
        'd_port',
        'DPT',
        'DstPort',
        'server_port',
        'destport',
        'cs-uri-port',
        'port',
      ],
      dst_endpoint_hostname: ['dsthost', 'dst_host', 'dhost', 'dstname', 'dest_host'],
      dst_endpoint_mac: ['dstmac', 'dst_mac', 'dmac'],
      connection_info_protocol_name: ['proto', 'protocol', 'transport', 'ip_proto', 'ipproto', 'PROTO', 'Protocol'],
      app_name: ['app', 'application', 'service', 'app_name'],
      traffic_bytes_out: [
        'sentbyte',
        'sent_bytes',
        'bytes_sent',
        'sentbytes',
        'bytes_out',
        'bytesout',
        'out_bytes',
        'sent',
        'cs-bytes',
        'src_bytes',
      ],
      traffic_bytes_in: [
        'rcvdbyte',
        'rcvd_bytes',
        'recv_bytes',
        'bytes_received',
        'bytes_in',
        'bytesin',
        'in_bytes',
        'rcvd',
        'sc-bytes',
        'dst_bytes',
      ],
      traffic_bytes: ['bytes', 'total_bytes'],
      query_type: ['qtype', 'query_type', 'qtype_name'],
      rcode: ['rcode', 'rcode_name', 'reply_code'],
      actor_user_name: ['user', 'username', 'user_name', 'usr', 'srcuser', 'src_user', 'suser', 'cs-username', 'login'],
      firewall_rule_name: ['rule', 'rule_name', 'rulename', 'policy', 'policy_name', 'policyname'],
      proxy_action: ['action', 'act', 'disposition', 's-action', 'verdict', 'result'],
      http_request_http_method: ['method', 'http_method', 'request_method', 'cs-method'],
      http_request_user_agent: ['user_agent', 'useragent', 'http_user_agent', 'cs-user-agent', 'ua', 'agent'],
      http_request_referrer: ['referer', 'referrer', 'http_referer', 'cs-referer'],
      http_response_code: ['status', 'status_code', 'http_status', 'statuscode', 'sc-status', 'response_code'],
      http_response_content_type: ['content_type', 'contenttype', 'mime_type', 'rs-Content-Type'],
      tls_sni: ['sni', 'server_name', 'tls_sni'],
      tls_ja3: ['ja3', 'ja3_hash'],
      file_name: ['filename', 'file_name', 'file'],
    }),
    time: (f) =>
      `coalesce(${anyTime(either('eventtime', 'timestamp', 'event_time', 'datetime', 'rt', 'ts', '_time')(f))}, ${anyTime(`coalesce(${f.text('date')} || ' ' || ${f.text('time')}, ${f.text('time')}, ${f.text('date')})`)}, ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) =>
      hostText(
        `coalesce(${f.text('devname')}, ${f.text('device_name')}, ${f.text('dvchost')}, ${f.text('syslog host')})`,
      ),
    query_hostname: (f) => hostText(f.text('name asked')),
    http_request_url_scheme: (f) => `coalesce(${url.scheme(f)}, ${either('cs-uri-scheme', 'scheme')(f)})`,
    http_request_url_hostname: (f) =>
      `CASE WHEN coalesce(${f.text('page')}, ${either('method', 'cs-method', 'http_method')(f)}) IS NOT NULL THEN coalesce(${url.host(f)}, ${authorityHost(either('cs-host', 'hostname', 'host', 'domain', 'dhost', 'dstname')(f))}) END`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: (f) => `coalesce(${url.query(f)}, ${either('cs-uri-query', 'uri_query')(f)})`,
    status: (f) =>
      `CASE WHEN lower(${either('outcome', 'status', 'result')(f)}) IN ('failure', 'failed', 'fail', 'error') THEN 'Failure' WHEN lower(${either('outcome', 'status', 'result')(f)}) IN ('success', 'succeeded', 'ok') THEN 'Success' END`,
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
    'tls.sni',
    'tls.ja3',
    'user.name',
  ],
  blindTo: [
    'what the product calls by names that are not usual: those fields are kept, but not searched; describe them in a mapping file',
    'which way bytes went, where the product uses its words in another sense',
  ],
  sample: `Oct 14 08:01:02 gateway example-proxy: action="allowed" src_ip=10.40.1.20 src_port=51544 dst_ip=203.0.113.9 dst_port=443 proto=tcp url="https://sync.example-team.workers.dev/poll?id=1" method=GET status=200 user_agent="Example Agent/1.0" bytes_sent=403 bytes_received=719
Oct 14 08:01:03 gateway example-fw: src=10.40.1.21, dst=203.0.113.10, dport=22, proto=6, action=deny
`,
} satisfies Format;
