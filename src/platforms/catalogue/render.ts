/** The one product of Render: Web services and static sites. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const render = {
  id: 'render',
  provider: 'Render',
  product: 'Web services and static sites',
  kind: 'app-platform',
  suffixes: ['onrender.com'],
  patterns: [
    apex('onrender.com'),
    reserved('onrender.com', 'www', 'api'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.onrender\.com$/,
      granularity: 'tenant',
      example: 'my-svc-4k2a.onrender.com',
      note: 'preview environments are <service>-pr-<n>',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-render-origin-server: Render', 'rndr-id', 'server: cloudflare'],
  addressRanges: `${ranges.cloudflare} (behind Cloudflare)`,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Managed web services',
  abuse: { names: 68, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('onrender.com')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
