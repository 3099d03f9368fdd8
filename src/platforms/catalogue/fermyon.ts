/** The one product of Fermyon (Akamai): Fermyon Cloud and Wasm Functions. */
import type { Platform } from '../platform.ts';
import { blind, publicCode } from './facts.ts';
import { apex } from './patterns.ts';

export const fermyon = {
  id: 'fermyon',
  provider: 'Fermyon (Akamai)',
  product: 'Fermyon Cloud and Wasm Functions',
  kind: 'faas',
  suffixes: ['fermyon.app', 'fwf.app'],
  patterns: [
    apex('fermyon.app'),
    {
      regex: /^(?<function>[a-z0-9][a-z0-9-]*?)-(?<id>[a-z0-9]{8})\.fermyon\.app$/,
      granularity: 'function',
      example: 'hello-spin-abcd1234.fermyon.app',
    },
    apex('fwf.app'),
    {
      regex: /^(?<function>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.fwf\.app$/,
      granularity: 'function',
      example: '01234567-89ab-cdef-0123-456789abcdef.fwf.app',
    },
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.fermyon\.app$/,
      granularity: 'function',
      example: 'hello.fermyon.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'WebAssembly functions',
  abuse: null,
  confidence: 'medium',
  notes: null,
  sources: [publicCode('.fwf.app')],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
