/** What the path of a URL adds to what its host said. */
import type { Endpoint } from '../model/endpoint.ts';
import { accountKey } from './account-key.ts';
import type { Match, Parts } from './lookup.ts';
import type { PathRule } from './platform.ts';

/** Whether the host is shared and the path of a URL on it names the tenant. */
export function isPathScoped({ platform, name }: Match): boolean {
  return platform.paths.some((rule) => rule.names === 'tenant' && rule.host.test(name));
}

/** The endpoint of a whole URL: the host's, with the parts that the first rule that fits finds in the path. */
export function withPath(endpoint: Endpoint, match: Match, path: string): Endpoint {
  for (const rule of match.platform.paths) {
    const hit = fits(rule, endpoint, match) ? rule.path.exec(path) : null;
    if (hit !== null) return named(endpoint, match, rule, hit.groups ?? {});
  }
  return endpoint;
}

function fits(rule: PathRule, endpoint: Endpoint, match: Match): boolean {
  const shared = endpoint.granularity === 'shared-apex';
  return shared === (rule.names === 'tenant') && rule.host.test(match.name);
}

function named(endpoint: Endpoint, match: Match, rule: PathRule, found: Parts): Endpoint {
  const key = rule.accountKey === undefined ? null : accountKey(match.platform, rule.accountKey, found, match.name);
  return {
    ...endpoint,
    granularity: rule.granularity,
    tenant: found.tenant ?? endpoint.tenant ?? found.account ?? null,
    account: found.account ?? endpoint.account,
    function: found.function ?? endpoint.function,
    deployment: found.deployment ?? endpoint.deployment,
    region: found.region ?? endpoint.region,
    id: found.id ?? endpoint.id,
    accountKey: key ?? endpoint.accountKey,
  };
}
