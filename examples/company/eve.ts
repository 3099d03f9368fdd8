/** The branch office's sensor: one eve.json of dns, tls, http and flow records as Suricata 7 writes them. */
import { addressOf } from '../../src/replays/internet.ts';
import type { Lookup } from '../../src/replays/lookups.ts';
import { hashOf, randomFor } from '../../src/replays/random.ts';
import type { Visit } from '../../src/replays/visit.ts';
import { internet } from './internet.ts';

type Entry = { readonly at: number; readonly record: Readonly<Record<string, unknown>> };

/** Suricata's clock: microseconds and an offset without a colon. */
const clock = (at: number): string =>
  new Date(at).toISOString().replace('Z', `${String((at * 7) % 1000).padStart(3, '0')}+0000`);

type Ends = readonly [from: string, fromPort: number, to: string, toPort: number, protocol: 'TCP' | 'UDP'];

const entry = (at: number, kind: string, flow: number, ends: Ends, body: Readonly<Record<string, unknown>>): Entry => {
  const [src_ip, src_port, dest_ip, dest_port, proto] = ends;
  const about = { timestamp: clock(at), flow_id: flow, in_iface: 'ens5', event_type: kind };
  return { at, record: { ...about, src_ip, src_port, dest_ip, dest_port, proto, pkt_src: 'wire/pcap', ...body } };
};

const flowOf = (label: string): number => {
  const random = randomFor(`flow ${label}`);
  return random.int(1, 2_000) * 1_000_000_000_000 + random.int(0, 999_999_999);
};

const flowEntry = (
  at: number,
  lasts: number,
  flow: number,
  ends: Ends,
  app: string,
  sent: number,
  got: number,
): Entry => {
  const [out, back] = [Math.ceil(sent / 1_400) + 1, Math.ceil(got / 1_400) + 1];
  const counted = {
    pkts_toserver: out,
    pkts_toclient: back,
    bytes_toserver: sent + out * 54,
    bytes_toclient: got + back * 54,
    start: clock(at),
    end: clock(at + lasts),
    age: Math.floor(lasts / 1000),
    state: 'closed',
    reason: 'timeout',
    alerted: false,
  };
  return entry(at + lasts + 5, 'flow', flow, ends, { app_proto: app, flow: counted });
};

const dnsEntries = (lookup: Lookup): Entry[] => {
  const label = `${lookup.at} ${lookup.asker} ${lookup.name} ${lookup.type}`;
  const random = randomFor(`eve dns ${label}`);
  const ends: Ends = [lookup.asker, random.int(32_768, 60_999), lookup.server, 53, 'UDP'];
  const flow = flowOf(label);
  const id = random.int(1, 65_535);
  const asked = { rrname: lookup.name, rrtype: lookup.type };
  const names = [lookup.name, ...lookup.chain];
  const owner = names.at(-1) ?? lookup.name;
  const aliases = lookup.chain.map((rdata, n) => ({ rrname: names[n], rrtype: 'CNAME', ttl: lookup.ttl, rdata }));
  const data = (lookup.data ?? []).map((rdata) => ({ rrname: owner, rrtype: lookup.type, ttl: lookup.ttl, rdata }));
  const answers = [...aliases, ...data];
  const flags = { version: 2, type: 'answer', id, flags: '8180', qr: true, rd: true, ra: true, opcode: 0 };
  const rcode = lookup.data === null ? 'NXDOMAIN' : 'NOERROR';
  const answered = { ...flags, ...asked, rcode, ...(answers.length > 0 ? { answers } : {}) };
  return [
    entry(lookup.at, 'dns', flow, ends, { dns: { type: 'query', id, ...asked, tx_id: 0, opcode: 0 } }),
    entry(lookup.at + lookup.took, 'dns', flow, ends, { dns: answered }),
  ];
};

const visitEntries = (visit: Visit): Entry[] => {
  const label = `${visit.at} ${visit.client.ip} ${visit.host}`;
  const port = visit.port ?? 443;
  const ends: Ends = [
    visit.client.ip,
    randomFor(`eve ${label}`).int(32_768, 60_999),
    addressOf(internet, visit),
    port,
    'TCP',
  ];
  const flow = flowOf(label);
  const sent = visit.requests.reduce((sum, r) => sum + (r.sent ?? 0) + r.path.length + 380, 0);
  const got = visit.requests.reduce((sum, r) => sum + (r.got ?? 640) + 290, 0);
  if (port === 443) {
    const old = visit.agent.ja4.startsWith('t12');
    const tls = { sni: visit.host, version: old ? 'TLS 1.2' : 'TLS 1.3', ja4: visit.agent.ja4 };
    return [
      entry(visit.at + 30, 'tls', flow, ends, { tls }),
      flowEntry(visit.at, visit.lasts, flow, ends, 'tls', sent + 780, got + 4_300),
    ];
  }
  const requests = visit.requests.map(
    ({ path, method = 'GET', status = 200, type = 'text/html', got: length = 640 }, tx_id) => {
      const asked = { hostname: visit.host, url: path, http_user_agent: visit.agent.name, http_content_type: type };
      const http = { ...asked, http_method: method, protocol: 'HTTP/1.1', status, length };
      return entry(visit.at + 40 + tx_id * 90, 'http', flow, ends, { tx_id, http });
    },
  );
  return [...requests, flowEntry(visit.at, visit.lasts, flow, ends, 'http', sent, got)];
};

/** Every record of the second site, one JSON object a line, in the order of time. */
export const eveLog = (visits: readonly Visit[], lookups: readonly Lookup[]): string => {
  const entries = [...lookups.flatMap(dnsEntries), ...visits.flatMap(visitEntries)];
  const text = ({ record }: Entry) => JSON.stringify(record);
  return `${entries
    .sort((a, b) => a.at - b.at || hashOf(text(a)) - hashOf(text(b)))
    .map(text)
    .join('\n')}\n`;
};
