import { type Column, columnNames, columns, eventClass, OCSF_VERSION } from '../model/event.ts';
import type { Format } from './format.ts';
import { isTree, type Place, placeOf, put, type Tree } from './nest.ts';
import { algorithms, classFacts, methodActivity, protocolNumbers, responseCodes } from './ocsf-facts.ts';
import { requestText } from './url-text.ts';

/** A row of the engine: columns of `model/event.ts`, times as RFC 3339 text. */
export type EventRow = Readonly<Record<string, unknown>>;

type Step = { readonly name: Column; readonly place: Place; readonly exact: Place | null };
const plan: readonly Step[] = columnNames
  .filter((name) => name !== 'class_uid' && name !== 'activity_id')
  .map((name) => {
    const { type, ocsf } = columns[name];
    return { name, place: placeOf(ocsf), exact: type === 'TIMESTAMP' ? placeOf(`${ocsf}_dt`) : null };
  });

/** A flat event as nested OCSF; `rest` is what had no column. Times are milliseconds since 1970, exact ones in `…_dt`. */
export function toOcsf(row: EventRow, format: Format, rest: Tree): Tree {
  const event = classified(row);
  event.metadata = { version: OCSF_VERSION, product: { name: format.product, vendor_name: format.vendor } };
  for (const { name, place, exact } of plan) {
    const value = row[name];
    if (value === null || value === undefined) continue;
    if (exact === null) put(event, place, value);
    else {
      put(event, place, Date.parse(String(value)));
      put(event, exact, value);
    }
  }
  complete(event, row);
  if (Object.keys(rest).length > 0) event.unmapped = rest;
  return event;
}

function classified(row: EventRow): Tree {
  const uid = Number(row.class_uid);
  const facts = classFacts[uid];
  const activity = typeof row.activity_id === 'number' ? row.activity_id : activityOf(uid, row);
  const activityName = facts?.activities[activity] ?? 'Other';
  return {
    class_uid: uid,
    class_name: facts?.name ?? 'Base Event',
    category_uid: facts?.category ?? 0,
    category_name: facts?.categoryName ?? 'Uncategorized',
    activity_id: activity,
    activity_name: activityName,
    type_uid: uid * 100 + activity,
    type_name: `${facts?.name ?? 'Base Event'}: ${activityName}`,
    severity_id: 1,
    severity: 'Informational',
  };
}

function activityOf(uid: number, row: EventRow): number {
  if (uid === eventClass.dns) return row.rcode || row.answers ? 2 : 1;
  if (uid === eventClass.http)
    return row.http_request_http_method ? methodActivity(String(row.http_request_http_method)) : 0;
  return uid === eventClass.network ? 6 : uid === eventClass.detection ? 1 : 0;
}

/** What OCSF wants beside the columns: numbers that go with names, algorithms, the URL as one text. */
function complete(event: Tree, row: EventRow): void {
  if (typeof event.status === 'string') event.status_id = event.status === 'Success' ? 1 : 2;
  if (typeof event.rcode === 'string') event.rcode_id = responseCodes.get(event.rcode.toUpperCase()) ?? 99;
  if (typeof event.disposition === 'string') event.disposition_id = 99;
  completeConnection(event, row);
  completeTls(event);
  const { file, http_request: request, answers } = event;
  if (isTree(file)) {
    file.type_id = 1;
    withAlgorithms(file.hashes);
  }
  if (isTree(request)) completeRequest(request, row);
  if (Array.isArray(answers))
    for (const answer of answers) if (answer.ttl !== undefined) answer.ttl = Number(answer.ttl);
}

function completeConnection(event: Tree, row: EventRow): void {
  const name = row.connection_info_protocol_name;
  if (typeof name !== 'string' && row.metadata_uid == null) return;
  const six = String(row.src_endpoint_ip ?? row.dst_endpoint_ip).includes(':');
  const number = typeof name === 'string' ? protocolNumbers.get(name.toLowerCase()) : undefined;
  const info: Tree = { direction_id: 0 };
  if (typeof name === 'string') info.protocol_name = name.toLowerCase();
  if (number !== undefined) info.protocol_num = number === 1 && six ? 58 : number;
  if (row.metadata_uid != null && Number(row.class_uid) !== eventClass.base) info.uid = row.metadata_uid;
  event.connection_info = info;
}

function completeTls(event: Tree): void {
  const { tls, ja4_fingerprint_list: prints } = event;
  if (Array.isArray(prints)) for (const print of prints) Object.assign(print, { type: 'JA4', type_id: 1 });
  if (!isTree(tls)) return;
  for (const hash of [tls.ja3_hash, tls.ja3s_hash]) if (isTree(hash)) Object.assign(hash, algorithms[32]);
  if (isTree(tls.certificate)) withAlgorithms(tls.certificate.fingerprints);
}

function withAlgorithms(hashes: unknown): void {
  if (Array.isArray(hashes))
    for (const hash of hashes)
      Object.assign(hash, algorithms[String(hash.value).length] ?? { algorithm: 'Unknown', algorithm_id: 0 });
}

function completeRequest(request: Tree, row: EventRow): void {
  const { scheme, full } = requestText(row);
  if (!isTree(request.url)) return;
  if (scheme) request.url.scheme = scheme;
  if (full) request.url.url_string ??= full;
}
