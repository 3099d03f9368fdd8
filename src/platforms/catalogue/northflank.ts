/** The one product of Northflank: Northflank services. */
import type { Platform } from '../platform.ts';
import { blind, publicCode, publicSuffix } from './facts.ts';
import { apex } from './patterns.ts';

export const northflank = {
  id: 'northflank',
  provider: 'Northflank',
  product: 'Northflank services',
  kind: 'app-platform',
  suffixes: ['code.run', 'northflank.app', 'build.run'],
  patterns: [
    apex('code.run'),
    apex('northflank.app'),
    {
      regex: /^(?:(?<deployment>[a-z0-9-]+?)--)?(?<function>[a-z0-9-]+?)--(?<tenant>[a-z0-9]{12})\.code\.run$/,
      granularity: 'function',
      example: 'p01--my-service--a1b2c3d4e5f6.code.run',
      accountKey: '{tenant}',
      note: 'port--service--project id',
    },
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:code\.run|northflank\.app|build\.run)$/,
      granularity: 'tenant',
      example: 'my-svc.abc123.code.run',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Managed containers',
  abuse: null,
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('*.code.run', '*.northflank.app', '*.build.run'), publicCode('.code.run')],
  unverified: [],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
