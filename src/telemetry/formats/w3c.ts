import { authorityHost, type Expression, outcomeOfStatus, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import type { Head } from '../head.ts';
import { w3cLines } from '../layouts/w3c.ts';
import { fromKeys } from '../text/columns.ts';
import { either } from '../text/expressions.ts';
import { anyTime } from '../text/flows.ts';

const url = targetOf('page');
/** CloudFront and IIS keep the line in one piece: blanks are written as `+` or `%20`. */
const spaced = (sql: string): string =>
  `CASE WHEN contains(${sql}, ' ') THEN ${sql} WHEN contains(${sql}, '%20') THEN url_decode(${sql}) WHEN regexp_matches(${sql}, '^[A-Za-z]+/[0-9.]+\\+') THEN replace(${sql}, '+', ' ') ELSE ${sql} END`;

const clock: Expression = (f) =>
  `coalesce(${anyTime(`${f.text('date')} || ' ' || ${f.text('time')}`)}, ${anyTime(either('x-timestamp-unix', 'x-timestamp', 'timestamp')(f))}, ${anyTime(`trim(${either('gmttime', 'localtime', 'x-localtime')(f)}, '[]')`)})`;

const needed = [
  'c-ip',
  'cs-method',
  'cs-uri',
  'cs-uri-stem',
  'cs-uri-path',
  'cs-host',
  'r-host',
  'cs(Host)',
  'x-edge-location',
];

/**
 * The W3C extended log of proxies and web servers, whatever fields `#Fields:` names: Symantec ProxySG (Blue Coat), IIS,
 * Forefront TMG, Amazon CloudFront, McAfee Web Gateway, Zscaler (https://www.w3.org/TR/WD-logfile, checked 2026-11-24).
 */
export const w3cExtended = {
  id: 'w3c.elff',
  vendor: 'W3C',
  product: 'extended log file format (ProxySG, IIS, TMG, CloudFront, Web Gateway)',
  record: 'one request',
  class: 'http',
  detect: (head: Head) => !!head.w3c && needed.filter((name) => head.w3c?.fields.includes(name)).length >= 2,
  layout: w3cLines,
  steps: {
    page: either('cs-uri', 'cs-url', 'c-uri', 'x-cs-uri', 'cs-uri-stem', 'cs-uri-path'),
    ...url.steps,
  },
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['c-ip', 'x-client-address', 'cip'],
      src_endpoint_port: ['c-port'],
      src_endpoint_hostname: ['c-dns'],
      dst_endpoint_ip: ['r-ip', 'cs-ip', 's-supplier-ip', 'sr-ip', 's-ip'],
      dst_endpoint_port: ['r-port', 'cs-uri-port', 's-port'],
      actor_user_name: ['cs-username', 'cs-userdn', 'x-cs-username', 'cs-user'],
      traffic_bytes_out: ['cs-bytes', 'x-cs-bytes'],
      traffic_bytes_in: ['sc-bytes'],
      http_request_http_method: ['cs-method', 's-operation', 'x-method'],
      http_request_referrer: ['cs(Referer)', 'cs(referer)', 'cs-referer', 'cs-referred', 'x-cs(Referer)'],
      http_response_code: ['sc-status', 'rs-status'],
      http_response_content_type: [
        'rs(Content-Type)',
        'rs(content-type)',
        'sc(Content-Type)',
        'sc-content-type',
        'cs-mime-type',
      ],
      proxy_action: ['s-action', 'sc-filter-result', 'x-edge-result-type', 'action'],
      firewall_rule_name: ['rule', 'x-rule', 'FilterInfo'],
      tls_version: ['ssl-protocol', 'x-rs-connection-negotiated-ssl-version'],
      tls_cipher: ['ssl-cipher', 'x-rs-connection-negotiated-cipher'],
      tls_sni: ['x-rs-certificate-hostname', 'x-cs-client-sni', 'cs-sni'],
      device_hostname: ['s-computername', 's-sitename', 'x-bluecoat-appliance-name', 's-dns'],
      metadata_uid: ['x-edge-request-id', 'x-bluecoat-transaction-uuid'],
    }),
    time: clock,
    // Seconds with a fraction at CloudFront, milliseconds elsewhere.
    duration: (f) =>
      `CASE WHEN contains(${f.text('time-taken')}, '.') THEN CAST(round(try_cast(${f.text('time-taken')} AS DOUBLE) * 1000) AS BIGINT) ELSE try_cast(${f.text('time-taken')} AS BIGINT) END`,
    status: outcomeOfStatus('sc-status'),
    connection_info_protocol_name: () => `'tcp'`,
    http_request_version: (f) =>
      `nullif(regexp_replace(coalesce(${f.text('cs-version')}, ${f.text('cs-protocol-version')}), '^HTTP/', ''), '')`,
    http_request_user_agent: (f) => spaced(either('cs(User-Agent)', 'cs(user-agent)', 'c-agent', 'cs-user-agent')(f)),
    http_request_url_scheme: (f) =>
      `lower(coalesce(${url.scheme(f)}, ${f.text('cs-uri-scheme')}, CASE WHEN lower(${f.text('cs-protocol')}) IN ('http', 'https', 'ws', 'wss') THEN ${f.text('cs-protocol')} END))`,
    http_request_url_hostname: (f) =>
      `coalesce(${url.host(f)}, ${authorityHost(either('cs-host', 'x-host-header', 'cs(Host)', 'cs(host)', 'r-host', 'cs-uri-hostname')(f))})`,
    http_request_url_port: (f) =>
      `coalesce(${url.port(f)}, CAST(try_cast(${f.text('cs-uri-port')} AS USMALLINT) AS INTEGER))`,
    http_request_url_path: (f) => `coalesce(${url.path(f)}, ${f.text('cs-uri-path')})`,
    http_request_url_query: (f) =>
      `coalesce(${url.query(f)}, nullif(regexp_replace(${f.text('cs-uri-query')}, '^\\?', ''), ''))`,
  },
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'tls.sni',
    'flow.ip',
    'flow.bytes',
    'flow.time',
    'user.name',
  ],
  blindTo: [
    'what the administrator left out of the fields: the first lines of a file say which there are',
    'traffic that does not pass the gateway, and paths of HTTPS that it only tunnels',
  ],
  sample: `#Software: SGOS 7.3
#Version: 1.0
#Fields: date time time-taken c-ip cs-username sc-filter-result sc-status s-action cs-method rs(Content-Type) cs-uri-scheme cs-host cs-uri-port cs-uri-path cs-uri-query cs(User-Agent) s-ip sc-bytes cs-bytes r-ip cs(Referer)
2025-10-14 08:01:04 21 10.40.1.20 alice OBSERVED 200 TCP_NC_MISS GET application/json https sync.example-team.workers.dev 443 /poll ?id=1 "Example Agent/1.0" 198.51.100.3 812 403 203.0.113.9 -
2025-10-14 08:01:05 90 10.40.1.21 - OBSERVED 200 TCP_TUNNELED CONNECT - tcp files.example.com 443 / - "ExampleBrowser/1.0" 198.51.100.3 5120 803 203.0.113.8 -
`,
} satisfies Format;
