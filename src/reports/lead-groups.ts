import type { Finding } from '../model/finding.ts';

/** Leads that point at one endpoint: the best of them, and how many other hosts have one. */
export type LeadGroup = {
  readonly lead: Finding;
  readonly others: number;
  readonly contacts: number;
  readonly last: string;
};

/** One row an endpoint, in the order of its best lead; a contested name with forty hosts is one thing to read. */
export function groupLeads(leads: readonly Finding[]): LeadGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const lead of leads) {
    const { host, url } = lead.endpoint;
    const key = host === null && url === null ? `host ${lead.internal.ip}` : `${host} ${url}`;
    const group = groups.get(key);
    if (group) group.push(lead);
    else groups.set(key, [lead]);
  }
  return [...groups.values()].flatMap((group) => {
    const [lead] = group;
    return lead
      ? [
          {
            lead,
            others: group.length - 1,
            contacts: group.reduce((sum, f) => sum + f.contacts, 0),
            last:
              group
                .map((f) => f.last_seen)
                .sort()
                .at(-1) ?? lead.last_seen,
          },
        ]
      : [];
  });
}
