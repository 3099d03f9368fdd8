/** The products of Alibaba Cloud. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode } from './facts.ts';
import { apex } from './patterns.ts';

export const alibabaFc = {
  id: 'alibaba-fc',
  provider: 'Alibaba Cloud',
  product: 'Function Compute',
  kind: 'faas',
  suffixes: ['fcapp.run', 'fc.aliyuncs.com'],
  patterns: [
    apex('fcapp.run'),
    {
      regex: /^(?<region>(?:cn|ap|us|eu|me)-[a-z]+(?:-[a-z]+)?(?:-\d)?)\.(?:fcapp\.run|fc\.aliyuncs\.com)$/,
      granularity: 'shared-apex',
      example: 'cn-hangzhou.fcapp.run',
    },
    {
      regex:
        /^(?<function>[a-z0-9][a-z0-9-]*?)-(?<id>[a-z]{10})\.(?<region>(?:cn|ap|us|eu|me)-[a-z]+(?:-[a-z]+)?(?:-\d)?)(?:-vpc)?\.fcapp\.run$/,
      granularity: 'function',
      example: 'hello-web-abcdefghij.cn-shenzhen.fcapp.run',
      note: 'name-random; the account is not in the name',
    },
    {
      regex:
        /^(?<account>\d{8,20})\.(?<region>(?:cn|ap|us|eu|me)-[a-z]+(?:-[a-z]+)?(?:-\d)?)(?:-internal)?\.fc\.aliyuncs\.com$/,
      granularity: 'tenant',
      example: '1234567890123456.cn-hangzhou.fc.aliyuncs.com',
      accountKey: '{account}',
      note: 'account = Alibaba account id',
    },
  ],
  paths: [
    {
      host: /\.fc\.aliyuncs\.com$/,
      path: /^\/2016-08-15\/proxy\/(?<tenant>[^/]+)\/(?<function>[^/]+)/,
      granularity: 'function',
      names: 'part',
      example: 'https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2016-08-15/proxy/svc/fn/',
      note: 'service and function',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['x-fc-request-id', 'x-fc-invocation-service-version', 'x-fc-error-type'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'HTTP functions',
  abuse: { names: 31, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const alibabaApiGateway = {
  id: 'alibaba-api-gateway',
  provider: 'Alibaba Cloud',
  product: 'API Gateway',
  kind: 'apigw',
  suffixes: ['alicloudapi.com'],
  patterns: [
    apex('alicloudapi.com'),
    {
      regex:
        /^(?<tenant>[0-9a-f]{32})-(?<region>(?:cn|ap|us|eu|me)-[a-z]+(?:-[a-z]+)?(?:-\d)?)(?:-vpc)?\.alicloudapi\.com$/,
      granularity: 'tenant',
      example: '0123456789abcdef0123456789abcdef-cn-shanghai.alicloudapi.com',
      accountKey: '{tenant}',
      note: 'tenant = API group',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.market\.alicloudapi\.com$/,
      granularity: 'tenant',
      example: 'someseller.market.alicloudapi.com',
      note: 'API marketplace seller',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-ca-request-id', 'x-ca-error-message'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'API front',
  abuse: { names: 1, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes: null,
  sources: [publicCode('.alicloudapi.com')],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const alibabaOss = {
  id: 'alibaba-oss',
  provider: 'Alibaba Cloud',
  product: 'Object Storage Service',
  kind: 'static',
  suffixes: ['aliyuncs.com'],
  patterns: [
    {
      regex: /^oss-(?<region>(?:cn|ap|us|eu|me)-[a-z0-9-]+?|accelerate)(?:-internal)?\.aliyuncs\.com$/,
      granularity: 'shared-apex',
      example: 'oss-cn-hangzhou.aliyuncs.com',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]{1,61}[a-z0-9])\.oss-(?<region>(?:cn|ap|us|eu|me)-[a-z0-9-]+?|accelerate)(?:-internal)?\.aliyuncs\.com$/,
      granularity: 'tenant',
      example: 'my-bucket.oss-cn-hangzhou.aliyuncs.com',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: AliyunOSS', 'x-oss-request-id'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Object storage',
  abuse: { names: 580, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
