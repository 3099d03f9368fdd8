/** The one product of Hugging Face: Spaces. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const hfSpaces = {
  id: 'hf-spaces',
  provider: 'Hugging Face',
  product: 'Spaces',
  kind: 'app-platform',
  suffixes: ['hf.space'],
  patterns: [
    apex('hf.space'),
    reserved('hf.space', 'www'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:static\.)?hf\.space$/,
      granularity: 'tenant',
      example: 'user-space.static.hf.space',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'static'],
  legitUse: 'Demo apps',
  abuse: { names: 3, lists: abuseLists.all },
  confidence: 'high',
  notes: '<user>-<space>; static spaces are <user>-<space>.static.hf.space',
  sources: [publicSuffix('hf.space', 'static.hf.space')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
