/** The products of bunny.net. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const bunnyCdn = {
  id: 'bunny-cdn',
  provider: 'bunny.net',
  product: 'Bunny CDN pull zones',
  kind: 'edge',
  suffixes: ['b-cdn.net'],
  patterns: [
    apex('b-cdn.net'),
    reserved('b-cdn.net', 'www'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.b-cdn\.net$/,
      granularity: 'tenant',
      example: 'my-zone.b-cdn.net',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: BunnyCDN-…', 'cdn-pullzone', 'cdn-requestid', 'cdn-uid'],
  addressRanges: 'https://bunnycdn.com/api/system/edgeserverlist',
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'CDN',
  abuse: { names: 473, lists: abuseLists.all },
  confidence: 'medium',
  notes: 'cdn-pullzone and cdn-uid headers name the pull zone and the account.',
  sources: [],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const bunnyEdge = {
  id: 'bunny-edge',
  provider: 'bunny.net',
  product: 'Edge Scripting and Magic Containers',
  kind: 'faas',
  suffixes: ['bunny.run'],
  patterns: [
    apex('bunny.run'),
    reserved('bunny.run', 'www'),
    {
      regex: /^(?<function>[a-z0-9][a-z0-9-]*?)-(?<id>[a-z0-9]{5,10})\.bunny\.run$/,
      granularity: 'function',
      example: 'my-script-a1b2c.bunny.run',
    },
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.bunny\.run$/,
      granularity: 'function',
      example: 'myscript.bunny.run',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: BunnyCDN-…'],
  addressRanges: 'https://bunnycdn.com/api/system/edgeserverlist',
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Edge scripts and containers',
  abuse: { names: 1, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes: null,
  sources: [publicCode('.bunny.run')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
