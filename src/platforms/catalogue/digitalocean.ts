/** The products of DigitalOcean. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const digitaloceanAppPlatform = {
  id: 'digitalocean-app-platform',
  provider: 'DigitalOcean',
  product: 'App Platform',
  kind: 'app-platform',
  suffixes: ['ondigitalocean.app'],
  patterns: [
    apex('ondigitalocean.app'),
    reserved('ondigitalocean.app', 'www'),
    {
      regex: /^(?<tenant>[a-z0-9][a-z0-9-]*?)-(?<id>[a-z0-9]{5})\.ondigitalocean\.app$/,
      granularity: 'tenant',
      example: 'coral-app-a1b2c.ondigitalocean.app',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.ondigitalocean\.app$/,
      granularity: 'tenant',
      example: 'myapp.ondigitalocean.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: cloudflare', 'x-do-app-origin', 'x-do-orig-status'],
  addressRanges: `${ranges.cloudflare} (behind Cloudflare)`,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Managed web apps',
  abuse: { names: 76, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('ondigitalocean.app')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const digitaloceanFunctions = {
  id: 'digitalocean-functions',
  provider: 'DigitalOcean',
  product: 'Functions',
  kind: 'faas',
  suffixes: ['doserverless.co'],
  patterns: [
    apex('doserverless.co'),
    {
      regex: /^faas-(?<region>[a-z]{3}\d)-(?<id>[0-9a-f]{8})\.doserverless\.co$/,
      granularity: 'shared-apex',
      example: 'faas-nyc1-0a1b2c3d.doserverless.co',
      note: 'regional host, many tenants',
    },
  ],
  paths: [
    {
      host: /\.doserverless\.co$/,
      path: /^\/api\/v1\/web\/(?<tenant>fn-[0-9a-f-]{36})\/(?<account>[A-Za-z0-9_-]+)\/(?<function>[A-Za-z0-9_-]+)/,
      granularity: 'function',
      names: 'tenant',
      example:
        'https://faas-nyc1-0a1b2c3d.doserverless.co/api/v1/web/fn-01234567-89ab-cdef-0123-456789abcdef/default/hello',
      accountKey: '{tenant}',
      note: 'tenant = namespace, account = package',
    },
  ],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: 'https://digitalocean.com/geo/google.csv',
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'HTTP functions on a shared regional host',
  abuse: null,
  confidence: 'medium',
  notes: 'Host is shared: tenant = namespace id in the path.',
  sources: [publicCode('.doserverless.co/api/v1/web')],
  unverified: ['addressRanges'],
  blindTo: [blind.pathTenant, blind.sharedAddresses],
} satisfies Platform;
