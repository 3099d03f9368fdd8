import { authorityHost, hostText, outcomeOfStatus, targetOf } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { openPairs } from '../../layouts/pairs.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { looksLike } from '../../text/expressions.ts';
import { anyTime } from '../../text/flows.ts';
import { fileTime, syslogCut, syslogSteps } from '../../text/syslog.ts';

const SKYHIGH =
  '\\b(?:requested_host|destination_host)="?[^\\s"]*"? .*\\b(?:http_action|http_request_first_line|requested_path)=';
const skyhighUrl = targetOf('page');

/** Skyhigh (McAfee) Web Gateway and its cloud service, as `key=value`: https://success.skyhighsecurity.com (checked 2026-11-24). */
export const skyhigh = {
  id: 'skyhigh.log',
  vendor: 'Skyhigh Security',
  product: 'Secure Web Gateway',
  record: 'one request',
  class: 'http',
  detect: looksLike(SKYHIGH),
  line: SKYHIGH,
  layout: textLayout('skyhigh', {
    is: SKYHIGH,
    cuts: [syslogCut, { groups: ['line method', 'line url'], regex: 'http_request_first_line="([A-Z]+) (\\S+)' }],
    pairs: openPairs(),
    unset: ['-', '""', 'N/A'],
  }),
  steps: {
    ...syslogSteps,
    page: (f) => `coalesce(${f.text('line url')}, ${f.text('requested_path')})`,
    ...skyhighUrl.steps,
  },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['client_ip', 'source_ip'],
      src_endpoint_hostname: ['client_host'],
      dst_endpoint_ip: ['destination_ip', 'server_ip', 'egress_destination_ip'],
      traffic_bytes_out: ['client_to_server_bytes', 'source_bytes'],
      traffic_bytes_in: ['server_to_client_bytes', 'destination_bytes'],
      actor_user_name: ['username', 'user_name'],
      actor_process_name: ['process_name'],
      firewall_rule_name: ['last_rule', 'rule_name'],
      proxy_action: ['result', 'block_reason'],
      http_request_http_method: ['line method', 'http_action'],
      http_request_user_agent: ['user_agent', 'user_agent_comment'],
      http_request_referrer: ['http_referer', 'referer'],
      http_response_code: ['http_status_code'],
      http_response_content_type: ['media_type'],
      tls_version: ['tls_version'],
    }),
    time: (f) =>
      `coalesce(${anyTime(f.text('date'))}, ${anyTime(f.text('request_timestamp_epoch'))}, ${anyTime(f.text('request_timestamp'))}, ${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) =>
      hostText(`coalesce(${f.text('hostname')}, ${f.text('device_name')}, ${f.text('syslog host')})`),
    dst_endpoint_port: (f) =>
      `coalesce(CAST(try_cast(coalesce(${f.text('port')}, ${f.text('destination_port')}) AS USMALLINT) AS INTEGER), ${skyhighUrl.port(f)})`,
    status: outcomeOfStatus('http_status_code'),
    http_request_url_scheme: (f) => `coalesce(${skyhighUrl.scheme(f)}, ${f.text('uri_scheme')})`,
    http_request_url_hostname: (f) =>
      `coalesce(${skyhighUrl.host(f)}, ${authorityHost(`coalesce(${f.text('requested_host')}, ${f.text('destination_host')})`)})`,
    http_request_url_path: skyhighUrl.path,
    http_request_url_query: skyhighUrl.query,
  },
  keeps: ['requested_host', 'destination_host'],
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'user.name',
  ],
  blindTo: ['traffic that does not pass the gateway', 'paths of HTTPS that it does not inspect'],
  sample: `date="2025-10-14T08:01:00.125Z" hostname="mwg.example" username="alice" source_ip=10.40.1.20 destination_ip=203.0.113.9 destination_host="sync.example-team.workers.dev" http_status_code=200 media_type="application/json" source_bytes=403 destination_bytes=719 http_request_first_line="GET https://sync.example-team.workers.dev/poll?id=1 HTTP/1.1" url_categories="Business, Software" rule_name="Allow" block_reason="" http_referer="" user_agent="ExampleAgent/1.0"
`,
} satisfies Format;
