/** The one product of Lovable: Lovable apps. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const lovable = {
  id: 'lovable',
  provider: 'Lovable',
  product: 'Lovable apps',
  kind: 'app-platform',
  suffixes: ['lovable.app', 'lovableproject.com'],
  patterns: [
    apex('lovable.app'),
    apex('lovableproject.com'),
    reserved('lovable.app', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:lovable\.app|lovableproject\.com)$/,
      granularity: 'tenant',
      example: 'my-app.lovable.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'AI-built web apps',
  abuse: { names: 9, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('lovable.app', 'lovableproject.com')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
