/** The one product of Surge: surge.sh. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const surge = {
  id: 'surge',
  provider: 'Surge',
  product: 'surge.sh',
  kind: 'static',
  suffixes: ['surge.sh'],
  patterns: [
    apex('surge.sh'),
    reserved('surge.sh', 'www', 'na-west1', 'na-east1'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.surge\.sh$/,
      granularity: 'tenant',
      example: 'some-site.surge.sh',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'na-west1', 'na-east1'],
  legitUse: 'Static sites',
  abuse: { names: 66, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
