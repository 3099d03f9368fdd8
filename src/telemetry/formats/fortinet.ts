import { type Expression, hostText, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { keyValues } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { looksLike } from '../text/expressions.ts';
import { classBy, dated, epochOf } from '../text/flows.ts';
import { fileTime, syslogCut, syslogSteps } from '../text/syslog.ts';

const IS = '\\b(?:devid|logid|log_id|devname)="?[A-Za-z0-9_.-]+"?[ ,].*\\b(?:type|subtype|logdesc)="?[a-z]';
const url = targetOf('url');

const written = dated('date', 'time', 'tz');
const ofLease =
  (name: string) =>
  (f: { readonly text: (name: string) => string }): string =>
    `CASE WHEN ${f.text('dhcp_msg')} IS NOT NULL THEN ${f.text(name)} END`;
const leased = { 'leased ip': ofLease('ip'), 'leased mac': ofLease('mac'), 'leased name': ofLease('hostname') };

/** `eventtime` is finer than date and time, and says UTC; where the two are more than a day apart, one clock was wrong. */
const fine: Expression = (f) =>
  `CASE WHEN abs(epoch(${epochOf('eventtime')(f)}) - epoch(${written(f)})) < 93600 THEN ${epochOf('eventtime')(f)} END`;

/** FortiOS and FortiProxy, as `key=value` divided by blanks or commas: https://docs.fortinet.com (FortiOS Log Reference 7.4, checked 2026-11-24). */
export const fortinet = {
  id: 'fortinet.log',
  vendor: 'Fortinet',
  product: 'FortiGate and FortiProxy',
  record: 'one traffic, UTM (web filter, DNS, application, IPS, SSL) or event message',
  class: (f) => classBy({ dns: 'qname', url: 'url', ends: ['srcip', 'dstip', 'remip', 'locip'] })(f),
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('fortinet', {
    is: IS,
    cuts: [syslogCut],
    pairs: keyValues('[^\\s,]*'),
    unset: ['N/A', 'n/a', '(null)'],
  }),
  steps: {
    ...syslogSteps,
    // A tunnel that this end began goes out; else the remote end came in.
    'local end': (f) => `CASE WHEN ${f.text('init')} = 'local' THEN ${f.text('locip')} END`,
    'remote end': (f) => `CASE WHEN ${f.text('init')} = 'local' THEN ${f.text('remip')} END`,
    // A lease of its own DHCP server names the client by other keys.
    ...leased,
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      metadata_uid: ['sessionid'],
      metadata_log_name: ['subtype', 'type'],
      device_hostname: ['devname'],
      src_endpoint_ip: ['srcip', 'src', 'src_ip', 'local end', 'remip', 'leased ip'],
      src_endpoint_port: ['srcport', 'src_port', 'remport'],
      src_endpoint_hostname: ['srcname', 'leased name'],
      src_endpoint_mac: ['srcmac', 'leased mac'],
      dst_endpoint_ip: ['dstip', 'dst', 'dst_ip', 'remote end', 'locip'],
      dst_endpoint_port: ['dstport', 'dst_port', 'locport'],
      dst_endpoint_hostname: ['dstname'],
      dst_endpoint_mac: ['dstmac'],
      connection_info_protocol_name: ['proto'],
      app_name: ['service'],
      traffic_bytes_out: ['sentdelta', 'sentbyte'],
      traffic_bytes_in: ['rcvddelta', 'rcvdbyte'],
      traffic_packets_out: ['sentpkt'],
      traffic_packets_in: ['rcvdpkt'],
      query_type: ['qtype'],
      query_class: ['qclass'],
      actor_user_name: ['user', 'unauthuser', 'xauthuser'],
      firewall_rule_name: ['policyname', 'rulename'],
      proxy_action: ['action', 'utmaction'],
      http_request_user_agent: ['agent', 'httpagent'],
      http_request_http_method: ['httpmethod'],
      http_request_referrer: ['referralurl', 'referer'],
      http_response_code: ['httpcode'],
      http_response_content_type: ['contenttype'],
      file_name: ['filename'],
      tls_sni: ['sni', 'servername'],
      tls_certificate_subject: ['scertcname'],
      tls_certificate_issuer: ['scertissuer'],
      tls_version: ['tlsver'],
      tls_cipher: ['cipher'],
      finding_title: ['attack', 'virus'],
    }),
    time: (f) =>
      `coalesce(${fine(f)}, ${written(f)}, ${epochOf('eventtime', 'timestamp')(f)}, ${f.text('syslog time')}, ${fileTime(f)})`,
    duration: (f) => `try_cast(${f.text('duration')} AS BIGINT) * 1000`,
    status: (f) =>
      `CASE WHEN lower(coalesce(${f.text('status')}, ${f.text('result')}, '')) IN ('failure', 'failed', 'error') THEN 'Failure' WHEN coalesce(${f.text('action')}, ${f.text('status')}, ${f.text('srcip')}) IS NOT NULL THEN 'Success' END`,
    query_hostname: (f) => hostText(`trim(${f.text('qname')}, '[]')`),
    answers: (f) =>
      `CASE WHEN ${f.text('ipaddr')} IS NOT NULL THEN regexp_split_to_array(${f.text('ipaddr')}, ',\\s*') END`,
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) =>
      `coalesce(${url.host(f)}, CASE WHEN ${f.text('dhcp_msg')} IS NULL THEN ${hostText(f.text('hostname'))} END)`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
  },
  keeps: ['url', 'hostname', 'status', 'result', 'sentbyte', 'rcvdbyte'],
  sees: [
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'dns.query',
    'dns.answer',
    'http.host',
    'http.url',
    'http.user_agent',
    'http.referrer',
    'tls.sni',
    'user.name',
  ],
  blindTo: [
    'names and paths where no UTM profile inspects the policy: traffic logs hold addresses only',
    'paths of HTTPS without deep inspection',
    'what a policy does not log: sessions are logged when they end, where logging of all sessions is on',
  ],
  sample: `<189>date=2025-10-14 time=08:00:05 devname="branch-fw" devid="FGT00EXAMPLE" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" eventtime=1760428805000000000 tz="+0000" srcip=10.40.1.20 srcport=51544 dstip=203.0.113.9 dstport=443 proto=6 action="close" policyid=7 policyname="out" service="HTTPS" sentbyte=1200 rcvdbyte=5400 duration=4
date=2025-10-14 time=10:00:06 devname="branch-fw" devid="FGT00EXAMPLE" logid="0317013312" type="utm" subtype="webfilter" eventtype="ftgd_allow" tz="+0200" srcip=10.40.1.20 srcport=51544 dstip=203.0.113.9 dstport=443 proto=6 service="HTTPS" hostname="sync.example-team.workers.dev" action="passthrough" url="/poll?id=1" agent="ExampleAgent/1.0"
date=2025-10-14,time=08:00:07,devname="branch-fw",devid="FGT00EXAMPLE",logid="1501054802",type="utm",subtype="dns",eventtype="dns-response",tz="+0000",srcip=10.40.1.20,srcport=51000,dstip=10.40.0.53,dstport=53,proto=17,qname="sync.example-team.workers.dev",qtype="A",qclass="IN",ipaddr="203.0.113.7",action="pass"
`,
} satisfies Format;
