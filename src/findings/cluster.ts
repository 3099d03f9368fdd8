/** Findings of one operation as one thing to read. */
import { createHash } from 'node:crypto';
import type { Cluster, Finding, Tie } from '../model/finding.ts';

/**
 * Groups findings and leads by what ties them: the same endpoint, tenant, indicator, configuration, template of a walk,
 * cadence of one host, or place that it came from. Whatever hangs together by any chain of ties is one cluster; what
 * hangs with nothing is in none. The strongest cluster first; within it the order that was given.
 */
export function clustersOf(findings: readonly Finding[]): Cluster[] {
  const tied = new Map<string, { readonly tie: Tie; readonly members: number[] }>();
  for (const [i, finding] of findings.entries())
    for (const tie of tiesOf(finding)) {
      const known = tied.get(keyOf(tie));
      if (known) known.members.push(i);
      else tied.set(keyOf(tie), { tie, members: [i] });
    }
  const groups = joined(
    findings.length,
    [...tied.values()].map((t) => t.members),
  );
  return groups
    .filter((members) => members.length > 1)
    .map((members) => clusterOf(members, findings, tied))
    .sort((a, b) => RANK[b.level] - RANK[a.level] || b.score - a.score || (a.id < b.id ? -1 : 1));
}

const RANK = { finding: 1, lead: 0 } as const;

/** An origin is an endpoint, too: what was fetched from it hangs with what was seen of it. */
const keyOf = ({ by, value }: Tie): string => `${by === 'origin' ? 'endpoint' : by} ${value}`;

/** Of each finding the ties of its endpoint and of its evidence, each once. */
function tiesOf({ endpoint, evidence }: Finding): Tie[] {
  const ties: Tie[] = [{ by: 'endpoint', value: nameOf(endpoint) }];
  if (endpoint.platform !== null && endpoint.tenant !== null && endpoint.granularity !== 'shared-apex')
    ties.push({ by: 'tenant', value: `${endpoint.platform}:${endpoint.tenant}` });
  for (const e of evidence) {
    if (e.indicator && e.guard === undefined) ties.push({ by: 'indicator', value: e.indicator.value });
    ties.push(...(e.ties ?? []));
  }
  return [...new Map(ties.map((tie) => [keyOf(tie), tie])).values()];
}

const nameOf = ({ url, host, ip }: Finding['endpoint']): string => url ?? host ?? ip ?? '';

/** Sets of numbers that hang together, each in rising order. */
function joined(count: number, sets: readonly (readonly number[])[]): number[][] {
  const parent = Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  for (const [first = 0, ...others] of sets)
    for (const other of others) {
      const [a, b] = [root(first), root(other)];
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  const groups = new Map<number, number[]>();
  for (let i = 0; i < count; i++) groups.set(root(i), [...(groups.get(root(i)) ?? []), i]);
  return [...groups.values()];
}

/** Ties that are shown at most. */
const MOST_TIES = 20;

function clusterOf(
  members: readonly number[],
  findings: readonly Finding[],
  tied: ReadonlyMap<string, { readonly tie: Tie; readonly members: readonly number[] }>,
): Cluster {
  const inside = new Set(members);
  const of = members.flatMap((i) => findings[i] ?? []);
  const ids = of.map((f) => f.id);
  const top = of.find((f) => f.level === 'finding') ?? of[0];
  const shared = [...tied.values()]
    .filter((t) => t.members.length > 1 && t.members.some((i) => inside.has(i)))
    .map((t) => ({ ...t.tie, findings: t.members.length }))
    .sort((a, b) => b.findings - a.findings || (keyOf(a) < keyOf(b) ? -1 : 1));
  return {
    id: `cluster--${createHash('sha256')
      .update([...ids].sort().join('\n'))
      .digest('hex')
      .slice(0, 24)}`,
    level: top?.level ?? 'lead',
    severity: top?.severity ?? 'informational',
    score: top?.score ?? 0,
    findings: ids,
    internal: distinct(of.map((f) => f.internal.ip)),
    endpoints: distinct(of.map((f) => nameOf(f.endpoint))),
    first_seen: of.map((f) => f.first_seen).sort()[0] ?? '',
    last_seen:
      of
        .map((f) => f.last_seen)
        .sort()
        .at(-1) ?? '',
    contacts: of.reduce((sum, f) => sum + f.contacts, 0),
    shared: shared.slice(0, MOST_TIES),
  };
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
