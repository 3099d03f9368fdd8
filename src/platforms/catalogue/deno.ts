/** The one product of Deno Land: Deno Deploy. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, document, publicCode, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const denoDeploy = {
  id: 'deno-deploy',
  provider: 'Deno Land',
  product: 'Deno Deploy',
  kind: 'faas',
  suffixes: ['deno.dev', 'deno.net'],
  patterns: [
    apex('deno.dev'),
    apex('deno.net'),
    apex('sandbox.deno.net'),
    {
      regex: /^(?:(?<region>[a-z]{3})\.)?sandbox-api\.deno\.net$/,
      granularity: 'shared-apex',
      example: 'ams.sandbox-api.deno.net',
      providerOwned: true,
      note: 'platform API',
    },
    reserved('deno.dev', 'www', 'api', 'dash'),
    {
      regex: /^(?<deployment>[0-9a-f-]{36}|[a-z0-9]+)\.sandbox\.deno\.net$/,
      granularity: 'deployment',
      example: 'abc123.sandbox.deno.net',
    },
    {
      regex: /^(?<function>[a-z0-9][a-z0-9-]*?)-(?<deployment>[a-z0-9]{12})\.deno\.dev$/,
      granularity: 'deployment',
      example: 'my-proj-0a1b2c3d4e5f.deno.dev',
      note: 'project-deployment id (Classic)',
    },
    {
      regex: /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.deno\.dev$/,
      granularity: 'function',
      example: 'my-proj.deno.dev',
      note: 'Classic: no account label',
    },
    {
      regex:
        /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.deno\.net$/,
      granularity: 'function',
      example: 'my-app.my-org.deno.net',
      accountKey: '{tenant}',
      note: 'tenant = organisation',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.deno\.net$/,
      granularity: 'tenant',
      example: 'my-org.deno.net',
      accountKey: '{tenant}',
      note: 'the organisation itself',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: deno/…', 'x-deno-…', 'via: http/2 edgeproxy-h'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api', 'dash'],
  legitUse: 'Edge functions',
  abuse: { names: 2, lists: abuseLists.reports },
  confidence: 'high',
  notes:
    'Deploy Classic (deno.dev) was announced to shut down on 20 July 2026: names seen since are history or reused; the current product uses <app>.<organisation>.deno.net.',
  sources: [
    publicSuffix('deno.dev', 'deno.net', 'sandbox.deno.net'),
    document('https://docs.deno.com/deploy/migration_guide/', 'Classic is shut down on 20 July 2026'),
    publicCode('.deno.net'),
  ],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.guessedParent, blind.sharedAddresses],
} satisfies Platform;
