/** The DNS questions behind the visits: caches of clients and resolvers decide which are asked on the wire. */
import { answerFor } from './internet.ts';
import { hashOf } from './random.ts';
import { type Client, upstream } from './staff.ts';
import type { Question, Visit } from './visit.ts';

export type Lookup = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly site: Client['site'];
  readonly asker: string;
  readonly server: string;
  readonly name: string;
  readonly type: Question['type'];
  /** CNAMEs in order, then the data of the type asked for; null for "no such name". */
  readonly chain: readonly string[];
  readonly data: readonly string[] | null;
  readonly ttl: number;
  /** Milliseconds until the answer. */
  readonly took: number;
};

/** The address that a client connects to. */
export const addressOf = (visit: Visit): string => {
  const { addresses } = answerFor(visit.host);
  const address = addresses[hashOf(`${visit.client.ip} ${visit.host}`) % addresses.length];
  if (!address) throw new Error(`${visit.host} has no address`);
  return address;
};

const wanted = (visits: readonly Visit[]): Question[] =>
  visits.flatMap((visit) => {
    const before = { at: visit.at - 40 - (visit.at % 37), client: visit.client, name: visit.host };
    const address: Question = { ...before, type: 'A', answers: answerFor(visit.host).addresses };
    // Firefox asks for the HTTPS record too; nobody here publishes one.
    return visit.client.role === 'engineer' && visit.at % 3 === 0
      ? [address, { ...before, at: before.at + 1, type: 'HTTPS', answers: [] }]
      : [address];
  });

const lookup = (question: Question, asker: string, server: string, at: number, took: number): Lookup => {
  const { chain, ttl } = question.type === 'A' && question.answers ? answerFor(question.name) : { chain: [], ttl: 300 };
  const { name, type, answers, client } = question;
  return { at, site: client.site, asker, server, name, type, chain, data: answers, ttl, took };
};

/** True when the cache has no living answer for the key; remembers the new one until it expires. */
const missing = (cache: Map<string, number>, key: string, at: number, ttl: number): boolean => {
  if ((cache.get(key) ?? 0) > at) return false;
  cache.set(key, at + ttl * 1000);
  return true;
};

/** Every question that goes over the wire, in the order of time: client to resolver, resolver to the outside. */
export const lookupsFor = (visits: readonly Visit[], questions: readonly Question[]): Lookup[] => {
  const clients = new Map<string, number>();
  const servers = new Map<string, number>();
  const internal = (name: string) => /(?:harbourfinch\.example|in-addr\.arpa)$/.test(name);
  const ordered = [...wanted(visits), ...questions].sort((a, b) => a.at - b.at || hashOf(a.name) - hashOf(b.name));
  return ordered.flatMap((question) => {
    const { at, client, name, type } = question;
    // Clients hold an answer for its time to live, but never longer than a minute; resolvers for all of it.
    if (!missing(clients, `${client.ip} ${name} ${type}`, at, 60)) return [];
    const asked = missing(servers, `${client.resolver} ${name} ${type}`, at, 300) && !internal(name);
    const outside = 18 + (at % 9);
    const inside = lookup(question, client.ip, client.resolver, at, asked ? outside + 3 : 1);
    return asked ? [inside, lookup(question, client.resolver, upstream, at + 1, outside)] : [inside];
  });
};
