/** Harbour & Finch, a company that does not exist: its networks, hosts and programs. */

import { agents as known } from '../../src/replays/agents.ts';
import type { Agent, Client as Machine } from '../../src/replays/visit.ts';

/** The day that the logs cover: midnight UTC, milliseconds since 1970. */
export const day = Date.UTC(2026, 9, 14);
const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** The programs of the company, and of its adversary. */
export const agents = {
  ...known,
  /** What a made-up implant calls itself: a browser of twenty years ago. */
  kestrel: {
    name: 'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.2; KST 3.1)',
    ja4: 't12d190600_6f3b1c0e8a27_1d4e9b52c7f0',
  },
} as const satisfies Record<string, Agent>;

export type Role = 'staff' | 'engineer' | 'server' | 'room' | 'branch';

/** The second site has its own sensor and resolver. */
export type Client = Machine & { readonly role: Role; readonly site: 'quay' | 'branch' };

const resolvers = { quay: ['10.40.0.53', '10.40.0.54'], branch: ['10.41.0.53'] } as const;
/** Where the resolvers ask what they do not know (Quad9: https://quad9.net/service/service-addresses-and-features). */
export const upstream = '9.9.9.9';

const clients = (role: Role, prefix: string, from: number, count: number, agent: Agent): Client[] =>
  Array.from({ length: count }, (_, n) => {
    const site = role === 'branch' ? 'branch' : 'quay';
    const resolver = resolvers[site][n % resolvers[site].length] ?? resolvers.quay[0];
    const name = `${role}-${String(n + 1).padStart(2, '0')}`;
    return { ip: `${prefix}.${from + n}`, name, role, resolver, site, inspected: role === 'staff', agent };
  });

/** Office staff behind the inspecting proxy, engineers and rooms beside it, a few servers, the branch office. */
export const company: readonly Client[] = [
  ...clients('staff', '10.40.20', 11, 16, agents.chrome),
  ...clients('engineer', '10.40.30', 11, 10, agents.firefox),
  ...clients('server', '10.40.10', 21, 6, agents.go),
  ...clients('room', '10.40.40', 11, 4, agents.sdk),
  ...clients('branch', '10.41.20', 11, 9, agents.chrome),
];

export const withRole = (...roles: readonly Role[]): Client[] => company.filter((c) => roles.includes(c.role));

/** The client with this address; throws where the company has none. */
export const clientAt = (ip: string): Client => {
  const found = company.find((c) => c.ip === ip);
  if (!found) throw new Error(`nobody has the address ${ip}`);
  return found;
};
