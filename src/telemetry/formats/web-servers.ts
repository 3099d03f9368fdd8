import { authorityHost, integer, inUtc, outcomeOfStatus, small, targetOf, text } from '../expression.ts';
import type { Format } from '../format.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { IP, looksLike } from '../text/expressions.ts';
import { anyTime } from '../text/flows.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../text/syslog.ts';

const url = targetOf('url');
const request = {
  http_request_http_method: text('method'),
  http_request_url_scheme: url.scheme,
  http_request_url_port: url.port,
  http_request_url_path: url.path,
  http_request_url_query: url.query,
  http_response_code: small('status'),
} as const;
const requestSteps = {
  ...syslogSteps,
  ...url.steps,
};
const proxyBlind = [
  'traffic that does not pass this server, and paths of HTTPS that it only tunnels',
  'the host, where the log format leaves it out: then only the path is known',
];

const HAPROXY = `${IP}:[0-9]+ \\[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:.]+\\] \\S+[:/ ]`;

/** HAProxy's http, https, tcp and error formats: https://docs.haproxy.org/3.0/configuration.html#8.2 (checked 2026-11-24). */
export const haproxy = {
  id: 'haproxy.log',
  vendor: 'HAProxy',
  product: 'HAProxy',
  record: 'one request or connection',
  class: (f) => `CASE WHEN ${f.text('method')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: looksLike(HAPROXY),
  line: HAPROXY,
  layout: textLayout('haproxy', {
    is: HAPROXY,
    cuts: [
      syslogCut,
      {
        groups: ['client', 'client port', 'written', 'frontend', 'rest'],
        regex: `(${IP}):([0-9]+) \\[([0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8}(?:\\.[0-9]+)?)\\] ([^\\s:]+)(.*)`,
      },
      { groups: ['server ip', 'server port'], regex: `\\] \\S+?/(${IP}):([0-9]+): ` },
      {
        groups: ['status', 'bytes'],
        regex: '\\] \\S+ \\S+ [-+0-9]+/[-+0-9]+/[-+0-9]+/[-+0-9]+/[-+0-9]+ ([0-9]{3}|-1) \\+?([0-9]+) ',
      },
      { groups: ['bytes'], regex: '\\] \\S+ \\S+ [-0-9]+/[-0-9]+/[-+0-9]+ \\+?([0-9]+) ' },
      { groups: ['captured'], regex: ' [0-9]+/[0-9]+ \\{([^|}]+)' },
      { groups: ['method', 'url', 'version'], regex: '"([A-Z]+) (\\S+)(?: HTTP/([0-9.]+))?"?' },
      { groups: ['tls version', 'tls cipher'], regex: ' (TLSv[0-9.]+)(?:/([A-Z0-9_-]+))?' },
    ],
    unset: ['-'],
  }),
  steps: requestSteps,
  columns: {
    ...request,
    ...fromKeys({
      src_endpoint_ip: ['client'],
      src_endpoint_port: ['client port'],
      dst_endpoint_ip: ['server ip'],
      dst_endpoint_port: ['server port'],
      actor_process_name: ['syslog app'],
      traffic_bytes_in: ['bytes'],
      tls_version: ['tls version'],
      tls_cipher: ['tls cipher'],
      http_request_version: ['version'],
    }),
    time: (f) =>
      `coalesce(try_strptime(${f.text('written')}, ['%d/%b/%Y:%H:%M:%S.%f', '%d/%b/%Y:%H:%M:%S']), ${f.text('syslog time')})`,
    device_hostname: syslogColumns.device_hostname,
    connection_info_protocol_name: () => `'tcp'`,
    status: outcomeOfStatus('status'),
    // The first captured header is the host, where the administrator follows the usual advice.
    http_request_url_hostname: (f) =>
      `coalesce(${url.host(f)}, CASE WHEN contains(${f.text('captured')}, '.') AND NOT contains(${f.text('captured')}, ' ') THEN ${authorityHost(f.text('captured'))} END)`,
  },
  sees: ['http.host', 'http.url', 'http.method', 'http.status', 'flow.ip', 'flow.time'],
  blindTo: [...proxyBlind, 'the zone of its clock, which is local time', 'user agents, unless captured'],
  sample: `Oct 14 08:00:49 proxy haproxy[4711]: 10.40.1.20:51544 [14/Oct/2025:08:00:49.125] outbound~ relay/edge 0/0/1/20/21 200 812 - - ---- 2/2/0/0/0 0/0 {sync.example-team.workers.dev} "GET /poll?id=1 HTTP/1.1"
10.40.1.21:51545 [14/Oct/2025:08:00:50.125] tunnel relay/edge 0/1/204 5120 -- 2/2/1/1/0 0/0
`,
} satisfies Format;

const ACCESS =
  '^(?:.*: )?(?:\\S+ )?\\S+ \\S+ \\S+(?: \\S+)? \\[[0-9]{1,2}/[A-Za-z0-9]{2,3}/[0-9]{4}[: ][0-9:]{8}(?: [+-][0-9]{4})?\\] "[A-Z]+ \\S+[^"]*" [0-9]{3} ';

/** The common and combined log formats of nginx, Apache and many gateways, with or without the virtual host in front. */
export const accessLog = {
  id: 'web.access',
  vendor: 'nginx, Apache',
  product: 'access log in the common or combined format',
  record: 'one request',
  class: 'http',
  detect: looksLike(ACCESS),
  line: ACCESS,
  layout: textLayout('access-log', {
    is: ACCESS,
    cuts: [
      {
        groups: [
          'vhost',
          'client',
          'user',
          'written',
          'method',
          'url',
          'version',
          'status',
          'bytes',
          'referrer',
          'agent',
        ],
        regex:
          '(?:^|\\s)(?:([A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+(?::[0-9]+)?),? )?([0-9a-fA-F.:]+|[\\w.-]+) \\S+ (\\S+(?: \\S+)?) \\[([^\\]]+)\\] "([A-Z]+) (\\S+)(?: HTTP/([0-9.]+))?"? ([0-9]{3}) ([0-9]+|-)(?: "((?:[^"\\\\]|\\\\.)*)" "((?:[^"\\\\]|\\\\.)*)")?',
      },
    ],
    unset: ['-'],
  }),
  steps: url.steps,
  columns: {
    ...request,
    ...fromKeys({
      src_endpoint_ip: ['client'],
      actor_user_name: ['user'],
      http_request_version: ['version'],
      http_request_referrer: ['referrer'],
      http_request_user_agent: ['agent'],
    }),
    // The usual form by the short way: the other looks at every way in which a time may be written.
    time: (f) =>
      `CASE WHEN length(${f.text('written')}) = 26 AND ${f.text('written')}[12] = ':' THEN ${inUtc(`try_strptime(${f.text('written')}, '%d/%b/%Y:%H:%M:%S %z')`)} ELSE ${anyTime(f.text('written'))} END`,
    connection_info_protocol_name: () => `'tcp'`,
    status: outcomeOfStatus('status'),
    http_request_url_hostname: (f) => `coalesce(${url.host(f)}, ${authorityHost(f.text('vhost'))})`,
    http_response_length: integer('bytes'),
    traffic_bytes_in: integer('bytes'),
  },
  keeps: ['vhost'],
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'flow.time',
    'user.name',
  ],
  blindTo: proxyBlind,
  sample: `10.40.1.20 - alice [14/Oct/2025:08:00:51 +0000] "GET http://sync.example-team.workers.dev/poll?id=1 HTTP/1.1" 200 812 "-" "ExampleAgent/1.0"
proxy.example:3128 10.40.1.21 - - [14/Oct/2025:10:00:52 +0200] "CONNECT files.example.com:443 HTTP/1.1" 200 5120
`,
} satisfies Format;

const ENVOY = '^\\s*(?:\\S+ )?\\[[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z\\] "(?:[A-Z]+ \\S+ \\S+|- - -)" [0-9]+ \\S+ ';

/** Envoy's default text format, Istio's too: https://www.envoyproxy.io (Access logging, checked 2026-11-24). */
export const envoy = {
  id: 'envoy.access',
  vendor: 'Envoy',
  product: 'Envoy and Istio',
  record: 'one request or connection',
  class: (f) => `CASE WHEN ${f.text('method')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: looksLike(ENVOY),
  line: ENVOY,
  layout: textLayout('envoy', {
    is: ENVOY,
    cuts: [
      {
        groups: ['written', 'method', 'url', 'version', 'status', 'flags', 'tail'],
        regex: '\\[([0-9TZ:.-]+)\\] "(\\S+) (\\S+) (?:HTTP/)?(\\S+)" ([0-9]+) (\\S+)(.*)',
      },
      {
        groups: ['received', 'sent', 'took'],
        regex: '" [0-9]+ \\S+ (?:[a-z_-]+ )?(?:\\S+ )??(?:"[^"]*" )?([0-9]+) ([0-9]+) ([0-9]+) ',
      },
      {
        groups: ['forwarded', 'agent', 'id', 'authority', 'upstream'],
        regex: ' "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)"',
      },
      { groups: ['upstream ip', 'upstream port'], regex: `"(${IP}):([0-9]+)"` },
      {
        groups: ['local', 'client', 'client port', 'sni'],
        regex: `"[^"]*" \\S+ \\S+ (${IP}:[0-9]+) (${IP}):([0-9]+) (\\S+)`,
      },
    ],
    unset: ['-'],
  }),
  steps: url.steps,
  columns: {
    ...request,
    ...fromKeys({
      src_endpoint_ip: ['client', 'forwarded'],
      src_endpoint_port: ['client port'],
      dst_endpoint_ip: ['upstream ip'],
      dst_endpoint_port: ['upstream port'],
      metadata_uid: ['id'],
      http_request_version: ['version'],
      http_request_user_agent: ['agent'],
      traffic_bytes_out: ['received'],
      traffic_bytes_in: ['sent'],
      duration: ['took'],
      tls_sni: ['sni'],
    }),
    time: (f) => anyTime(f.text('written')),
    connection_info_protocol_name: () => `'tcp'`,
    connection_info_state: text('flags'),
    status: outcomeOfStatus('status'),
    http_request_url_hostname: (f) => `coalesce(${authorityHost(f.text('authority'))}, ${url.host(f)})`,
  },
  keeps: ['authority', 'status'],
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
  blindTo: [
    'traffic that does not pass this proxy',
    'referrers and cookies',
    'the client, in the default format without Istio: only what X-Forwarded-For says',
  ],
  sample: `[2025-10-14T08:00:53.125Z] "GET /poll?id=1 HTTP/1.1" 200 - via_upstream - "-" 0 812 21 20 "-" "ExampleAgent/1.0" "4711" "sync.example-team.workers.dev" "203.0.113.9:443" outbound 10.40.1.20:51000 203.0.113.9:443 10.40.1.20:51544 sync.example-team.workers.dev default
[2025-10-14T08:00:54.125Z] "POST /api HTTP/2" 204 - 154 0 226 100 "10.40.1.21" "ExampleAgent/1.0" "4712" "files.example.com" "203.0.113.8:443"
`,
} satisfies Format;
