/** The visit: one client, one connection, the requests inside it. All actors of a replay make visits; sensors record them. */
import type { Random } from './random.ts';

/** A TLS client: what it calls itself and its JA4 fingerprint. */
export type Agent = { readonly name: string; readonly ja4: string };

/** A machine of the company. */
export type Client = {
  readonly ip: string;
  readonly name: string;
  readonly role: string;
  /** The address of its resolver. */
  readonly resolver: string;
  /** Where the sensor stands that sees it. */
  readonly site: string;
  /** True where the proxy opens TLS: only there are the URLs of https known. */
  readonly inspected: boolean;
  /** What it browses with. */
  readonly agent: Agent;
};

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
