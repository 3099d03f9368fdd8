/** The one product of Pipedream: Pipedream HTTP triggers and RequestBin. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, ranges } from './facts.ts';
import { apex } from './patterns.ts';

export const pipedream = {
  id: 'pipedream',
  provider: 'Pipedream',
  product: 'Pipedream HTTP triggers and RequestBin',
  kind: 'script',
  suffixes: ['m.pipedream.net', 'x.pipedream.net', 'pipedream.net'],
  patterns: [
    apex('m.pipedream.net'),
    apex('x.pipedream.net'),
    apex('pipedream.net'),
    {
      regex: /^(?<function>e[no][a-z0-9]{10,16})\.(?:m|x|d|swf)\.pipedream\.net$/,
      granularity: 'function',
      example: 'eo1a2b3c4d5e6f.m.pipedream.net',
    },
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:m|x)\.pipedream\.net$/,
      granularity: 'function',
      example: 'requestbin-custom.m.pipedream.net',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-pd-status'],
  addressRanges: `${ranges.aws} (runs on AWS)`,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Workflow triggers; used as an exfiltration inbox',
  abuse: { names: 59, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
