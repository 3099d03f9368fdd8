/** The one product of Serveo: Serveo SSH tunnels. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const serveo = {
  id: 'serveo',
  provider: 'Serveo',
  product: 'Serveo SSH tunnels',
  kind: 'tunnel',
  suffixes: ['serveo.net', 'serveousercontent.com'],
  patterns: [
    apex('serveo.net'),
    apex('serveousercontent.com'),
    reserved('serveo.net', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?<region>[a-z]{2})\.)?(?:serveo\.net|serveousercontent\.com)$/,
      granularity: 'tenant',
      example: 'abcdef.serveo.net',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Developer tunnels',
  abuse: { names: 19, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
