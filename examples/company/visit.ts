/** The visit: one client, one connection, the requests inside it. All actors make visits; the sensors record them. */

import type { Random } from './random.ts';
import { type Agent, type Client, day, hour, minute } from './staff.ts';

export type Request = {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly status?: number;
  readonly type?: string;
  /** Bytes of the request's and the response's body. */
  readonly sent?: number;
  readonly got?: number;
  readonly referrer?: string;
};

export type Visit = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly client: Client;
  readonly host: string;
  /** 80 is clear text; without a word 443. */
  readonly port?: 80 | 443;
  readonly agent: Agent;
  readonly requests: readonly Request[];
  /** Milliseconds that the connection stays open. */
  readonly lasts: number;
};

/** A question without a connection behind it: a typo, a reverse lookup, a service record. */
export type Question = {
  readonly at: number;
  readonly client: Client;
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'PTR' | 'SRV' | 'HTTPS';
  /** The answer's data; null for "no such name". */
  readonly answers: readonly string[] | null;
};

/** One visit with one request. */
export const call = (at: number, client: Client, host: string, request: Request, agent = client.agent): Visit => ({
  at,
  client,
  host,
  agent,
  requests: [request],
  lasts: 900 + (at % 700),
});

/** Moments from `from` to `to`, `every` apart, each moved by up to `jitter` percent of the period. */
export const beats = (random: Random, from: number, to: number, every: number, jitter: number): number[] => {
  const moments: number[] = [];
  const swing = Math.floor((every * jitter) / 100);
  for (let at = from; at < to; at += every) moments.push(at + random.int(-swing, swing));
  return moments;
};

/** `count` moments in working hours (07:00 to 17:00 UTC, fewer at noon), in order. */
export const workingMoments = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => {
    const at = day + 7 * hour + random.int(0, 10 * 60 - 1) * minute + random.int(0, minute - 1);
    const noon = at > day + 11.5 * hour && at < day + 12.25 * hour;
    return noon && random.chance(60) ? at + 2 * hour : at;
  }).sort((a, b) => a - b);
