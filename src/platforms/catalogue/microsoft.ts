/** The products of Microsoft. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode, ranges } from './facts.ts';
import { apex } from './patterns.ts';

export const powerAutomate = {
  id: 'power-automate',
  provider: 'Microsoft',
  product: 'Power Automate HTTP triggers (new URL)',
  kind: 'faas',
  suffixes: ['environment.api.powerplatform.com'],
  patterns: [
    apex('environment.api.powerplatform.com'),
    {
      regex: /^(?<region>[0-9a-f]{2})\.environment\.api\.powerplatform\.com$/,
      granularity: 'shared-apex',
      example: '6f.environment.api.powerplatform.com',
    },
    {
      regex: /^(?<account>default[0-9a-f]{30})\.(?<id>[0-9a-f]{2})\.environment\.api\.powerplatform\.com$/,
      granularity: 'tenant',
      example: 'default0123456789abcdef0123456789abcd.6f.environment.api.powerplatform.com',
      note: 'account+id = Entra tenant id',
    },
    {
      regex: /^(?<tenant>[0-9a-f]{30})\.(?<id>[0-9a-f]{2})\.environment\.api\.powerplatform\.com$/,
      granularity: 'tenant',
      example: '0123456789abcdef0123456789abcd.8e.environment.api.powerplatform.com',
      note: 'tenant+id = environment id',
    },
  ],
  paths: [
    {
      host: /\.environment\.api\.powerplatform\.com$/,
      path: /^\/powerautomate\/automations\/direct\/(?:cu\/\d+\/)?workflows\/(?<function>[0-9a-f]{32})\//,
      granularity: 'function',
      names: 'part',
      example:
        'https://0123456789abcdef0123456789abcd.8e.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke',
    },
  ],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: `${ranges.azure} (tag PowerPlatformInfra)`,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Workflow HTTP triggers of one Power Platform environment',
  abuse: null,
  confidence: 'medium',
  notes:
    'The host is the environment id without dashes, its last two hex digits in a label of their own. A default environment is "default" plus the Entra tenant id, so the host itself names the organisation.',
  sources: [publicCode('.environment.api.powerplatform.com')],
  unverified: ['addressRanges'],
  blindTo: [blind.pathFunction, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const azureDevTunnels = {
  id: 'azure-dev-tunnels',
  provider: 'Microsoft',
  product: 'Dev tunnels (Visual Studio, VS Code)',
  kind: 'tunnel',
  suffixes: ['devtunnels.ms', 'tunnels.api.visualstudio.com'],
  patterns: [
    apex('devtunnels.ms'),
    {
      regex:
        /^(?:global|(?<region>[a-z]{2,4}\d?))(?:\.(?:rel|ppe|ci))?(?:\.tunnels\.api\.visualstudio\.com|\.devtunnels\.ms)$/,
      granularity: 'shared-apex',
      example: 'global.rel.tunnels.api.visualstudio.com',
      providerOwned: true,
      note: 'control plane: shared',
    },
    {
      regex: /^(?<tenant>[a-z0-9]{6,12})-(?<function>\d{1,5})(?:-inspect)?\.(?<region>[a-z]{2,4}\d?)\.devtunnels\.ms$/,
      granularity: 'tenant',
      example: 'a1b2c3d4-80.euw.devtunnels.ms',
      accountKey: '{tenant}.{region}',
      note: 'function = local port',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<region>[a-z]{2,4}\d?)\.devtunnels\.ms$/,
      granularity: 'tenant',
      example: 'a1b2c3d4.euw.devtunnels.ms',
      accountKey: '{tenant}.{region}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-ms-devtunnels-…'],
  addressRanges: ranges.azure,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Developer port forwarding and remote VS Code; abused for C2 and file delivery',
  abuse: { names: 68, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.sharedAddresses],
} satisfies Platform;
