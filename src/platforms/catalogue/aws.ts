/** The products of Amazon Web Services. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const awsLambdaUrl = {
  id: 'aws-lambda-url',
  provider: 'Amazon Web Services',
  product: 'Lambda function URLs',
  kind: 'faas',
  suffixes: ['on.aws'],
  patterns: [
    {
      regex: /^lambda-url\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.on\.aws$/,
      granularity: 'shared-apex',
      example: 'lambda-url.us-east-1.on.aws',
    },
    { ...apex('on.aws'), exact: true, note: 'other products of the provider share this suffix' },
    {
      regex: /^(?<function>[a-z0-9]{28,36})\.lambda-url\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.on\.aws$/,
      granularity: 'function',
      example: 'abcdefgh2345abcdefgh2345abcdefgh.lambda-url.us-east-1.on.aws',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-amzn-requestid', 'x-amzn-trace-id'],
  addressRanges: ranges.aws,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'HTTPS endpoint of one Lambda function (webhooks, small APIs)',
  abuse: { names: 6, lists: abuseLists.maltrail },
  confidence: 'high',
  notes:
    'The url-id is opaque; account id and function name are not in the name. One id = one function alias, so block the whole name.',
  sources: [publicSuffix('lambda-url.<region>.on.aws')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.behindCdn, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const awsApiGateway = {
  id: 'aws-api-gateway',
  provider: 'Amazon Web Services',
  product: 'API Gateway (REST, HTTP, WebSocket)',
  kind: 'apigw',
  suffixes: ['amazonaws.com', 'amazonaws.com.cn'],
  patterns: [
    {
      regex: /^execute-api\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/,
      granularity: 'shared-apex',
      example: 'execute-api.us-east-1.amazonaws.com',
    },
    {
      regex: /^(?<id>d-[a-z0-9]{10})\.execute-api\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/,
      granularity: 'tenant',
      example: 'd-1a2b3c4d5e.execute-api.eu-west-1.amazonaws.com',
      note: 'CNAME target of a regional custom domain; one customer',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9]{10})(?:-vpce-[0-9a-f]{8,17})?\.execute-api\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/,
      granularity: 'tenant',
      example: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
      accountKey: '{tenant}.{region}',
      note: 'tenant = API id',
    },
  ],
  paths: [
    {
      host: /\.execute-api\./,
      path: /^\/(?<deployment>[A-Za-z0-9_$-]+)(?:\/|$)/,
      granularity: 'deployment',
      names: 'part',
      example: 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/x',
      note: 'stage',
    },
  ],
  cnameTargets: [
    'd-<id>.execute-api.<region>.amazonaws.com (regional custom domain)',
    '<id>.cloudfront.net (edge-optimized custom domain)',
  ],
  responseHeaders: ['x-amz-apigw-id (REST)', 'apigw-requestid (HTTP API)', 'x-amzn-requestid'],
  addressRanges: `${ranges.aws} (service API_GATEWAY)`,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Public front of Lambda and other back ends',
  abuse: { names: 34, lists: abuseLists.all },
  confidence: 'high',
  notes:
    'Stage is the first path segment (REST) or absent ($default in HTTP APIs). FireProx makes such names to rotate source addresses.',
  sources: [publicSuffix('execute-api.<region>.amazonaws.com')],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const awsCloudfront = {
  id: 'aws-cloudfront',
  provider: 'Amazon Web Services',
  product: 'CloudFront (incl. Lambda@Edge, CloudFront Functions)',
  kind: 'edge',
  suffixes: ['cloudfront.net'],
  patterns: [
    apex('cloudfront.net'),
    reserved('cloudfront.net', 'www'),
    {
      regex: /^server-[0-9-]+\.[a-z0-9]+\.r\.cloudfront\.net$/,
      granularity: 'shared-apex',
      example: 'server-13-225-78-12.fra6.r.cloudfront.net',
      providerOwned: true,
      note: 'PTR name of an edge server, platform-owned',
    },
    {
      regex: /^(?<tenant>d[a-z0-9]{8,15})\.cloudfront\.net$/,
      granularity: 'tenant',
      example: 'd111111abcdef8.cloudfront.net',
      note: 'tenant = distribution domain',
    },
  ],
  paths: [],
  cnameTargets: ['<id>.cloudfront.net'],
  responseHeaders: ['x-amz-cf-id', 'x-amz-cf-pop', 'x-cache: … from cloudfront', 'via: … (CloudFront)'],
  addressRanges: `${ranges.aws} (service CLOUDFRONT)`,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'CDN for a very large share of the web',
  abuse: { names: 650, lists: abuseLists.all },
  confidence: 'high',
  notes:
    'Domain fronting was closed for cross-customer hosts, but the address is shared by all distributions: never block by IP.',
  sources: [publicSuffix('cloudfront.net')],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const awsAmplify = {
  id: 'aws-amplify',
  provider: 'Amazon Web Services',
  product: 'Amplify Hosting',
  kind: 'app-platform',
  suffixes: ['amplifyapp.com'],
  patterns: [
    apex('amplifyapp.com'),
    reserved('amplifyapp.com', 'www'),
    {
      regex: /^(?<deployment>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<tenant>d[a-z0-9]{10,15})\.amplifyapp\.com$/,
      granularity: 'deployment',
      example: 'main.d1a2b3c4d5e6f7.amplifyapp.com',
      accountKey: '{tenant}',
      note: 'deployment = branch or pr-<n>; tenant = app id',
    },
    {
      regex: /^(?<tenant>d[a-z0-9]{10,15})\.amplifyapp\.com$/,
      granularity: 'tenant',
      example: 'd1a2b3c4d5e6f7.amplifyapp.com',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: ['<id>.cloudfront.net'],
  responseHeaders: ['x-amz-cf-id', 'server: AmazonS3'],
  addressRanges: ranges.aws,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Hosting of web front ends with SSR functions',
  abuse: { names: 91, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const awsAppRunner = {
  id: 'aws-app-runner',
  provider: 'Amazon Web Services',
  product: 'App Runner',
  kind: 'app-platform',
  suffixes: ['awsapprunner.com'],
  patterns: [
    apex('awsapprunner.com'),
    {
      regex: /^(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.awsapprunner\.com$/,
      granularity: 'shared-apex',
      example: 'us-east-1.awsapprunner.com',
    },
    {
      regex: /^(?<tenant>[a-z0-9]{10})\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.awsapprunner\.com$/,
      granularity: 'tenant',
      example: 'a1b2c3d4e5.us-east-1.awsapprunner.com',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: envoy', 'x-envoy-upstream-service-time'],
  addressRanges: ranges.aws,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Managed containers with a public URL',
  abuse: { names: 2, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('*.awsapprunner.com')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const awsElasticBeanstalk = {
  id: 'aws-elastic-beanstalk',
  provider: 'Amazon Web Services',
  product: 'Elastic Beanstalk',
  kind: 'app-platform',
  suffixes: ['elasticbeanstalk.com', 'elasticbeanstalk.com.cn'],
  patterns: [
    apex('elasticbeanstalk.com'),
    {
      regex: /^(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.elasticbeanstalk\.com$/,
      granularity: 'shared-apex',
      example: 'us-east-1.elasticbeanstalk.com',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:eba-(?<id>[a-z0-9]{8})\.)?(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.elasticbeanstalk\.com(?:\.cn)?$/,
      granularity: 'tenant',
      example: 'myenv.eba-abcd1234.us-west-2.elasticbeanstalk.com',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.elasticbeanstalk\.com$/,
      granularity: 'tenant',
      example: 'legacyenv.elasticbeanstalk.com',
      note: 'legacy us-east-1 names',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.aws,
  sharedAddresses: false,
  reservedLabels: [],
  legitUse: 'Managed EC2 web environments',
  abuse: { names: 2, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes: "Names are re-claimable (subdomain takeover). Addresses belong to the tenant's own EC2 or load balancer.",
  sources: [publicSuffix('elasticbeanstalk.com', '<region>.elasticbeanstalk.com')],
  unverified: ['addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount],
} satisfies Platform;

export const awsS3Website = {
  id: 'aws-s3-website',
  provider: 'Amazon Web Services',
  product: 'S3 static website',
  kind: 'static',
  suffixes: ['amazonaws.com', 'amazonaws.com.cn'],
  patterns: [
    {
      regex: /^s3-website[.-](?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/,
      granularity: 'shared-apex',
      example: 's3-website-us-east-1.amazonaws.com',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)\.s3-website[.-](?:dualstack\.)?(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/,
      granularity: 'tenant',
      example: 'my.bucket.s3-website.eu-central-1.amazonaws.com',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: ['<bucket>.s3-website-<region>.amazonaws.com'],
  responseHeaders: ['x-amz-request-id', 'x-amz-id-2', 'server: AmazonS3'],
  addressRanges: `${ranges.aws} (service S3)`,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Static web sites',
  abuse: { names: 33, lists: abuseLists.all },
  confidence: 'high',
  notes: 'Bucket names may contain dots. HTTP only.',
  sources: [publicSuffix('s3-website-us-east-1.amazonaws.com', 's3-website.us-east-2.amazonaws.com')],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const awsS3 = {
  id: 'aws-s3',
  provider: 'Amazon Web Services',
  product: 'S3 object endpoint',
  kind: 'static',
  suffixes: ['amazonaws.com', 'amazonaws.com.cn'],
  patterns: [
    {
      regex: /^s3(?:[.-](?:dualstack\.)?(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d|external-1))?\.amazonaws\.com(?:\.cn)?$/,
      granularity: 'shared-apex',
      example: 's3.us-west-2.amazonaws.com',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)\.s3(?:[.-](?:dualstack\.)?(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d|external-1))?\.amazonaws\.com(?:\.cn)?$/,
      granularity: 'tenant',
      example: 'my-bucket.s3.eu-west-1.amazonaws.com',
      accountKey: '{tenant}',
    },
    {
      regex: /^(?<tenant>[a-z0-9][a-z0-9-]{1,61}[a-z0-9])\.s3-accelerate(?:\.dualstack)?\.amazonaws\.com$/,
      granularity: 'tenant',
      example: 'my-bucket.s3-accelerate.amazonaws.com',
      accountKey: '{tenant}',
      note: 'transfer acceleration',
    },
  ],
  paths: [
    {
      host: /^s3(?:[.-][a-z0-9.-]+)?\.amazonaws\.com$/,
      path: /^\/(?<tenant>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/|$)/,
      granularity: 'tenant',
      names: 'tenant',
      example: 'https://s3.us-west-2.amazonaws.com/my-bucket/x',
      accountKey: '{tenant}',
      note: 'bucket',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['x-amz-request-id', 'x-amz-id-2', 'server: AmazonS3'],
  addressRanges: `${ranges.aws} (service S3)`,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Object storage',
  abuse: { names: 442, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('s3.amazonaws.com', 's3.<region>.amazonaws.com')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.pathTenant, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const awsLightsailContainer = {
  id: 'aws-lightsail-container',
  provider: 'Amazon Web Services',
  product: 'Lightsail container service',
  kind: 'app-platform',
  suffixes: ['cs.amazonlightsail.com'],
  patterns: [
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<id>[a-z0-9]{8,14})\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.cs\.amazonlightsail\.com$/,
      granularity: 'tenant',
      example: 'container-service-1.a1b2c3d4e5f6g.us-east-1.cs.amazonlightsail.com',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.aws,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Small managed containers',
  abuse: null,
  confidence: 'low',
  notes: null,
  sources: [],
  unverified: ['addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
