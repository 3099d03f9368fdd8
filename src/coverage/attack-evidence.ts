import type { Place } from '../model/event.ts';

/** A technique that Virga's findings, traits and rhythms speak for, and where they look. */
export type Evidenced = { readonly technique: string; readonly by: string; readonly places: readonly Place[] };

const naming: readonly Place[] = ['dns.query', 'dns.answer', 'tls.sni', 'http.host', 'http.url'];
const speech: readonly Place[] = [
  'http.url',
  'http.method',
  'http.user_agent',
  'http.cookie',
  'http.referrer',
  'http.mime',
  'http.host',
];

/** Checked against the matcher, the traits and the behaviours of this version, 2026-11-24. */
export const evidenced: readonly Evidenced[] = [
  { technique: 'T1583.007', by: 'contact with a listed endpoint on a serverless platform', places: naming },
  { technique: 'T1584.007', by: 'contact with a listed endpoint on a serverless platform', places: naming },
  {
    technique: 'T1071.001',
    by: 'requests that fit known adversary software, and their rhythm',
    places: [...speech, 'flow.time'],
  },
  {
    technique: 'T1573',
    by: 'TLS clients that are known adversary software',
    places: ['tls.ja3', 'tls.ja4', 'tls.certificate'],
  },
];

/**
 * Which places show a data component of ATT&CK. Ours, from the components' descriptions in enterprise-attack 19.1, read
 * 2026-11-24. Components that are not here (processes, files, modules, cloud) are outside of what Virga reads.
 */
const components: ReadonlyMap<string, readonly Place[]> = new Map([
  ['DC0078', ['flow.ip', 'flow.bytes', 'flow.time']],
  ['DC0082', ['flow.ip', 'flow.time']],
  ['DC0085', ['dns.query', 'http.host', 'http.url', 'http.method', 'http.user_agent', 'tls.sni']],
  ['DC0096', ['dns.query', 'dns.answer']],
  ['DC0101', ['dns.query', 'dns.answer']],
  ['DC0103', ['dns.query', 'dns.answer']],
  ['DC0104', ['http.status', 'http.mime', 'dns.answer', 'tls.certificate']],
  ['DC0106', ['http.status', 'http.mime', 'tls.certificate']],
]);

/** What a log source asks for: the places, or why Virga cannot have it. */
export function wantedOf(name: string, component: string | null): readonly Place[] | string {
  if (/^internet scan/i.test(name))
    return 'it is a record of internet scans, which the telemetry of a network does not hold';
  const places = component === null ? undefined : components.get(component);
  if (!places) return 'its data component is not of the kinds that Virga reads (names, requests, connections)';
  if (NETWORK.test(name)) return places;
  return 'it is a log of hosts or services, which Virga does not read; the network’s view of the same activity may be there';
}

/** Names of log sources that sensors of the network write: `NSM:Flow`, `dns:query`, firewalls, flow logs of clouds. */
const NETWORK = /^(?:NSM|dns|iptables|firewall|proxy)\b|FlowLogs\b/i;
