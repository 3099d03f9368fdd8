/** The one product of Portmap.io: Portmap.io port forwarding. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const portmap = {
  id: 'portmap',
  provider: 'Portmap.io',
  product: 'Portmap.io port forwarding',
  kind: 'tunnel',
  suffixes: ['portmap.io', 'portmap.host'],
  patterns: [
    apex('portmap.io'),
    apex('portmap.host'),
    reserved('portmap.io', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?<region>[a-z]{2})\.)?(?:portmap\.io|portmap\.host)$/,
      granularity: 'tenant',
      example: 'user-12345.portmap.host',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Developer tunnels',
  abuse: { names: 1622, lists: abuseLists.all },
  confidence: 'medium',
  notes: '<user>-<port>.portmap.host',
  sources: [],
  unverified: [],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
