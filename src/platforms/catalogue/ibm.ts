/** The products of IBM. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, document, publicCode } from './facts.ts';
import { apex } from './patterns.ts';

export const ibmCodeEngine = {
  id: 'ibm-code-engine',
  provider: 'IBM',
  product: 'Code Engine',
  kind: 'app-platform',
  suffixes: ['codeengine.appdomain.cloud'],
  patterns: [
    {
      regex: /^(?:(?<region>[a-z]{2}-[a-z]+)\.)?codeengine\.appdomain\.cloud$/,
      granularity: 'shared-apex',
      example: 'us-south.codeengine.appdomain.cloud',
    },
    {
      regex:
        /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:private\.)?(?<tenant>[a-z0-9]{10,14})\.(?<region>[a-z]{2}-[a-z]+)\.codeengine\.appdomain\.cloud$/,
      granularity: 'function',
      example: 'myapp.a1b2c3d4e5f.us-south.codeengine.appdomain.cloud',
      accountKey: '{tenant}.{region}',
      note: 'tenant = project subdomain',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Serverless containers and functions',
  abuse: null,
  confidence: 'high',
  notes: null,
  sources: [
    document('https://cloud.ibm.com/docs/codeengine?topic=codeengine-regions', 'regions'),
    publicCode('codeengine.appdomain.cloud'),
  ],
  unverified: [],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const ibmCloudFunctions = {
  id: 'ibm-cloud-functions',
  provider: 'IBM',
  product: 'Cloud Functions and Cloud Foundry (retired)',
  kind: 'faas',
  suffixes: ['functions.appdomain.cloud', 'functions.cloud.ibm.com', 'mybluemix.net'],
  patterns: [
    {
      regex: /^(?<region>[a-z]{2}-[a-z]+)\.functions\.(?:appdomain\.cloud|cloud\.ibm\.com)$/,
      granularity: 'shared-apex',
      example: 'us-south.functions.appdomain.cloud',
      note: 'tenant in the path',
    },
    apex('mybluemix.net'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.(?<region>[a-z]{2}-[a-z]{2,5}))?\.mybluemix\.net$/,
      granularity: 'tenant',
      example: 'myapp.eu-gb.mybluemix.net',
    },
  ],
  paths: [
    {
      host: /\.functions\.(?:appdomain\.cloud|cloud\.ibm\.com)$/,
      path: /^\/api\/v1\/web\/(?<tenant>[^/]+)\/(?<account>[^/]+)\/(?<function>[^/]+)/,
      granularity: 'function',
      names: 'tenant',
      example: 'https://us-south.functions.appdomain.cloud/api/v1/web/ns1/default/hello.json',
      accountKey: '{tenant}',
    },
  ],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['au-syd', 'eu-de', 'eu-gb', 'us-east', 'us-south'],
  legitUse: 'Retired OpenWhisk functions and Cloud Foundry apps',
  abuse: { names: 6, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.pathTenant, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const ibmCos = {
  id: 'ibm-cos',
  provider: 'IBM',
  product: 'Cloud Object Storage',
  kind: 'static',
  suffixes: ['cloud-object-storage.appdomain.cloud'],
  patterns: [
    {
      regex: /^(?:s3|s3-web)\.(?<region>[a-z0-9-]+)\.cloud-object-storage\.appdomain\.cloud$/,
      granularity: 'shared-apex',
      example: 's3.us-south.cloud-object-storage.appdomain.cloud',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)\.(?:s3|s3-web)\.(?<region>[a-z0-9-]+)\.cloud-object-storage\.appdomain\.cloud$/,
      granularity: 'tenant',
      example: 'my-bucket.s3.br-sao.cloud-object-storage.appdomain.cloud',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-clv-request-id', 'server: Cleversafe'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Object storage',
  abuse: { names: 6, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders'],
  blindTo: [blind.sharedAddresses],
} satisfies Platform;
