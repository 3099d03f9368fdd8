/** The one product of Modal: Modal web endpoints. */
import type { Platform } from '../platform.ts';
import { blind, publicCode } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const modal = {
  id: 'modal',
  provider: 'Modal',
  product: 'Modal web endpoints',
  kind: 'faas',
  suffixes: ['modal.run'],
  patterns: [
    apex('modal.run'),
    reserved('modal.run', 'www'),
    {
      regex: /^(?<account>[a-z0-9][a-z0-9-]*?)--(?<function>[a-z0-9][a-z0-9-]*)\.modal\.run$/,
      granularity: 'function',
      example: 'acme--my-app-web.modal.run',
      accountKey: '{account}',
      note: 'workspace--app-function',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'GPU functions with web endpoints',
  abuse: null,
  confidence: 'medium',
  notes: null,
  sources: [publicCode('.modal.run')],
  unverified: [],
  blindTo: [blind.sharedAddresses],
} satisfies Platform;
