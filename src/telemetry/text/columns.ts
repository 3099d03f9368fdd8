import { type Column, columns } from '../../model/event.ts';
import { type Expression, hostText } from '../expression.ts';
import type { Format } from '../format.ts';
import { address, either, port, protocol, userName, whole } from './expressions.ts';

/** Raw fields by column: the first of them that is set, and is of the column's kind, fills it. */
export type Keys = { readonly [C in Exclude<Column, 'time' | 'class_uid'>]?: readonly string[] };

const ports: ReadonlySet<Column> = new Set([
  'src_endpoint_port',
  'dst_endpoint_port',
  'http_request_url_port',
  'http_response_code',
]);
const hosts: ReadonlySet<Column> = new Set([
  'device_hostname',
  'src_endpoint_hostname',
  'dst_endpoint_hostname',
  'query_hostname',
  'http_request_url_hostname',
  'tls_sni',
]);

/** Columns of a format that names its fields. */
export function fromKeys(keys: Keys): Omit<Format['columns'], 'time'> {
  const filled = Object.entries(keys).map(([name, fields]) => [name, expressionOf(name, fields)] as const);
  return Object.fromEntries(filled);
}

function expressionOf(name: string, fields: readonly string[]): Expression {
  if (!isColumn(name)) throw new Error(`there is no column ${name}`);
  if (name === 'src_endpoint_ip' || name === 'dst_endpoint_ip') return address(...fields);
  if (ports.has(name)) return port(...fields);
  if (columns[name].type === 'BIGINT') return whole(...fields);
  if (name === 'connection_info_protocol_name') return protocol(...fields);
  if (name === 'actor_user_name') return userName(...fields);
  if (name === 'app_name') return (f) => `lower(${either(...fields)(f)})`;
  if (hosts.has(name)) return (f) => hostText(either(...fields)(f));
  if (columns[name].type === 'VARCHAR[]')
    return (f) => `CASE WHEN ${either(...fields)(f)} IS NOT NULL THEN [${either(...fields)(f)}] END`;
  return either(...fields);
}

const isColumn = (name: string): name is Column => name in columns;
