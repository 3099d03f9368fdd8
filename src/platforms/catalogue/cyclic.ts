/** The one product of Cyclic: Cyclic (closed 2024). */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const cyclic = {
  id: 'cyclic',
  provider: 'Cyclic',
  product: 'Cyclic (closed 2024)',
  kind: 'app-platform',
  suffixes: ['cyclic.app', 'cyclic.cloud'],
  patterns: [
    apex('cyclic.app'),
    apex('cyclic.cloud'),
    reserved('cyclic.app', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:cyclic\.app|cyclic\.cloud)$/,
      granularity: 'tenant',
      example: 'my-app.cyclic.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Serverless Node apps',
  abuse: { names: 7, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
