/** From a match to an endpoint: whose name it is, where that tenant's own part of the name space begins. */
import type { Endpoint } from '../model/endpoint.ts';
import { accountKey } from './account-key.ts';
import { type Match, matchExactly, type Parts } from './lookup.ts';
import { isPathScoped } from './paths.ts';
import { registrableOf } from './registrable.ts';

/** A host on no platform; at `boundary` its owner's part of the name space begins, null where it is nobody's. */
export function platformless(host: string, registrable: string | null, boundary: string | null): Endpoint {
  return {
    host,
    platform: null,
    provider: null,
    kind: null,
    granularity: null,
    tenant: null,
    function: null,
    region: null,
    id: null,
    registrable,
    blockable: boundary !== null,
    boundary,
    providerOwned: false,
    pathScoped: false,
    sharedAddresses: false,
    account: null,
    deployment: null,
    accountKey: null,
  };
}

/** A normalised host on a platform. */
export function platformEndpoint(host: string, match: Match): Endpoint {
  return isShared(match) ? sharedEndpoint(host, match) : tenantEndpoint(host, match);
}

function sharedEndpoint(host: string, match: Match): Endpoint {
  const { parts, pattern, platform } = match;
  return {
    ...platformless(host, null, null),
    platform: platform.id,
    provider: platform.provider,
    kind: platform.kind,
    granularity: 'shared-apex',
    region: parts.region ?? null,
    id: parts.id ?? null,
    registrable: registrableAbove(host),
    providerOwned: pattern.providerOwned === true || isReserved(match),
    pathScoped: isPathScoped(match),
    sharedAddresses: platform.sharedAddresses,
  };
}

function tenantEndpoint(host: string, match: Match): Endpoint {
  const { parts, pattern, platform } = match;
  const boundary = boundaryOf(match);
  return {
    host,
    platform: platform.id,
    provider: platform.provider,
    kind: platform.kind,
    granularity: pattern.granularity,
    tenant: parts.tenant ?? parts.account ?? null,
    function: parts.function ?? null,
    region: parts.region ?? null,
    id: parts.id ?? null,
    registrable: boundary,
    blockable: true,
    boundary,
    providerOwned: false,
    pathScoped: false,
    sharedAddresses: platform.sharedAddresses,
    account: parts.account ?? null,
    deployment: parts.deployment ?? null,
    accountKey: pattern.accountKey === undefined ? null : accountKey(platform, pattern.accountKey, parts, match.name),
  };
}

function isShared(match: Match): boolean {
  return match.pattern.granularity === 'shared-apex' || isReserved(match);
}

/** A label that the provider keeps stands where the tenant would: `x.www.workers.dev`; not `api-<hash>-<scope>.vercel.app`. */
function isReserved({ name, platform, parts }: Match): boolean {
  const holder = parts.tenant ?? parts.account ?? parts.function;
  return holder !== undefined && platform.reservedLabels.includes(holder) && `.${name}`.includes(`.${holder}.`);
}

/** The shortest parent of the matched name that the catalogue gives to the same tenant, else the name itself. */
function boundaryOf(match: Match): string {
  const parent = match.name.slice(match.name.indexOf('.') + 1);
  const above = matchExactly(parent);
  if (above === null || isShared(above) || above.platform !== match.platform) return match.name;
  // Names under a public suffix belong to different people, whatever the labels look like (`*.code.run`).
  return owns(above.parts, match.parts) && registrableOf(parent) !== null ? boundaryOf(above) : match.name;
}

function owns(parent: Parts, child: Parts): boolean {
  const owner = parent.tenant ?? parent.account;
  return owner !== undefined && (owner === child.tenant || owner === child.account);
}

/** Of a shared name: the provider's own domain above it; null where that is itself a suffix that tenants share. */
function registrableAbove(host: string): string | null {
  const domain = registrableOf(host);
  return domain === null || domain === host || matchExactly(domain) !== null ? null : domain;
}
