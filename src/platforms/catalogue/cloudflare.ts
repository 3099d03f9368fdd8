/** The products of Cloudflare. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, document, publicCode, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const cloudflareWorkers = {
  id: 'cloudflare-workers',
  provider: 'Cloudflare',
  product: 'Workers',
  kind: 'faas',
  suffixes: ['workers.dev'],
  patterns: [
    apex('workers.dev'),
    reserved('workers.dev', 'www', 'api', 'dash'),
    {
      regex:
        /^(?<deployment>[0-9a-f]{8})-(?<function>[a-z0-9_][a-z0-9_-]*)\.(?<account>[a-z0-9][a-z0-9-]{0,62})\.workers\.dev$/,
      granularity: 'deployment',
      example: '0a1b2c3d-hello.someaccount.workers.dev',
      accountKey: '{account}',
      note: 'version preview URL (8 hex)',
    },
    {
      regex:
        /^(?<function>[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)\.(?<account>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.workers\.dev$/,
      granularity: 'function',
      example: 'hello.someaccount.workers.dev',
      accountKey: '{account}',
    },
    {
      regex: /^(?:[a-z0-9_-]+\.)+(?<account>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.workers\.dev$/,
      granularity: 'tenant',
      example: 'a.b.someaccount.workers.dev',
      accountKey: '{account}',
      note: 'deeper than the platform issues; the account is still the last label',
    },
    {
      regex: /^(?<account>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.workers\.dev$/,
      granularity: 'tenant',
      example: 'someaccount.workers.dev',
      accountKey: '{account}',
      note: 'account subdomain',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: cloudflare', 'cf-ray', 'cf-worker (on the request a Worker sends out)'],
  addressRanges: ranges.cloudflare,
  sharedAddresses: true,
  reservedLabels: ['www', 'api', 'dash'],
  legitUse: 'Edge functions, proxies, APIs',
  abuse: { names: 2525, lists: abuseLists.all },
  confidence: 'high',
  notes:
    'The account label is the second from the left of the suffix: it names the account, so it is the strongest pivot. Deeper names (a.b.c.workers.dev) are not made by the platform. Custom domains and routes hide it completely.',
  sources: [
    publicSuffix('workers.dev'),
    document(
      'https://developers.cloudflare.com/workers/configuration/routing/workers-dev',
      '<worker>.<subdomain>.workers.dev',
    ),
    document(
      'https://developers.cloudflare.com/workers/versions-and-deployments/preview-urls/index.md',
      '<version prefix or alias>-<worker>.<subdomain>.workers.dev',
    ),
  ],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.noCname, blind.hiddenSni, blind.sharedAddresses],
} satisfies Platform;

export const cloudflarePages = {
  id: 'cloudflare-pages',
  provider: 'Cloudflare',
  product: 'Pages (with Functions)',
  kind: 'app-platform',
  suffixes: ['pages.dev'],
  patterns: [
    apex('pages.dev'),
    reserved('pages.dev', 'www', 'api', 'dash'),
    {
      regex: /^(?<deployment>[0-9a-f]{8})\.(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.pages\.dev$/,
      granularity: 'deployment',
      example: '0a1b2c3d.my-site.pages.dev',
      accountKey: '{tenant}',
      note: 'deployment hash',
    },
    {
      regex:
        /^(?<deployment>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.pages\.dev$/,
      granularity: 'deployment',
      example: 'staging.my-site.pages.dev',
      accountKey: '{tenant}',
      note: 'branch alias',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.pages\.dev$/,
      granularity: 'tenant',
      example: 'my-site.pages.dev',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: ['<project>.pages.dev'],
  responseHeaders: ['server: cloudflare', 'cf-ray'],
  addressRanges: ranges.cloudflare,
  sharedAddresses: true,
  reservedLabels: ['www', 'api', 'dash'],
  legitUse: 'Static sites with edge functions',
  abuse: { names: 9078, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('pages.dev')],
  unverified: ['responseHeaders', 'addressRanges', 'cnameTargets'],
  blindTo: [blind.customDomain, blind.hiddenSni, blind.sharedAddresses],
} satisfies Platform;

export const cloudflareR2 = {
  id: 'cloudflare-r2',
  provider: 'Cloudflare',
  product: 'R2 public buckets',
  kind: 'static',
  suffixes: ['r2.dev', 'r2.cloudflarestorage.com'],
  patterns: [
    apex('r2.dev'),
    apex('r2.cloudflarestorage.com'),
    reserved('r2.dev', 'www'),
    {
      regex: /^pub-(?<tenant>[0-9a-f]{32})\.r2\.dev$/,
      granularity: 'tenant',
      example: 'pub-0123456789abcdef0123456789abcdef.r2.dev',
    },
    {
      regex:
        /^(?:(?<tenant>[a-z0-9][a-z0-9-]{1,61}[a-z0-9])\.)?(?<account>[0-9a-f]{32})(?:\.(?<region>eu|fedramp))?\.r2\.cloudflarestorage\.com$/,
      granularity: 'tenant',
      example: '0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com',
      accountKey: '{account}',
      note: 'S3 API endpoint; account = Cloudflare account id',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: cloudflare', 'cf-ray'],
  addressRanges: ranges.cloudflare,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Development URL of public object storage',
  abuse: { names: 599, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('r2.dev')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.hiddenSni, blind.sharedAddresses],
} satisfies Platform;

export const cloudflareQuickTunnel = {
  id: 'cloudflare-quick-tunnel',
  provider: 'Cloudflare',
  product: 'Quick tunnels (TryCloudflare)',
  kind: 'tunnel',
  suffixes: ['trycloudflare.com'],
  patterns: [
    apex('trycloudflare.com'),
    reserved('trycloudflare.com', 'api', 'www'),
    {
      regex: /^(?<tenant>[a-z]+(?:-[a-z0-9]+){3,5})\.trycloudflare\.com$/,
      granularity: 'tenant',
      example: 'pick-four-random-words.trycloudflare.com',
      note: 'random words',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.trycloudflare\.com$/,
      granularity: 'tenant',
      example: 'sometunnel.trycloudflare.com',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['server: cloudflare', 'cf-ray'],
  addressRanges: ranges.cloudflare,
  sharedAddresses: true,
  reservedLabels: ['api', 'www'],
  legitUse: 'Throw-away developer tunnels; no account needed, so no tenant behind it',
  abuse: { names: 962, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('trycloudflare.com'), publicCode('api.trycloudflare.com')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.noAccount, blind.hiddenSni, blind.sharedAddresses],
} satisfies Platform;

export const cloudflareTunnel = {
  id: 'cloudflare-tunnel',
  provider: 'Cloudflare',
  product: 'Named tunnels',
  kind: 'tunnel',
  suffixes: ['cfargotunnel.com'],
  patterns: [
    apex('cfargotunnel.com'),
    reserved('cfargotunnel.com', 'region1.v2', 'region2.v2'),
    {
      regex: /^(?<tenant>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.cfargotunnel\.com$/,
      granularity: 'tenant',
      example: '01234567-89ab-cdef-0123-456789abcdef.cfargotunnel.com',
    },
  ],
  paths: [],
  cnameTargets: ['<uuid>.cfargotunnel.com'],
  responseHeaders: [],
  addressRanges: ranges.cloudflare,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Publishing private services on a customer domain',
  abuse: null,
  confidence: 'low',
  notes: null,
  sources: [],
  unverified: ['addressRanges', 'cnameTargets'],
  blindTo: [blind.behindZone],
} satisfies Platform;
