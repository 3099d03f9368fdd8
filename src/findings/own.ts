/** Endpoints of one's own: an honest explanation that is declared, may end, and takes nothing from an exact indicator. */
import type { Evidence } from '../model/finding.ts';
import { classifyHost } from '../platforms/matcher.ts';

/** A host name, or `platform:account` with all its functions; with the instant (milliseconds since 1970) when it ends. */
export type OwnTenant = { readonly name: string; readonly until: number | null };

/** The names that hold at this time. */
export const ownAt = (tenants: readonly OwnTenant[], time: number): ReadonlySet<string> =>
  new Set(tenants.filter((t) => t.until === null || t.until > time).map((t) => t.name));

/** What of it was declared: the host itself, its account, or that of the platform name behind it; null where nothing was. */
export function ownName(host: string, behind: string | null, own: ReadonlySet<string>): string | null {
  const names = [host, behind].flatMap((name) => (name === null ? [] : [name, classifyHost(name).accountKey]));
  return names.find((name) => name !== null && own.has(name)) ?? null;
}

/** Log-odds of a declaration: an exact indicator stays above it, a behaviour does not. */
const OWN_WEIGHT = -1.5;

/** Evidence against, beside whatever speaks for it. */
export function ownEvidence(host: string, behind: string | null, own: ReadonlySet<string>): Evidence[] {
  const name = ownName(host, behind, own);
  return name === null
    ? []
    : [
        {
          class: 'benign',
          where: 'declared',
          weight: OWN_WEIGHT,
          summary: `own-tenant: ${name} is declared as your own; a listing of it may mean that it was broken into: contested, to be reviewed`,
          events: [],
          rows_total: 0,
        },
      ];
}
