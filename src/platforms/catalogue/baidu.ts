/** The one product of Baidu AI Cloud: Cloud Function Compute. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';

export const baiduCfc = {
  id: 'baidu-cfc',
  provider: 'Baidu AI Cloud',
  product: 'Cloud Function Compute',
  kind: 'faas',
  suffixes: ['baidubce.com'],
  patterns: [
    {
      regex: /^cfc-execute\.(?<region>bj|gz|su)\.baidubce\.com$/,
      granularity: 'shared-apex',
      example: 'cfc-execute.bj.baidubce.com',
    },
    {
      regex: /^(?<function>[a-z0-9]{10,16})\.cfc-execute\.(?<region>bj|gz|su)\.baidubce\.com$/,
      granularity: 'function',
      example: 'a1b2c3d4e5f6g.cfc-execute.bj.baidubce.com',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-bce-request-id'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'HTTP trigger of functions',
  abuse: { names: 102, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
