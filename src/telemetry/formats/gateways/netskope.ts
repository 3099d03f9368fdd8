import {
  authorityHost,
  constant,
  first,
  hostText,
  integer,
  outcomeOfStatus,
  small,
  targetOf,
  text,
} from '../../expression.ts';
import type { Format } from '../../format.ts';
import type { Head } from '../../head.ts';
import { has, hasSome, json } from '../../layouts/json.ts';
import { splitCells, table } from '../../layouts/table.ts';
import { addressOf, anyOf, known, outcomeOfAction, portOf, protocolOf, timeOf } from '../../readings.ts';

const url = targetOf('the url');
const unseen = 'devices and networks that do not send their traffic through Netskope';

/** Events and alerts of the REST API: https://docs.netskope.com/en/rest-api-v2-overview (checked 2026-11-24) */
export const netskopeEvents = {
  id: 'netskope.events',
  vendor: 'Netskope',
  product: 'Events and alerts',
  record: 'one page, connection, activity in an application, or alert',
  class: (f) => `CASE WHEN ${f.text('the url')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: (head) =>
    has('access_method', 'timestamp')(head) ||
    hasSome(
      4,
      'srcip',
      'dstip',
      'userip',
      'access_method',
      'ccl',
      'traffic_type',
      'organization_unit',
      'alert_type',
      'netskope_pop',
      'insertion_epoch_timestamp',
    )(head),
  layout: json,
  steps: { 'the url': anyOf('url', 'page', 'domain'), ...url.steps },
  columns: {
    time: timeOf('timestamp', '_insertion_epoch_timestamp', 'insertion_epoch_timestamp'),
    activity_id: constant('0'),
    metadata_uid: anyOf('_id', 'transaction_id'),
    metadata_log_name: anyOf('type', 'alert_type'),
    app_name: text('protocol'),
    connection_info_protocol_name: protocolOf('ip_protocol'),
    // `userip` is the device's own address, `srcip` the one that it goes out with.
    src_endpoint_ip: addressOf('userip', 'srcip'),
    src_endpoint_port: portOf('srcport'),
    dst_endpoint_ip: addressOf('dstip'),
    dst_endpoint_port: portOf('dstport'),
    dst_endpoint_hostname: (f) => hostText(f.text('dsthost')),
    device_hostname: (f) => hostText(known('hostname')(f)),
    actor_user_name: known('user', 'userkey', 'from_user', 'acting_user'),
    http_request_http_method: (f) => `upper(${anyOf('method', 'http_method')(f)})`,
    http_request_url_text: text('the url'),
    http_request_url_scheme: url.scheme,
    http_request_url_hostname: (f) => `coalesce(${url.host(f)}, ${hostText(f.text('domain'))})`,
    http_request_url_port: url.port,
    http_request_url_path: url.path,
    http_request_url_query: url.query,
    http_request_user_agent: anyOf('useragent', 'user_agent', 'ua'),
    http_request_referrer: known('referer'),
    http_response_code: first(small('http_status'), small('resp_status')),
    traffic_bytes_out: integer('client_bytes'),
    traffic_bytes_in: integer('server_bytes'),
    traffic_bytes: integer('numbytes'),
    proxy_action: text('action'),
    status: outcomeOfAction('action'),
    firewall_rule_name: known('policy', 'policy_name'),
    finding_title: text('alert_name'),
    tls_ja3: text('ja3'),
    file_name: anyOf('object', 'file_name'),
    file_hashes: (f) =>
      `nullif(list_filter([lower(${f.text('sha256')}), lower(${f.text('md5')})], x -> x IS NOT NULL), [])`,
  },
  keeps: ['srcip', 'userip', 'page', 'domain'],
  sees: ['http.host', 'http.url', 'flow.ip', 'flow.bytes', 'flow.time', 'user.name'],
  blindTo: [unseen, 'URL paths of HTTPS that is not inspected', 'single requests: a page event sums them up'],
  sample: `{"_id":"a1","access_method":"Client","timestamp":1760428800,"type":"page","srcip":"198.51.100.20","userip":"10.40.1.20","dstip":"203.0.113.7","dstport":443,"domain":"sync.example-team.workers.dev","url":"sync.example-team.workers.dev/poll?id=1","user":"alice@example.com","hostname":"laptop-7","client_bytes":1200,"server_bytes":5400,"numbytes":6600,"traffic_type":"Web","ccl":"unknown","useragent":"ExampleBrowser/1.0"}
`,
} satisfies Format;

const target = targetOf('target');
const transactionNames =
  'date time time-taken cs-bytes sc-bytes bytes c-ip s-ip cs-username cs-method cs-uri-scheme cs-uri-query cs-user-agent cs-content-type sc-status sc-content-type cs-dns cs-host cs-uri cs-uri-port cs-referer x-cs-session-id x-cs-access-method x-cs-app x-s-country x-s-latitude x-s-longitude x-s-location x-s-region x-s-zipcode x-c-country x-c-latitude x-c-longitude x-c-location x-c-region x-c-zipcode x-c-os x-c-browser x-c-browser-version x-c-device x-cs-site x-cs-timestamp x-cs-page-id x-cs-userip x-cs-traffic-type x-cs-tunnel-id x-category x-other-category x-type x-server-ssl-err x-client-ssl-err x-transaction-id x-request-id x-cs-sni x-cs-domain-fronted-sni x-category-id x-other-category-id x-sr-headers-name x-sr-headers-value x-cs-ssl-ja3 x-sr-ssl-ja3s'.split(
    ' ',
  );

const shapes: readonly (RegExp | null)[] = [
  /^\d{4}-\d\d-\d\d$/,
  /^\d\d:\d\d:\d\d$/,
  /^(?:\d+|-)$/,
  /^(?:\d+|-)$/,
  /^(?:\d+|-)$/,
  /^(?:\d+|-)$/,
  /^[0-9a-fA-F.:-]+$/,
  /^[0-9a-fA-F.:-]+$/,
  null,
  /^(?:[A-Z]+|-)$/,
  /^(?:[a-z]+|-)$/i,
];

const separators = [',', ' '] as const;
const separatorOf = (head: Head): (typeof separators)[number] | null =>
  separators.find((separator) =>
    head.lines.slice(0, 5).some((line) => {
      const cells = splitCells(line, separator);
      return cells.length >= 40 && shapes.every((shape, i) => shape === null || shape.test((cells[i] ?? '').trim()));
    }),
  ) ?? null;

/** Transaction events in the cloud's own order of fields: https://docs.netskope.com/en/transaction-event-fields (checked 2026-11-24) */
export const netskopeTransactions = {
  id: 'netskope.transactions',
  vendor: 'Netskope',
  product: 'Transaction events',
  record: 'one request through the gateway',
  class: 'http',
  detect: (head) => separatorOf(head) !== null,
  layout: table(
    'netskope-transactions',
    (head) => {
      const separator = separatorOf(head);
      return separator ? { separator, columns: transactionNames, header: null } : null;
    },
    21,
  ),
  steps: { target: text('cs-uri'), ...target.steps },
  columns: {
    time: (f) => `try_cast(${f.text('date')} || ' ' || ${f.text('time')} AS TIMESTAMP)`,
    duration: integer('time-taken'),
    metadata_uid: text('x-transaction-id'),
    app_name: text('cs-uri-scheme'),
    connection_info_protocol_name: constant('tcp'),
    src_endpoint_ip: addressOf('c-ip'),
    dst_endpoint_ip: addressOf('s-ip'),
    dst_endpoint_port: portOf('cs-uri-port'),
    actor_user_name: text('cs-username'),
    http_request_http_method: text('cs-method'),
    http_request_url_scheme: text('cs-uri-scheme'),
    http_request_url_hostname: (f) => authorityHost(first(text('cs-host'), text('cs-dns'))(f)),
    http_request_url_port: portOf('cs-uri-port'),
    http_request_url_path: target.path,
    http_request_url_query: first(target.query, text('cs-uri-query')),
    http_request_user_agent: text('cs-user-agent'),
    http_request_referrer: text('cs-referer'),
    http_response_code: small('sc-status'),
    http_response_content_type: text('sc-content-type'),
    status: outcomeOfStatus('sc-status'),
    traffic_bytes_out: integer('cs-bytes'),
    traffic_bytes_in: integer('sc-bytes'),
    traffic_bytes: integer('bytes'),
    tls_sni: (f) => hostText(f.text('x-cs-sni')),
    tls_ja3: (f) => `CASE WHEN length(${f.text('x-cs-ssl-ja3')}) = 32 THEN ${f.text('x-cs-ssl-ja3')} END`,
    tls_ja3s: (f) => `CASE WHEN length(${f.text('x-sr-ssl-ja3s')}) = 32 THEN ${f.text('x-sr-ssl-ja3s')} END`,
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
    'tls.ja3',
    'flow.bytes',
    'user.name',
  ],
  blindTo: [unseen, 'URL paths of HTTPS that is not inspected'],
  sample: `2025-10-14 08:00:00 33 1200 5400 6600 10.40.1.20 203.0.113.7 "alice@example.com" POST https - "ExampleBrowser/1.0 (test)" "text/xml" 200 application/json sync.example-team.workers.dev sync.example-team.workers.dev /poll?id=1 443 - 49176 "Client" "Example App" "DE" 48.8 2.4 "Berlin" "Berlin" "10115" "DE" 50.6 3.1 "Berlin" "Berlin" "N/A" "Windows 10" "Edge" "18.1" "Windows Device" "example" 1760428800 57873 10.40.1.20 CloudApp - "Technology" "All Internet" http_transaction - - 7398 3777 sync.example-team.workers.dev - 551 "10001" - - 00000000000000000000000000000001 00000000000000000000000000000002 No -
`,
} satisfies Format;
