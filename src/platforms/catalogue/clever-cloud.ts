/** The one product of Clever Cloud: Applications. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const cleverCloud = {
  id: 'clever-cloud',
  provider: 'Clever Cloud',
  product: 'Applications',
  kind: 'app-platform',
  suffixes: ['cleverapps.io', 'cleverapps.cc', 'cleverapps.tech'],
  patterns: [
    apex('cleverapps.io'),
    apex('cleverapps.cc'),
    apex('cleverapps.tech'),
    reserved('cleverapps.io', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:cleverapps\.io|cleverapps\.cc|cleverapps\.tech)$/,
      granularity: 'tenant',
      example: 'app-0a1b2c3d.cleverapps.io',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Managed apps',
  abuse: { names: 23, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('cleverapps.cc', 'cleverapps.io', 'cleverapps.tech')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
