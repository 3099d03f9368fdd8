/** The one product of StackBlitz: StackBlitz / WebContainers / Bolt. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex } from './patterns.ts';

export const stackblitz = {
  id: 'stackblitz',
  provider: 'StackBlitz',
  product: 'StackBlitz / WebContainers / Bolt',
  kind: 'app-platform',
  suffixes: [
    'webcontainer.io',
    'stackblitz.io',
    'w-credentialless-staticblitz.com',
    'w-corp-staticblitz.com',
    'w-staticblitz.com',
    'bolt.host',
  ],
  patterns: [
    apex('webcontainer.io'),
    apex('stackblitz.io'),
    apex('bolt.host'),
    {
      regex:
        /^(?<tenant>[a-z0-9]+(?:-[a-z0-9]+)*?)--(?<function>\d{2,5})--(?<id>[0-9a-f]{8})\.local-(?:credentialless|corp)\.webcontainer\.io$/,
      granularity: 'tenant',
      example: 'abcdefgh12ij--5173--0a1b2c3d.local-credentialless.webcontainer.io',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:w-credentialless-staticblitz\.com|w-corp-staticblitz\.com|w-staticblitz\.com|stackblitz\.io|bolt\.host)$/,
      granularity: 'tenant',
      example: 'my-app.bolt.host',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'In-browser Node previews, Bolt-made sites',
  abuse: { names: 3, lists: abuseLists.reports },
  confidence: 'high',
  notes: null,
  sources: [
    publicSuffix('w-staticblitz.com', 'w-corp-staticblitz.com', 'w-credentialless-staticblitz.com', 'bolt.host'),
  ],
  unverified: [],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
