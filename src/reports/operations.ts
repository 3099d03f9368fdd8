/** Clusters of findings in words: who, where to, and what ties them. */
import type { Cluster, HuntDocument, Tie } from '../model/finding.ts';
import { show, showDefanged } from './safe-text.ts';
import { count, number } from './wording.ts';

/** A report lists so many; the rest is in the JSON. */
export const MOST_OPERATIONS = 50;
const MOST_NAMES = 3;
const MOST_TIES = 4;

const tieWords: Readonly<Record<Tie['by'], string>> = {
  endpoint: 'the endpoint',
  tenant: 'the account',
  indicator: 'the indicator',
  software: 'the configuration of',
  template: 'the template',
  cadence: 'the cadence',
  origin: 'the origin',
};

/** What may name hosts is defanged. */
const NAMING: ReadonlySet<Tie['by']> = new Set(['endpoint', 'tenant', 'indicator', 'origin']);

const tieText = ({ by, value, findings }: Cluster['shared'][number]): string =>
  `${tieWords[by]} ${NAMING.has(by) ? showDefanged(value, 120) : show(value, 160)} (${number(findings)})`;

const some = (all: readonly string[], shown: (value: string) => string): string =>
  `${all
    .slice(0, MOST_NAMES)
    .map((value) => shown(value))
    .join(', ')}${all.length > MOST_NAMES ? ` and ${number(all.length - MOST_NAMES)} more` : ''}`;

/** Those that hold a finding come first; the others give reasons to look. */
export function operationsOf({ clusters, findings }: HuntDocument): {
  readonly found: readonly Operation[];
  readonly leads: readonly Operation[];
} {
  const ids = new Set(findings.map((f) => f.id));
  const all = clusters.map((c) => ({ ...c, convicted: c.findings.filter((id) => ids.has(id)).length }));
  return { found: all.filter((c) => c.convicted > 0), leads: all.filter((c) => c.convicted === 0) };
}

/** A cluster with the number of its members that are findings. */
export type Operation = Cluster & { readonly convicted: number };

/** `1 finding and 3 leads of 1 internal host and 4 endpoints`. */
export function operationSize({ findings, convicted, internal, endpoints }: Operation): string {
  const leads = findings.length - convicted;
  const members = [
    ...(convicted > 0 ? [count(convicted, 'finding')] : []),
    ...(leads > 0 ? [count(leads, 'lead')] : []),
  ];
  return `${members.join(' and ')} of ${count(internal.length, 'internal host')} and ${count(endpoints.length, 'endpoint')}`;
}

/** `10.1.2.3 -> a.b[.]workers[.]dev, c.b[.]workers[.]dev`. */
export const operationWho = ({ internal, endpoints }: Cluster): string =>
  `${some(internal, show)} -> ${some(endpoints, showDefanged)}`;

/** `They share the account cloudflare-workers:b (2).` The number says how many of them do. */
export function operationShares({ shared }: Cluster): string {
  const more = shared.length > MOST_TIES ? ` and ${number(shared.length - MOST_TIES)} more` : '';
  return `They share ${shared.slice(0, MOST_TIES).map(tieText).join(', ')}${more}.`;
}
