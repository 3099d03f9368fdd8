/** The one product of Salesforce: Heroku. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const heroku = {
  id: 'heroku',
  provider: 'Salesforce',
  product: 'Heroku',
  kind: 'app-platform',
  suffixes: ['herokuapp.com'],
  patterns: [
    apex('herokuapp.com'),
    reserved('herokuapp.com', 'www', 'api'),
    {
      regex: /^(?<tenant>[a-z][a-z0-9-]*?)-(?<id>[0-9a-f]{12})\.herokuapp\.com$/,
      granularity: 'tenant',
      example: 'my-app-1a2b3c4d5e6f.herokuapp.com',
      note: 'names since June 2023 carry a 12-hex suffix',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.herokuapp\.com$/,
      granularity: 'tenant',
      example: 'my-app.herokuapp.com',
    },
  ],
  paths: [],
  cnameTargets: ['<words>.herokudns.com'],
  responseHeaders: ['via: 1.1 vegur / 2.0 heroku-router', 'server: Heroku', 'report-to: heroku-nel'],
  addressRanges: `${ranges.aws} (runs on AWS)`,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Managed web apps',
  abuse: { names: 177, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('herokuapp.com')],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
