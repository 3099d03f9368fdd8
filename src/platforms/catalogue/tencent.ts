/** The products of Tencent Cloud. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const tencentScf = {
  id: 'tencent-scf',
  provider: 'Tencent Cloud',
  product: 'Serverless Cloud Function (function URL)',
  kind: 'faas',
  suffixes: ['tencentscf.com', 'scf.tencentcs.com'],
  patterns: [
    apex('tencentscf.com'),
    {
      regex: /^(?<region>[a-z]{2}-[a-z]+(?:-\d)?)\.tencentscf\.com$/,
      granularity: 'shared-apex',
      example: 'ap-guangzhou.tencentscf.com',
    },
    {
      regex:
        /^(?<account>\d{8,12})-(?<function>[a-z0-9]{8,14})\.(?<region>[a-z]{2}-[a-z]+(?:-\d)?)(?:\.intl)?\.tencentscf\.com$/,
      granularity: 'function',
      example: '1250000000-a1b2c3d4e5.ap-guangzhou.tencentscf.com',
      accountKey: '{account}',
      note: 'account = APPID',
    },
    {
      regex: /^(?<account>\d{8,12})-(?<function>[a-z0-9]{8,14})-(?<region>[a-z]{2,4})\.scf\.tencentcs\.com$/,
      granularity: 'function',
      example: '1250000000-a1b2c3d4e5-bj.scf.tencentcs.com',
      accountKey: '{account}',
      note: 'older function URL',
    },
    apex('scf.tencentcs.com'),
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-scf-request-id', 'x-scf-status'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'HTTP functions',
  abuse: { names: 31, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const tencentApiGateway = {
  id: 'tencent-api-gateway',
  provider: 'Tencent Cloud',
  product: 'API Gateway',
  kind: 'apigw',
  suffixes: ['apigw.tencentcs.com', 'apigateway.myqcloud.com'],
  patterns: [
    apex('apigw.tencentcs.com'),
    {
      regex: /^(?<region>[a-z]{2,6})\.apigw\.tencentcs\.com$/,
      granularity: 'shared-apex',
      example: 'gz.apigw.tencentcs.com',
    },
    {
      regex: /^service-(?<tenant>[a-z0-9]{8})-(?<account>\d{8,12})\.(?<region>[a-z]{2,6})\.apigw\.tencentcs\.com$/,
      granularity: 'tenant',
      example: 'service-a1b2c3d4-1250000000.gz.apigw.tencentcs.com',
      accountKey: '{account}',
      note: 'tenant = service id; account = APPID',
    },
    {
      regex:
        /^service-(?<tenant>[a-z0-9]{8})-(?<account>\d{8,12})\.(?<region>[a-z]{2}-[a-z]+)\.apigateway\.myqcloud\.com$/,
      granularity: 'tenant',
      example: 'service-a1b2c3d4-1250000000.ap-beijing.apigateway.myqcloud.com',
      accountKey: '{account}',
      note: 'older suffix',
    },
  ],
  paths: [
    {
      host: /\.apigw\.tencentcs\.com$/,
      path: /^\/(?<deployment>release|prepub|test)(?:\/|$)/,
      granularity: 'deployment',
      names: 'part',
      example: 'https://service-a1b2c3d4-1250000000.gz.apigw.tencentcs.com/release/x',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['x-api-requestid', 'x-api-id'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'API front, until 2024 the usual trigger of SCF (product closed June 2025)',
  abuse: { names: 1026, lists: abuseLists.all },
  confidence: 'medium',
  notes: 'The common Cobalt Strike "cloud function" front in Chinese red teaming.',
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const tencentEdgeone = {
  id: 'tencent-edgeone',
  provider: 'Tencent Cloud',
  product: 'EdgeOne Pages / Makers',
  kind: 'edge',
  suffixes: ['edgeone.app', 'edgeone.dev', 'edgeone.run'],
  patterns: [
    apex('edgeone.app'),
    apex('edgeone.dev'),
    apex('edgeone.run'),
    reserved('edgeone.app', 'www', 'pages'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])??)-(?<id>[a-z0-9]{10})\.edgeone\.(?:app|dev|run)$/,
      granularity: 'tenant',
      example: 'my-site-a1b2c3d4e5.edgeone.app',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.edgeone\.(?:app|dev|run)$/,
      granularity: 'tenant',
      example: 'my-site.edgeone.app',
    },
  ],
  paths: [],
  cnameTargets: ['<host>.eo.dnse<N>.com'],
  responseHeaders: ['server: edgeone-pages', 'eo-log-uuid', 'eo-cache-status'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'pages'],
  legitUse: 'Static sites and edge functions',
  abuse: { names: 33, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const tencentCloudbase = {
  id: 'tencent-cloudbase',
  provider: 'Tencent Cloud',
  product: 'CloudBase',
  kind: 'app-platform',
  suffixes: ['tcloudbaseapp.com', 'tcloudbase.com'],
  patterns: [
    apex('tcloudbaseapp.com'),
    apex('tcloudbase.com'),
    {
      regex: /^(?<tenant>[a-z0-9][a-z0-9-]*?)-(?<account>\d{10})\.tcloudbaseapp\.com$/,
      granularity: 'tenant',
      example: 'my-env-1a2b3c-1251234567.tcloudbaseapp.com',
      accountKey: '{account}',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*?)(?:-(?<account>\d{10}))?\.(?<region>[a-z]{2}-[a-z]+)\.(?:app|service)\.tcloudbase\.com$/,
      granularity: 'tenant',
      example: 'my-env-1a2b3c-1251234567.ap-shanghai.app.tcloudbase.com',
      accountKey: '{account}',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.service\.tcloudbase\.com$/,
      granularity: 'tenant',
      example: 'my-env-1a2b3c.service.tcloudbase.com',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Mini-program back ends and static hosting',
  abuse: { names: 2, lists: abuseLists.maltrail },
  confidence: 'low',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const tencentCos = {
  id: 'tencent-cos',
  provider: 'Tencent Cloud',
  product: 'Cloud Object Storage',
  kind: 'static',
  suffixes: ['myqcloud.com'],
  patterns: [
    {
      regex: /^cos(?:-website)?\.(?<region>[a-z]{2}-[a-z]+(?:-[0-9a-z]+)?)\.myqcloud\.com$/,
      granularity: 'shared-apex',
      example: 'cos.ap-guangzhou.myqcloud.com',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*?)-(?<account>\d{8,12})\.cos(?:-website)?\.(?<region>[a-z]{2}-[a-z]+(?:-[0-9a-z]+)?|accelerate)\.myqcloud\.com$/,
      granularity: 'tenant',
      example: 'bucket1-1250000000.cos.ap-guangzhou.myqcloud.com',
      accountKey: '{account}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: tencent-cos', 'x-cos-request-id'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Object storage',
  abuse: { names: 101, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
