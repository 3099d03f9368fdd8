/** The one product of Railway: Railway services. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex } from './patterns.ts';

export const railway = {
  id: 'railway',
  provider: 'Railway',
  product: 'Railway services',
  kind: 'app-platform',
  suffixes: ['up.railway.app', 'railway.app'],
  patterns: [
    apex('up.railway.app'),
    apex('railway.app'),
    {
      regex: /^(?:www|backboard|docs|help|blog|status)\.(?:up\.)?railway\.app$/,
      granularity: 'shared-apex',
      example: 'backboard.railway.app',
      providerOwned: true,
      note: 'platform-owned',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*?)-(?<deployment>production|staging|pr-\d+)(?:-(?<id>[0-9a-f]{4}))?\.up\.railway\.app$/,
      granularity: 'tenant',
      example: 'my-svc-production-1a2b.up.railway.app',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:up\.)?railway\.app$/,
      granularity: 'tenant',
      example: 'my-svc.up.railway.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: railway-edge', 'x-railway-request-id', 'x-railway-edge'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Managed containers',
  abuse: { names: 35, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('up.railway.app')],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
