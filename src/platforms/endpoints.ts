/** From a match to an endpoint: whose name it is, where that tenant's own part of the name space begins. */
import { getDomain } from 'tldts';
import type { Endpoint } from '../model/endpoint.ts';
import { accountKey } from './account-key.ts';
import { type Match, matchExactly, type Parts } from './lookup.ts';
import { isPathScoped } from './paths.ts';

/** Nothing known of a text: the base of every endpoint. */
const unknown: Omit<Endpoint, 'host'> = {
  platform: null,
  provider: null,
  kind: null,
  granularity: null,
  tenant: null,
  function: null,
  region: null,
  id: null,
  registrable: null,
  blockable: false,
  boundary: null,
  providerOwned: false,
  pathScoped: false,
  sharedAddresses: false,
  account: null,
  deployment: null,
  accountKey: null,
};

/** An address, or a text that is no host: on no platform, and not to be blocked on the word of its name. */
export function namelessEndpoint(text: string): Endpoint {
  return { host: text, ...unknown };
}

/** A normalised host on no platform: its registrable domain bounds it; a bare public suffix is nobody's. */
export function ordinaryEndpoint(host: string): Endpoint {
  const domain = registrableOf(host);
  return { host, ...unknown, registrable: domain, boundary: domain, blockable: domain !== null };
}

/** A normalised host on a platform. */
export function platformEndpoint(host: string, match: Match): Endpoint {
  return isShared(match) ? sharedEndpoint(host, match) : tenantEndpoint(host, match);
}

function sharedEndpoint(host: string, match: Match): Endpoint {
  return {
    ...named(host, match),
    granularity: 'shared-apex',
    region: match.parts.region ?? null,
    id: match.parts.id ?? null,
    registrable: registrableAbove(host),
    providerOwned: match.pattern.providerOwned === true || isReserved(match),
    pathScoped: isPathScoped(match),
  };
}

function tenantEndpoint(host: string, match: Match): Endpoint {
  const { parts, pattern, platform } = match;
  const boundary = boundaryOf(match);
  return {
    ...named(host, match),
    granularity: pattern.granularity,
    tenant: parts.tenant ?? parts.account ?? null,
    function: parts.function ?? null,
    region: parts.region ?? null,
    id: parts.id ?? null,
    registrable: boundary,
    blockable: true,
    boundary,
    account: parts.account ?? null,
    deployment: parts.deployment ?? null,
    accountKey: pattern.accountKey === undefined ? null : accountKey(platform, pattern.accountKey, parts, match.name),
  };
}

function named(host: string, { platform }: Match): Endpoint {
  const { id, provider, kind, sharedAddresses } = platform;
  return { host, ...unknown, platform: id, provider, kind, sharedAddresses };
}

function isShared(match: Match): boolean {
  return match.pattern.granularity === 'shared-apex' || isReserved(match);
}

/** A label that the provider keeps stands where the tenant would: `x.www.workers.dev`, `static.hf.space`. */
function isReserved({ platform, parts }: Match): boolean {
  const holder = parts.tenant ?? parts.account ?? parts.function;
  return holder !== undefined && platform.reservedLabels.includes(holder);
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

function registrableOf(host: string): string | null {
  return getDomain(host, { allowPrivateDomains: true, extractHostname: false, validateHostname: false });
}

/** Of a shared name: the provider's own domain above it; null where that is itself a suffix that tenants share. */
function registrableAbove(host: string): string | null {
  const domain = registrableOf(host);
  return domain === null || domain === host || matchExactly(domain) !== null ? null : domain;
}
