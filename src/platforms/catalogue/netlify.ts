/** The one product of Netlify: Netlify sites, Functions and Edge Functions. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const netlify = {
  id: 'netlify',
  provider: 'Netlify',
  product: 'Netlify sites, Functions and Edge Functions',
  kind: 'app-platform',
  suffixes: ['netlify.app', 'netlify.com'],
  patterns: [
    apex('netlify.app'),
    apex('netlify.com'),
    reserved('netlify.app', 'www'),
    {
      regex:
        /^(?:app|api|www|docs|answers|status|identity|functions|create|bitballoon|apex-loadbalancer|dns\d\.p\d{2}|community)\.netlify\.com$/,
      granularity: 'shared-apex',
      example: 'app.netlify.com',
      providerOwned: true,
      note: 'platform-owned',
    },
    {
      regex:
        /^(?<deployment>[0-9a-f]{24}|deploy-preview-\d+|[a-z0-9][a-z0-9-]*?)--(?<tenant>[a-z0-9][a-z0-9-]*)\.netlify\.(?:app|com)$/,
      granularity: 'deployment',
      example: 'deploy-preview-42--my-site.netlify.app',
      accountKey: '{tenant}',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.netlify\.(?:app|com)$/,
      granularity: 'tenant',
      example: 'my-site.netlify.app',
      accountKey: '{tenant}',
    },
  ],
  paths: [
    {
      host: /\.netlify\.app$/,
      path: /^\/\.netlify\/(?:functions|builders)\/(?<function>[A-Za-z0-9_-]+)/,
      granularity: 'function',
      names: 'part',
      example: 'https://my-site.netlify.app/.netlify/functions/hello',
    },
  ],
  cnameTargets: ['<site>.netlify.app', 'apex-loadbalancer.netlify.com'],
  responseHeaders: ['server: Netlify', 'x-nf-request-id'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Static sites with functions',
  abuse: { names: 733, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('netlify.app')],
  unverified: ['responseHeaders', 'cnameTargets'],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
