/** The DNS questions behind the visits: caches of clients and resolvers decide which are asked on the wire. */
import type { Internet } from './internet.ts';
import { hashOf } from './random.ts';
import type { Client, Question, Visit } from './visit.ts';

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

const wanted = (visits: readonly Visit[], { answerFor }: Internet): Question[] =>
  visits.flatMap((visit) => {
    const before = { at: visit.at - 40 - (visit.at % 37), client: visit.client, name: visit.host };
    const address: Question = { ...before, type: 'A', answers: answerFor(visit.host).addresses };
    // Firefox asks for the HTTPS record too; nobody here publishes one.
    return visit.client.agent.name.includes('Firefox') && visit.at % 3 === 0
      ? [address, { ...before, at: before.at + 1, type: 'HTTPS', answers: [] }]
      : [address];
  });

type Asked = { readonly asker: string; readonly server: string; readonly at: number; readonly took: number };

const lookup = (question: Question, { asker, server, at, took }: Asked, { answerFor }: Internet): Lookup => {
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
export const lookupsFor = (visits: readonly Visit[], questions: readonly Question[], internet: Internet): Lookup[] => {
  const clients = new Map<string, number>();
  const servers = new Map<string, number>();
  const ordered = [...wanted(visits, internet), ...questions].sort(
    (a, b) => a.at - b.at || hashOf(a.name) - hashOf(b.name),
  );
  return ordered.flatMap((question) => {
    const { at, client, name, type } = question;
    if (!missing(clients, `${client.ip} ${name} ${type}`, at, internet.clientCache)) return [];
    const asked = missing(servers, `${client.resolver} ${name} ${type}`, at, 300) && !internet.internal(name);
    const outside = 18 + (at % 9);
    const inside = lookup(
      question,
      { asker: client.ip, server: client.resolver, at, took: asked ? outside + 3 : 1 },
      internet,
    );
    if (!asked) return [inside];
    const onward = { asker: client.resolver, server: internet.upstream, at: at + 1, took: outside };
    return [inside, lookup(question, onward, internet)];
  });
};
