import type { HuntDocument, PlatformCoverage, TelemetryCoverage } from '../model/finding.ts';
import { platforms } from '../platforms/catalogue/index.ts';
import { behaviourLimits } from './behaviours.ts';
import { type CoverageFacts, formatOf, inPath, sees, urlsVisible } from './facts.ts';
import { identityCoverage } from './identity.ts';
import { statement } from './statement.ts';

export type { CoverageFacts } from './facts.ts';

export function coverageOf(facts: CoverageFacts): HuntDocument['coverage'] {
  return {
    statement: statement(facts),
    telemetry: telemetry(facts),
    platforms: platformRows(facts),
    detection_limits: limits(facts),
    ...identityCoverage(facts.identity),
  };
}

const telemetry = (facts: CoverageFacts): TelemetryCoverage[] =>
  facts.formats.map((f) => ({
    format: f.format,
    files: f.files,
    events: f.events,
    start: f.start,
    end: f.end,
    internal_hosts: f.internalHosts,
    sees: formatOf(facts, f.format)?.sees ?? [],
    blind_to: formatOf(facts, f.format)?.blindTo ?? [],
    gaps_hours: f.gapHours,
  }));

function platformRows(facts: CoverageFacts): PlatformCoverage[] {
  return platforms
    .filter((p) => inPath(p) || facts.indicatorsByPlatform[p.id] || facts.contactsByPlatform[p.id])
    .map((p) => ({
      platform: p.id,
      ...visibility(facts, inPath(p)),
      indicators: facts.indicatorsByPlatform[p.id] ?? 0,
      contacts: facts.contactsByPlatform[p.id] ?? 0,
    }));
}

function visibility(facts: CoverageFacts, byPath: boolean): Pick<PlatformCoverage, 'visible' | 'why'> {
  const names = sees(facts, 'dns.query') || sees(facts, 'tls.sni') || sees(facts, 'http.host');
  if (!names) return { visible: 'no', why: 'no log names hosts' };
  if (byPath)
    return urlsVisible(facts)
      ? { visible: 'yes', why: 'the tenant stands in the URL path, and paths are in sight' }
      : { visible: 'no', why: 'the tenant stands in the URL path; DNS and TLS show only the shared host' };
  return sees(facts, 'dns.answer')
    ? { visible: 'yes', why: 'the host name carries the tenant' }
    : { visible: 'partly', why: 'the host name carries the tenant; custom domains in front of it need DNS answers' };
}

function limits(facts: CoverageFacts): string[] {
  return [
    'An endpoint that no given source lists, and whose requests fit no known software, makes no finding, however it behaves.',
    'Software whose operator changed its URIs and its user agent fits no characteristic; other headers, bodies and response headers are in no column and are not compared.',
    ...behaviourLimits(facts),
    'Custom domains in front of a function are seen only through the CNAME in a DNS answer; flattened or proxied names leave none.',
    'Encrypted Client Hello hides the server name; DNS over HTTPS or TLS to outside resolvers hides lookups.',
    'Addresses of platforms are shared by many tenants: an address alone never makes a finding there.',
    ...(urlsVisible(facts) ? [] : ['URL indicators can make at most a lead here, because paths are out of sight.']),
    'Whether an endpoint was bought or broken into (T1583.007 or T1584.007), and who is behind it, cannot be told from this data.',
    'Hosts outside the covered networks (roaming, mobile, guest, split tunnel) are out of sight.',
  ];
}
