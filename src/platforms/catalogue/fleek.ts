/** The one product of Fleek: Fleek hosting. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const fleek = {
  id: 'fleek',
  provider: 'Fleek',
  product: 'Fleek hosting',
  kind: 'static',
  suffixes: ['on-fleek.app'],
  patterns: [
    apex('on-fleek.app'),
    reserved('on-fleek.app', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.on-fleek\.app$/,
      granularity: 'tenant',
      example: 'polished-dust-1234.on-fleek.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Sites on IPFS',
  abuse: { names: 126, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
