/** The one product of Koyeb: Koyeb services. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const koyeb = {
  id: 'koyeb',
  provider: 'Koyeb',
  product: 'Koyeb services',
  kind: 'app-platform',
  suffixes: ['koyeb.app'],
  patterns: [
    apex('koyeb.app'),
    reserved('koyeb.app', 'www'),
    {
      regex: /^(?<function>[a-z0-9][a-z0-9-]*)-(?<id>[0-9a-f]{8})\.koyeb\.app$/,
      granularity: 'function',
      example: 'shop-someorg-0a1b2c3d.koyeb.app',
      note: 'app-organisation-hash; app and organisation both may hold dashes',
    },
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.koyeb\.app$/,
      granularity: 'function',
      example: 'my-app-my-org.koyeb.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: cloudflare', 'x-koyeb-…'],
  addressRanges: ranges.cloudflare,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Managed containers',
  abuse: { names: 4, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
