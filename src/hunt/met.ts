import { allSeen, countsOf, type Keying, type KeyKind, namesFor, namesLedTo } from '../lake/keys.ts';
import type { Lake } from '../lake/lake.ts';
import { resolversSeen, sourcesSeen } from '../lake/ledger.ts';
import type { Indicator } from '../model/indicator.ts';
import { parseUrl } from '../observables/url.ts';
import { classifyHost } from '../platforms/matcher.ts';
import { keysOf, type Seen } from './seen.ts';

/** The keys of a name by the catalogue as it is; `edition` names the release of the catalogue. */
export const keying = (edition: string): Keying => ({
  edition,
  keysOf: (name) => {
    const endpoint = classifyHost(name);
    const customer = !endpoint.providerOwned && endpoint.granularity !== 'shared-apex';
    const tenant = customer ? (endpoint.accountKey ?? endpoint.boundary ?? name) : name;
    return {
      keys: keysOf(name, endpoint),
      account: endpoint.accountKey,
      platform:
        endpoint.platform !== null && (customer || endpoint.pathScoped) ? { id: endpoint.platform, tenant } : null,
    };
  },
});

/**
 * What `readSeen` gives, of that alone which these few indicators may meet: read by key, so its cost grows with what is
 * met and not with what was ever seen.
 */
export async function readMet(lake: Lake, indicators: readonly Indicator[]): Promise<Seen> {
  const values = indicators.flatMap(({ value }) => (value === null ? [] : [value]));
  const nameKeys = await namesFor(lake, 'name', values);
  const answerKeys = await namesFor(lake, 'answer', values);
  const accounts = await namesFor(lake, 'account', values.flatMap(accountOf));
  const addresses = await addressesMet(lake, indicators);
  const chains = await chainsMet(lake, indicators, answerKeys);
  const lists = [nameKeys, accounts, chains, addresses].flatMap((map) => [...map.values()]);
  const patterned = indicators.some(isPattern) ? await allSeen(lake, 'name') : [];
  const hosts = indicators.flatMap(hostOf);
  return {
    names: await countsOf(lake, [...lists.flatMap((names) => [...names]), ...patterned, ...hosts]),
    nameKeys,
    answerKeys,
    accounts,
    addresses,
    chains,
    fingerprints: {
      ja3: await presence(lake, 'ja3', values),
      ja4: await presence(lake, 'ja4', values),
      certificate: await presence(lake, 'certificate', values),
    },
    sources: await sourcesSeen(lake),
    resolvers: await resolversSeen(lake),
  };
}

const isPattern = ({ kind, match }: Indicator): boolean => kind === 'domain' && match === 'like';

function accountOf(value: string): string[] {
  const account = value.includes('/') ? null : classifyHost(value).accountKey;
  return account === null ? [] : [account];
}

/** The host of an indicator that is a URL. */
function hostOf({ kind, value }: Indicator): string[] {
  const url = kind === 'url' && value !== null ? parseUrl(value) : null;
  return url?.ok ? [url.host ?? url.address.text] : [];
}

/** The addresses that were seen, each with names that led to it; all of them where an indicator is a range. */
async function addressesMet(lake: Lake, indicators: readonly Indicator[]): Promise<Map<string, Set<string>>> {
  const named = indicators.flatMap(({ kind, value }) => ((kind === 'ipv4' || kind === 'ipv6') && value ? [value] : []));
  const ranges = indicators.some(({ kind }) => kind === 'cidr');
  const seen = ranges ? await allSeen(lake, 'address') : [...(await namesFor(lake, 'address', named)).keys()];
  const ledTo = await namesLedTo(lake, seen);
  return new Map(seen.map((address) => [address, new Set(ledTo.get(address))]));
}

/** CNAME answers that an indicator names, and the names that were asked for; all of them where an indicator is a pattern. */
async function chainsMet(
  lake: Lake,
  indicators: readonly Indicator[],
  answerKeys: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, string[]>> {
  if (indicators.some(isPattern)) return namesLedTo(lake, await allSeen(lake, 'answer'));
  return namesLedTo(lake, [...answerKeys.values()].flat());
}

async function presence(lake: Lake, kind: KeyKind, values: readonly string[]): Promise<Map<string, number>> {
  return new Map([...(await namesFor(lake, kind, values)).keys()].map((key) => [key, 1]));
}
