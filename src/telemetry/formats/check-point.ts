import { authorityHost, hostText, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { colonPairs, quotedCells } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { looksLike, nameNotAddress, port } from '../text/expressions.ts';
import { classBy, decided, epochOf } from '../text/flows.ts';
import { fileTime, syslogCut, syslogSteps } from '../text/syslog.ts';

const IS = '\\bCheckPoint\\b.* \\[|\\b(?:loguid|originsicname|product|ifdir|rule_action):\\s?"';
const url = targetOf('resource');

/** Check Point Log Exporter in its syslog format, `key:"value"; `: https://support.checkpoint.com (sk122323, sk144192, checked 2026-11-24). */
export const checkPoint = {
  id: 'checkpoint.log',
  vendor: 'Check Point',
  product: 'Security Gateway and its blades',
  record: 'one connection or one event of a blade (application control, URL filtering, IPS, anti-bot)',
  class: classBy({ dns: 'dns_query', url: 'resource', ends: ['src', 'dst'] }),
  detect: looksLike(IS),
  line: IS,
  layout: textLayout('check-point', { is: IS, cuts: [syslogCut], pairs: colonPairs, unset: ['N/A'] }),
  steps: {
    ...syslogSteps,
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      metadata_uid: ['loguid'],
      metadata_log_name: ['product'],
      src_endpoint_ip: ['src', 'client_ip', 'source_ip'],
      src_endpoint_port: ['s_port', 'source_port'],
      src_endpoint_hostname: ['src_machine_name', 'src_host'],
      dst_endpoint_ip: ['dst', 'destination_ip', 'server_ip'],
      dst_endpoint_hostname: ['dst_machine_name', 'dst_host', 'sni'],
      connection_info_protocol_name: ['proto', 'protocol'],
      traffic_bytes: ['bytes'],
      traffic_bytes_out: ['client_outbound_bytes', 'sent_bytes'],
      traffic_bytes_in: ['server_outbound_bytes', 'received_bytes'],
      traffic_packets_out: ['client_outbound_packets'],
      traffic_packets_in: ['server_outbound_packets'],
      actor_user_name: ['src_user_name', 'user'],
      firewall_rule_name: ['rule_name', 'access_rule_name', 'smartdefense_profile'],
      proxy_action: ['action', 'rule_action'],
      http_request_http_method: ['method', 'http_method'],
      http_request_user_agent: ['web_client_type', 'user_agent'],
      http_request_referrer: ['referrer'],
      http_response_code: ['http_status', 'status_code'],
      http_response_content_type: ['content_type'],
      query_type: ['dns_type', 'dns_query_type'],
      file_name: ['file_name'],
      tls_sni: ['sni', 'tls_server_host_name'],
      finding_title: ['protection_name', 'attack', 'malware_family'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${epochOf('time')(f)}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(`coalesce(${f.text('syslog host')}, ${f.text('origin')})`),
    dst_endpoint_port: port('service', 'd_port', 'destination_port'),
    app_name: (f) => `lower(coalesce(${f.text('appi_name')}, ${f.text('service_id')}))`,
    status: decided('', 'action', 'rule_action'),
    query_hostname: (f) => hostText(`coalesce(${f.text('dns_query')}, ${f.text('domain_name')})`),
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) => `coalesce(${url.host(f)}, ${authorityHost(f.text('host'))})`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    file_hashes: (f) =>
      `nullif(list_filter([${f.text('file_sha256')}, ${f.text('file_sha1')}, ${f.text('file_md5')}], x -> x IS NOT NULL), [])`,
  },
  keeps: ['service_id', 'origin'],
  sees: [
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'dns.query',
    'http.host',
    'http.url',
    'http.method',
    'http.user_agent',
    'tls.sni',
    'user.name',
  ],
  blindTo: [
    'names and paths where no application control, URL filtering or threat blade looks: connections hold addresses only',
    'paths of HTTPS without inspection',
    'bytes, where accounting is off',
  ],
  sample: `<134>1 2025-10-14T08:00:23Z edge-cp CheckPoint 4711 - [action:"Accept"; flags:"444676"; ifdir:"outbound"; ifname:"eth0"; loguid:"{0x68ee0000,0x0,0x1,0xc0000000}"; origin:"198.51.100.3"; dst:"203.0.113.9"; proto:"6"; s_port:"51544"; service:"443"; service_id:"https"; src:"10.40.1.20"; product:"VPN-1 & FireWall-1"; client_outbound_bytes:"1200"; server_outbound_bytes:"5400"]
<134>1 2025-10-14T08:00:24Z edge-cp CheckPoint 4711 - [action:"Accept"; loguid:"{0x68ee0001,0x0,0x1,0xc0000000}"; dst:"203.0.113.9"; proto:"6"; s_port:"51545"; service:"443"; src:"10.40.1.20"; product:"URL Filtering"; appi_name:"Example App"; resource:"https://sync.example-team.workers.dev/poll?id=1"; method:"GET"; rule_name:"Web \\]out"]
`,
} satisfies Format;

const EXPORT = '^\\s*"[0-9]+"[ ,]+"[0-9]{1,2}[A-Za-z]{3}[0-9]{4}"[ ,]+"[ 0-9:]{7,9}"[ ,]+"';

/** SmartView Tracker's export, cells in quotation marks: number, date, time, interface, origin, type, action, service, source port, ends, protocol, rule. */
export const checkPointExport = {
  id: 'checkpoint.export',
  vendor: 'Check Point',
  product: 'SmartView Tracker export',
  record: 'one connection',
  class: 'network',
  detect: looksLike(EXPORT),
  line: EXPORT,
  layout: textLayout('check-point-export', { is: EXPORT, pairs: quotedCells }),
  columns: {
    ...fromKeys({
      metadata_uid: ['#1'],
      device_hostname: ['#5'],
      proxy_action: ['#7'],
      dst_endpoint_port: ['#8'],
      src_endpoint_port: ['#9'],
      src_endpoint_ip: ['#10'],
      dst_endpoint_ip: ['#11'],
      connection_info_protocol_name: ['#12'],
      firewall_rule_name: ['#14'],
      actor_user_name: ['#16'],
    }),
    src_endpoint_hostname: nameNotAddress('#10'),
    dst_endpoint_hostname: nameNotAddress('#11'),
    time: (f) => `try_strptime(${f.text('#2')} || ' ' || trim(${f.text('#3')}), '%d%b%Y %H:%M:%S')`,
    status: decided('', '#7'),
  },
  sees: ['flow.ip', 'flow.time', 'user.name'],
  blindTo: ['names and paths: connections hold addresses only', 'bytes', 'the zone of its clock, which is local time'],
  sample: `"22" "14Oct2025" "08:01:15" "eth1" "edge-cp" "Log" "Accept" "443" "51544" "10.40.1.20" "203.0.113.9" "tcp" "7" "out" "7-Standard" "" "service_id: https" "VPN-1 & FireWall-1" "" ""
`,
} satisfies Format;
