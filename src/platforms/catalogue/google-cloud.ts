/** The products of Google Cloud. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, document, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const gcpCloudFunctions = {
  id: 'gcp-cloud-functions',
  provider: 'Google Cloud',
  product: 'Cloud Functions (1st and 2nd gen URL)',
  kind: 'faas',
  suffixes: ['cloudfunctions.net'],
  patterns: [
    apex('cloudfunctions.net'),
    {
      regex:
        /^(?<region>(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:central|east|west|north|south|northeast|southeast|northwest|southwest)\d{1,2})-(?<tenant>[a-z][a-z0-9-]{4,40}[a-z0-9])\.cloudfunctions\.net$/,
      granularity: 'tenant',
      example: 'us-central1-my-project-123456.cloudfunctions.net',
      accountKey: '{tenant}',
      note: 'tenant = project id',
    },
  ],
  paths: [
    {
      host: /\.cloudfunctions\.net$/,
      path: /^\/(?<function>[A-Za-z][A-Za-z0-9_-]{0,62})(?:\/|$)/,
      granularity: 'function',
      names: 'part',
      example: 'https://us-central1-proj-1.cloudfunctions.net/hello',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['function-execution-id', 'x-cloud-trace-context', 'server: Google Frontend'],
  addressRanges: ranges.google,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'HTTP functions',
  abuse: { names: 29, lists: abuseLists.all },
  confidence: 'high',
  notes:
    'Host names the region and project; the function name is the first path segment. Blocking the host blocks every function of that project in that region.',
  sources: [
    publicSuffix('cloudfunctions.net'),
    document(
      'https://cloud.google.com/run/docs/triggering/https-request',
      'a service made with the Cloud Functions v2 API also gets a cloudfunctions.net URL',
    ),
  ],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const gcpCloudRun = {
  id: 'gcp-cloud-run',
  provider: 'Google Cloud',
  product: 'Cloud Run and Cloud Run functions',
  kind: 'app-platform',
  suffixes: ['run.app'],
  patterns: [
    apex('run.app'),
    apex('a.run.app'),
    {
      regex:
        /^(?<region>(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:central|east|west|north|south|northeast|southeast|northwest|southwest)\d{1,2})\.run\.app$/,
      granularity: 'shared-apex',
      example: 'us-central1.run.app',
    },
    {
      regex:
        /^(?<deployment>[a-z0-9][a-z0-9-]*?)---(?<function>[a-z][a-z0-9-]*?)-(?<tenant>[a-z0-9]{10})-(?<region>[a-z]{2}\d?)\.a\.run\.app$/,
      granularity: 'deployment',
      example: 'canary---front-a1b2c3d4e5-uc.a.run.app',
      accountKey: '{tenant}',
      note: 'tag URL',
    },
    {
      regex: /^(?<function>[a-z][a-z0-9-]*?)-(?<tenant>[a-z0-9]{10})-(?<region>[a-z]{2,4}\d?)\.a\.run\.app$/,
      granularity: 'function',
      example: 'front-a1b2c3d4e5-uc.a.run.app',
      accountKey: '{tenant}',
      note: 'tenant = project hash; region = code',
    },
    {
      regex:
        /^(?<deployment>[a-z0-9][a-z0-9-]*?)---(?<function>[a-z][a-z0-9-]*?)-(?<account>\d{6,14})\.(?<region>(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:central|east|west|north|south|northeast|southeast|northwest|southwest)\d{1,2})\.run\.app$/,
      granularity: 'deployment',
      example: 'canary---front-123456789012.us-west1.run.app',
      accountKey: '{account}',
    },
    {
      regex:
        /^(?<function>[a-z][a-z0-9-]*?)-(?<account>\d{6,14})\.(?<region>(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:central|east|west|north|south|northeast|southeast|northwest|southwest)\d{1,2})\.run\.app$/,
      granularity: 'function',
      example: 'front-123456789012.us-west1.run.app',
      accountKey: '{account}',
      note: 'account = project number',
    },
  ],
  paths: [],
  cnameTargets: ['ghs.googlehosted.com (domain mapping)'],
  responseHeaders: ['server: Google Frontend', 'x-cloud-trace-context'],
  addressRanges: ranges.google,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Serverless containers and 2nd gen functions',
  abuse: { names: 27, lists: abuseLists.all },
  confidence: 'high',
  notes:
    'Hash form names the service and a per-project hash; the deterministic form names the project number and region. The traffic tag form is <tag>---<service>…',
  sources: [
    publicSuffix('*.run.app'),
    document(
      'https://cloud.google.com/run/docs/triggering/https-request',
      'hash-based URL for every service plus a deterministic URL',
    ),
  ],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const gcpAppEngine = {
  id: 'gcp-app-engine',
  provider: 'Google Cloud',
  product: 'App Engine',
  kind: 'app-platform',
  suffixes: ['appspot.com'],
  patterns: [
    apex('appspot.com'),
    apex('r.appspot.com'),
    reserved('appspot.com', 'www'),
    { regex: /^(?<region>[a-z]{2})\.r\.appspot\.com$/, granularity: 'shared-apex', example: 'uc.r.appspot.com' },
    {
      regex:
        /^(?<deployment>[a-z0-9][a-z0-9-]*?)-dot-(?<function>[a-z0-9][a-z0-9-]*?)-dot-(?<tenant>[a-z][a-z0-9-]{4,40}[a-z0-9])(?:\.(?<region>[a-z]{2})\.r)?\.appspot\.com$/,
      granularity: 'deployment',
      example: 'v1-dot-api-dot-my-project.uc.r.appspot.com',
      accountKey: '{tenant}',
    },
    {
      regex:
        /^(?<function>[a-z0-9][a-z0-9-]*?)-dot-(?<tenant>[a-z][a-z0-9-]{4,40}[a-z0-9])(?:\.(?<region>[a-z]{2})\.r)?\.appspot\.com$/,
      granularity: 'function',
      example: 'api-dot-my-project.ew.r.appspot.com',
      accountKey: '{tenant}',
      note: 'function = service or version',
    },
    {
      regex:
        /^(?:(?<function>[a-z0-9-]+(?:\.[a-z0-9-]+)?)\.)?(?<tenant>[a-z][a-z0-9-]{2,40}[a-z0-9])(?:\.(?<region>[a-z]{2})\.r)?\.appspot\.com$/,
      granularity: 'tenant',
      example: 'my-project-1a2b3.appspot.com',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: ['ghs.googlehosted.com'],
  responseHeaders: ['x-cloud-trace-context', 'server: Google Frontend', 'x-appengine-…'],
  addressRanges: ranges.google,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Managed web apps',
  abuse: { names: 158, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('appspot.com', '*.r.appspot.com')],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const gcpApiGateway = {
  id: 'gcp-api-gateway',
  provider: 'Google Cloud',
  product: 'API Gateway',
  kind: 'apigw',
  suffixes: ['gateway.dev'],
  patterns: [
    apex('gateway.dev'),
    { regex: /^(?<region>[a-z]{2}\d?)\.gateway\.dev$/, granularity: 'shared-apex', example: 'uc.gateway.dev' },
    {
      regex: /^(?<function>[a-z][a-z0-9-]*?)-(?<tenant>[a-z0-9]{6,10})\.(?<region>[a-z]{2}\d?)\.gateway\.dev$/,
      granularity: 'function',
      example: 'my-gateway-a12bcd345e.uc.gateway.dev',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.google,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Managed API front',
  abuse: null,
  confidence: 'medium',
  notes: null,
  sources: [
    publicSuffix('*.gateway.dev'),
    document(
      'https://pub.dev/documentation/pulumi_google_native/latest/apigateway/GetGatewayResult/defaultHostname.html',
      '{gateway_id}-{hash}.{region_code}.gateway.dev',
    ),
  ],
  unverified: ['addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const gcpStorage = {
  id: 'gcp-storage',
  provider: 'Google Cloud',
  product: 'Cloud Storage',
  kind: 'static',
  suffixes: ['storage.googleapis.com', 'storage.cloud.google.com'],
  patterns: [
    apex('storage.googleapis.com'),
    apex('storage.cloud.google.com'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)\.storage\.googleapis\.com$/,
      granularity: 'tenant',
      example: 'my-bucket.storage.googleapis.com',
      accountKey: '{tenant}',
    },
  ],
  paths: [
    {
      host: /^storage\.(?:googleapis|cloud\.google)\.com$/,
      path: /^\/(?<tenant>[a-z0-9][a-z0-9._-]{1,61}[a-z0-9])\//,
      granularity: 'tenant',
      names: 'tenant',
      example: 'https://storage.googleapis.com/my-bucket/x.html',
      accountKey: '{tenant}',
      note: 'bucket',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['x-goog-generation', 'x-guploader-uploadid', 'server: UploadServer'],
  addressRanges: ranges.google,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Object storage',
  abuse: null,
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('googleapis.com')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.pathTenant, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
