import {
  authorityHost,
  authorityPort,
  constant,
  type Expression,
  first,
  hostText,
  integer,
  outcomeOfStatus,
  small,
  targetOf,
  text,
} from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, json } from '../../layouts/json.ts';
import { pattern } from '../../layouts/pattern.ts';
import { table } from '../../layouts/table.ts';
import { addressOf, addressText, decoded, outcomeOfAction, portOf, timeOf } from '../../readings.ts';

const inbound = 'what your own hosts ask of others: this log shows who comes to your service';

/** A header of a WAF record by its name in any case. */
const header =
  (name: string): Expression =>
  (f) =>
    `list_extract(list_filter(CAST(json_extract(try(CAST(${f.text('httpRequest.headers')} AS JSON)), '$[*]') AS VARCHAR[]), x -> lower(json_extract_string(x, '$.name')) = '${name}'), 1) ->> '$.value'`;

/** https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html (checked 2026-11-24) */
export const awsWaf = {
  id: 'aws.waf',
  vendor: 'AWS',
  product: 'WAF',
  record: 'one request that the web application firewall judged',
  class: 'http',
  detect: has('webaclId', 'httpRequest'),
  layout: json,
  columns: {
    time: timeOf('timestamp'),
    src_endpoint_ip: addressOf('httpRequest.clientIp'),
    http_request_http_method: text('httpRequest.httpMethod'),
    http_request_url_hostname: (f) => authorityHost(first(header('host'), text('httpRequest.host'))(f)),
    http_request_url_port: (f) => authorityPort(header('host')(f)),
    http_request_url_path: text('httpRequest.uri'),
    http_request_url_query: text('httpRequest.args'),
    http_request_url_scheme: text('httpRequest.scheme'),
    http_request_user_agent: header('user-agent'),
    http_request_referrer: header('referer'),
    http_request_version: (f) => `nullif(regexp_replace(${f.text('httpRequest.httpVersion')}, '^HTTP/', ''), '')`,
    http_response_code: small('responseCodeSent'),
    firewall_rule_name: text('terminatingRuleId'),
    proxy_action: text('action'),
    status: outcomeOfAction('action'),
    tls_ja3: text('ja3Fingerprint'),
    tls_ja4: text('ja4Fingerprint'),
  },
  keeps: ['httpRequest.headers'],
  sees: ['http.host', 'http.url', 'http.method', 'http.user_agent', 'http.referrer', 'tls.ja3', 'tls.ja4'],
  blindTo: [inbound, 'requests that no web ACL stands before'],
  sample: `{"timestamp":1760428800500,"formatVersion":1,"webaclId":"arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/example/1","terminatingRuleId":"Default_Action","action":"ALLOW","httpSourceName":"ALB","httpRequest":{"clientIp":"203.0.113.20","country":"DE","headers":[{"name":"Host","value":"app.example.com"},{"name":"User-Agent","value":"ExampleBrowser/1.0"}],"uri":"/start","args":"q=1","httpVersion":"HTTP/2.0","httpMethod":"GET","requestId":"1-2"},"ja3Fingerprint":"00000000000000000000000000000001"}
`,
} satisfies Format;

const target = targetOf('url');

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html (checked 2026-11-24) */
export const awsLoadBalancer = {
  id: 'aws.load-balancer',
  vendor: 'AWS',
  product: 'Application and Classic Load Balancer',
  record: 'one request through the load balancer',
  class: 'http',
  detect: (head) =>
    head.lines
      .slice(0, 5)
      .some((line) =>
        /^(?:(?:https?|h2|wss?|grpcs?) )?\d{4}-\d\d-\d\dT[\d:.]+Z \S+ [0-9a-fA-F.:]+:\d+ \S+ (?:-?[\d.]+ ){3}(?:\d{3}|-) /.test(
          line,
        ),
      ),
  layout: pattern(
    'aws-load-balancer',
    [
      'opening',
      'balancer',
      'client',
      'client_port',
      'target',
      'target_port',
      'code',
      'target_code',
      'received',
      'sent',
      'method',
      'url',
      'version',
      'user_agent',
      'cipher',
      'protocol',
      'sni',
    ],
    '^((?:[a-z0-9]+ )?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z) ([^ ]+) ([0-9a-fA-F.:]+):([0-9]+) (?:([0-9a-fA-F.:]+):([0-9]+)|-) -?[0-9.]+ -?[0-9.]+ -?[0-9.]+ ([0-9]{3}|-) ([0-9]{3}|-) ([0-9]+) ([0-9]+) "([^ "]+) ([^ "]+) ([^ "]+) ?" "([^"]*)" ([^ ]+) ([^ ]+)(?: [^ ]+ "[^"]*" "([^"]*)")?',
  ),
  steps: {
    ...target.steps,
    time: (f) => `regexp_extract(${f.text('opening')}, '[^ ]+$')`,
    type: (f) => `nullif(regexp_extract(${f.text('opening')}, '^([a-z0-9]+) ', 1), '')`,
  },
  columns: {
    time: timeOf('time'),
    src_endpoint_ip: addressOf('client'),
    src_endpoint_port: portOf('client_port'),
    dst_endpoint_ip: addressOf('target'),
    dst_endpoint_port: portOf('target_port'),
    device_hostname: text('balancer'),
    app_name: (f) =>
      `coalesce(nullif(regexp_replace(${f.text('type')}, '^(h2|grpcs)$', 'https'), ''), ${target.scheme(f)})`,
    connection_info_protocol_name: constant('tcp'),
    http_request_http_method: text('method'),
    ...target.columns,
    http_request_user_agent: text('user_agent'),
    http_request_version: (f) => `nullif(regexp_replace(${f.text('version')}, '^HTTP/', ''), '')`,
    http_response_code: small('code'),
    status: outcomeOfStatus('code'),
    traffic_bytes_out: integer('received'),
    traffic_bytes_in: integer('sent'),
    tls_sni: (f) => hostText(f.text('sni')),
    tls_version: text('protocol'),
    tls_cipher: text('cipher'),
  },
  sees: ['http.host', 'http.url', 'http.method', 'http.status', 'http.user_agent', 'tls.sni', 'flow.bytes'],
  blindTo: [inbound, 'requests that the load balancer dropped before it read them'],
  sample: `https 2025-10-14T08:00:00.500000Z app/example/50dc6c495c0c9188 203.0.113.20:51000 10.40.1.5:8080 0.001 0.010 0.000 200 200 210 5400 "GET https://app.example.com:443/start?q=1 HTTP/2.0" "ExampleBrowser/1.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/example/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "app.example.com" "arn:aws:acm:eu-central-1:123456789012:certificate/1" 0 2025-10-14T08:00:00.480000Z "forward" "-" "-" "10.40.1.5:8080" "200" "-" "-"
`,
} satisfies Format;

const cloudFrontNames =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end'.split(
    ' ',
  );
const cloudFrontLine =
  /^\d{4}-\d\d-\d\d[\t ]\d\d:\d\d:\d\d[\t ][A-Z]{3}\S*[\t ]\d+[\t ][0-9a-fA-F.:]+[\t ][A-Z]+[\t ]\S+\.cloudfront\.net[\t ]/;

const shared = {
  src_endpoint_ip: addressOf('c-ip'),
  src_endpoint_port: portOf('c-port'),
  device_hostname: (f: Parameters<Expression>[0]) => hostText(f.text('cs(Host)')),
  app_name: text('cs-protocol'),
  connection_info_protocol_name: constant('tcp'),
  http_request_http_method: text('cs-method'),
  http_request_url_scheme: text('cs-protocol'),
  http_request_url_hostname: (f: Parameters<Expression>[0]) =>
    authorityHost(first(text('x-host-header'), text('cs(Host)'))(f)),
  http_request_url_path: text('cs-uri-stem'),
  http_request_url_query: text('cs-uri-query'),
  http_request_user_agent: decoded(text('cs(User-Agent)')),
  http_request_referrer: decoded(text('cs(Referer)')),
  http_request_version: (f: Parameters<Expression>[0]) =>
    `nullif(regexp_replace(${f.text('cs-protocol-version')}, '^HTTP/', ''), '')`,
  http_response_code: small('sc-status'),
  http_response_content_type: text('sc-content-type'),
  traffic_bytes_out: integer('cs-bytes'),
  traffic_bytes_in: integer('sc-bytes'),
  proxy_action: text('x-edge-result-type'),
  status: outcomeOfStatus('sc-status'),
  tls_version: text('ssl-protocol'),
  tls_cipher: text('ssl-cipher'),
} as const;

const isoOf =
  (time: string): Expression =>
  (f) =>
    `try_cast(${f.text('date')} || ' ' || ${f.text(time)} AS TIMESTAMP)`;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html (checked 2026-11-24) */
export const awsCloudFront = {
  id: 'aws.cloudfront',
  vendor: 'AWS',
  product: 'CloudFront',
  record: 'one request to a distribution',
  class: 'http',
  detect: (head) => head.lines.slice(0, 5).some((line) => cloudFrontLine.test(line)),
  layout: table(
    'aws-cloudfront',
    (head) => {
      const line = head.lines.find((l) => cloudFrontLine.test(l)) ?? '';
      return { separator: line.includes('\t') ? '\t' : ' ', columns: cloudFrontNames, header: null };
    },
    12,
  ),
  columns: { time: isoOf('time'), ...shared },
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'flow.bytes',
  ],
  blindTo: [inbound],
  sample: `#Version: 1.0
#Fields: ${cloudFrontNames.join(' ')}
2025-10-14\t08:00:00\tFRA50-P1\t5400\t203.0.113.20\tGET\td0example0abcd.cloudfront.net\t/start\t200\thttps://www.example.com/\tExampleBrowser/1.0%20(test)\tq=1\t-\tMiss\tabc==\tapp.example.com\thttps\t210\t0.010\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tMiss\tHTTP/2.0\t-\t-\t51000\t0.010\tMiss\ttext/html\t5000\t-\t-
`,
} satisfies Format;

export const awsCloudFrontJson = {
  ...awsCloudFront,
  id: 'aws.cloudfront-json',
  record: 'one request to a distribution, as JSON',
  detect: has('x-edge-location', 'c-ip'),
  layout: json,
  columns: {
    time: (f) => `coalesce(${isoOf('time')(f)}, ${isoOf('start_time')(f)})`,
    ...shared,
    src_endpoint_ip: (f) => `coalesce(${addressText(f.text('c-ip'))}, ${f.text('c-ip')})`,
  },
  sample: `{"date":"2025-10-14","time":"08:00:00","x-edge-location":"FRA50-P1","sc-bytes":"5400","c-ip":"203.0.113.20","cs-method":"GET","cs(Host)":"d0example0abcd.cloudfront.net","cs-uri-stem":"/start","sc-status":"200","cs(User-Agent)":"ExampleBrowser/1.0","x-host-header":"app.example.com","cs-protocol":"https","cs-bytes":"210","c-port":"51000"}
`,
} satisfies Format;
