import type { Seen } from '../hunt/seen.ts';
import type { Lake } from '../lake/lake.ts';
import { platformsSeen } from '../lake/ledger.ts';
import type { HuntDocument } from '../model/finding.ts';
import { classifyHost } from '../platforms/matcher.ts';

export type PlatformName = readonly [name: string, platform: string, tenant: string];

export function namesOnPlatforms(seen: Seen): PlatformName[] {
  const names: [string, string, string][] = [];
  for (const name of seen.names.keys()) {
    const endpoint = classifyHost(name);
    if (endpoint.platform !== null && !endpoint.providerOwned && endpoint.granularity !== 'shared-apex')
      names.push([name, endpoint.platform, endpoint.accountKey ?? endpoint.boundary ?? name]);
    else if (endpoint.platform !== null && endpoint.pathScoped) names.push([name, endpoint.platform, name]);
  }
  return names;
}

export async function observations(
  lake: Lake,
  names: readonly PlatformName[],
  besides: readonly string[],
): Promise<Pick<HuntDocument['observations'], 'platforms'>> {
  const rows = await platformsSeen(lake, names, besides);
  const providers = new Map(names.map(([name, platform]) => [platform, classifyHost(name).provider ?? '']));
  return {
    platforms: rows.map((r) => ({
      platform: r.platform,
      provider: providers.get(r.platform) ?? '',
      tenants: r.tenants,
      internal_hosts: r.sources,
      events: r.events,
    })),
  };
}
