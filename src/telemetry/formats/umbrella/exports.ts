import { constant, type Expression, hostName, hostText, integer, small, targetOf, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import type { Head } from '../../head.ts';
import { splitCells, table } from '../../layouts/table.ts';
import {
  addressOf,
  outcomeOfAction,
  outcomeOfResponse,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
} from '../../readings.ts';

/**
 * Cisco Umbrella's exports: CSV without a header, later versions with more columns at the end.
 * https://docs.umbrella.com/deployment-umbrella/docs/log-formats-and-versioning (checked 2026-11-24)
 */
const stamp = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ?$/;
const address = /^[0-9a-fA-F.:]*$/;
const fits = (...shapes: readonly (RegExp | null)[]) => {
  const all: readonly (RegExp | null)[] = [stamp, ...shapes];
  return (head: Head): boolean =>
    head.lines.slice(0, 5).some((line) => {
      const cells = splitCells(line, ',');
      return (
        cells.length >= all.length && all.every((shape, i) => shape === null || shape.test((cells[i] ?? '').trim()))
      );
    });
};
const names = (list: string) => ({ separator: ',' as const, columns: list.split(' '), header: null });

/**
 * The identity of one of these types: identities and their types stand in two lists of the same order. A comma with a
 * space behind it is part of a name.
 */
const identityOf =
  (...wanted: readonly string[]): Expression =>
  (f) => {
    const types = `list_transform(string_split(${f.text('types')}, ','), x -> rtrim(trim(x), 's'))`;
    const identities = `string_split(replace(${f.text('identities')}, ', ', '\x02'), ',')`;
    const is = (sql: string): string => `${sql} IN (${wanted.map((type) => `'${type}'`).join(', ')})`;
    const at = `list_position(list_transform(${types}, x -> ${is('x')}), true)`;
    const among = `CASE WHEN len(${types}) = len(${identities}) THEN replace(list_extract(${identities}, ${at}), '\x02', ', ') END`;
    return `trim(CASE WHEN ${is(`rtrim(trim(${f.text('type')}), 's')`)} THEN coalesce(${f.text('identity')}, ${among}) ELSE ${among} END)`;
  };
const computer: Expression = (f) =>
  hostText(identityOf('Roaming Computer', 'Anyconnect Roaming Client', 'Mobile Device')(f));
/** `Full Name (account@domain)` or the account alone. */
const user: Expression = (f) =>
  `coalesce(nullif(regexp_extract(${identityOf('AD User')(f)}, '\\(([^()@ ]+)@[^()]*\\)$', 1), ''), ${identityOf('AD User')(f)})`;

const unseen = 'devices and networks that do not use Umbrella';

export const umbrellaDns = {
  id: 'umbrella.dns',
  vendor: 'Cisco',
  product: 'Umbrella DNS',
  record: 'one query with the code of its answer and the decision on it',
  class: 'dns',
  detect: fits(null, null, address, address, /^(?:Allowed|Blocked|Proxied)/i, null, /^[A-Z]*$/),
  layout: table(
    'umbrella-dns',
    () =>
      names(
        'time identity identities internal external action query_type rcode domain categories type types blocked rule countries organization',
      ),
    9,
    '',
  ),
  columns: {
    time: timeOf('time'),
    activity_id: constant('1'),
    app_name: constant('dns'),
    src_endpoint_ip: addressOf('internal', 'external'),
    device_hostname: computer,
    actor_user_name: user,
    query_hostname: hostName('domain'),
    query_type: recordTypeOf('query_type'),
    rcode: responseCodeOf('rcode'),
    status: outcomeOfResponse('rcode'),
    proxy_action: text('action'),
  },
  keeps: ['identity', 'identities', 'type', 'types', 'external'],
  sees: ['dns.query', 'user.name'],
  blindTo: [unseen, 'answers', 'URL paths and flows'],
  sample: `"2025-10-14 08:00:00","laptop-7","laptop-7,Example User (user@example.com)","10.40.1.20","203.0.113.20","Allowed","1 (A)","NOERROR","sync.example-team.workers.dev.","Software/Technology","Roaming Computers","Roaming Computers,AD Users",""
"2025-10-14 08:00:01","Branch","Branch","","203.0.113.21","Blocked","28 (AAAA)","NXDOMAIN","nothing.example.","Malware","Networks","Networks","Malware"
`,
} satisfies Format;

const url = targetOf('url');
const proxyNames =
  'internal external destination content_type verdict url referrer user_agent status request_size response_size body_size sha256 categories detections puas disposition malware score type blocked identities types method dlp certificate_errors file_name ruleset rule destination_lists isolate file_action warn forwarding producer';
const verdict = /^(?:ALLOWED|BLOCKED|PROXIED|WARNED|ISOLATED)/i;
const plainProxy = fits(null, address, address, address, null, verdict);
const olderProxy = fits(null, null, address, address, address, null, verdict);

export const umbrellaProxy = {
  id: 'umbrella.proxy',
  vendor: 'Cisco',
  product: 'Umbrella Secure Web Gateway',
  record: 'one request through the gateway',
  class: 'http',
  detect: (head) => plainProxy(head) || olderProxy(head),
  layout: table(
    'umbrella-proxy',
    (head) => names(`time identity ${plainProxy(head) ? '' : 'all_identities '}${proxyNames}`),
    9,
    '',
  ),
  steps: url.steps,
  columns: {
    time: timeOf('time'),
    connection_info_protocol_name: constant('tcp'),
    src_endpoint_ip: addressOf('internal', 'external'),
    dst_endpoint_ip: addressOf('destination'),
    device_hostname: computer,
    actor_user_name: user,
    http_request_http_method: text('method'),
    ...url.columns,
    http_request_user_agent: (f) => `nullif(trim(${f.text('user_agent')}), '')`,
    http_request_referrer: text('referrer'),
    http_response_code: small('status'),
    http_response_content_type: text('content_type'),
    traffic_bytes_out: integer('request_size'),
    traffic_bytes_in: integer('response_size'),
    http_response_length: integer('body_size'),
    proxy_action: text('verdict'),
    status: outcomeOfAction('verdict'),
    file_name: text('file_name'),
    file_hashes: (f) => `CASE WHEN ${f.text('sha256')} IS NOT NULL THEN [${f.text('sha256')}] END`,
  },
  keeps: ['identity', 'identities', 'type', 'types', 'external'],
  sees: [
    'http.host',
    'http.url',
    'http.method',
    'http.status',
    'http.user_agent',
    'http.referrer',
    'http.mime',
    'flow.bytes',
    'user.name',
  ],
  blindTo: [unseen, 'URL paths of HTTPS where the gateway does not inspect TLS'],
  sample: `"2025-10-14 08:00:00","laptop-7","10.40.1.20","203.0.113.20","203.0.113.7","application/json","ALLOWED","https://sync.example-team.workers.dev/poll?id=1","","ExampleBrowser/1.0","200","210","5400","5100","","Software/Technology","","","","","","Roaming Computers","","laptop-7","Roaming Computers","GET","","","poll","1","1",""
`,
} satisfies Format;

const flowColumns = {
  time: timeOf('time'),
  src_endpoint_ip: addressOf('source'),
  src_endpoint_port: portOf('source_port'),
  dst_endpoint_ip: addressOf('destination'),
  dst_endpoint_port: portOf('destination_port'),
} as const;

export const umbrellaIp = {
  id: 'umbrella.ip',
  vendor: 'Cisco',
  product: 'Umbrella IP layer enforcement',
  record: 'one connection of a roaming computer to a listed address',
  class: 'network',
  detect: fits(null, /^[0-9a-fA-F.:]+$/, /^\d{1,5}$/, /^[0-9a-fA-F.:]+$/, /^\d{1,5}$/),
  layout: table(
    'umbrella-ip',
    () => names('time identity source source_port destination destination_port categories type'),
    6,
    '',
  ),
  columns: {
    ...flowColumns,
    status: constant('Success'),
    device_hostname: (f) =>
      hostText(`CASE WHEN ${f.text('type')} LIKE 'Roaming Computer%' THEN ${f.text('identity')} END`),
  },
  keeps: ['identity', 'type'],
  sees: ['flow.ip', 'flow.time'],
  blindTo: [unseen, 'connections to addresses that Umbrella does not list', 'names, URLs and bytes'],
  sample: `"2025-10-14 08:00:00","laptop-7","10.40.1.20","54128","203.0.113.9","443","","Roaming Computers"
`,
} satisfies Format;

export const umbrellaFirewall = {
  id: 'umbrella.firewall',
  vendor: 'Cisco',
  product: 'Umbrella Cloud-Delivered Firewall',
  record: 'one connection that a rule decided',
  class: 'network',
  detect: fits(/^\[\d+\]$/, null, null, /^(?:INBOUND|OUTBOUND)$/, /^\d{1,3}$/),
  layout: table(
    'umbrella-firewall',
    () =>
      names(
        'time origin identity type direction protocol size source source_port destination destination_port center rule verdict fqdns lists',
      ),
    14,
    '',
  ),
  columns: {
    ...flowColumns,
    connection_info_protocol_name: protocolOf('protocol'),
    traffic_bytes_out: integer('size'),
    dst_endpoint_hostname: (f) => hostText(`split_part(${f.text('fqdns')}, ',', 1)`),
    proxy_action: text('verdict'),
    status: outcomeOfAction('verdict'),
    firewall_rule_name: text('rule'),
  },
  keeps: ['fqdns'],
  sees: ['flow.ip', 'flow.bytes', 'flow.time'],
  blindTo: [unseen, 'URLs; names, except those that the rule lists'],
  sample: `"2025-10-14 08:00:00","[211039844]","Branch","CDFW Tunnel Device","OUTBOUND","6","1200","10.40.1.20","51544","203.0.113.9","443","fra1.edc","12","ALLOW"
`,
} satisfies Format;

export const umbrellaIntrusion = {
  id: 'umbrella.intrusion',
  vendor: 'Cisco',
  product: 'Umbrella IPS',
  record: 'one alert of the intrusion prevention',
  class: 'detection',
  detect: fits(null, null, /^\d+$/, /^\d+$/, null, /^\d+$/, /^[A-Z ]+$/, null, null, /^[A-Z0-9]+$/),
  layout: table(
    'umbrella-intrusion',
    () =>
      names(
        'time identity type generator signature_id signature list severity classification cves protocol session source source_port destination destination_port action',
      ),
    16,
    '',
  ),
  columns: {
    ...flowColumns,
    connection_info_protocol_name: protocolOf('protocol'),
    finding_title: text('signature'),
    proxy_action: text('action'),
  },
  sees: ['flow.ip', 'flow.time'],
  blindTo: [unseen, 'traffic that raises no alert', 'names and URLs'],
  sample: `"2025-10-14 08:00:00","Firewall Tunnel 1","Network Tunnels","1","16606","EXAMPLE rule","1323","HIGH","Attempted User Privilege Gain","","TCP","12345","10.40.1.20","33010","203.0.113.9","443","Would Block"
`,
} satisfies Format;

const shared = targetOf('link');

export const umbrellaDlp = {
  id: 'umbrella.dlp',
  vendor: 'Cisco',
  product: 'Umbrella Data Loss Prevention',
  record: 'one upload that a rule for data decided',
  class: 'http',
  detect: fits(/^(?:Real Time|SaaS API)/i, null, /^[A-Z]+$/),
  layout: table(
    'umbrella-dlp',
    () =>
      names(
        'time event id severity identity owner file application link action rule classification classifier content_type size sha256 label',
      ),
    10,
    '',
  ),
  steps: shared.steps,
  columns: {
    time: timeOf('time'),
    http_request_url_scheme: shared.scheme,
    http_request_url_hostname: shared.host,
    http_request_url_path: shared.path,
    http_request_url_query: shared.query,
    http_request_length: integer('size'),
    firewall_rule_name: text('rule'),
    proxy_action: text('action'),
    status: outcomeOfAction('action'),
    file_name: text('file'),
    actor_user_name: text('owner'),
  },
  sees: ['http.host', 'http.url', 'user.name'],
  blindTo: [unseen, 'uploads that no rule names', 'addresses'],
  sample: `"2025-10-14 08:00:00","Real Time","f64dcc3f-0000-0000-0000-000000000001","CRITICAL","laptop-7","","plan.xlsx","Storage","https://files.example.com/upload","BLOCK","rule-1","class","classifier","text/html","48","abc","Confidential"
`,
} satisfies Format;
