/** The one product of Appwrite: Appwrite Cloud Functions and Sites. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const appwrite = {
  id: 'appwrite',
  provider: 'Appwrite',
  product: 'Appwrite Cloud Functions and Sites',
  kind: 'faas',
  suffixes: ['appwrite.global', 'appwrite.network', 'appwrite.run', 'cloud.appwrite.io'],
  patterns: [
    apex('appwrite.global'),
    apex('appwrite.network'),
    apex('appwrite.run'),
    reserved('appwrite.global', 'www'),
    {
      regex: /^(?:(?<region>fra|nyc|syd|sgp|sfo|tor)\.)?(?:cloud\.appwrite\.io|appwrite\.run)$/,
      granularity: 'shared-apex',
      example: 'fra.cloud.appwrite.io',
      note: 'API endpoint shared by projects',
    },
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<region>[a-z]{3})\.appwrite\.run$/,
      granularity: 'function',
      example: '0123456789abcdef0123.fra.appwrite.run',
    },
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.appwrite\.(?:global|network)$/,
      granularity: 'function',
      example: '0123456789abcdef0123.appwrite.global',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Backend as a service',
  abuse: { names: 3, lists: abuseLists.reports },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('appwrite.global', 'appwrite.network', '*.appwrite.run'), publicCode('.appwrite.global')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
