/** The one product of Convex: Convex deployments. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const convex = {
  id: 'convex',
  provider: 'Convex',
  product: 'Convex deployments',
  kind: 'app-platform',
  suffixes: ['convex.cloud', 'convex.site', 'convex.app'],
  patterns: [
    {
      regex: /^(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.convex\.(?:cloud|site)$/,
      granularity: 'shared-apex',
      example: 'eu-west-1.convex.site',
    },
    apex('convex.cloud'),
    apex('convex.site'),
    apex('convex.app'),
    reserved('convex.cloud', 'www'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d))?\.convex\.(?:cloud|site|app)$/,
      granularity: 'tenant',
      example: 'happy-otter-123.convex.site',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Backend functions',
  abuse: { names: 1, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('convex.app', 'convex.cloud', 'convex.site')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
