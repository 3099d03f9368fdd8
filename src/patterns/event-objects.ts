/** What STIX objects a log event shows, and in which columns: the data model of patterns over our data model of events. */
import type { Column } from '../model/event.ts';

/** A property as an expression over columns of an event; `fold`: stored in lower case, so that case does not count. */
export type Property = {
  readonly sql: string;
  readonly is: 'text' | 'number' | 'time';
  readonly columns: readonly Column[];
  readonly fold: boolean;
};

/** An object that an event may show. With `each` there is one for each element of a list, which is called `element`. */
export type EventObject = {
  readonly type: string;
  readonly each: Column | null;
  /** By path behind the colon. */
  readonly properties: Readonly<Record<string, Property>>;
};

const property = (is: Property['is'], sql: string, columns: readonly Column[], fold = false): Property => ({
  ...{ is, sql, columns, fold },
});
const text = (column: Column, fold = false): Property => property('text', column, [column], fold);
const number = (column: Column): Property => property('number', column, [column]);
const time = (column: Column): Property => property('time', column, [column]);

/** An address of one family; null where it is of the other. */
const address = (sql: string, column: Column, version: 4 | 6): Property =>
  property('text', `CASE WHEN ${version === 4 ? 'NOT ' : ''}contains(${sql}, ':') THEN ${sql} END`, [column]);

const names: readonly EventObject[] = (
  ['query_hostname', 'tls_sni', 'http_request_url_hostname', 'dst_endpoint_hostname', 'src_endpoint_hostname'] as const
).map((column) => ({ type: 'domain-name', each: null, properties: { value: text(column, true) } }));

/** Elements of an answer are names and addresses, told apart by their form. */
const ADDRESS = "regexp_full_match(element, '[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*')";
const answered = (sql: string): Property => property('text', sql, ['answers'], true);
const answers: readonly EventObject[] = [
  {
    type: 'domain-name',
    each: 'answers',
    properties: { value: answered(`CASE WHEN NOT ${ADDRESS} THEN element END`) },
  },
  {
    type: 'ipv4-addr',
    each: 'answers',
    properties: { value: answered(`CASE WHEN ${ADDRESS} AND NOT contains(element, ':') THEN element END`) },
  },
  {
    type: 'ipv6-addr',
    each: 'answers',
    properties: { value: answered(`CASE WHEN ${ADDRESS} AND contains(element, ':') THEN element END`) },
  },
];

const addresses: readonly EventObject[] = (['src_endpoint_ip', 'dst_endpoint_ip'] as const).flatMap((column) =>
  ([4, 6] as const).map((version) => ({
    type: `ipv${version}-addr`,
    each: null,
    properties: { value: address(column, column, version) },
  })),
);

/** As `intel/` normalises URLs: no default port. */
const url: EventObject = {
  type: 'url',
  each: null,
  properties: {
    value: property(
      'text',
      "coalesce(http_request_url_scheme, 'http') || '://' || http_request_url_hostname || CASE WHEN http_request_url_port IS NULL OR http_request_url_port = CASE http_request_url_scheme WHEN 'https' THEN 443 ELSE 80 END THEN '' ELSE ':' || http_request_url_port END || http_request_url_path || coalesce('?' || http_request_url_query, '')",
      [
        'http_request_url_scheme',
        'http_request_url_hostname',
        'http_request_url_port',
        'http_request_url_path',
        'http_request_url_query',
      ],
    ),
  },
};

const family = (column: Column): Property =>
  property(
    'text',
    `CASE WHEN contains(${column}, ':') THEN 'ipv6-addr' WHEN ${column} IS NOT NULL THEN 'ipv4-addr' END`,
    [column],
  );

/** What both views of a connection share. */
const traffic: Readonly<Record<string, Property>> = {
  start: time('time'),
  end: time('end_time'),
  src_port: number('src_endpoint_port'),
  dst_port: number('dst_endpoint_port'),
  'src_ref.type': family('src_endpoint_ip'),
  'src_ref.value': text('src_endpoint_ip'),
  src_byte_count: number('traffic_bytes_out'),
  dst_byte_count: number('traffic_bytes_in'),
  src_packets: number('traffic_packets_out'),
  dst_packets: number('traffic_packets_in'),
  "extensions.'http-request-ext'.request_method": text('http_request_http_method'),
  "extensions.'http-request-ext'.request_value": text('http_request_url_path'),
  "extensions.'http-request-ext'.request_version": text('http_request_version'),
  "extensions.'http-request-ext'.request_header.Host": text('http_request_url_hostname', true),
  "extensions.'http-request-ext'.request_header.'User-Agent'": text('http_request_user_agent'),
  "extensions.'http-request-ext'.request_header.Referer": text('http_request_referrer'),
  "extensions.'x-tls-ext'.ja3_hash": text('tls_ja3', true),
  "extensions.'x-tls-ext'.ja4_fingerprint": text('tls_ja4'),
};
const protocol = (column: Column): Property => text(column, true);
const NAME = 'coalesce(http_request_url_hostname, tls_sni, dst_endpoint_hostname)';

/** A connection goes to an address, and to a name; `protocols` are two columns, so there is a view for each. */
const connections: readonly EventObject[] = (['connection_info_protocol_name', 'app_name'] as const).flatMap(
  (column) => [
    {
      ...{ type: 'network-traffic', each: null },
      properties: {
        ...traffic,
        'protocols[*]': protocol(column),
        'dst_ref.type': family('dst_endpoint_ip'),
        'dst_ref.value': text('dst_endpoint_ip'),
      },
    },
    {
      ...{ type: 'network-traffic', each: null },
      properties: {
        ...traffic,
        'protocols[*]': protocol(column),
        'dst_ref.type': property('text', `CASE WHEN ${NAME} IS NOT NULL THEN 'domain-name' END`, NAMES()),
        'dst_ref.value': property('text', NAME, NAMES(), true),
      },
    },
  ],
);

function NAMES(): readonly Column[] {
  return ['http_request_url_hostname', 'tls_sni', 'dst_endpoint_hostname'];
}

/** Hashes of a list by their length. */
const lengths = { MD5: 32, "'SHA-1'": 40, "'SHA-256'": 64, "'SHA-512'": 128 } as const;
const hashed = (column: Column): Readonly<Record<string, Property>> =>
  Object.fromEntries(
    Object.entries(lengths).map(([name, length]) => [
      `hashes.${name}`,
      property('text', `CASE WHEN length(element) = ${length} THEN lower(element) END`, [column], true),
    ]),
  );

/** Every object that an event can show. */
export const eventObjects: readonly EventObject[] = [
  ...names,
  ...addresses,
  ...answers,
  url,
  ...connections,
  {
    type: 'x509-certificate',
    each: null,
    properties: {
      subject: text('tls_certificate_subject'),
      issuer: text('tls_certificate_issuer'),
      serial_number: text('tls_certificate_serial', true),
      validity_not_before: time('tls_certificate_created'),
      validity_not_after: time('tls_certificate_expires'),
    },
  },
  {
    type: 'x509-certificate',
    each: 'tls_certificate_fingerprints',
    properties: hashed('tls_certificate_fingerprints'),
  },
  { type: 'file', each: null, properties: { name: text('file_name') } },
  { type: 'file', each: 'file_hashes', properties: hashed('file_hashes') },
  {
    type: 'user-account',
    each: null,
    properties: { user_id: text('actor_user_name'), account_login: text('actor_user_name') },
  },
];
