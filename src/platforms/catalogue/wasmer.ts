/** The one product of Wasmer: Wasmer Edge. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const wasmer = {
  id: 'wasmer',
  provider: 'Wasmer',
  product: 'Wasmer Edge',
  kind: 'faas',
  suffixes: ['wasmer.app'],
  patterns: [
    apex('wasmer.app'),
    reserved('wasmer.app', 'www'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.wasmer\.app$/,
      granularity: 'tenant',
      example: 'my-app.wasmer.app',
      note: 'older names are <app>-<owner>',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'WebAssembly apps',
  abuse: { names: 7, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('wasmer.app')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
