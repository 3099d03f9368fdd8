/** The one product of Deta: Deta Space / Micros (closed). */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const deta = {
  id: 'deta',
  provider: 'Deta',
  product: 'Deta Space / Micros (closed)',
  kind: 'faas',
  suffixes: ['deta.dev', 'deta.app'],
  patterns: [
    apex('deta.dev'),
    apex('deta.app'),
    reserved('deta.dev', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:deta\.dev|deta\.app)$/,
      granularity: 'tenant',
      example: 'abc123.deta.dev',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Micro apps',
  abuse: { names: 1, lists: abuseLists.maltrail },
  confidence: 'low',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
