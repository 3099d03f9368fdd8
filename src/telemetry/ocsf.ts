import { type Column, columns, eventClass, OCSF_VERSION } from '../model/event.ts';
import type { Format } from './format.ts';
import { put, type Tree } from './nest.ts';

/** A row of the engine: columns of `model/event.ts`, times as RFC 3339 text. */
export type EventRow = Readonly<Record<string, unknown>>;

const classNames: Readonly<Record<number, string>> = {
  [eventClass.base]: 'Base Event',
  [eventClass.network]: 'Network Activity',
  [eventClass.http]: 'HTTP Activity',
  [eventClass.dns]: 'DNS Activity',
  [eventClass.detection]: 'Detection Finding',
};

/** OCSF http_activity.activity_id: https://schema.ocsf.io/1.7.0/classes/http_activity */
const methods: Readonly<Record<string, number>> = {
  CONNECT: 1,
  DELETE: 2,
  GET: 3,
  HEAD: 4,
  OPTIONS: 5,
  POST: 6,
  PUT: 7,
  TRACE: 8,
  PATCH: 9,
};

/** A flat event as nested OCSF; `rest` is what had no column. Times are milliseconds since 1970, exact ones in `time_dt`. */
export function toOcsf(row: EventRow, format: Format, rest: Tree): Tree {
  const uid = Number(row.class_uid);
  const activity = activityOf(uid, row);
  const event: Tree = {
    class_uid: uid,
    class_name: classNames[uid] ?? 'Base Event',
    category_uid: Math.floor(uid / 1000),
    activity_id: activity,
    type_uid: uid * 100 + activity,
    severity_id: 1,
    metadata: { version: OCSF_VERSION, product: { name: format.product, vendor_name: format.vendor } },
  };
  for (const name of columnNames) {
    if (name === 'class_uid') continue;
    const value = row[name];
    if (columns[name].type === 'TIMESTAMP') putTime(event, columns[name].ocsf, value);
    else put(event, columns[name].ocsf, value);
  }
  if (Object.keys(rest).length > 0) event.unmapped = rest;
  return event;
}

const columnNames = Object.keys(columns) as Column[];

function putTime(event: Tree, path: string, value: unknown): void {
  if (typeof value !== 'string') return;
  put(event, path, Date.parse(value));
  put(event, `${path}_dt`, value);
}

function activityOf(uid: number, row: EventRow): number {
  if (uid === eventClass.dns) return row.rcode || row.answers ? 2 : 1;
  if (uid === eventClass.http) return methods[String(row.http_request_http_method).toUpperCase()] ?? 99;
  return uid === eventClass.network ? 6 : uid === eventClass.detection ? 1 : 0;
}
