import { type Column, columns, eventClass } from '../model/event.ts';
import type { Format } from './format.ts';
import { put, type Tree } from './nest.ts';
import type { EventRow } from './ocsf.ts';

/** The Elastic Common Schema release that the field names are taken from. */
export const ECS_VERSION = '8.17.0';

/** A flat event as nested ECS; `rest` is what had no column and goes under the vendor's name. */
export function toEcs(row: EventRow, format: Format, rest: Tree): Tree {
  const uid = Number(row.class_uid);
  const event: Tree = {
    ecs: { version: ECS_VERSION },
    event: {
      kind: uid === eventClass.detection ? 'alert' : 'event',
      category: uid === eventClass.http ? ['network', 'web'] : ['network'],
      type: uid === eventClass.dns ? ['protocol', 'info'] : ['connection', 'info'],
      module: format.vendor.toLowerCase(),
      dataset: format.id,
    },
  };
  for (const name of Object.keys(columns) as Column[]) {
    const { ecs } = columns[name];
    if (ecs !== null) put(event, ecs, ecsValue(name, row[name]));
  }
  derive(event, row);
  if (Object.keys(rest).length > 0) event[format.vendor.toLowerCase()] = rest;
  return event;
}

/** ECS counts durations in nanoseconds and writes protocols in lower case. */
function ecsValue(name: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (name === 'duration') return Number(value) * 1_000_000;
  if (name === 'app_name' || name === 'connection_info_protocol_name') return String(value).toLowerCase();
  return value;
}

function derive(event: Tree, row: EventRow): void {
  for (const side of ['src', 'dst'] as const)
    put(
      event,
      `${side === 'src' ? 'source' : 'destination'}.address`,
      row[`${side}_endpoint_ip`] ?? row[`${side}_endpoint_hostname`],
    );
  if (
    row.traffic_bytes_in !== null &&
    row.traffic_bytes_out !== null &&
    row.traffic_bytes_in !== undefined &&
    row.traffic_bytes_out !== undefined
  )
    put(event, 'network.bytes', Number(row.traffic_bytes_in) + Number(row.traffic_bytes_out));
  if (row.http_request_url_hostname && row.http_request_url_scheme)
    put(
      event,
      'url.original',
      `${row.http_request_url_scheme}://${row.http_request_url_hostname}${row.http_request_url_port ? `:${row.http_request_url_port}` : ''}${row.http_request_url_path ?? ''}${row.http_request_url_query ? `?${row.http_request_url_query}` : ''}`,
    );
}
