/** The one product of Glitch: Glitch projects (hosting ended July 2025). */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const glitch = {
  id: 'glitch',
  provider: 'Glitch',
  product: 'Glitch projects (hosting ended July 2025)',
  kind: 'app-platform',
  suffixes: ['glitch.me'],
  patterns: [
    apex('glitch.me'),
    reserved('glitch.me', 'www', 'api'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.glitch\.me$/,
      granularity: 'tenant',
      example: 'marbled-stone-acorn.glitch.me',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: `${ranges.aws} (ran on AWS)`,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Toy web apps',
  abuse: { names: 449, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['addressRanges'],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
