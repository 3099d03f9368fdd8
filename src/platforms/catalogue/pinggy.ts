/** The one product of Pinggy: Pinggy tunnels. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const pinggy = {
  id: 'pinggy',
  provider: 'Pinggy',
  product: 'Pinggy tunnels',
  kind: 'tunnel',
  suffixes: ['pinggy.link', 'pinggy.online', 'pinggy.io'],
  patterns: [
    apex('pinggy.link'),
    apex('pinggy.online'),
    apex('pinggy.io'),
    reserved('pinggy.link', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?<region>a\.free|free|[a-z]{1,3}\.[a-z]+|a|[a-z]{2})\.)?(?:pinggy\.link|pinggy\.online|pinggy\.io)$/,
      granularity: 'tenant',
      example: 'rnabc-1-2-3-4.a.free.pinggy.link',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api', 'a', 'free'],
  legitUse: 'Developer tunnels',
  abuse: { names: 10, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
