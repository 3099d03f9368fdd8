import type { Lake } from '../../lake/lake.ts';
import type { Endpoint } from '../../lake/touches.ts';
import { classifyHost } from '../../platforms/matcher.ts';
import type { Seen } from '../seen.ts';
import { dropSites } from './drop-sites.ts';
import { type Network, readNetwork } from './network.ts';

/** The endpoints whose contacts the behaviours look at in full, and the network that they are judged against. */
export type Watched = { readonly network: Network; readonly endpoints: readonly Endpoint[] };

/** A name that a quarter of the sources contact is common here: no behaviour of one host with it stands out. */
const COMMON_SHARE = 0.25;
/** In a small network a few hosts are a quarter. */
const COMMON_HOSTS = 25;

export async function watchedIn(lake: Lake, seen: Seen): Promise<Watched> {
  const network = await readNetwork(lake);
  return { network, endpoints: endpointsOf(seen, network) };
}

/** Names that belong to one customer of a platform, or lead to one by a CNAME answer; and the dead drops. */
function endpointsOf(seen: Seen, network: Network): Endpoint[] {
  const rare = (sources: number): boolean => sources <= Math.max(COMMON_HOSTS, COMMON_SHARE * network.sources);
  const chosen = new Map<string, Endpoint>();
  const add = (name: string, platformName: string): void => {
    const endpoint = classifyHost(platformName);
    if (endpoint.platform === null || endpoint.providerOwned || endpoint.pathScoped) return;
    if (endpoint.granularity === 'shared-apex') return;
    const tenant = endpoint.accountKey ?? endpoint.boundary ?? platformName;
    chosen.set(name, { name, platform: endpoint.platform, tenant, drop: false });
  };
  for (const [name, { sources }] of seen.names) if (rare(sources)) add(name, name);
  for (const [target, names] of seen.chains)
    for (const name of names) if (!chosen.has(name) && rare(seen.names.get(name)?.sources ?? 0)) add(name, target);
  for (const name of dropSites)
    if (seen.names.has(name)) chosen.set(name, { name, platform: null, tenant: null, drop: true });
  return [...chosen.values()];
}
