/** The one product of Val Town: Val Town HTTP vals. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const valTown = {
  id: 'val-town',
  provider: 'Val Town',
  product: 'Val Town HTTP vals',
  kind: 'script',
  suffixes: ['val.run', 'web.val.run'],
  patterns: [
    apex('val.run'),
    apex('web.val.run'),
    apex('express.val.run'),
    reserved('val.run', 'www'),
    {
      regex: /^(?<account>[a-z0-9]+)--(?<id>[0-9a-f]{8,32})\.web\.val\.run$/,
      granularity: 'function',
      example: 'someuser--0123456789abcdef0123456789abcdef.web.val.run',
      accountKey: '{account}',
      note: 'account--val id',
    },
    {
      regex: /^(?<account>[a-z0-9]+)-(?<function>[a-z0-9_]+)\.(?:web|express)\.val\.run$/,
      granularity: 'function',
      example: 'someuser-hello.web.val.run',
      accountKey: '{account}',
      note: 'account-val name',
    },
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.val\.run$/,
      granularity: 'function',
      example: 'my-custom.val.run',
      note: 'chosen subdomain',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Small scripts with an HTTP endpoint',
  abuse: { names: 1, lists: abuseLists.maltrail },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('val.run', 'web.val.run'), publicCode('.web.val.run')],
  unverified: [],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
