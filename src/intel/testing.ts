/** Helpers of the tests of this folder: made-up indicators, and reading from a text. */
import type { Endpoint } from '../model/endpoint.ts';
import type { Indicator } from '../model/indicator.ts';
import type { Feed, FeedRecord } from './feed.ts';

/** A domain that nothing is known about, with the facts given. */
export function made(facts: Partial<Indicator> = {}): Indicator {
  return {
    id: 'made-up',
    kind: 'domain',
    value: 'evil.acct.workers.dev',
    pattern: null,
    match: 'equals',
    source: { name: 'made up', licence: null, file: 'list.txt' },
    confidence: null,
    validFrom: null,
    validUntil: null,
    recorded: null,
    detect: true,
    endpoint: 'unknown',
    description: null,
    labels: [],
    line: 1,
    ...facts,
  };
}

/** The records that a reader finds in a text, which comes in pieces of `size` characters. */
export async function recordsIn(feed: Feed, text: string, file = 'list.txt', size = 65_536): Promise<FeedRecord[]> {
  async function* pieces(): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const records: FeedRecord[] = [];
  const source = { name: file, licence: null, file };
  for await (const batch of feed.read({ source, text: pieces(), maxDocument: 1_000_000 })) records.push(...batch);
  return records;
}

/** Each record in one word or two: `kind value` of an indicator, `other …`, `refused …`. */
export function briefly(records: readonly FeedRecord[]): string[] {
  return records.map((record) => {
    if ('indicator' in record) return `${record.indicator.kind} ${record.indicator.value}`;
    return 'other' in record ? `other ${record.other}` : `refused ${record.refused}`;
  });
}

/** The indicators among the records. */
export function indicatorsOf(records: readonly FeedRecord[]): Indicator[] {
  return records.flatMap((record) => ('indicator' in record ? [record.indicator] : []));
}

/** One platform, `fn.example`: `tenant.fn.example` is a tenant, `paths.fn.example/t/x` names one in its path. */
export function classify(hostOrUrl: string): Endpoint {
  const [host = '', ...path] = hostOrUrl.replace(/^https?:\/\//, '').split('/');
  const apex = host === 'fn.example' || (host === 'paths.fn.example' && path[0] !== 't');
  const suffix = ['co.uk', 'example', 'uk'].includes(host);
  const border = host
    .split('.')
    .slice(/(?:fn\.example|co\.uk)$/.test(host) ? -3 : -2)
    .join('.');
  return {
    host,
    platform: host.endsWith('fn.example') ? 'fn' : null,
    provider: host.endsWith('fn.example') ? 'Fn Inc' : null,
    kind: null,
    granularity: apex ? 'shared-apex' : host.endsWith('.fn.example') ? 'tenant' : null,
    account: null,
    deployment: null,
    accountKey: null,
    tenant: null,
    function: null,
    region: null,
    id: null,
    registrable: suffix || apex ? null : border,
    blockable: !apex,
    boundary: suffix || apex ? null : border,
    providerOwned: host === 'dash.fn.example',
    pathScoped: host === 'paths.fn.example',
    sharedAddresses: false,
  };
}
