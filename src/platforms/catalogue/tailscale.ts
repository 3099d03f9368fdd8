/** The one product of Tailscale: Funnel and tailnet names. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const tailscaleFunnel = {
  id: 'tailscale-funnel',
  provider: 'Tailscale',
  product: 'Funnel and tailnet names',
  kind: 'tunnel',
  suffixes: ['ts.net'],
  patterns: [
    apex('ts.net'),
    reserved('ts.net', 'www', 'api'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<account>[a-z0-9-]+)\.ts\.net$/,
      granularity: 'tenant',
      example: 'host.tail1a2b3.ts.net',
      accountKey: '{account}',
      note: 'account = tailnet',
    },
    {
      regex: /^(?<account>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.ts\.net$/,
      granularity: 'tenant',
      example: 'tail1a2b3.ts.net',
      accountKey: '{account}',
      note: 'the tailnet itself',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Developer tunnels',
  abuse: { names: 12, lists: abuseLists.maltrail },
  confidence: 'high',
  notes: '<machine>.<tailnet>.ts.net; the middle label names the tailnet (account).',
  sources: [publicSuffix('ts.net')],
  unverified: [],
  blindTo: [blind.sharedAddresses],
} satisfies Platform;
