import { isIP } from 'node:net';
import { type Column, columnNames, columns, eventClass } from '../model/event.ts';
import { insideOf } from '../observables/private.ts';
import type { Format } from './format.ts';
import { isTree, objectAt, type Place, placeOf, put, type Tree } from './nest.ts';
import type { EventRow } from './ocsf.ts';
import { requestText } from './url-text.ts';

/** The Elastic Common Schema release that the field names are taken from (https://www.elastic.co/docs/reference/ecs). */
export const ECS_VERSION = '8.17.0';

const plan: readonly { readonly name: Column; readonly place: Place }[] = columnNames.flatMap((name) => {
  const { ecs } = columns[name];
  return ecs === null ? [] : [{ name, place: placeOf(ecs) }];
});

/** A flat event as nested ECS; `rest` is what had no column and goes under the product's name. */
export function toEcs(row: EventRow, format: Format, rest: Tree): Tree {
  const module = format.id.split('.')[0] ?? format.id;
  const event: Tree = { ecs: { version: ECS_VERSION }, event: kinds(Number(row.class_uid), module) };
  for (const { name, place } of plan) put(event, place, ecsValue(name, row[name]));
  derive(event, row);
  if (format.stamp && typeof row[format.stamp] === 'string') {
    event['@timestamp'] = row[format.stamp];
    put(event, startPlace, row.time);
  }
  put(event, datasetPlace, `${module}.${row.metadata_log_name ?? format.id.split('.')[1] ?? 'log'}`);
  if (Object.keys(rest).length > 0) event[module] = rest;
  return event;
}

const datasetPlace = placeOf('event.dataset');
const startPlace = placeOf('event.start');

const kinds = (uid: number, module: string): Tree => ({
  kind: uid === eventClass.detection ? 'alert' : 'event',
  category:
    uid === eventClass.detection
      ? ['intrusion_detection', 'network']
      : uid === eventClass.http
        ? ['network', 'web']
        : ['network'],
  type:
    uid === eventClass.dns
      ? ['connection', 'protocol', 'info']
      : uid === eventClass.base
        ? ['info']
        : ['connection', 'info'],
  module,
});

/** ECS counts durations in nanoseconds, and writes protocols and outcomes in lower case. */
function ecsValue(name: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (name === 'duration') return Number(value) * 1_000_000;
  if (name === 'answer_ttls') return Array.isArray(value) ? value.map(Number) : null;
  return lower.has(name) ? String(value).toLowerCase() : value;
}

const lower: ReadonlySet<Column> = new Set(['app_name', 'connection_info_protocol_name', 'status']);

function derive(event: Tree, row: EventRow): void {
  const [source, destination] = [side(event, row, 'source', 'src'), side(event, row, 'destination', 'dst')];
  if (roles.has(Number(row.class_uid))) {
    if (source) event.client = { ...source };
    if (destination) event.server = { ...destination };
  }
  if (row.device_hostname != null) objectAt(event, 'host').name = row.device_hostname;
  if (typeof row.actor_user_name === 'string') deriveUser(objectAt(event, 'user'), row.actor_user_name);
  deriveNetwork(event, row);
  deriveUrl(event, row);
  if (row.firewall_rule_name != null) objectAt(event, 'rule').name = row.firewall_rule_name;
  const answers = Array.isArray(row.answers) ? row.answers.map(String).filter((a) => isIP(a) !== 0) : [];
  if (answers.length > 0) objectAt(event, 'dns').resolved_ip = answers;
  if (Number(row.class_uid) === eventClass.dns) objectAt(event, 'dns').type = dnsType(row);
}

/** `DOMAIN\\account` and `account@domain`: ECS has the account alone as the name. */
function deriveUser(user: Tree, text: string): void {
  const [, domain, account] = /^([^\\]+)\\+([^\\]+)$/.exec(text) ?? [];
  if (domain && account) Object.assign(user, { domain, name: account });
  const [, local] = /^([^@\s]+)@[^@\s]+\.[^@\s]+$/.exec(text) ?? [];
  if (local) Object.assign(user, { email: text, name: local });
}

/** Classes whose source is whoever began: the client. */
const roles: ReadonlySet<number> = new Set([eventClass.dns, eventClass.http, eventClass.network]);

const dnsType = (row: EventRow): string => (row.rcode == null && row.answers == null ? 'query' : 'answer');

function side(event: Tree, row: EventRow, name: 'source' | 'destination', column: 'src' | 'dst'): Tree | null {
  const there = event[name];
  if (!isTree(there)) return null;
  const address = row[`${column}_endpoint_ip`] ?? row[`${column}_endpoint_hostname`];
  if (address != null) there.address = address;
  return there;
}

const isInside = insideOf([]);
const insideCache = new Map<string, boolean>();

function inside(address: string): boolean {
  const known = insideCache.get(address);
  if (known !== undefined) return known;
  if (insideCache.size > 10_000) insideCache.clear();
  const answer = isInside(address);
  insideCache.set(address, answer);
  return answer;
}

function deriveNetwork(event: Tree, row: EventRow): void {
  const [sent, got] = [row.traffic_bytes_out, row.traffic_bytes_in];
  const network: Tree = isTree(event.network) ? event.network : {};
  const known = [sent, got].filter((n) => typeof n === 'number');
  if (row.traffic_bytes == null && known.length > 0) network.bytes = known.reduce((sum, n) => sum + n, 0);
  if (typeof row.src_endpoint_ip === 'string' && typeof row.dst_endpoint_ip === 'string') {
    const [from, to] = [inside(row.src_endpoint_ip), inside(row.dst_endpoint_ip)];
    network.direction = from ? (to ? 'internal' : 'outbound') : to ? 'inbound' : 'external';
    network.type = row.src_endpoint_ip.includes(':') ? 'ipv6' : 'ipv4';
  }
  if (Object.keys(network).length > 0) event.network = network;
}

function deriveUrl(event: Tree, row: EventRow): void {
  const { scheme, target, full } = requestText(row);
  if (!target && !full) return;
  const url = objectAt(event, 'url');
  if (target) url.original = target;
  if (full) url.full = full;
  if (scheme) url.scheme = scheme;
}
