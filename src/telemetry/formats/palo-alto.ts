import { type Expression, hostText, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { commaCells } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { address, looksLike, port, protocol, userName, whole } from '../text/expressions.ts';
import { fileTime, syslogCut, syslogSteps } from '../text/syslog.ts';

/** The first seven cells: serial, type and subtype, two times. */
const IS =
  '(?:^|[ ,>])[01],[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4} [0-9:]{4,8},[^,]*,(?:TRAFFIC|THREAT|URL|DECRYPTION|SYSTEM|CONFIG|GTP|SCTP|TUNNEL|AUTHENTICATION|USERID|HIPMATCH|HIP-MATCH|GLOBALPROTECT|CORRELATION|IPTAG|AUDIT),';

const isType =
  (...types: readonly string[]): Expression =>
  (f) =>
    `${f.text('#4')} IN (${types.map((t) => `'${t}'`).join(', ')})`;
const sessions = isType('TRAFFIC', 'THREAT', 'URL', 'DECRYPTION', 'GTP', 'SCTP', 'TUNNEL', 'AUTHENTICATION');
/** A cell of some types only: the places after the common ones differ. */
const of =
  (type: Expression, cell: Expression): Expression =>
  (f) =>
    `CASE WHEN ${type(f)} THEN ${cell(f)} END`;
const cell =
  (n: number): Expression =>
  (f) =>
    f.text(`#${n}`);
const traffic = isType('TRAFFIC');
const threat = isType('THREAT', 'URL');
const decryption = isType('DECRYPTION');

const url = targetOf('page');

/** `2025/10/14 08:00:21`, and `10/14/25 8:00` as spreadsheets turn it. */
const stamped =
  (n: number): Expression =>
  (f) =>
    `try_strptime(${f.text(`#${n}`)}, ['%Y/%m/%d %H:%M:%S', '%m/%d/%y %H:%M', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S'])`;

/**
 * PAN-OS syslog in its default form, cells by the places that the documentation of PAN-OS 8.1 to 11.1 gives for each
 * type: https://docs.paloaltonetworks.com/pan-os (Syslog Field Descriptions, checked 2026-11-24). Later releases only add
 * cells at the end.
 */
export const paloAlto = {
  id: 'paloalto.log',
  vendor: 'Palo Alto Networks',
  product: 'PAN-OS and Prisma Access',
  record: 'one traffic, threat, URL, decryption, tunnel or system log',
  class: (f) =>
    `CASE WHEN ${f.text('question')} IS NOT NULL THEN 4003 WHEN ${f.text('page')} IS NOT NULL THEN 4002 WHEN ${sessions(f)} THEN 4001 WHEN coalesce(${f.text('said from')}, ${f.text('said server')}) IS NOT NULL THEN 4001 ELSE 0 END`,
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('palo-alto', {
    is: IS,
    cuts: [
      syslogCut,
      { groups: ['exact'], regex: '[,"]([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}(?:[+-][0-9]{2}:?[0-9]{2}|Z))' },
      { groups: ['said from'], regex: ',SYSTEM,.*[Ff]rom:? ([0-9a-fA-F.:]*[0-9a-fA-F])' },
      { groups: ['said server'], regex: ",SYSTEM,.*[Ss]erver [Aa]ddress:? '?([0-9a-fA-F.:]*[0-9a-fA-F])" },
      { groups: ['said user'], regex: ",SYSTEM,.*\\b[Uu]ser(?: name)?:? '?([^' ,\"]+)" },
      { groups: ['question'], regex: ',THREAT,.*DNS [Qq]uery \\([A-Za-z]+:([^)]+)\\)' },
    ],
    pairs: commaCells,
    unset: ['N/A', 'n/a', 'not-resolved'],
  }),
  steps: {
    ...syslogSteps,
    // The URL log leaves the scheme out.
    page: (f) =>
      `CASE WHEN ${threat(f)} AND (${f.text('#5')} = 'url' OR ${f.text('#4')} = 'URL') THEN CASE WHEN contains(${f.text('#32')}, '://') THEN ${f.text('#32')} WHEN ${f.text('#26')} = '443' OR contains(split_part(${f.text('#32')}, '/', 1), ':443') OR ${f.text('#15')} = 'ssl' THEN 'https://' || ${f.text('#32')} ELSE 'http://' || ${f.text('#32')} END END`,
    ...url.steps,
  },
  columns: {
    time: (f) =>
      `coalesce(CAST(try_cast(${f.text('exact')} AS TIMESTAMPTZ) AS TIMESTAMP), ${stamped(7)(f)}, ${stamped(2)(f)}, ${f.text('syslog time')}, ${fileTime(f)})`,
    metadata_uid: of(sessions, cell(23)),
    metadata_log_name: (f) => `lower(${f.text('#4')})`,
    device_hostname: (f) =>
      hostText(
        `coalesce(CASE WHEN ${traffic(f)} THEN ${f.text('#53')} WHEN ${threat(f)} THEN ${f.text('#60')} END, ${f.text('syslog host')})`,
      ),
    src_endpoint_ip: (f) => `CASE WHEN ${sessions(f)} THEN ${address('#8')(f)} ELSE ${address('said from')(f)} END`,
    dst_endpoint_ip: (f) => `CASE WHEN ${sessions(f)} THEN ${address('#9')(f)} ELSE ${address('said server')(f)} END`,
    src_endpoint_port: of(sessions, port('#25')),
    dst_endpoint_port: of(sessions, port('#26')),
    connection_info_protocol_name: of(sessions, protocol('#30')),
    app_name: of(sessions, cell(15)),
    actor_user_name: (f) =>
      `CASE WHEN ${sessions(f)} THEN CASE WHEN NOT starts_with(${f.text('#13')}, 'x-fwd-for') THEN ${userName('#13')(f)} END ELSE ${userName('said user')(f)} END`,
    firewall_rule_name: of(sessions, cell(12)),
    proxy_action: of(sessions, cell(31)),
    status: (f) =>
      `CASE WHEN ${f.text('#4')} = 'SYSTEM' AND (contains(${f.text('raw')}, 'auth-fail') OR contains(${f.text('raw')}, 'failed authentication')) OR ${decryption(f)} AND ${f.text('#65')} IS NOT NULL THEN 'Failure' WHEN ${sessions(f)} OR ${f.text('#4')} = 'SYSTEM' THEN 'Success' END`,
    activity_id: (f) =>
      `CASE WHEN ${f.text('question')} IS NOT NULL OR ${f.text('page')} IS NOT NULL THEN NULL WHEN ${traffic(f)} THEN CASE ${f.text('#5')} WHEN 'start' THEN 1 WHEN 'end' THEN 2 ELSE 5 END ELSE 6 END`,
    traffic_bytes: of(traffic, whole('#32')),
    traffic_bytes_out: of(traffic, whole('#33')),
    traffic_bytes_in: of(traffic, whole('#34')),
    traffic_packets_out: of(traffic, whole('#45')),
    traffic_packets_in: of(traffic, whole('#46')),
    duration: of(traffic, (f) => `try_cast(${f.text('#37')} AS BIGINT) * 1000`),
    connection_info_state: of(traffic, cell(47)),
    finding_title: (f) => `CASE WHEN ${f.text('#4')} = 'THREAT' AND ${f.text('#5')} <> 'url' THEN ${f.text('#33')} END`,
    file_name: (f) =>
      `CASE WHEN ${f.text('#5')} IN ('file', 'virus', 'wildfire', 'wildfire-virus', 'data') THEN ${f.text('#32')} END`,
    query_hostname: (f) => hostText(f.text('question')),
    ...url.columns,
    http_request_http_method: of(threat, (f) => `nullif(nullif(upper(${f.text('#64')}), '0'), 'UNKNOWN')`),
    http_request_user_agent: of(threat, cell(47)),
    http_request_referrer: of(threat, cell(50)),
    http_response_content_type: of(threat, cell(42)),
    tls_version: of(decryption, cell(40)),
    tls_sni: of(decryption, (f) => hostText(f.text('#64'))),
    tls_certificate_subject: of(decryption, cell(61)),
    tls_certificate_issuer: of(decryption, cell(62)),
    tls_certificate_serial: of(decryption, cell(50)),
    tls_certificate_fingerprints: of(
      decryption,
      (f) => `CASE WHEN ${f.text('#51')} IS NOT NULL THEN [${f.text('#51')}] END`,
    ),
  },
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
    'tls.sni',
    'tls.certificate',
    'user.name',
  ],
  blindTo: [
    'names in traffic logs: they hold addresses; URL and decryption logs hold names where their profiles are on',
    'DNS questions that no signature of DNS security met',
    'custom log formats: cells count by their documented places',
  ],
  sample: `<14>Oct 14 08:00:21 edge-pa 1,2025/10/14 08:00:21,000000000001,TRAFFIC,end,2817,2025/10/14 08:00:21,10.40.1.20,203.0.113.9,198.51.100.2,203.0.113.9,out,example\\alice,,ssl,vsys1,trust,untrust,ethernet1/1,ethernet1/2,default,2025/10/14 08:00:21,4711,1,51544,443,51544,443,0x400053,tcp,allow,6600,1200,5400,22,2025/10/14 08:00:16,4,any,,1,0x0,10.0.0.0-10.255.255.255,United States,,10,12,tcp-fin,0,0,0,0,,edge-pa,from-policy
<14>Oct 14 08:00:22 edge-pa 1,2025/10/14 08:00:22,000000000001,THREAT,url,2817,2025/10/14 08:00:22,10.40.1.20,203.0.113.9,198.51.100.2,203.0.113.9,out,example\\alice,,web-browsing,vsys1,trust,untrust,ethernet1/1,ethernet1/2,default,2025/10/14 08:00:22,4712,1,51545,443,51545,443,0x40b000,tcp,alert,"sync.example-team.workers.dev/poll?id=1,2",(9999),computer-and-internet-info,informational,client-to-server,2,0x0,10.0.0.0-10.255.255.255,United States,,application/json,0,,,1,"ExampleAgent/1.0",,,,,,,,0,0,0,0,,edge-pa,,,,get,0
`,
} satisfies Format;
