/** Tenants that look like one's own, to be confirmed by a person: nothing is discounted by this alone. */
import type { Lake } from '../lake/lake.ts';
import { classifyHost } from '../platforms/matcher.ts';

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

/**
 * Reads the ledger: the company's domains are those whose names have internal addresses or whose directory its machines ask
 * for; its tenants bear their label or stand behind their names. `names` are those on platforms. The same ledger gives the
 * same candidates in the same order.
 */
export async function ownCandidates(lake: Lake, names: Iterable<string>): Promise<OwnCandidate[]> {
  const domains = await ownDomains(lake);
  if (domains.size === 0) return [];
  const labels = [...domains].map((d) => d.split('.')[0] ?? '').filter((l) => l.length >= LEAST_LABEL);
  const found = new Map<string, { readonly hosts: Set<string>; readonly why: string }>();
  const add = (host: string, met: string, why: string): void => {
    const endpoint = classifyHost(host);
    if (endpoint.platform === null || endpoint.providerOwned || endpoint.granularity === 'shared-apex') return;
    const name = endpoint.accountKey ?? host;
    const known = found.get(name);
    if (known) known.hosts.add(met);
    else found.set(name, { hosts: new Set([met]), why });
  };
  for (const name of [...names].sort()) {
    const label = labels.find((l) => classifyHost(name).tenant?.includes(l));
    if (label !== undefined) add(name, name, `${name} bears the label ${label} of your own domain`);
  }
  for (const { name, answer } of await behindOwn(lake, domains))
    add(answer, name, `${name}, a name of your own domain, leads to it`);
  return withSources(lake, found);
}

/** Names of the company's domains and what their lookups led to, in order. */
async function behindOwn(lake: Lake, domains: ReadonlySet<string>): Promise<{ name: string; answer: string }[]> {
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE own_domain (domain VARCHAR)');
  await lake.engine.append(
    'own_domain',
    [...domains].map((d): [string] => [d]),
  );
  const rows = await lake.engine.rows(
    `SELECT DISTINCT name, lower(rtrim(unnest(answers), '.')) AS answer FROM contact JOIN own_domain ON name = domain OR ends_with(name, '.' || domain)
     WHERE place = 'dns.query' AND answers IS NOT NULL ORDER BY ALL LIMIT 10000`,
  );
  return rows.map((r) => ({ name: String(r.name), answer: String(r.answer) }));
}

/** How many sources met any of the hosts of each; those that most did first. */
async function withSources(
  lake: Lake,
  found: ReadonlyMap<string, { readonly hosts: ReadonlySet<string>; readonly why: string }>,
): Promise<OwnCandidate[]> {
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE own_host (candidate VARCHAR, name VARCHAR)');
  await lake.engine.append(
    'own_host',
    [...found].flatMap(([candidate, { hosts }]) => [...hosts].map((host): [string, string] => [candidate, host])),
  );
  const rows = await lake.engine.rows(
    'SELECT candidate, count(DISTINCT src) AS sources FROM own_host JOIN contact USING (name) GROUP BY candidate ORDER BY sources DESC, candidate',
  );
  return rows.slice(0, MOST).map((r) => ({
    name: String(r.candidate),
    why: found.get(String(r.candidate))?.why ?? '',
    sources: Number(r.sources),
  }));
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
