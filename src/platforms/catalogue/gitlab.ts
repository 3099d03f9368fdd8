/** The one product of GitLab: GitLab Pages. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const gitlabPages = {
  id: 'gitlab-pages',
  provider: 'GitLab',
  product: 'GitLab Pages',
  kind: 'static',
  suffixes: ['gitlab.io'],
  patterns: [
    apex('gitlab.io'),
    reserved('gitlab.io', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.gitlab\.io$/,
      granularity: 'tenant',
      example: 'somegroup.gitlab.io',
      accountKey: '{tenant}',
    },
  ],
  paths: [
    {
      host: /\.gitlab\.io$/,
      path: /^\/(?<function>[A-Za-z0-9._-]+)\//,
      granularity: 'function',
      names: 'part',
      example: 'https://somegroup.gitlab.io/project/',
    },
  ],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Project sites',
  abuse: { names: 13, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('gitlab.io')],
  unverified: [],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
