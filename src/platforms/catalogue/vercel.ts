/** The one product of Vercel: Vercel deployments, Functions and Edge Functions. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode, publicSuffix } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const vercel = {
  id: 'vercel',
  provider: 'Vercel',
  product: 'Vercel deployments, Functions and Edge Functions',
  kind: 'app-platform',
  suffixes: ['vercel.app', 'now.sh', 'vercel.dev'],
  patterns: [
    apex('vercel.app'),
    apex('now.sh'),
    apex('vercel.dev'),
    reserved('vercel.app', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*?)-git-(?<deployment>[a-z0-9]+)-(?<account>[a-z0-9]+-projects)\.vercel\.app$/,
      granularity: 'deployment',
      example: 'shop-git-main-someone-projects.vercel.app',
      accountKey: '{account}',
      note: 'branch URL whose branch and scope hold no other dash: the scope is certain',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*?)-git-(?<deployment>[a-z0-9-]+?)-(?<account>[a-z0-9]+(?:-[a-z0-9]+)*-projects|[a-z0-9]+)\.vercel\.app$/,
      granularity: 'deployment',
      example: 'shop-git-fix-login-acme.vercel.app',
      note: 'branch URL: project-git-branch-scope; branch and scope may both hold dashes, so the split is a best guess',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*?)-(?<deployment>(?=[a-z0-9]*\d)[a-z0-9]{9})-(?<account>[a-z0-9]+-projects)\.vercel\.app$/,
      granularity: 'deployment',
      example: 'shop-a1b2c3d4e-someone-projects.vercel.app',
      accountKey: '{account}',
      note: 'commit URL in a scope of the form <name>-projects, as a person has by default: the scope is certain',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*?)-(?<deployment>(?=[a-z0-9]*\d)[a-z0-9]{9})-(?<account>[a-z0-9][a-z0-9-]*)\.vercel\.app$/,
      granularity: 'deployment',
      example: 'shop-a1b2c3d4e-acme.vercel.app',
      note: 'commit URL: project-hash-scope; heuristic (9 characters with a digit), since a project name may look the same',
    },
    {
      regex:
        /^(?:(?<deployment>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:vercel\.app|vercel\.dev|now\.sh)$/,
      granularity: 'tenant',
      example: 'my-app.vercel.app',
    },
  ],
  paths: [],
  cnameTargets: ['cname.vercel-dns.com', '<hash>.vercel-dns-0NN.com'],
  responseHeaders: ['server: Vercel', 'x-vercel-id', 'x-vercel-cache'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api'],
  legitUse: 'Front ends with serverless functions',
  abuse: { names: 1480, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('vercel.app', 'vercel.dev', 'now.sh'), publicCode('-projects.vercel.app')],
  unverified: ['responseHeaders', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.guessedParent, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
