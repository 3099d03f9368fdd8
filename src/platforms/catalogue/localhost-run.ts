/** The one product of localhost.run: localhost.run. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const localhostRun = {
  id: 'localhost-run',
  provider: 'localhost.run',
  product: 'localhost.run',
  kind: 'tunnel',
  suffixes: ['lhr.life', 'lhr.rocks', 'lhrtunnel.link'],
  patterns: [
    apex('lhr.life'),
    apex('lhr.rocks'),
    apex('lhrtunnel.link'),
    reserved('lhr.life', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?<region>[a-z]{2})\.)?(?:lhr\.life|lhr\.rocks|lhrtunnel\.link)$/,
      granularity: 'tenant',
      example: '1a2b3c4d5e6f78.lhr.life',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Developer tunnels',
  abuse: { names: 6, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
