/** A sensor: conn, dns, ssl and http logs as Zeek 6 writes them (tab-separated, with the JA4 package). */
import { addressOf, type Internet } from './internet.ts';
import type { Lookup } from './lookups.ts';
import { base62, hashOf, type Random, randomFor } from './random.ts';
import type { Request, Visit } from './visit.ts';

type Cell = string | number | boolean | readonly string[] | null;
type Row = { readonly at: number; readonly cells: readonly Cell[] };

const ends: readonly (readonly [string, string])[] = [
  ['ts', 'time'],
  ['uid', 'string'],
  ['id.orig_h', 'addr'],
  ['id.orig_p', 'port'],
  ['id.resp_h', 'addr'],
  ['id.resp_p', 'port'],
];

/** Field names and types of each log, in Zeek's order: https://docs.zeek.org/en/v6.0.4/logs/ */
const fields: Readonly<Record<string, string>> = {
  conn:
    'proto:enum service:string duration:interval orig_bytes:count resp_bytes:count conn_state:string local_orig:bool ' +
    'local_resp:bool missed_bytes:count history:string orig_pkts:count orig_ip_bytes:count resp_pkts:count ' +
    'resp_ip_bytes:count tunnel_parents:set[string]',
  dns:
    'proto:enum trans_id:count rtt:interval query:string qclass:count qclass_name:string qtype:count qtype_name:string ' +
    'rcode:count rcode_name:string AA:bool TC:bool RD:bool RA:bool Z:count answers:vector[string] ' +
    'TTLs:vector[interval] rejected:bool',
  ssl:
    'version:string cipher:string curve:string server_name:string resumed:bool last_alert:string next_protocol:string ' +
    'established:bool ssl_history:string cert_chain_fps:vector[string] client_cert_chain_fps:vector[string] ' +
    'sni_matches_cert:bool ja4:string',
  http:
    'trans_depth:count method:string host:string uri:string referrer:string version:string user_agent:string ' +
    'origin:string request_body_len:count response_body_len:count status_code:count status_msg:string info_code:count ' +
    'info_msg:string tags:set[enum] username:string password:string proxied:set[string] orig_fuids:vector[string] ' +
    'orig_filenames:vector[string] orig_mime_types:vector[string] resp_fuids:vector[string] ' +
    'resp_filenames:vector[string] resp_mime_types:vector[string]',
};

/** Milliseconds and a made-up rest, as seconds with six digits. */
const seconds = (at: number, salt = 0): string =>
  `${Math.floor(at / 1000)}.${String(at % 1000).padStart(3, '0')}${String((at * 7 + salt) % 1000).padStart(3, '0')}`;

const span = (milliseconds: number): string => seconds(milliseconds, milliseconds % 977);

const written = (cell: Cell): string => {
  if (cell === null || cell === '') return '-';
  if (typeof cell === 'boolean') return cell ? 'T' : 'F';
  if (typeof cell === 'object') return cell.length === 0 ? '(empty)' : cell.join(',');
  return String(cell);
};

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace(/[T:]/g, '-');

const logFile = (path: string, rows: readonly Row[], from: number, to: number): string => {
  const named = (fields[path] ?? '').split(' ').map((field) => field.split(':'));
  const all = [...ends, ...named];
  const head = [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    `#path\t${path}`,
    `#open\t${stamp(from)}`,
    `#fields\t${all.map(([name]) => name).join('\t')}`,
    `#types\t${all.map(([, type]) => type).join('\t')}`,
  ];
  const lines = [...rows].sort((a, b) => a.at - b.at).map(({ cells }) => cells.map(written).join('\t'));
  return `${[...head, ...lines, `#close\t${stamp(to)}`].join('\n')}\n`;
};

const uidOf = (random: Random): string => `C${random.text(base62, 17)}`;

type Flow = {
  readonly at: number;
  readonly id: readonly Cell[];
  readonly protocol: 'tcp' | 'udp';
  readonly service: string;
  readonly lasts: number;
  readonly sent: number;
  readonly got: number;
  readonly outside: boolean;
};

const connRow = (flow: Flow): Row => {
  const overhead = flow.protocol === 'tcp' ? 40 : 28;
  const packets = (bytes: number) => Math.ceil(bytes / 1_400) + (flow.protocol === 'tcp' ? 5 : 0);
  const [out, back] = [packets(flow.sent), packets(flow.got)];
  const history = flow.protocol === 'tcp' ? 'ShADadFf' : 'Dd';
  const counted = [0, history, out, flow.sent + out * overhead, back, flow.got + back * overhead, null];
  const measured = [flow.protocol, flow.service, span(flow.lasts), flow.sent, flow.got, 'SF', true, !flow.outside];
  // Zeek writes a connection when it ends, so the log is in the order of the ends.
  return { at: flow.at + flow.lasts, cells: [...flow.id, ...measured, ...counted] };
};

const qtypes = { A: 1, PTR: 12, AAAA: 28, SRV: 33, HTTPS: 65 } as const;

const dnsRows = (lookup: Lookup): { readonly dns: Row; readonly conn: Row } => {
  const random = randomFor(`dns ${lookup.at} ${lookup.asker} ${lookup.name} ${lookup.type}`);
  const time = seconds(lookup.at, hashOf(lookup.name));
  const id = [time, uidOf(random), lookup.asker, random.int(32_768, 60_999), lookup.server, 53];
  const found = lookup.data !== null;
  const answers = [...lookup.chain, ...(lookup.data ?? [])];
  const question = [lookup.name, 1, 'C_INTERNET', qtypes[lookup.type], lookup.type];
  const status = found ? [0, 'NOERROR'] : [3, 'NXDOMAIN'];
  const listed = answers.length > 0 ? [answers, answers.map(() => `${lookup.ttl}.000000`)] : [null, null];
  const flags = [false, false, true, true, 0, ...listed, false];
  const dns = ['udp', random.int(1, 65_535), span(lookup.took), ...question, ...status, ...flags];
  const sent = lookup.name.length + 18;
  const got = sent + answers.join('').length + answers.length * 12;
  const outside = !lookup.server.startsWith('10.');
  const conn = { at: lookup.at, id, protocol: 'udp', service: 'dns', lasts: lookup.took, sent, got, outside } as const;
  return { dns: { at: lookup.at, cells: [...id, ...dns] }, conn: connRow(conn) };
};

const bytesOf = (requests: readonly Request[]) => ({
  sent: requests.reduce((sum, r) => sum + (r.sent ?? 0) + r.path.length + 380, 0),
  got: requests.reduce((sum, r) => sum + (r.got ?? 640) + 290, 0),
});

const tlsCells = (visit: Visit): Cell[] => {
  const old = visit.agent.ja4.startsWith('t12');
  const suite = old ? 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' : 'TLS_AES_128_GCM_SHA256';
  const curve = old ? 'secp256r1' : 'x25519';
  const protocol = visit.agent.ja4.slice(8, 10) === 'h2' ? 'h2' : null;
  const shown = [old ? 'TLSv12' : 'TLSv13', suite, curve, visit.host, visit.at % 4 === 0, null, protocol, true, 'CsiI'];
  return [...shown, null, null, null, visit.agent.ja4];
};

const httpCells = (visit: Visit, request: Request, depth: number): Cell[] => {
  const { method = 'GET', path, referrer = null, sent = 0, got = 640, status = 200, type = 'text/html' } = request;
  const asked = [depth, method, visit.host, path, referrer, '1.1', visit.agent.name, null, sent, got];
  const answered = [status, status === 200 ? 'OK' : 'Found', null, null, [], null, null, null, null, null, null];
  return [...asked, ...answered, [`F${randomFor(`file ${visit.at}`).text(base62, 17)}`], null, [type]];
};

const visitRows = (visit: Visit, internet: Internet) => {
  const random = randomFor(`visit ${visit.at} ${visit.client.ip} ${visit.host}`);
  const port = visit.port ?? 443;
  const time = seconds(visit.at, hashOf(visit.host));
  const id = [time, uidOf(random), visit.client.ip, random.int(32_768, 60_999), addressOf(internet, visit), port];
  const { sent, got } = bytesOf(visit.requests);
  const tls = port === 443;
  const flow = { at: visit.at, id, lasts: visit.lasts, protocol: 'tcp', outside: true } as const;
  const handshake = tls ? { service: 'ssl', sent: sent + 780, got: got + 4_300 } : { service: 'http', sent, got };
  const asked = visit.requests.map((request, n) => httpCells(visit, request, n + 1));
  return {
    conn: connRow({ ...flow, ...handshake }),
    ssl: tls ? [{ at: visit.at, cells: [...id, ...tlsCells(visit)] }] : [],
    http: tls ? [] : asked.map((cells): Row => ({ at: visit.at, cells: [...id, ...cells] })),
  };
};

/** When the logs were opened and closed (milliseconds since 1970), and what stands outside. */
export type Recording = { readonly from: number; readonly to: number; readonly internet: Internet };

/** The four logs of a sensor by file name. */
export const zeekLogs = (visits: readonly Visit[], lookups: readonly Lookup[], { from, to, internet }: Recording) => {
  const names = lookups.map(dnsRows);
  const flows = visits.map((visit) => visitRows(visit, internet));
  const conn = [...names.map((row) => row.conn), ...flows.map((row) => row.conn)];
  return {
    'conn.log': logFile('conn', conn, from, to),
    'dns.log': logFile(
      'dns',
      names.map((row) => row.dns),
      from,
      to,
    ),
    'ssl.log': logFile(
      'ssl',
      flows.flatMap((row) => row.ssl),
      from,
      to,
    ),
    'http.log': logFile(
      'http',
      flows.flatMap((row) => row.http),
      from,
      to,
    ),
  };
};
