/** The one product of Huawei Cloud: API Gateway (front of FunctionGraph). */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';

export const huaweiApig = {
  id: 'huawei-apig',
  provider: 'Huawei Cloud',
  product: 'API Gateway (front of FunctionGraph)',
  kind: 'apigw',
  suffixes: ['huaweicloudapis.com'],
  patterns: [
    {
      regex: /^apig\.(?<region>[a-z]{2}-[a-z]+-\d+)\.huaweicloudapis\.com$/,
      granularity: 'shared-apex',
      example: 'apig.cn-north-4.huaweicloudapis.com',
    },
    {
      regex: /^(?<tenant>[0-9a-f]{32})\.api[gc]\.(?<region>[a-z]{2}-[a-z]+-\d+)\.huaweicloudapis\.com$/,
      granularity: 'tenant',
      example: '0123456789abcdef0123456789abcdef.apig.cn-east-3.huaweicloudapis.com',
      accountKey: '{tenant}',
      note: 'tenant = API group; the function is in the path',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-request-id', 'server: api-gateway', 'x-apig-…'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'HTTP trigger of FunctionGraph',
  abuse: { names: 11, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.sharedAddresses],
} satisfies Platform;
