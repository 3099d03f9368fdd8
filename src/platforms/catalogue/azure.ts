/** The products of Microsoft Azure. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, document, publicCode, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const azureAppService = {
  id: 'azure-app-service',
  provider: 'Microsoft Azure',
  product: 'App Service and Azure Functions',
  kind: 'faas',
  suffixes: [
    'azurewebsites.net',
    'azurewebsites.us',
    'chinacloudsites.cn',
    'appserviceenvironment.net',
    'azurewebsites.windows.net',
  ],
  patterns: [
    apex('azurewebsites.net'),
    apex('azurewebsites.us'),
    apex('chinacloudsites.cn'),
    reserved('azurewebsites.net', 'www', 'scm', 'p', 'privatelink'),
    {
      regex: /^waws-prod-[a-z0-9-]+(?:\.sip|\.vip|\.publish)?\.azurewebsites(?:\.windows)?\.net$/,
      granularity: 'shared-apex',
      example: 'waws-prod-am2-261.sip.azurewebsites.windows.net',
      providerOwned: true,
      note: 'scale unit, platform-owned, shared by tenants',
    },
    {
      regex: /^(?:scm\.)?(?<region>[a-z]+[a-z0-9]*-\d{2})\.azurewebsites\.net$/,
      granularity: 'shared-apex',
      example: 'westus-01.azurewebsites.net',
      note: 'regional suffix of unique default hostnames',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)-(?<id>[a-z0-9]{16})\.scm\.(?<region>[a-z]+[a-z0-9]*-\d{2})\.azurewebsites\.net$/,
      granularity: 'tenant',
      example: 'myapp-a1b2c3d4e5f6g7h8.scm.westus-01.azurewebsites.net',
      accountKey: '{tenant}-{id}',
      note: 'Kudu/deployment site of the same tenant',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)-(?<id>[a-z0-9]{16})\.(?<region>[a-z]+[a-z0-9]*-\d{2})\.azurewebsites\.net$/,
      granularity: 'tenant',
      example: 'myapp-a1b2c3d4e5f6g7h8.westus-01.azurewebsites.net',
      accountKey: '{tenant}-{id}',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.scm(?:\.privatelink)?\.(?:azurewebsites\.net|azurewebsites\.us|chinacloudsites\.cn)$/,
      granularity: 'tenant',
      example: 'foo.scm.azurewebsites.net',
      accountKey: '{tenant}.{suffix}',
      note: 'Kudu/deployment site',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.privatelink\.azurewebsites\.net$/,
      granularity: 'tenant',
      example: 'foo.privatelink.azurewebsites.net',
      accountKey: '{tenant}.{suffix}',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:scm\.)?(?<account>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.p\.azurewebsites\.net$/,
      granularity: 'tenant',
      example: 'app1.ase1.p.azurewebsites.net',
      accountKey: '{account}.p.azurewebsites.net',
      note: 'App Service Environment v1/v2; account = environment',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:scm\.)?(?<account>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.appserviceenvironment\.net$/,
      granularity: 'tenant',
      example: 'app1.my-ase.appserviceenvironment.net',
      accountKey: '{account}.appserviceenvironment.net',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:azurewebsites\.net|azurewebsites\.us|chinacloudsites\.cn)$/,
      granularity: 'tenant',
      example: 'contoso-shop.azurewebsites.net',
      accountKey: '{tenant}.{suffix}',
    },
    {
      regex:
        /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.azurewebsites\.net$/,
      granularity: 'tenant',
      example: 'hosts.someapp.azurewebsites.net',
      accountKey: '{tenant}.{suffix}',
      note: 'label in front of the app name: not issued by the platform; the app is the last label',
    },
  ],
  paths: [
    {
      host: /\.azurewebsites\.(?:net|us)$/,
      path: /^\/api\/(?<function>[A-Za-z0-9_-]+)/,
      granularity: 'function',
      names: 'part',
      example: 'https://myapp.azurewebsites.net/api/HttpTrigger1',
      note: 'default route prefix of Azure Functions',
    },
  ],
  cnameTargets: [
    '<app>.azurewebsites.net',
    'waws-prod-<stamp>.cloudapp.net',
    'waws-prod-<stamp>.sip.azurewebsites.windows.net',
  ],
  responseHeaders: ['set-cookie: ARRAffinity', 'x-powered-by: ASP.NET', 'request-context: appId=cid-v1:…'],
  addressRanges: `${ranges.azure} (tag AppService)`,
  sharedAddresses: true,
  reservedLabels: ['www', 'scm', 'p', 'privatelink'],
  legitUse: 'Web apps, APIs and Azure Functions; Functions and Web Apps cannot be told apart by name',
  abuse: { names: 646, lists: abuseLists.all },
  confidence: 'high',
  notes:
    'Function name is in the path: /api/<function> by default. Deployment slots are <app>-<slot>. Slot cannot be separated from app by name alone.',
  sources: [
    publicSuffix('azurewebsites.net', 'azurewebsites.us'),
    document(
      'https://github.com/MicrosoftDocs/azure-docs/blob/main/articles/app-service/includes/regionalization-note.md',
      '<app-name>-<random-hash>.<region>.azurewebsites.net',
    ),
    document(
      'https://github.com/Azure/azure-functions-host/issues/10090',
      'SCM form siteName-<dnlHash>.scm.<region>.azurewebsites.net',
    ),
  ],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const azureContainerApps = {
  id: 'azure-container-apps',
  provider: 'Microsoft Azure',
  product: 'Container Apps',
  kind: 'app-platform',
  suffixes: ['azurecontainerapps.io'],
  patterns: [
    apex('azurecontainerapps.io'),
    {
      regex: /^(?<region>[a-z]+[a-z0-9]*)\.azurecontainerapps\.io$/,
      granularity: 'shared-apex',
      example: 'westeurope.azurecontainerapps.io',
    },
    {
      regex:
        /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])??)--(?<deployment>[a-z0-9-]+)\.(?:internal\.)?(?<tenant>[a-z]+-[a-z0-9]{8})\.(?<region>[a-z]+[a-z0-9]*)\.azurecontainerapps\.io$/,
      granularity: 'deployment',
      example: 'myapp--rev1.blueforest-0a1b2c3d.westeurope.azurecontainerapps.io',
      accountKey: '{tenant}.{region}',
      note: 'revision or label URL',
    },
    {
      regex:
        /^(?:(?:internal|ext|scm)\.)?(?<tenant>[a-z]+-[a-z0-9]{8})\.(?<region>[a-z]+[a-z0-9]*)\.azurecontainerapps\.io$/,
      granularity: 'tenant',
      example: 'internal.blueforest-0a1b2c3d.canadaeast.azurecontainerapps.io',
      accountKey: '{tenant}.{region}',
      note: 'environment default domain (internal suffix and platform helper labels included)',
    },
    {
      regex:
        /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:internal\.)?(?<tenant>[a-z]+-[a-z0-9]{8})\.(?<region>[a-z]+[a-z0-9]*)\.azurecontainerapps\.io$/,
      granularity: 'function',
      example: 'webshop.blueforest-0a1b2c3d.canadacentral.azurecontainerapps.io',
      accountKey: '{tenant}.{region}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.azure,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Serverless containers',
  abuse: { names: 3, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes:
    'An environment default domain is <unique>.<region>.azurecontainerapps.io: it belongs to one customer, so the environment level is a tenant too. A revision label makes <app>---<label>.',
  sources: [publicCode('.azurecontainerapps.io')],
  unverified: ['addressRanges'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const azureStaticWebApps = {
  id: 'azure-static-web-apps',
  provider: 'Microsoft Azure',
  product: 'Static Web Apps',
  kind: 'app-platform',
  suffixes: ['azurestaticapps.net'],
  patterns: [
    apex('azurestaticapps.net'),
    {
      regex: /^(?:(?:centralus|eastus2|eastasia|westeurope|westus2|\d{1,2})\.){1,2}azurestaticapps\.net$/,
      granularity: 'shared-apex',
      example: '4.azurestaticapps.net',
    },
    reserved('azurestaticapps.net', 'www'),
    {
      regex:
        /^(?<tenant>[a-z]+-[a-z]+-[0-9a-f]{9,11})-(?<deployment>[a-z0-9]+)\.(?<region>[a-z]+\d?)(?:\.\d{1,2})?\.azurestaticapps\.net$/,
      granularity: 'deployment',
      example: 'happy-river-0a1b2c3d4-12.eastus2.4.azurestaticapps.net',
      accountKey: '{tenant}',
      note: 'pull-request or named preview',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.(?<id>\d{1,2}))?\.azurestaticapps\.net$/,
      granularity: 'tenant',
      example: 'happy-river-0a1b2c3d4.4.azurestaticapps.net',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.azure,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Static front ends with managed Functions',
  abuse: { names: 25, lists: abuseLists.all },
  confidence: 'high',
  notes: 'Preview environments insert -<pr> and a region label.',
  sources: [
    publicSuffix(
      'azurestaticapps.net',
      '1.azurestaticapps.net',
      '7.azurestaticapps.net',
      'westeurope.azurestaticapps.net',
    ),
  ],
  unverified: ['addressRanges'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const azureFrontDoor = {
  id: 'azure-front-door',
  provider: 'Microsoft Azure',
  product: 'Front Door',
  kind: 'edge',
  suffixes: ['azurefd.net'],
  patterns: [
    apex('azurefd.net'),
    reserved('azurefd.net', 'www'),
    { regex: /^(?<region>[a-z]\d{2})\.azurefd\.net$/, granularity: 'shared-apex', example: 'z01.azurefd.net' },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)-(?<id>[a-z0-9]{16})\.(?<region>[a-z]\d{2})\.azurefd\.net$/,
      granularity: 'tenant',
      example: 'contoso-dev-a1b2c3d4e5f6g7h8.a03.azurefd.net',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.azurefd\.net$/,
      granularity: 'tenant',
      example: 'contoso1.azurefd.net',
      note: 'classic Front Door',
    },
  ],
  paths: [],
  cnameTargets: ['<endpoint>-<hash>.<zNN|bNN|aNN>.azurefd.net'],
  responseHeaders: ['x-azure-ref', 'x-fd-healthprobe'],
  addressRanges: `${ranges.azure} (tag AzureFrontDoor.Frontend)`,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Global CDN and load balancer',
  abuse: { names: 68, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('azurefd.net')],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const azureCdn = {
  id: 'azure-cdn',
  provider: 'Microsoft Azure',
  product: 'Azure CDN (classic)',
  kind: 'edge',
  suffixes: ['azureedge.net'],
  patterns: [
    apex('azureedge.net'),
    reserved('azureedge.net', 'www'),
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?:ec|afd|vo|wpc)\.)?azureedge\.net$/,
      granularity: 'tenant',
      example: 'contoso-media.azureedge.net',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-ec-custom-error', 'x-msedge-ref'],
  addressRanges: ranges.azure,
  sharedAddresses: true,
  reservedLabels: ['www', 'ec', 'afd', 'vo', 'wpc'],
  legitUse: 'CDN endpoints; retired/migrating to Front Door, so names get freed and re-registered',
  abuse: { names: 265, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('azureedge.net')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const azureLogicApps = {
  id: 'azure-logic-apps',
  provider: 'Microsoft Azure',
  product: 'Logic Apps (Consumption) and Power Automate HTTP triggers',
  kind: 'faas',
  suffixes: ['logic.azure.com', 'logic.azure.us'],
  patterns: [
    {
      regex: /^(?<id>prod-\d{1,4})\.(?<region>[a-z]+[a-z0-9]*)\.logic\.azure\.(?:com|us)$/,
      granularity: 'shared-apex',
      example: 'prod-27.westeurope.logic.azure.com',
      note: 'scale unit: shared',
    },
    {
      regex: /^(?:[a-z]+[a-z0-9]*\.)?logic\.azure\.(?:com|us)$/,
      granularity: 'shared-apex',
      example: 'logic.azure.com',
    },
  ],
  paths: [
    {
      host: /\.logic\.azure\.(?:com|us)$/,
      path: /^\/workflows\/(?<id>[0-9a-fA-F]{32})\//,
      granularity: 'function',
      names: 'tenant',
      example:
        'https://prod-27.westeurope.logic.azure.com:443/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke',
      note: 'workflow id',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['x-ms-workflow-id', 'x-ms-workflow-run-id', 'x-ms-execution-location'],
  addressRanges: `${ranges.azure} (tag LogicApps)`,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Workflow HTTP triggers; each host is a regional scale unit shared by many tenants',
  abuse: null,
  confidence: 'medium',
  notes:
    'Never block by host name. Tenant = workflow id in the path. Logic Apps Standard runs on <app>.azurewebsites.net.',
  sources: [publicCode('.logic.azure.com:443/workflows/')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.pathTenant, blind.sharedAddresses],
} satisfies Platform;

export const azureApiManagement = {
  id: 'azure-api-management',
  provider: 'Microsoft Azure',
  product: 'API Management',
  kind: 'apigw',
  suffixes: ['azure-api.net', 'azure-api.us'],
  patterns: [
    apex('azure-api.net'),
    apex('azure-api.us'),
    reserved('azure-api.net', 'www'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:portal|developer|management|scm|configuration)\.azure-api\.net$/,
      granularity: 'tenant',
      example: 'contoso.developer.azure-api.net',
      accountKey: '{tenant}.{suffix}',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])??)-(?<region>[a-z]+[a-z0-9]*)-\d{2}\.regional\.azure-api\.net$/,
      granularity: 'tenant',
      example: 'contoso-westeurope-01.regional.azure-api.net',
      accountKey: '{tenant}.{suffix}',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.azure-api\.(?:net|us)$/,
      granularity: 'tenant',
      example: 'contoso.azure-api.net',
      accountKey: '{tenant}.{suffix}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['ocp-apim-trace-location'],
  addressRanges: `${ranges.azure} (tag ApiManagement)`,
  sharedAddresses: false,
  reservedLabels: ['www', 'portal', 'developer', 'management', 'scm', 'configuration', 'regional'],
  legitUse: 'API gateway with one host per service',
  abuse: { names: 2, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('azure-api.net', 'azure-api.us')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain],
} satisfies Platform;

export const azureBlob = {
  id: 'azure-blob',
  provider: 'Microsoft Azure',
  product: 'Blob Storage',
  kind: 'static',
  suffixes: [
    'blob.core.windows.net',
    'blob.storage.azure.net',
    'blob.core.usgovcloudapi.net',
    'store.core.windows.net',
    'blob.core.chinacloudapi.cn',
  ],
  patterns: [
    apex('blob.core.windows.net'),
    {
      regex: /^(?:blob\.)?[a-z]{2,4}\d*prd[a-z]+\d+[a-z]\.store\.core\.windows\.net$/,
      granularity: 'shared-apex',
      example: 'blob.ams07prdstr05a.store.core.windows.net',
      providerOwned: true,
      note: 'storage stamp (CNAME target of accounts)',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9]{3,24}(?:-secondary)?)\.(?:privatelink\.)?blob\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/,
      granularity: 'tenant',
      example: 'mystorage01.blob.core.windows.net',
      accountKey: '{tenant}.{suffix}',
    },
    {
      regex: /^(?<tenant>[a-z0-9]{3,24})\.(?<region>z\d{1,2})\.blob\.storage\.azure\.net$/,
      granularity: 'tenant',
      example: 'mystorage01.z20.blob.storage.azure.net',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-ms-request-id', 'x-ms-version', 'server: Windows-Azure-Blob/1.0'],
  addressRanges: `${ranges.azure} (tag Storage)`,
  sharedAddresses: true,
  reservedLabels: ['privatelink'],
  legitUse: 'Object storage',
  abuse: { names: 83, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('blob.core.windows.net')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const azureStorageWebsite = {
  id: 'azure-storage-website',
  provider: 'Microsoft Azure',
  product: 'Storage static website',
  kind: 'static',
  suffixes: ['web.core.windows.net', 'web.core.usgovcloudapi.net'],
  patterns: [
    apex('web.core.windows.net'),
    {
      regex: /^(?<region>z\d{1,2})\.web\.core\.windows\.net$/,
      granularity: 'shared-apex',
      example: 'z13.web.core.windows.net',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9]{3,24}(?:-secondary)?)\.(?<region>z\d{1,2})\.web\.core\.(?:windows\.net|usgovcloudapi\.net)$/,
      granularity: 'tenant',
      example: 'mystorage01.z13.web.core.windows.net',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-ms-request-id', 'server: Windows-Azure-Web/1.0'],
  addressRanges: `${ranges.azure} (tag Storage)`,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Static sites; a favourite of phishing kits',
  abuse: { names: 287, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('web.core.windows.net')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const azureTrafficManager = {
  id: 'azure-traffic-manager',
  provider: 'Microsoft Azure',
  product: 'Traffic Manager',
  kind: 'edge',
  suffixes: ['trafficmanager.net', 'usgovtrafficmanager.net', 'us-govtrafficmanager.net'],
  patterns: [
    apex('trafficmanager.net'),
    apex('usgovtrafficmanager.net'),
    reserved('trafficmanager.net', 'www'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)\.(?:us-?gov)?trafficmanager\.net$/,
      granularity: 'tenant',
      example: 'contoso.trafficmanager.net',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: false,
  reservedLabels: ['www'],
  legitUse: "DNS load balancing; answers are the tenant's own endpoints",
  abuse: { names: 1, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('trafficmanager.net')],
  unverified: [],
  blindTo: [blind.noAccount],
} satisfies Platform;

export const azureContainerInstances = {
  id: 'azure-container-instances',
  provider: 'Microsoft Azure',
  product: 'Container Instances',
  kind: 'app-platform',
  suffixes: ['azurecontainer.io'],
  patterns: [
    apex('azurecontainer.io'),
    {
      regex: /^(?<region>[a-z]+[a-z0-9]*)\.azurecontainer\.io$/,
      granularity: 'shared-apex',
      example: 'westus.azurecontainer.io',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.(?<id>[a-z0-9]{16}))?\.(?<region>[a-z]+[a-z0-9]*)\.azurecontainer\.io$/,
      granularity: 'tenant',
      example: 'aci-demo.eastus.azurecontainer.io',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.azure,
  sharedAddresses: false,
  reservedLabels: [],
  legitUse: 'Single containers with a public address',
  abuse: { names: 1, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('*.azurecontainer.io')],
  unverified: ['addressRanges'],
  blindTo: [blind.noAccount],
} satisfies Platform;

export const azureRelay = {
  id: 'azure-relay',
  provider: 'Microsoft Azure',
  product: 'Service Bus / Azure Relay',
  kind: 'tunnel',
  suffixes: ['servicebus.windows.net', 'servicebus.usgovcloudapi.net'],
  patterns: [
    apex('servicebus.windows.net'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:privatelink\.)?servicebus\.(?:windows\.net|usgovcloudapi\.net)$/,
      granularity: 'tenant',
      example: 'contoso-ns.servicebus.windows.net',
      note: 'tenant = namespace; the hybrid connection is in the path',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: `${ranges.azure} (tag ServiceBus)`,
  sharedAddresses: true,
  reservedLabels: ['privatelink'],
  legitUse: 'Message bus and hybrid connections; usable as a C2 relay',
  abuse: { names: 1, lists: abuseLists.reports },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('servicebus.windows.net')],
  unverified: ['addressRanges'],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
