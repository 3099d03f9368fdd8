/**
 * What the resolvers answer. The address blocks belong to the providers; which name has which address is made up.
 */
import { hashOf } from './random.ts';
import type { Visit } from './visit.ts';

const pools = {
  cloudflare: { prefixes: ['104.21.48.', '172.67.180.'], from: 16, size: 2 },
  cloudfront: { prefixes: ['13.224.68.', '13.224.69.'], from: 10, size: 40 },
  aws: { prefixes: ['52.213.40.', '54.171.20.'], from: 5, size: 200 },
  azure: { prefixes: ['20.50.2.'], from: 5, size: 60 },
  microsoft: { prefixes: ['52.98.180.', '52.98.181.'], from: 2, size: 90 },
  google: { prefixes: ['142.250.187.'], from: 4, size: 200 },
  cloudrun: { prefixes: ['34.143.72.', '34.143.74.'], from: 2, size: 2 },
  vercel: { prefixes: ['76.76.21.', '66.33.60.'], from: 21, size: 30 },
  netlify: { prefixes: ['75.2.60.', '99.83.190.'], from: 5, size: 3 },
  akamai: { prefixes: ['23.62.10.'], from: 5, size: 200 },
  fastly: { prefixes: ['151.101.1.', '151.101.65.'], from: 5, size: 200 },
  elsewhere: { prefixes: ['198.51.100.', '203.0.113.'], from: 5, size: 200 },
} as const;
export type Pool = keyof typeof pools;

/** The pool of a name that has no row of its own, by its end. */
const bySuffix: readonly (readonly [string, Pool])[] = [
  ['.workers.dev', 'cloudflare'],
  ['.pages.dev', 'cloudflare'],
  ['.trycloudflare.com', 'cloudflare'],
  ['.cloudfront.net', 'cloudfront'],
  ['.on.aws', 'aws'],
  ['.amazonaws.com', 'aws'],
  ['.azurewebsites.net', 'azure'],
  ['.run.app', 'cloudrun'],
  ['.vercel.app', 'vercel'],
  ['.netlify.app', 'netlify'],
  ['.google.com', 'google'],
  ['.googleusercontent.com', 'google'],
];

export type Answer = {
  /** CNAMEs in order, then nothing else: the last one owns the addresses. */
  readonly chain: readonly string[];
  readonly addresses: readonly string[];
  /** Seconds. */
  readonly ttl: number;
};

/** The names of one made-up world: those with CNAME chains, or with a pool that their end does not tell. */
export type Names = Readonly<Record<string, { readonly pool: Pool; readonly via?: readonly string[] }>>;

/** What is outside a company, and where its resolvers ask. */
export type Internet = {
  /** What a resolver answers for this name: always the same. */
  readonly answerFor: (host: string) => Answer;
  /** The resolver that the company's own ones ask. */
  readonly upstream: string;
  /** True for names that the company's own resolvers know. */
  readonly internal: (name: string) => boolean;
  /** Seconds for which a client keeps an answer, if it lives so long. */
  readonly clientCache: number;
};

export const internetOf = (names: Names, about: Omit<Internet, 'answerFor'>): Internet => ({
  ...about,
  answerFor: (host) => {
    const row = names[host];
    const pool = pools[row?.pool ?? bySuffix.find(([end]) => host.endsWith(end))?.[1] ?? 'elsewhere'];
    const chain = row?.via ?? [];
    const place = pool.from + (hashOf(chain.at(-1) ?? host) % pool.size);
    return { chain, addresses: pool.prefixes.map((prefix) => `${prefix}${place}`), ttl: 300 };
  },
});

/** The address that a client connects to. */
export const addressOf = (internet: Internet, visit: Visit): string => {
  const { addresses } = internet.answerFor(visit.host);
  const address = addresses[hashOf(`${visit.client.ip} ${visit.host}`) % addresses.length];
  if (!address) throw new Error(`${visit.host} has no address`);
  return address;
};
