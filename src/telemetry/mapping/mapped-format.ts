import type { Place } from '../../model/event.ts';
import { constant, type Expression, first, hostText, integer, list, targetOf } from '../expression.ts';
import type { Format } from '../format.ts';
import { has, json } from '../layouts/json.ts';
import { headerTable, table } from '../layouts/table.ts';
import {
  addressOf,
  anyOf,
  baseNameOf,
  outcomeOfAction,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
  writtenTime,
} from '../readings.ts';
import { expressionLines } from './expression-lines.ts';
import { logFormat } from './log-format/reading.ts';
import type { Mapping, Source } from './schema.ts';

/** What a user's mapping says, as a format like any other. */
export function formatOf(mapping: Mapping): Format {
  const { time, url, ...rest } = mapping.columns ?? {};
  const server = readingOf(mapping);
  const parts = url === undefined ? null : targetOf('the url');
  const columns = Object.fromEntries(
    Object.entries(rest).flatMap(([name, source]) =>
      source === undefined ? [] : [[name, expressionOf(source, usual[name])]],
    ),
  );
  return {
    id: mapping.id,
    vendor: mapping.vendor,
    product: mapping.product,
    record: mapping.record,
    class: mapping.class ?? 'http',
    layout: server.layout,
    detect: server.detect,
    ...(server.steps ? { steps: server.steps } : {}),
    ...(parts && url !== undefined
      ? { steps: { ...server.steps, 'the url': expressionOf(url, 'text'), ...parts.steps } }
      : {}),
    columns: {
      ...server.columns,
      ...parts?.columns,
      ...columns,
      time: time === undefined ? (server.columns?.time ?? constant('')) : expressionOf(time, 'time'),
    },
    sees: placesOf(
      new Set([
        ...Object.keys(rest),
        ...Object.keys(server.columns ?? {}),
        ...(parts ? ['http_request_url_path', 'http_request_url_hostname'] : []),
      ]),
    ),
    blindTo: ['whatever the mapping file has no column for'],
    sample: '',
  };
}

/** How lines become fields; of a server's log format, what the fields mean too. */
function readingOf({
  read,
  unset,
  detect = [],
}: Mapping): Pick<Format, 'layout' | 'detect'> & Partial<Pick<Format, 'steps' | 'columns'>> {
  if ('logformat' in read) return logFormat(read.lines, read.logformat, unset);
  if (read.lines === 'json') return { layout: json, detect: has(...detect) };
  if (read.lines === 'expression') {
    const { layout, fits } = expressionLines(read.expression, unset);
    return { layout, detect: (head) => head.lines.slice(0, 20).some(fits) };
  }
  const separator = read.separator === 'tab' ? '\t' : read.separator === 'space' ? ' ' : read.separator;
  const { columns } = read;
  if (columns)
    return {
      layout: table('own-table', () => ({ separator, columns, header: null }), Math.min(2, columns.length), unset),
      detect: (head) => head.lines.slice(0, 5).some((line) => line.split(separator).length >= columns.length),
    };
  return {
    layout: table('own-table', (head) => headerTable(head, separator), 1, unset),
    detect: (head) => {
      const names = headerTable(head, separator)?.columns ?? [];
      return detect.length > 0 && detect.every((name) => names.includes(name));
    },
  };
}

type Reading = NonNullable<Exclude<Source, string | { constant: string }>['as']>;

/** How a column is read where the mapping does not say it. */
const usual: Readonly<Record<string, Reading>> = {
  end_time: 'time',
  duration: 'number',
  status: 'outcome',
  src_endpoint_ip: 'address',
  src_endpoint_port: 'port',
  src_endpoint_hostname: 'host',
  dst_endpoint_ip: 'address',
  dst_endpoint_port: 'port',
  dst_endpoint_hostname: 'host',
  device_hostname: 'host',
  connection_info_protocol_name: 'protocol',
  traffic_bytes_out: 'number',
  traffic_bytes_in: 'number',
  traffic_bytes: 'number',
  traffic_packets_out: 'number',
  traffic_packets_in: 'number',
  query_hostname: 'host',
  query_type: 'record-type',
  rcode: 'response-code',
  answers: 'list',
  answer_ttls: 'list',
  http_request_url_hostname: 'host',
  http_request_url_port: 'port',
  http_request_length: 'number',
  http_request_cookies: 'list',
  http_response_code: 'port',
  http_response_length: 'number',
  tls_sni: 'host',
  tls_certificate_fingerprints: 'list',
  tls_certificate_created: 'time',
  tls_certificate_expires: 'time',
  tls_certificate_sans: 'list',
  file_hashes: 'list',
};

function expressionOf(source: Source, otherwise: Reading = 'text'): Expression {
  if (typeof source === 'string') return reading(otherwise, [source], []);
  if ('constant' in source) return constant(source.constant);
  const fields = typeof source.field === 'string' ? [source.field] : source.field;
  const formats =
    source.format === undefined ? [] : typeof source.format === 'string' ? [source.format] : source.format;
  return reading(source.as ?? otherwise, fields, formats);
}

function reading(kind: Reading, fields: readonly string[], formats: readonly string[]): Expression {
  switch (kind) {
    case 'text':
      return anyOf(...fields);
    case 'number':
      return first(...fields.map(integer));
    case 'port':
      return portOf(...fields);
    case 'address':
      return addressOf(...fields);
    case 'host':
      return (f) => hostText(anyOf(...fields)(f));
    case 'protocol':
      return protocolOf(...fields);
    case 'record-type':
      return recordTypeOf(...fields);
    case 'response-code':
      return responseCodeOf(...fields);
    case 'list':
      return first(...fields.map(list));
    case 'file-name':
      return baseNameOf(...fields);
    case 'outcome':
      return outcomeOfAction(...fields);
    case 'time':
      return formats.length > 0 ? first(...fields.map((name) => writtenTime(name, ...formats))) : timeOf(...fields);
    default:
      return kind satisfies never;
  }
}

const seen: readonly (readonly [Place, string])[] = [
  ['dns.query', 'query_hostname'],
  ['dns.answer', 'answers'],
  ['tls.sni', 'tls_sni'],
  ['tls.ja3', 'tls_ja3'],
  ['tls.ja4', 'tls_ja4'],
  ['tls.certificate', 'tls_certificate_fingerprints'],
  ['http.host', 'http_request_url_hostname'],
  ['http.url', 'http_request_url_path'],
  ['http.method', 'http_request_http_method'],
  ['http.status', 'http_response_code'],
  ['http.user_agent', 'http_request_user_agent'],
  ['http.referrer', 'http_request_referrer'],
  ['http.mime', 'http_response_content_type'],
  ['http.cookie', 'http_request_cookies'],
  ['flow.ip', 'dst_endpoint_ip'],
  ['flow.bytes', 'traffic_bytes_out'],
  ['user.name', 'actor_user_name'],
];

const placesOf = (columns: ReadonlySet<string>): Place[] =>
  seen.flatMap(([place, column]) => (columns.has(column) ? [place] : []));
