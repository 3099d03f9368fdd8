import { authorityHost, authorityPort, hostText, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { keyValues } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { either, looksLike, port } from '../text/expressions.ts';
import { classBy, dated } from '../text/flows.ts';
import { clockOf, fileTime, syslogCut, syslogSteps, zoneMinutes } from '../text/syslog.ts';

const XG = '\\bdevice(?:_name)?="?SFW"?\\s.*\\blog_id="?[0-9]{8,}';
const url = targetOf('url');

/** Sophos Firewall (SFOS, XG): https://docs.sophos.com/nsg/sophos-firewall (Syslog guide 17.5 to 20, checked 2026-11-24). */
export const sophosFirewall = {
  id: 'sophos.firewall',
  vendor: 'Sophos',
  product: 'Sophos Firewall',
  record: 'one firewall, web, IPS, anti-virus, WAF or system message',
  class: classBy({ url: 'url', ends: ['src_ip', 'dst_ip', 'sourceip'] }),
  detect: looksLike(XG),
  line: XG,
  layout: textLayout('sophos-xg', { is: XG, cuts: [syslogCut], pairs: keyValues(), unset: ['N/A', '-'] }),
  steps: {
    ...syslogSteps,
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      metadata_uid: ['con_id', 'connid', 'connection_id'],
      metadata_log_name: ['log_type'],
      src_endpoint_ip: ['src_ip', 'sourceip', 'localinterfaceip'],
      src_endpoint_port: ['src_port'],
      src_endpoint_mac: ['src_mac'],
      dst_endpoint_ip: ['dst_ip', 'destinationip', 'localip', 'remoteinterfaceip', 'source'],
      dst_endpoint_port: ['dst_port'],
      dst_endpoint_hostname: ['dst_domainname', 'dstdomain'],
      dst_endpoint_mac: ['dst_mac', 'dest_mac'],
      connection_info_protocol_name: ['protocol'],
      traffic_bytes_out: ['sent_bytes', 'bytes_sent', 'bytesrcv'],
      traffic_bytes_in: ['recv_bytes', 'bytes_received', 'bytessent'],
      traffic_packets_out: ['sent_pkts', 'packets_sent'],
      traffic_packets_in: ['recv_pkts', 'packets_received'],
      actor_user_name: ['user_name', 'user'],
      firewall_rule_name: ['fw_rule_name'],
      proxy_action: ['log_subtype', 'status'],
      http_request_user_agent: ['user_agent', 'http_user_agent', 'useragent'],
      http_request_http_method: ['method', 'http_method', 'httpmethod'],
      http_request_referrer: ['referer', 'http_referer'],
      http_response_code: ['status_code', 'httpresponsecode', 'http_status', 'httpstatus', 'statuscode'],
      http_response_content_type: ['contenttype', 'content_type'],
      file_name: ['filename', 'file_name', 'download_file_name'],
      finding_title: ['virus', 'signature_msg', 'threatname', 'threat'],
    }),
    time: (f) =>
      `coalesce(try_cast(${f.text('timestamp')} AS TIMESTAMPTZ)::TIMESTAMP, ${dated('date', 'time', 'timezone')(f)} - to_minutes(${zoneMinutes(f.text('timezone'))}), ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) =>
      hostText(
        `coalesce(CASE WHEN ${f.text('device')} IS NOT NULL THEN ${f.text('device_name')} END, ${f.text('device_serial_id')})`,
      ),
    duration: (f) => `try_cast(coalesce(${f.text('duration')}, ${f.text('con_duration')}) AS BIGINT) * 1000`,
    app_name: (f) =>
      `lower(coalesce(CASE WHEN starts_with(${f.text('url')}, 'https:') THEN 'https' WHEN ${f.text('log_component')} IN ('HTTP', 'HTTPS', 'FTP', 'SMTP', 'SMTPS', 'POP3', 'POPS', 'IMAP4', 'IMAPS') THEN ${f.text('log_component')} END, ${f.text('application')}))`,
    status: (f) =>
      `CASE WHEN lower(coalesce(${f.text('status')}, ${f.text('log_subtype')})) IN ('failed', 'failure', 'error') THEN 'Failure' WHEN coalesce(${f.text('log_subtype')}, ${f.text('status')}, ${f.text('log_type')}) IS NOT NULL THEN 'Success' END`,
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) =>
      `coalesce(${url.host(f)}, ${authorityHost(either('domainname', 'domain', 'server')(f))})`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    file_hashes: (f) =>
      `CASE WHEN coalesce(${f.text('sha256')}, ${f.text('sha1sum')}) IS NOT NULL THEN [coalesce(${f.text('sha256')}, ${f.text('sha1sum')})] END`,
  },
  keeps: ['url', 'log_component'],
  sees: [
    'flow.ip',
    'flow.bytes',
    'flow.time',
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
    'names and paths of traffic that the web policy does not scan',
    'paths of HTTPS without decryption',
    'DNS questions',
  ],
  sample: `<30>device="SFW" date=2025-10-14 time=08:00:10 timezone="UTC" device_name="branch-xg" device_id=EXAMPLE0001 log_id=010101600001 log_type="Firewall" log_component="Firewall Rule" log_subtype="Allowed" status="Allow" priority=Information duration=4 fw_rule_id=7 user_name="" src_ip=10.40.1.20 dst_ip=203.0.113.9 protocol="TCP" src_port=51544 dst_port=443 sent_pkts=10 recv_pkts=12 sent_bytes=1200 recv_bytes=5400
device="SFW" date=2025-10-14 time=10:00:11 timezone="CEST" device_name="branch-xg" device_id=EXAMPLE0001 log_id=050901616001 log_type="Content Filtering" log_component="HTTP" log_subtype="Allowed" priority=Information user_name="alice" url="https://sync.example-team.workers.dev/poll?id=1" contenttype="application/json" src_ip=10.40.1.20 dst_ip=203.0.113.9 protocol="TCP" src_port=51545 dst_port=443 sent_bytes=310 recv_bytes=719 domain=sync.example-team.workers.dev status_code="200" user_agent="ExampleAgent/1.0"
`,
} satisfies Format;

const UTM =
  '(?:^|\\s)id="[0-9]{4}"(?: |.*\\b(?:sys|sub|srcip)=)|\\b(?:ulogd|httpproxy|reverseproxy|httpd|afcd|named)\\[?[0-9]*\\]?: .*\\bid="[0-9]{4}"';

/** Sophos UTM (Astaro): packet filter, web proxy and web server protection; the clock is local time. */
export const sophosUtm = {
  id: 'sophos.utm',
  vendor: 'Sophos',
  product: 'Sophos UTM',
  record: 'one packet filter, web proxy or web server protection message',
  class: classBy({ url: 'url', ends: ['srcip', 'dstip'] }),
  detect: looksLike(UTM),
  line: UTM,
  layout: textLayout('sophos-utm', {
    is: UTM,
    cuts: [
      syslogCut,
      {
        groups: ['utm year', 'utm day', 'utm clock', 'utm host', 'utm app'],
        regex:
          '^(?:<[0-9]+>)?(?:[0-9]+ )?(?:([0-9]{4})[:-])?([0-9]{2}[:-][0-9]{2})[-T]([0-9]{2}:[0-9]{2}:[0-9]{2})\\s+(\\S+)\\s+([\\w.-]+)(?:\\[[0-9]+\\])?:',
      },
    ],
    pairs: keyValues(),
    unset: ['-', '(null)'],
  }),
  steps: {
    'syslog time': clockOf('syslog'),
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      metadata_log_name: ['sub', 'utm app'],
      device_hostname: ['utm host'],
      src_endpoint_ip: ['srcip'],
      src_endpoint_port: ['srcport'],
      src_endpoint_mac: ['srcmac'],
      dst_endpoint_ip: ['dstip'],
      dst_endpoint_mac: ['dstmac'],
      connection_info_protocol_name: ['proto'],
      traffic_bytes: ['length'],
      http_response_length: ['size'],
      actor_user_name: ['user'],
      firewall_rule_name: ['fwrule'],
      proxy_action: ['action'],
      http_request_http_method: ['method'],
      http_request_user_agent: ['ua', 'useragent'],
      http_request_referrer: ['referer', 'referrer'],
      http_response_code: ['statuscode', 'status'],
      http_response_content_type: ['content-type'],
    }),
    time: (f) =>
      `coalesce(try_cast(coalesce(${f.text('utm year')}, left(${f.text('file modified')}, 4)) || '-' || replace(${f.text('utm day')}, ':', '-') || ' ' || ${f.text('utm clock')} AS TIMESTAMP), ${f.text('syslog time')}, ${fileTime(f)})`,
    dst_endpoint_port: (f) => `coalesce(${port('dstport', 'port')(f)}, ${authorityPort(f.text('host'))})`,
    app_name: (f) => `CASE WHEN ${f.text('url')} IS NOT NULL THEN 'http' END`,
    status: (f) =>
      `CASE WHEN ${f.text('statuscode')} IS NOT NULL THEN CASE WHEN try_cast(${f.text('statuscode')} AS INTEGER) >= 400 THEN 'Failure' ELSE 'Success' END WHEN ${f.text('action')} IS NOT NULL THEN 'Success' END`,
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) => `coalesce(${url.host(f)}, ${authorityHost(f.text('server'))})`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: (f) =>
      `coalesce(${url.query(f)}, nullif(regexp_replace(${f.text('query')}, '^\\?', ''), ''))`,
  },
  keeps: ['url'],
  sees: [
    'flow.ip',
    'flow.time',
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
    'the zone of its clock: times count as UTC',
    'names and paths of traffic that does not pass the web proxy',
    'paths of HTTPS without decryption',
  ],
  sample: `2025:10:14-08:00:12 branch-utm ulogd[4711]: id="2002" severity="info" sys="SecureNet" sub="packetfilter" name="Packet accepted" action="accept" fwrule="7" initf="eth0" outitf="eth1" srcip="10.40.1.20" dstip="203.0.113.9" proto="6" length="60" srcport="51544" dstport="443"
2025:10:14-08:00:13 branch-utm httpproxy[4712]: id="0001" severity="info" sys="SecureWeb" sub="http" name="http access" action="pass" method="GET" srcip="10.40.1.20" dstip="203.0.113.9" user="alice" statuscode="200" size="812" url="https://sync.example-team.workers.dev/poll?id=1" ua="ExampleAgent/1.0" content-type="application/json"
`,
} satisfies Format;
