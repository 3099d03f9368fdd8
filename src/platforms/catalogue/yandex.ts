/** The one product of Yandex Cloud: Cloud Functions, Serverless Containers, API Gateway, Object Storage. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode, publicSuffix } from './facts.ts';
import { apex } from './patterns.ts';

export const yandexCloud = {
  id: 'yandex-cloud',
  provider: 'Yandex Cloud',
  product: 'Cloud Functions, Serverless Containers, API Gateway, Object Storage',
  kind: 'faas',
  suffixes: ['yandexcloud.net'],
  patterns: [
    { ...apex('yandexcloud.net'), exact: true, note: 'other products of the provider share this suffix' },
    apex('functions.yandexcloud.net'),
    apex('storage.yandexcloud.net'),
    apex('website.yandexcloud.net'),
    {
      regex: /^(?:containers|(?:[a-z0-9]{8}\.)?apigw)\.yandexcloud\.net$/,
      granularity: 'shared-apex',
      example: 'apigw.yandexcloud.net',
    },
    {
      regex: /^(?<function>[a-z0-9]{20})\.containers\.yandexcloud\.net$/,
      granularity: 'function',
      example: 'bba1a2b3c4d5e6f7g8h9.containers.yandexcloud.net',
    },
    {
      regex: /^(?<tenant>[a-z0-9]{20})\.(?:(?<id>[a-z0-9]{8})\.)?apigw\.yandexcloud\.net$/,
      granularity: 'tenant',
      example: 'd5d0a1b2c3d4e5f6g7h8.apigw.yandexcloud.net',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)\.(?:storage|website)\.yandexcloud\.net$/,
      granularity: 'tenant',
      example: 'my-bucket.website.yandexcloud.net',
      accountKey: '{tenant}',
    },
  ],
  paths: [
    {
      host: /^functions\.yandexcloud\.net$/,
      path: /^\/(?<function>[a-z0-9]{20})(?:[/?]|$)/,
      granularity: 'function',
      names: 'tenant',
      example: 'https://functions.yandexcloud.net/d4e1a2b3c4d5e6f7g8h9',
    },
  ],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: 'https://yandex.cloud/en/docs/overview/concepts/public-ips',
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Functions and gateways',
  abuse: { names: 4, lists: abuseLists.reports },
  confidence: 'high',
  notes: 'functions.yandexcloud.net is shared: tenant = function id in the path.',
  sources: [
    publicSuffix('yandexcloud.net', 'storage.yandexcloud.net', 'website.yandexcloud.net'),
    publicCode('.apigw.yandexcloud.net / .containers.yandexcloud.net'),
  ],
  unverified: ['addressRanges'],
  blindTo: [blind.pathTenant, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
