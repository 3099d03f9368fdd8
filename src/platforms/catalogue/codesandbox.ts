/** The one product of CodeSandbox: CodeSandbox previews. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const codesandbox = {
  id: 'codesandbox',
  provider: 'CodeSandbox',
  product: 'CodeSandbox previews',
  kind: 'app-platform',
  suffixes: ['csb.app'],
  patterns: [
    apex('csb.app'),
    apex('preview.csb.app'),
    reserved('csb.app', 'www'),
    {
      regex: /^(?<tenant>[a-z0-9]{5,8})-(?<function>\d{2,5})\.(?:preview\.)?csb\.app$/,
      granularity: 'tenant',
      example: 'a1b2c3-5000.csb.app',
      accountKey: '{tenant}',
      note: 'function = port',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?:preview|sse)\.)?csb\.app$/,
      granularity: 'tenant',
      example: 'a1b2c3.csb.app',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.cloudflare,
  sharedAddresses: true,
  reservedLabels: ['www', 'sse'],
  legitUse: 'Online IDE previews',
  abuse: { names: 14, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('csb.app', 'preview.csb.app')],
  unverified: ['addressRanges'],
  blindTo: [blind.sharedAddresses],
} satisfies Platform;
