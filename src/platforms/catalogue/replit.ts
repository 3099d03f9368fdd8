/** The one product of Replit: Replit apps and dev URLs. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const replit = {
  id: 'replit',
  provider: 'Replit',
  product: 'Replit apps and dev URLs',
  kind: 'app-platform',
  suffixes: ['replit.app', 'replit.dev', 'repl.co'],
  patterns: [
    apex('replit.app'),
    apex('replit.dev'),
    apex('repl.co'),
    reserved('replit.app', 'www'),
    {
      regex:
        /^(?<tenant>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-\d{2}-[a-z0-9]+)?(?:-[a-z0-9]+)?\.(?:id\.)?(?:(?<region>[a-z]+)\.)?(?:replit\.dev|repl\.co)$/,
      granularity: 'deployment',
      example: '1d2e3f40-aaaa-bbbb-cccc-0123456789ab-00-2kx0a1b2c3d4.picard.replit.dev',
      accountKey: '{tenant}',
      note: 'development URL; tenant = repl id, region = cluster',
    },
    {
      regex:
        /^(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<account>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:id\.)?repl\.co$/,
      granularity: 'function',
      example: 'hello.someuser.repl.co',
      accountKey: '{account}',
      note: 'legacy repl.user.repl.co',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:repl\.co|replit\.app|replit\.dev)$/,
      granularity: 'tenant',
      example: 'my-app.replit.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['replit-cluster', 'x-robots-tag: none, noindex …'],
  addressRanges: `${ranges.google} (runs on Google Cloud)`,
  sharedAddresses: true,
  reservedLabels: ['www', 'id', 'janeway', 'kirk', 'picard', 'pike', 'riker', 'sisko', 'spock', 'worf'],
  legitUse: 'Online IDE with hosting',
  abuse: { names: 746, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
