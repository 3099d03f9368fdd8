/** The products of Fastly. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const fastlyCompute = {
  id: 'fastly-compute',
  provider: 'Fastly',
  product: 'Compute',
  kind: 'faas',
  suffixes: ['edgecompute.app'],
  patterns: [
    apex('edgecompute.app'),
    reserved('edgecompute.app', 'www'),
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.edgecompute\.app$/,
      granularity: 'function',
      example: 'randomly-named-service.edgecompute.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-served-by: cache-…', 'server: (set by the service)', 'via: 1.1 varnish'],
  addressRanges: ranges.fastly,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'WebAssembly at the edge',
  abuse: { names: 1, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('edgecompute.app')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const fastlyCdn = {
  id: 'fastly-cdn',
  provider: 'Fastly',
  product: 'Fastly CDN TLS names',
  kind: 'edge',
  suffixes: ['fastly.net', 'fastlylb.net'],
  patterns: [
    {
      regex: /^(?:[a-z0-9-]+\.)*(?:shared\.global|sni\.global|nonssl\.global|shared-cust|prod)\.fastly\.net$/,
      granularity: 'shared-apex',
      example: 'dualstack.j.sni.global.fastly.net',
      providerOwned: true,
      note: 'map that many customers share',
    },
    apex('fastly.net'),
    apex('map.fastly.net'),
    apex('freetls.fastly.net'),
    apex('global.ssl.fastly.net'),
    apex('global.fastly.net'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)\.(?:freetls|map|global\.ssl|a\.ssl|b\.ssl|global\.prod|a\.prod)\.fastly\.net$/,
      granularity: 'tenant',
      example: 'foo.global.ssl.fastly.net',
      note: 'often chosen by one customer, but a map may serve several',
    },
  ],
  paths: [],
  cnameTargets: ['<x>.map.fastly.net', '<x>.global.ssl.fastly.net', '<x>.freetls.fastly.net'],
  responseHeaders: ['x-served-by: cache-…', 'x-cache', 'x-timer', 'via: 1.1 varnish'],
  addressRanges: ranges.fastly,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'CDN of large sites',
  abuse: { names: 44, lists: abuseLists.all },
  confidence: 'high',
  notes:
    'j.sni.global.fastly.net, dualstack.<x>.shared.global.fastly.net and nonssl.global.fastly.net are shared maps: never block them.',
  sources: [
    publicSuffix(
      'freetls.fastly.net',
      'map.fastly.net',
      'a.prod.fastly.net',
      'global.prod.fastly.net',
      'a.ssl.fastly.net',
      'b.ssl.fastly.net',
      'global.ssl.fastly.net',
    ),
  ],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
