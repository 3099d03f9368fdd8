import type { Lake } from '../lake/lake.ts';
import { addressesSeen, answersSeen, fingerprintsSeen, namesSeen, resolversSeen, sourcesSeen } from '../lake/ledger.ts';
import type { Endpoint } from '../model/endpoint.ts';
import { isAddress } from '../observables/address.ts';
import { classifyHost } from '../platforms/matcher.ts';

/** The distinct things that the logs hold, indexed by every key that an indicator may name them by. */
export type Seen = {
  /** Contacted or asked names with how many sources did. */
  readonly names: ReadonlyMap<string, { readonly sources: number; readonly events: number }>;
  /** A name and each parent down to its tenant's boundary → the names under it. */
  readonly nameKeys: ReadonlyMap<string, readonly string[]>;
  /** The same for names in DNS answers (CNAME targets). */
  readonly answerKeys: ReadonlyMap<string, readonly string[]>;
  readonly accounts: ReadonlyMap<string, readonly string[]>;
  /** Address → names that led to it. */
  readonly addresses: ReadonlyMap<string, ReadonlySet<string>>;
  /** CNAME target → names asked. */
  readonly chains: ReadonlyMap<string, readonly string[]>;
  readonly fingerprints: Readonly<Record<'ja3' | 'ja4' | 'certificate', ReadonlyMap<string, number>>>;
  readonly sources: readonly string[];
  readonly resolvers: readonly string[];
};

/** Reads the ledgers once; classification runs on distinct names only. */
export async function readSeen(lake: Lake): Promise<Seen> {
  const names = new Map<string, { sources: number; events: number }>();
  const nameKeys = new Map<string, string[]>();
  const accounts = new Map<string, string[]>();
  for await (const rows of namesSeen(lake))
    for (const { name, sources, events } of rows) {
      names.set(name, { sources, events });
      const endpoint = classifyHost(name);
      for (const key of keysOf(name, endpoint)) push(nameKeys, key, name);
      if (endpoint.accountKey) push(accounts, endpoint.accountKey, name);
    }
  const { addresses, chains, answerKeys } = await readAnswers(lake);
  return {
    names,
    nameKeys,
    answerKeys,
    accounts,
    addresses,
    chains,
    fingerprints: await readFingerprints(lake),
    sources: await sourcesSeen(lake),
    resolvers: await resolversSeen(lake),
  };
}

async function readAnswers(lake: Lake): Promise<Pick<Seen, 'addresses' | 'chains' | 'answerKeys'>> {
  const addresses = new Map<string, Set<string>>();
  const chains = new Map<string, string[]>();
  const answerKeys = new Map<string, string[]>();
  const lead = (address: string, names: readonly string[]): void => {
    const known = addresses.get(address) ?? new Set();
    for (const name of names) known.add(name);
    addresses.set(address, known);
  };
  for await (const rows of answersSeen(lake))
    for (const { answer, names } of rows) {
      if (isAddress(answer)) lead(answer, names);
      else if (looksLikeName(answer)) {
        chains.set(answer, [...names]);
        for (const key of keysOf(answer, classifyHost(answer))) push(answerKeys, key, answer);
      }
    }
  for await (const rows of addressesSeen(lake)) for (const { address, names } of rows) lead(address, names);
  return { addresses, chains, answerKeys };
}

async function readFingerprints(lake: Lake): Promise<Seen['fingerprints']> {
  const of = async (column: 'ja3' | 'ja4' | 'certificate'): Promise<Map<string, number>> =>
    new Map((await fingerprintsSeen(lake, column)).map((f) => [f.value, f.sources]));
  return { ja3: await of('ja3'), ja4: await of('ja4'), certificate: await of('certificate') };
}

const looksLikeName = (text: string): boolean => text.includes('.') && /^[a-z0-9._-]+$/.test(text);

/** The name itself, and its parents as long as they belong to the same tenant alone. */
export function keysOf(name: string, endpoint: Endpoint): string[] {
  const keys = [name];
  const { boundary } = endpoint;
  if (boundary === null || !name.endsWith(`.${boundary}`)) return keys;
  for (
    let dot = name.indexOf('.');
    dot >= 0 && name.length - dot - 1 >= boundary.length;
    dot = name.indexOf('.', dot + 1)
  )
    keys.push(name.slice(dot + 1));
  return keys;
}

function push(index: Map<string, string[]>, key: string, value: string): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
