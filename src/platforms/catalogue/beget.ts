/** The one product of Beget: Beget cloud apps. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const begetApp = {
  id: 'beget-app',
  provider: 'Beget',
  product: 'Beget cloud apps',
  kind: 'app-platform',
  suffixes: ['beget.app'],
  patterns: [
    apex('beget.app'),
    reserved('beget.app', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.beget\.app$/,
      granularity: 'tenant',
      example: 'mysite-user.beget.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Hosting',
  abuse: { names: 24, lists: abuseLists.maltrail },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('*.beget.app')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
