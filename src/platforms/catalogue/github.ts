/** The products of GitHub. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const githubCodespaces = {
  id: 'github-codespaces',
  provider: 'GitHub',
  product: 'Codespaces port forwarding',
  kind: 'tunnel',
  suffixes: ['app.github.dev', 'githubpreview.dev', 'github.dev'],
  patterns: [
    apex('app.github.dev'),
    apex('github.dev'),
    apex('githubpreview.dev'),
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*)-(?<function>\d{2,5})\.(?:app\.github\.dev|(?:preview\.app\.)?github\.dev|githubpreview\.dev)$/,
      granularity: 'tenant',
      example: 'fuzzy-space-umbrella-abc123-8080.app.github.dev',
      accountKey: '{tenant}',
      note: 'function = port',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Developer previews',
  abuse: { names: 2, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('githubpreview.dev')],
  unverified: [],
  blindTo: [blind.sharedAddresses],
} satisfies Platform;

export const githubPages = {
  id: 'github-pages',
  provider: 'GitHub',
  product: 'GitHub Pages',
  kind: 'static',
  suffixes: ['github.io'],
  patterns: [
    apex('github.io'),
    reserved('github.io', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.github\.io$/,
      granularity: 'tenant',
      example: 'someuser.github.io',
      accountKey: '{tenant}',
      note: 'tenant = user or organisation',
    },
  ],
  paths: [
    {
      host: /\.github\.io$/,
      path: /^\/(?<function>[A-Za-z0-9._-]+)\//,
      granularity: 'function',
      names: 'part',
      example: 'https://someuser.github.io/project/',
      note: 'project site',
    },
  ],
  cnameTargets: ['<user>.github.io'],
  responseHeaders: ['server: GitHub.com', 'x-github-request-id', 'x-served-by: cache-…'],
  addressRanges: 'https://api.github.com/meta (pages)',
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Project sites',
  abuse: { names: 1018, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('github.io')],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
