/** The one product of Zeabur: Zeabur services. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const zeabur = {
  id: 'zeabur',
  provider: 'Zeabur',
  product: 'Zeabur services',
  kind: 'app-platform',
  suffixes: ['zeabur.app'],
  patterns: [
    apex('zeabur.app'),
    reserved('zeabur.app', 'www'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.zeabur\.app$/,
      granularity: 'tenant',
      example: 'my-svc.zeabur.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-zeabur-request-id', 'x-zeabur-ip-country'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Managed containers',
  abuse: { names: 82, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('zeabur.app')],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
