/** The one product of Fly.io: Fly Machines apps. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const flyIo = {
  id: 'fly-io',
  provider: 'Fly.io',
  product: 'Fly Machines apps',
  kind: 'app-platform',
  suffixes: ['fly.dev'],
  patterns: [
    apex('fly.dev'),
    reserved('fly.dev', 'www', 'api'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.fly\.dev$/,
      granularity: 'tenant',
      example: 'my-app.fly.dev',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: Fly/…', 'fly-request-id', 'via: … fly.io'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Containers near users',
  abuse: { names: 3, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
