/** The one product of Wix (Base44): Base44 apps. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const base44 = {
  id: 'base44',
  provider: 'Wix (Base44)',
  product: 'Base44 apps',
  kind: 'app-platform',
  suffixes: ['base44.app'],
  patterns: [
    apex('base44.app'),
    reserved('base44.app', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.base44\.app$/,
      granularity: 'tenant',
      example: 'my-app.base44.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'AI-built web apps',
  abuse: { names: 2, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('base44.app')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
