/** What the scenarios are put together from. */
import { agents } from '../agents.ts';
import { day, hour, minute } from '../company.ts';
import type { Listed } from '../list.ts';
import type { Asked, Plant, Setting } from '../plant.ts';
import { type Agent, beats, call, type Request, type Visit } from '../visit.ts';

/** The host is in sight. */
export const NAMED: Asked['anyOf'] = [['dns.query'], ['tls.sni'], ['http.host']];
/** The requests are. */
export const OPENED: Asked['anyOf'] = [['http.url', 'http.user_agent']];

/** Programs that implants are made with; each walks through them in turn. */
const tools: readonly Agent[] = [
  agents.go,
  agents.python,
  { name: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)', ja4: 't12d190800_d83cc789557e_16bbda4055b2' },
  // Imitates the browser in the handshake as well as by name.
  agents.chrome,
];
export const toolOf = ({ turn }: Setting): Agent => tools[turn % tools.length] ?? agents.go;

/** Seconds: pauses that implants are set to, from a minute to a shift; and percent of them. */
export const periods: readonly number[] = [60, 300, 900, 3600, 7200, 14_400, 28_800];
export const jitters: readonly number[] = [0, 20, 37];

/** Contacts from which a rhythm is asked for. */
export const LEAST_BEATS = 20;

/** A channel begins in the first third of the logs, at any minute. */
export const begin = ({ random, from, to }: Setting): number => from + random.int(minute, Math.floor((to - from) / 3));

export const poll: Request = { method: 'GET', path: '/api/v2/sync', sent: 0, got: 96, type: 'application/json' };
export const post: Request = { method: 'POST', path: '/api/v2/sync', sent: 310, got: 96, type: 'application/json' };

export type Rhythm = { readonly period: number; readonly jitter: number };

/** The slowest pause that still gives enough contacts before the end comes before slower ones. */
export const rhythmOf = ({ turn, from, to }: Setting): Rhythm => {
  const fitting = periods.filter((p) => ((to - from) * (2 / 3)) / 1000 / p >= LEAST_BEATS);
  const usable = fitting.length === 0 ? periods.slice(0, 1) : fitting;
  return {
    period: usable[turn % usable.length] ?? 60,
    jitter: jitters[(turn + Math.floor(turn / usable.length)) % jitters.length] ?? 0,
  };
};

/** Calls with a rhythm from `start` on. */
export const calls = (
  { random, victim, to }: Setting,
  host: string,
  { start, rhythm, request, agent }: { start: number; rhythm: Rhythm; request: Request; agent: Agent },
): Visit[] =>
  beats(random, start, to, rhythm.period * 1000, rhythm.jitter)
    .filter((at) => at < to)
    .map((at) => call(at, victim, host, request, agent));

/** A plant from its visits. */
export function plantOf(
  { victim, platform }: Setting,
  visits: readonly Visit[],
  about: Pick<Plant, 'hosts' | 'asks'> & Partial<Plant>,
): Plant {
  const times = visits.map((v) => v.at).sort((a, b) => a - b);
  return {
    src: victim.ip,
    platform,
    period: null,
    jitter: null,
    first: times[0] ?? 0,
    last: times.at(-1) ?? 0,
    contacts: visits.length,
    visits,
    listed: [],
    ...about,
  };
}

const fine = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** Listed before the logs begin, valid until long after. */
export const listing = (
  { from }: Setting,
  kind: Listed['kind'],
  value: string,
  more: Partial<Listed> = {},
): Listed => ({
  kind,
  value,
  created: fine(from - 10 * day),
  from: fine(from - 12 * day),
  until: fine(from + 180 * day),
  confidence: 80,
  says: 'planted',
  detect: true,
  ...more,
});

/** Some moments of one working afternoon in the middle of the logs. */
export const afternoon = ({ random, from, to }: Setting): number =>
  from + Math.floor((to - from) / 2 / day) * day + 11 * hour + random.int(0, 3 * hour);
