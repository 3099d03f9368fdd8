import type { HuntDocument, PlatformCoverage, TelemetryCoverage } from '../model/finding.ts';
import { platforms } from '../platforms/catalogue/index.ts';
import { type CoverageFacts, formatOf, inPath, sees, urlsVisible } from './facts.ts';
import { statement } from './statement.ts';

export type { CoverageFacts } from './facts.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Format } from '../telemetry/format.ts';
import { type IntakeNotice, intakeStatement } from './intake.ts';

/** What coverage is derived from: registries and the data itself, never typed by hand. */
export type CoverageFacts = {
  readonly formats: readonly {
    readonly format: string;
    readonly files: number;
    readonly events: number;
    /** RFC 3339, UTC. */
    readonly start: string;
    readonly end: string;
    readonly gapHours: number;
    readonly internalHosts: number;
  }[];
  readonly registry: readonly Format[];
  readonly internalHosts: number;
  /** Distinct names contacted over TLS, and how many of them had requests with a path in sight. */
  readonly tlsNames: number;
  readonly tlsNamesWithUrls: number;
  readonly indicatorsByPlatform: Readonly<Record<string, number>>;
  readonly contactsByPlatform: Readonly<Record<string, number>>;
  readonly intel: {
    readonly indicators: number;
    readonly active: number;
    readonly expired: number;
    readonly newest: string | null;
    readonly sources: number;
  };
  /** What adversary software looks like: characteristics given, and files that told none. */
  readonly characteristics: { readonly given: number; readonly unreadable: number };
  readonly refused: number;
  readonly resolvers: readonly string[];
  readonly outsideSources: number;
  /** What was noticed of live sources, oldest first. */
  readonly notices: readonly IntakeNotice[];
};

/** Share of TLS names with visible paths from which URLs count as visible. */
const URLS_VISIBLE = 0.05;

const urlsVisible = (facts: CoverageFacts): boolean =>
  facts.tlsNames === 0 ? sees(facts, 'http.url') : facts.tlsNamesWithUrls / facts.tlsNames >= URLS_VISIBLE;

const formatOf = (facts: CoverageFacts, id: string): Format | undefined => facts.registry.find((f) => f.id === id);
const sees = (facts: CoverageFacts, place: string): boolean =>
  facts.formats.some((f) => formatOf(facts, f.format)?.sees.some((s) => s === place));

export function coverageOf(facts: CoverageFacts): HuntDocument['coverage'] {
  return {
    statement: statement(facts),
    telemetry: telemetry(facts),
    platforms: platformRows(facts),
    detection_limits: limits(facts),
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

function statement(facts: CoverageFacts): string[] {
  const said: string[] = [];
  const span =
    facts.formats.length > 0
      ? `${facts.formats
          .map((f) => f.start)
          .sort()[0]
          ?.slice(0, 16)}Z to ${facts.formats
          .map((f) => f.end)
          .sort()
          .at(-1)
          ?.slice(0, 16)}Z`
      : null;
  said.push(
    span
      ? `Telemetry read: ${facts.formats.map((f) => `${f.format} (${f.events} events)`).join(', ')}, from ${span}, ${facts.internalHosts} internal hosts.`
      : 'No telemetry was read, so nothing could be seen.',
  );
  for (const f of facts.formats)
    if (f.gapHours > 0)
      said.push(
        `${f.format} has ${f.gapHours} ${f.gapHours === 1 ? 'hour' : 'hours'} without any event between its first and its last.`,
      );
  said.push(...intakeStatement(facts.notices));
  said.push(...missing(facts));
  if (facts.resolvers.length > 0)
    said.push(
      `${facts.resolvers.join(', ')} ${facts.resolvers.length === 1 ? 'is a resolver' : 'are resolvers'}: lookups that they forward for clients in the logs are not counted against them.`,
    );
  if (facts.outsideSources > 0)
    said.push(
      `${facts.outsideSources} source addresses are not internal (private ranges, or those given with --internal) and were not judged.`,
    );
  if (facts.refused > 0) said.push(`${facts.refused} records were refused; what they held was not searched.`);
  const { indicators, active, expired, newest, sources } = facts.intel;
  said.push(
    indicators === 0
      ? 'No intelligence was given: nothing could be linked to known adversary infrastructure.'
      : `Intelligence: ${indicators} indicators from ${sources} ${sources === 1 ? 'source' : 'sources'}, ${active} active and ${expired} expired${newest ? `, the newest recorded ${newest.slice(0, 10)}` : ', none with a date of recording'}.`,
  );
  said.push(...characteristicsSaid(facts));
  said.push(
    'Creation of functions, operator access, function code and what lies behind a function happen outside this telemetry and cannot be seen.',
  );
  said.push(
    'No finding is no proof of absence: it says only that nothing in these records met this intelligence by these rules.',
  );
  return said;
}

function characteristicsSaid(facts: CoverageFacts): string[] {
  const { given, unreadable } = facts.characteristics;
  const failed =
    unreadable > 0
      ? [`${unreadable} ${unreadable === 1 ? 'file' : 'files'} given as characteristics could not be read.`]
      : [];
  if (given === 0) return ['No characteristics of adversary software were given or known.', ...failed];
  const shown = ['http.url', 'http.user_agent', 'http.cookie', 'http.mime', 'tls.ja3', 'tls.ja4'].filter((p) =>
    sees(facts, p),
  );
  return [
    shown.some((p) => p === 'http.url' || p === 'http.user_agent')
      ? `Characteristics of adversary software: ${given}, compared by ${shown.join(', ')}.`
      : `Characteristics of adversary software: ${given}, not comparable: no log shows URL paths or user agents.`,
    ...failed,
  ];
}

function missing(facts: CoverageFacts): string[] {
  const said: string[] = [];
  if (!urlsVisible(facts)) {
    const hosts = pathScoped.map((p) => p.product).slice(0, 8);
    said.push(
      'URL paths of HTTPS are not in sight: there is no proxy log and no log of inspected TLS that shows them.',
    );
    said.push(
      `Path-scoped platforms (${hosts.join(', ')}${pathScoped.length > hosts.length ? '…' : ''}) name the tenant only in the URL path, for example script.google.com/macros/s/<id>: contacts with a listed tenant there cannot be told from honest ones.`,
    );
  }
  if (!sees(facts, 'dns.query'))
    said.push(
      'No DNS log: lookups without a connection, and custom domains whose CNAME points to a platform, are not in sight.',
    );
  if (!sees(facts, 'tls.sni') && !sees(facts, 'http.host'))
    said.push('No TLS or HTTP log names the hosts of connections; cached DNS answers hide contacts.');
  if (!sees(facts, 'flow.bytes'))
    said.push('No flow log: bytes sent and received are known only where a proxy logs them.');
  if (!sees(facts, 'tls.ja4') && !sees(facts, 'tls.ja3')) said.push('No TLS client fingerprints (JA3, JA4).');
  for (const f of facts.formats) {
    const format = formatOf(facts, f.format);
    if (format?.sees.includes('http.url') && !format.sees.includes('http.user_agent'))
      said.push(`${f.format} does not log the user agent, so software characteristics in it could not be compared.`);
  }
  return said;
}

function limits(facts: CoverageFacts): string[] {
  return [
    'An endpoint that no given source lists, and whose requests fit no known software, makes no finding, however it behaves.',
    'Software whose operator changed its URIs and its user agent fits no characteristic; other headers, bodies and response headers are in no column and are not compared.',
    'Custom domains in front of a function are seen only through the CNAME in a DNS answer; flattened or proxied names leave none.',
    'Encrypted Client Hello hides the server name; DNS over HTTPS or TLS to outside resolvers hides lookups.',
    'Addresses of platforms are shared by many tenants: an address alone never makes a finding there.',
    ...(urlsVisible(facts) ? [] : ['URL indicators can make at most a lead here, because paths are out of sight.']),
    'Whether an endpoint was bought or broken into (T1583.007 or T1584.007), and who is behind it, cannot be told from this data.',
    'Hosts outside the covered networks (roaming, mobile, guest, split tunnel) are out of sight.',
  ];
}
