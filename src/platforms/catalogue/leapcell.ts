/** The one product of Leapcell: Leapcell services. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const leapcell = {
  id: 'leapcell',
  provider: 'Leapcell',
  product: 'Leapcell services',
  kind: 'app-platform',
  suffixes: ['leapcell.app', 'leapcell.dev', 'leapcell.online'],
  patterns: [
    apex('leapcell.app'),
    apex('leapcell.dev'),
    apex('leapcell.online'),
    reserved('leapcell.app', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:leapcell\.app|leapcell\.dev|leapcell\.online)$/,
      granularity: 'tenant',
      example: 'my-app.leapcell.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Serverless containers',
  abuse: { names: 12, lists: abuseLists.maltrail },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('leapcell.app', 'leapcell.dev', 'leapcell.online')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
