/** The one product of localtunnel: localtunnel. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const localtunnel = {
  id: 'localtunnel',
  provider: 'localtunnel',
  product: 'localtunnel',
  kind: 'tunnel',
  suffixes: ['loca.lt', 'localtunnel.me'],
  patterns: [
    apex('loca.lt'),
    apex('localtunnel.me'),
    reserved('loca.lt', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?<region>[a-z]{2})\.)?(?:loca\.lt|localtunnel\.me)$/,
      granularity: 'tenant',
      example: 'fair-cats-run.loca.lt',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-localtunnel-agent-ips', 'bypass-tunnel-reminder (request)'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Developer tunnels',
  abuse: { names: 63, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
