import { platforms } from '../platforms/catalogue/index.ts';
import { type CoverageFacts, formatOf, pathScoped, sees, urlsVisible } from './facts.ts';
import { identityStatement } from './identity.ts';
import { intakeStatement } from './intake.ts';

/** What was read, what of it is missing, and what cannot be seen at all: the sentences of the coverage statement, in that order. */
export const statement = (facts: CoverageFacts): string[] => [
  read(facts),
  ...gaps(facts),
  ...intakeStatement(facts.notices),
  ...identityStatement(facts.identity),
  ...missing(facts),
  ...hidden(facts),
  ...leftOut(facts),
  intelligence(facts),
  ...illFeeds(facts),
  ...characteristics(facts),
  ...ownWords(facts),
  catalogue(),
  'Creation of functions, operator access, function code and what lies behind a function happen outside this telemetry and cannot be seen.',
  'No finding is no proof of absence: it says only that nothing in these records met this intelligence by these rules.',
];

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

function read(facts: CoverageFacts): string {
  const start = facts.formats.map((f) => f.start).sort()[0];
  const end = facts.formats
    .map((f) => f.end)
    .sort()
    .at(-1);
  if (start === undefined || end === undefined) return 'No telemetry was read, so nothing could be seen.';
  const logs = facts.formats.map((f) => `${f.format} (${f.events} events)`).join(', ');
  return `Telemetry read: ${logs}, from ${start.slice(0, 16)}Z to ${end.slice(0, 16)}Z, ${plural(facts.internalHosts, 'internal host', 'internal hosts')}.`;
}

/** A log that shows less than this share of the internal hosts is named with its share. */
const NEARLY_ALL = 0.95;

/** A log of leases shows no contacts, so of no host. */
const tellsLeasesAlone = (facts: CoverageFacts, id: string): boolean =>
  formatOf(facts, id)?.sees.every((place) => place === 'dhcp.lease') ?? false;

function gaps(facts: CoverageFacts): string[] {
  const hours = facts.formats
    .filter((f) => f.gapHours > 0)
    .map(
      (f) => `${f.format} has ${plural(f.gapHours, 'hour', 'hours')} without any event between its first and its last.`,
    );
  const few = facts.formats
    .filter((f) => f.internalHosts < NEARLY_ALL * facts.internalHosts && !tellsLeasesAlone(facts, f.format))
    .map((f) => `${f.format} ${f.internalHosts}`);
  return few.length === 0
    ? hours
    : [...hours, `Of the ${facts.internalHosts} internal hosts these logs show fewer: ${few.join(', ')}.`];
}

function missing(facts: CoverageFacts): string[] {
  const said: string[] = [];
  if (!urlsVisible(facts)) {
    const hosts = pathScoped.map((p) => p.product).slice(0, 8);
    said.push(
      'URL paths of HTTPS are not in sight: there is no proxy log and no log of inspected TLS that shows them.',
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

/** Lookups and server names that are known to be hidden, by what was contacted. */
function hidden({ encryptedLookups: lookups, coveredNames: covered }: CoverageFacts): string[] {
  return [
    ...(lookups.names.length > 0
      ? [
          `At least ${plural(lookups.sources, 'host', 'hosts')} contacted resolvers that answer over HTTPS or TLS (${lookups.names.slice(0, 4).join(', ')}${lookups.names.length > 4 ? '…' : ''}): lookups made there are not in the DNS logs.`,
        ]
      : []),
    ...(covered.names.length > 0
      ? [
          `${plural(covered.events, 'event', 'events')} of at least ${plural(covered.sources, 'host', 'hosts')} name only the cover of an Encrypted Client Hello (${covered.names.join(', ')}): the host behind it is hidden.`,
        ]
      : []),
  ];
}

function leftOut(facts: CoverageFacts): string[] {
  const said: string[] = [];
  const one = facts.resolvers.length === 1;
  if (facts.resolvers.length > 0)
    said.push(
      `${facts.resolvers.join(', ')} ${one ? 'is a resolver' : 'are resolvers'}: lookups that ${one ? 'it forwards' : 'they forward'} for clients in the logs are not counted against ${one ? 'it' : 'them'}.`,
    );
  if (facts.outsideSources > 0)
    said.push(
      `${plural(facts.outsideSources, 'source address is', 'source addresses are')} not internal (private ranges, or those given with --internal) and ${facts.outsideSources === 1 ? 'was' : 'were'} not judged.`,
    );
  if (facts.refused > 0)
    said.push(
      `${plural(facts.refused, 'record was', 'records were')} refused; what ${facts.refused === 1 ? 'it' : 'they'} held was not searched.`,
    );
  if (facts.guarded > 0)
    said.push(
      `${plural(facts.guarded, 'indicator names', 'indicators name')} what many share (a platform's own name, a public resolver, a reserved range) or stand on a warning list: kept, but no ground for a finding.`,
    );
  return said;
}

function intelligence({ intel }: CoverageFacts): string {
  if (intel.indicators === 0)
    return 'No intelligence was given: nothing could be linked to known adversary infrastructure.';
  const newest = intel.newest
    ? `, the newest recorded ${intel.newest.slice(0, 10)}`
    : ', none with a date of recording';
  return `Intelligence: ${plural(intel.indicators, 'indicator', 'indicators')} from ${plural(intel.sources, 'source', 'sources')}, ${intel.active} active and ${intel.expired} expired${newest}.`;
}

/** Ill feeds that are named each. */
const MOST_FEEDS = 10;

/** A feed that silently stopped looks like a quiet week. */
function illFeeds({ intel: { feeds } }: CoverageFacts): string[] {
  const ill = feeds.filter(({ ailments }) => ailments.length > 0);
  const named = ill
    .slice(0, MOST_FEEDS)
    .map(
      ({ name, ailments, why }) =>
        `The feed ${name} is ${ailments.join(' and ')} (${why}): what it would have brought since was not looked for.`,
    );
  return ill.length > MOST_FEEDS ? [...named, `${ill.length - MOST_FEEDS} more feeds are ill.`] : named;
}

function characteristics(facts: CoverageFacts): string[] {
  const { given, unreadable } = facts.characteristics;
  const failed =
    unreadable > 0 ? [`${plural(unreadable, 'file', 'files')} given as characteristics could not be read.`] : [];
  failed.push(...ruleWords(facts));
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

function ruleWords({ characteristics: { rules } }: CoverageFacts): string[] {
  if (rules.given === 0) return [];
  const silent = rules.silent > 0 ? `; ${rules.silent} ask for fields that no log here has` : '';
  const broken = rules.failed.map((why) => `A rule was not evaluated: ${why}.`);
  return [`Rules of others (Sigma, Suricata): ${rules.given} evaluated${silent}.`, ...broken];
}

/** Names that are shown at most. */
const MOST_OWN = 5;

function ownWords({ ownCandidates: names }: CoverageFacts): string[] {
  if (names.length === 0) return [];
  const more = names.length > MOST_OWN ? ` and ${names.length - MOST_OWN} more` : '';
  return [
    `${plural(names.length, 'endpoint looks', 'endpoints look')} like your own (${names.slice(0, MOST_OWN).join(', ')}${more}) and ${names.length === 1 ? 'was' : 'were'} judged like any other: confirm with --own NAME what is yours.`,
  ];
}

/** What is recognised as a platform at all, and from when that knowledge is. */
function catalogue(): string {
  const checked = platforms.flatMap((p) => p.sources.map((s) => s.checked)).sort();
  return `${platforms.length} platforms are recognised by name (facts last checked ${checked[0]} to ${checked.at(-1)}); a function on any other is an ordinary host here.`;
}
