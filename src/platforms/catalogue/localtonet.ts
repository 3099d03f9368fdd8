/** The one product of Localtonet: Localtonet tunnels. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const localtonet = {
  id: 'localtonet',
  provider: 'Localtonet',
  product: 'Localtonet tunnels',
  kind: 'tunnel',
  suffixes: ['localto.net', 'localtonet.com'],
  patterns: [
    apex('localto.net'),
    apex('localtonet.com'),
    reserved('localto.net', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?<region>[a-z]{2})\.)?(?:localto\.net|localtonet\.com)$/,
      granularity: 'tenant',
      example: 'abcdef.localto.net',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Developer tunnels',
  abuse: { names: 147, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
