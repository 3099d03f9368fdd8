import {
  constant,
  type Expression,
  epochSeconds,
  integer,
  inUtc,
  outcomeOfStatus,
  small,
  targetOf,
  text,
} from '../expression.ts';
import type { Format } from '../format.ts';
import { pattern } from '../layouts/pattern.ts';
import { quoted } from '../layouts/quoted.ts';
import { text as textLayout } from '../layouts/text.ts';
import { address, looksLike } from '../text/expressions.ts';

const url = targetOf('url');

/** Where the client sent no request, Squid writes `error:…` for a URL: https://wiki.squid-cache.org/SquidFaq/SquidLogs */
const unlessError =
  (part: Expression): Expression =>
  (f) =>
    `CASE WHEN NOT starts_with(${f.text('url')}, 'error:') THEN ${part(f)} END`;

/** Columns cut from the request target; a CONNECT has only `host:port`. */
const request = {
  connection_info_protocol_name: constant('tcp'),
  dst_endpoint_port: unlessError(
    (f) => `coalesce(${url.port(f)}, CASE ${url.scheme(f)} WHEN 'http' THEN 80 WHEN 'https' THEN 443 END)`,
  ),
  status: outcomeOfStatus('status'),
  http_request_http_method: text('method'),
  http_request_url_scheme: url.scheme,
  http_request_url_hostname: unlessError(url.host),
  http_request_url_port: unlessError(url.port),
  http_request_url_path: url.path,
  http_request_url_query: url.query,
  http_response_code: small('status'),
  actor_user_name: text('user'),
} as const;

const proxyBlind =
  'traffic that does not pass the proxy; paths of HTTPS where the proxy does not inspect TLS (only CONNECT host:port is logged then)';

/** Squid's native access.log: https://wiki.squid-cache.org/Features/LogFormat */
export const squidNative = {
  id: 'squid.native',
  vendor: 'Squid',
  product: 'Squid',
  record: 'one request through the proxy',
  class: 'http',
  detect: (head) =>
    head.lines
      .slice(0, 5)
      .some((line) =>
        /^\d{9,10}\.\d{3}\s+-?\d+ \S+ [A-Z_]+\/\d{3} -?\d+ (?:[A-Z_]+|-) \S+ \S+ [A-Z_0-9]+\/\S+ \S+/.test(line),
      ),
  layout: pattern(
    'squid-native',
    [
      'time',
      'elapsed',
      'client',
      'result',
      'status',
      'bytes',
      'method',
      'url',
      'user',
      'hierarchy',
      'peer',
      'mime',
      'referrer',
      'user_agent',
    ],
    '^([0-9]{9,10}\\.[0-9]{3}) +(-?[0-9]+) ([^ ]+) ([A-Z_]+)/([0-9]{3}) (-?[0-9]+) ([^ ]+) ([^ ]+) ([^ ]+) ([A-Z_0-9]+)/([^ ]+) ([^ ]+)(?: "([^"]*)" "([^"]*)")?',
  ),
  steps: url.steps,
  stamp: 'end_time',
  columns: {
    // Squid writes the time at which the request ended; the contact began `elapsed` earlier.
    time: (f) =>
      `${epochSeconds(f.text('time'))} - to_milliseconds(greatest(0, least(coalesce(try_cast(${f.text('elapsed')} AS BIGINT), 0), 864000000)))`,
    end_time: (f) => epochSeconds(f.text('time')),
    duration: (f) => `greatest(0, try_cast(${f.text('elapsed')} AS BIGINT))`,
    metadata_log_name: constant('access'),
    src_endpoint_ip: text('client'),
    dst_endpoint_ip: (f) =>
      `CASE WHEN regexp_full_match(${f.text('peer')}, '[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*') THEN ${f.text('peer')} END`,
    ...request,
    // Written at the end of the line where the administrator asked for them.
    http_request_referrer: text('referrer'),
    http_request_user_agent: text('user_agent'),
    http_response_content_type: text('mime'),
    http_response_length: integer('bytes'),
    traffic_bytes_in: integer('bytes'),
    proxy_action: text('result'),
  },
  sees: ['http.host', 'http.url', 'http.method', 'http.status', 'http.mime', 'flow.time', 'user.name'],
  blindTo: [proxyBlind, 'user agents, referrers and cookies'],
  sample: `1760428807.120    350 10.40.1.20 TCP_MISS/200 812 GET https://sync.example-team.workers.dev/poll?id=1 - ORIGINAL_DST/203.0.113.7 application/json
1760428808.120     90 10.40.1.21 TCP_TUNNEL/200 5120 CONNECT files.example.com:443 alice HIER_DIRECT/203.0.113.8 -
`,
} satisfies Format;

const CLF_TIME = '%d/%b/%Y:%H:%M:%S %z';

/** Squid's `combined` format: https://wiki.squid-cache.org/Features/LogFormat */
export const squidCombined = {
  id: 'squid.combined',
  vendor: 'Squid',
  product: 'Squid',
  record: 'one request through the proxy',
  class: 'http',
  detect: (head) =>
    head.lines
      .slice(0, 5)
      .some((line) =>
        /^\S+ \S+ \S+ \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4}\] "[A-Z]+ [^"]*" \d{3} (?:\d+|-) "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*" [A-Z_]+:[A-Z_0-9]+/.test(
          line,
        ),
      ),
  layout: quoted('combined', 7, {
    client: { stretch: 1, cut: (s) => `split_part(${s}, ' ', 1)` },
    user: { stretch: 1, cut: (s) => `split_part(${s}, ' ', 3)` },
    time: { stretch: 1, cut: (s) => `substr(${s}, strpos(${s}, '[') + 1, 26)` },
    method: { stretch: 2, cut: (s) => `split_part(${s}, ' ', 1)` },
    url: { stretch: 2, cut: (s) => `split_part(${s}, ' ', 2)` },
    protocol: { stretch: 2, cut: (s) => `split_part(${s}, ' ', 3)` },
    status: { stretch: 3, cut: (s) => `split_part(${s}, ' ', 2)` },
    bytes: { stretch: 3, cut: (s) => `split_part(${s}, ' ', 3)` },
    referrer: { stretch: 4, cut: (s) => s },
    user_agent: { stretch: 6, cut: (s) => s },
    result: { stretch: 7, cut: (s) => `split_part(trim(${s}), ':', 1)` },
  }),
  steps: url.steps,
  columns: {
    time: (f) => inUtc(`try_strptime(${f.text('time')}, '${CLF_TIME}')`),
    metadata_log_name: constant('access'),
    src_endpoint_ip: text('client'),
    ...request,
    http_request_version: (f) => `nullif(regexp_replace(${f.text('protocol')}, '^HTTP/', ''), '')`,
    http_request_user_agent: text('user_agent'),
    http_request_referrer: text('referrer'),
    http_response_length: integer('bytes'),
    traffic_bytes_in: integer('bytes'),
    proxy_action: text('result'),
  },
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
  blindTo: [proxyBlind, 'content types and cookies'],
  sample: `10.40.1.20 - - [14/Oct/2025:08:00:07 +0000] "GET https://sync.example-team.workers.dev/poll?id=1 HTTP/1.1" 200 812 "-" "Example \\"Agent\\"/1.0" TCP_MISS:ORIGINAL_DST
10.40.1.21 - alice [14/Oct/2025:10:00:08 +0200] "CONNECT files.example.com:443 HTTP/1.1" 200 5120 "-" "ExampleBrowser/1.0" TCP_TUNNEL:HIER_DIRECT
`,
} satisfies Format;

const RELAYED = '\\s[0-9]{9,10}\\.[0-9]{3}\\s+-?[0-9]+ \\S+ [A-Z_]+/[0-9]{3} -?[0-9]+ [A-Za-z_]+ \\S+ ';

/** Squid's native form behind a syslog header, and Cisco Secure Web Appliance (WSA), which adds its verdicts: https://www.cisco.com (AsyncOS access logs, checked 2026-11-24). */
export const squidRelayed = {
  id: 'squid.relayed',
  vendor: 'Squid, Cisco',
  product: 'Squid, Secure Web Appliance',
  record: 'one request through the proxy',
  class: 'http',
  detect: looksLike(RELAYED),
  line: RELAYED,
  layout: textLayout('squid-relayed', {
    is: RELAYED,
    cuts: [
      {
        groups: [
          'seconds',
          'elapsed',
          'client',
          'result',
          'status',
          'bytes',
          'method',
          'url',
          'user',
          'hierarchy',
          'peer',
          'mime',
          'tail',
        ],
        regex:
          '\\s([0-9]{9,10}\\.[0-9]{3})\\s+(-?[0-9]+) (\\S+) ([A-Z_]+)/([0-9]{3}) (-?[0-9]+) ([A-Za-z_]+) (\\S+) (\\S+|"[^"]*") ([A-Z_0-9]+)/(\\S+) (\\S+)(.*)',
      },
      { groups: ['agent'], regex: '"(Mozilla/[^"]*|[A-Za-z][\\w.-]*/[0-9][^"]*)"' },
    ],
    unset: ['-'],
  }),
  steps: url.steps,
  stamp: 'end_time',
  columns: {
    // As in the native log: the request ended at that time.
    time: (f) =>
      `${epochSeconds(f.text('seconds'))} - to_milliseconds(greatest(0, least(coalesce(try_cast(${f.text('elapsed')} AS BIGINT), 0), 864000000)))`,
    end_time: (f) => epochSeconds(f.text('seconds')),
    duration: (f) => `greatest(0, try_cast(${f.text('elapsed')} AS BIGINT))`,
    metadata_log_name: constant('access'),
    src_endpoint_ip: text('client'),
    dst_endpoint_ip: address('peer'),
    ...request,
    http_request_user_agent: text('agent'),
    http_response_content_type: text('mime'),
    http_response_length: integer('bytes'),
    traffic_bytes_in: integer('bytes'),
    proxy_action: text('result'),
  },
  sees: ['http.host', 'http.url', 'http.method', 'http.status', 'http.mime', 'flow.time', 'user.name'],
  blindTo: [proxyBlind, 'user agents, unless the log was told to add them, referrers and cookies'],
  sample: `Oct 14 08:01:12 proxy squid[4711]: 1760428872.120    350 10.40.1.20 TCP_MISS/200 812 GET https://sync.example-team.workers.dev/poll?id=1 alice HIER_DIRECT/203.0.113.7 application/json
Info: 1760428873.120 90 10.40.1.21 TCP_MISS/200 5120 GET http://files.example.com/a - DIRECT/files.example.com text/plain DEFAULT_CASE_11-Policy-Identity-NONE-NONE-NONE-NONE <IW_comp,6.9,-,"-"> -
`,
} satisfies Format;
