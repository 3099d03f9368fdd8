/** The one product of NetFoundry: zrok shares. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const zrok = {
  id: 'zrok',
  provider: 'NetFoundry',
  product: 'zrok shares',
  kind: 'tunnel',
  suffixes: ['share.zrok.io', 'shares.zrok.io'],
  patterns: [
    apex('share.zrok.io'),
    apex('shares.zrok.io'),
    reserved('share.zrok.io', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?<region>[a-z]{2})\.)?(?:share\.zrok\.io|shares\.zrok\.io)$/,
      granularity: 'tenant',
      example: 'a1b2c3d4e5f6.share.zrok.io',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Developer tunnels',
  abuse: { names: 1, lists: abuseLists.maltrail },
  confidence: 'low',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
