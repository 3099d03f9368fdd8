/** Tenants that look like one's own, to be confirmed by a person: nothing is discounted by this alone. */
import type { Lake } from '../lake/lake.ts';
import { classifyHost } from '../platforms/matcher.ts';
import type { Seen } from './seen.ts';

export type OwnCandidate = {
  /** As `--own` takes it. */
  readonly name: string;
  readonly why: string;
  readonly sources: number;
};

/** A label shorter than this is in too many names by chance. */
const LEAST_LABEL = 6;
/** Names with internal addresses under one domain, from which the domain is the company's. */
const LEAST_NAMES = 2;
const MOST = 50;

/** Names that only machines of a domain ask for: the directory, its tickets, the proxy search; each by two machines at least. */
const directory = `SELECT name FROM contact WHERE place = 'dns.query' AND regexp_matches(name, '^(_ldap\\._tcp|_kerberos\\._tcp|wpad)\\.')
  GROUP BY name HAVING count(DISTINCT src) >= 2 LIMIT 1000`;

const inner = `SELECT DISTINCT name FROM (SELECT name, unnest(answers) AS answer FROM contact WHERE place = 'dns.query' AND answers IS NOT NULL)
  WHERE regexp_matches(answer, '^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.)') LIMIT 10000`;

/** Reads the ledger: the company's domains are those whose names have internal addresses or whose directory its machines ask for; its tenants bear their label or stand behind their names. */
export async function ownCandidates(lake: Lake, seen: Seen): Promise<OwnCandidate[]> {
  const domains = await ownDomains(lake);
  if (domains.size === 0) return [];
  const labels = [...domains].map((d) => d.split('.')[0] ?? '').filter((l) => l.length >= LEAST_LABEL);
  const found = new Map<string, OwnCandidate>();
  const add = (host: string, why: string, sources: number): void => {
    const endpoint = classifyHost(host);
    if (endpoint.platform === null || endpoint.providerOwned || endpoint.granularity === 'shared-apex') return;
    const name = endpoint.accountKey ?? host;
    const known = found.get(name);
    if (!known || sources > known.sources) found.set(name, { name, why: known?.why ?? why, sources });
  };
  for (const [name, { sources }] of seen.names) {
    const label = labels.find((l) => classifyHost(name).tenant?.includes(l));
    if (label !== undefined) add(name, `${name} bears the label ${label} of your own domain`, sources);
  }
  for (const [target, names] of seen.chains)
    for (const name of names)
      if (domains.has(classifyHost(name).registrable ?? ''))
        add(target, `${name}, a name of your own domain, leads to it`, seen.names.get(name)?.sources ?? 0);
  return [...found.values()].sort((a, b) => b.sources - a.sources || (a.name < b.name ? -1 : 1)).slice(0, MOST);
}

async function ownDomains(lake: Lake): Promise<Set<string>> {
  const counts = new Map<string, number>();
  for (const { name } of await lake.engine.rows(inner)) {
    const domain = classifyHost(String(name)).registrable;
    if (domain !== null) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  const asked = await lake.engine.rows(directory);
  return new Set([
    ...[...counts].filter(([, n]) => n >= LEAST_NAMES).map(([domain]) => domain),
    ...asked.flatMap(({ name }) => classifyHost(String(name).replace(/^.*\._msdcs\./, '')).registrable ?? []),
  ]);
}
