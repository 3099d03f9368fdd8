import { authorityHost, integer, outcomeOfStatus, small, targetOf, text } from '../expression.ts';
import type { Format } from '../format.ts';
import { has, hasSome, json } from '../layouts/json.ts';
import { addressOf, hostOf, known, portOf, timeOf } from '../readings.ts';

const url = targetOf('path');

/** `10.0.0.1:443`, `[fd00::1]:443`: the side of a connection. */
const side =
  (name: string, part: 1 | 2) =>
  (f: { readonly text: (name: string) => string }): string =>
    `nullif(regexp_extract(${f.text(name)}, '^\\[?([0-9a-fA-F.:]+?)\\]?:([0-9]{1,5})$', ${part}), '')`;

/** The access log of Envoy and Istio as JSON, by the names of their default format: https://istio.io (Envoy Access Logs, checked 2026-11-24). */
export const envoyJson = {
  id: 'envoy.json',
  vendor: 'Envoy',
  product: 'Envoy and Istio',
  record: 'one request or connection, as JSON',
  class: (f) => `CASE WHEN ${f.text('method')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: (head) =>
    has('start_time', 'response_flags')(head) &&
    hasSome(2, 'authority', 'upstream_host', 'downstream_remote_address', 'upstream_cluster', 'bytes_sent')(head),
  layout: json,
  steps: {
    'client ip': side('downstream_remote_address', 1),
    'client port': side('downstream_remote_address', 2),
    'server ip': side('upstream_host', 1),
    'server port': side('upstream_host', 2),
    ...url.steps,
  },
  columns: {
    time: timeOf('start_time'),
    duration: integer('duration'),
    metadata_uid: known('request_id'),
    src_endpoint_ip: addressOf('client ip', 'x_forwarded_for'),
    src_endpoint_port: portOf('client port'),
    dst_endpoint_ip: addressOf('server ip'),
    dst_endpoint_port: portOf('server port'),
    connection_info_protocol_name: () => `'tcp'`,
    connection_info_state: known('response_flags'),
    status: outcomeOfStatus('response_code'),
    traffic_bytes_out: integer('bytes_received'),
    traffic_bytes_in: integer('bytes_sent'),
    http_request_http_method: text('method'),
    http_request_url_hostname: (f) => `coalesce(${authorityHost(known('authority')(f))}, ${url.host(f)})`,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    http_request_version: (f) => `nullif(regexp_replace(${f.text('protocol')}, '^HTTP/', ''), '')`,
    http_request_user_agent: known('user_agent'),
    http_response_code: small('response_code'),
    tls_sni: hostOf('requested_server_name'),
  },
  keeps: ['authority'],
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'tls.sni',
    'flow.ip',
    'flow.bytes',
    'flow.time',
  ],
  blindTo: ['traffic that does not pass this proxy', 'referrers and cookies', 'fields that the administrator renamed'],
  sample: `{"start_time":"2025-10-14T08:00:53.125Z","method":"GET","path":"/poll?id=1","protocol":"HTTP/1.1","response_code":200,"response_flags":"-","bytes_received":403,"bytes_sent":812,"duration":21,"user_agent":"ExampleAgent/1.0","request_id":"4711","authority":"sync.example-team.workers.dev","upstream_host":"203.0.113.9:443","downstream_remote_address":"10.40.1.20:51544","requested_server_name":"sync.example-team.workers.dev"}
`,
} satisfies Format;
