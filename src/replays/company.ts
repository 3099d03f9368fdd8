/** A company that does not exist: who is in it, and when people work. */
import { agents } from './agents.ts';
import { type Random, randomFor } from './random.ts';
import type { Agent, Client } from './visit.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export type Company = {
  /** Part of every label of chance: another seed is another company. */
  readonly seed: number;
  readonly clients: readonly Client[];
  /** Milliseconds since 1970: midnight of the first day, and the end. */
  readonly start: number;
  readonly end: number;
};

export type CompanyOptions = {
  readonly seed: number;
  /** Internal hosts. */
  readonly hosts: number;
  readonly days: number;
  readonly start: number;
};

/** Of 20 hosts: servers, panels on doors and walls, engineers; the others are office staff. */
const MIX = { server: 2, panel: 1, engineer: 3, staff: 14 } as const;
const agentOf: Readonly<Record<keyof typeof MIX, Agent>> = {
  server: agents.go,
  panel: agents.sdk,
  engineer: agents.firefox,
  staff: agents.chrome,
};

export function companyOf({ seed, hosts, days, start }: CompanyOptions): Company {
  const turn = (Object.keys(MIX) as (keyof typeof MIX)[]).flatMap((role) =>
    Array.from({ length: MIX[role] }, () => role),
  );
  const clients = Array.from({ length: hosts }, (_, n): Client => {
    const role = turn[n % turn.length] ?? 'staff';
    return {
      ip: `10.${60 + Math.floor(n / 50_000)}.${Math.floor(n / 200) % 250}.${11 + (n % 200)}`,
      name: `${role}-${n + 1}`,
      role,
      resolver: '10.60.255.53',
      site: 'all',
      inspected: true,
      agent: agentOf[role],
    };
  });
  return { seed, clients, start, end: start + days * day };
}

export const withRole = ({ clients }: Company, ...roles: readonly string[]): Client[] =>
  clients.filter((c) => roles.includes(c.role));

/** Chance of its own for each thing of this company. */
export const chanceOf = ({ seed }: Company, label: string): Random => randomFor(`replay ${seed} ${label}`);

const weekend = (midnight: number): boolean => [0, 6].includes(new Date(midnight).getUTCDay());

/** About `perDay` moments on each working day from 07:00 to 17:00 UTC, a tenth of that at weekends; in order. */
export function officeMoments(company: Company, random: Random, perDay: number): number[] {
  const moments: number[] = [];
  for (let midnight = company.start; midnight < company.end; midnight += day) {
    const count = weekend(midnight) ? Math.floor(perDay / 10) : perDay;
    for (let n = 0; n < count; n++) moments.push(midnight + 7 * hour + random.int(0, 10 * hour - 1));
  }
  return moments.sort((a, b) => a - b);
}

/** The stretch of work of each day: from when to when a machine with a person is switched on. */
export function officeHours(company: Company, random: Random): { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (let midnight = company.start; midnight < company.end; midnight += day)
    if (!weekend(midnight))
      stretches.push({
        from: midnight + 7 * hour + random.int(0, hour),
        to: midnight + 16 * hour + random.int(0, hour),
      });
  return stretches;
}
