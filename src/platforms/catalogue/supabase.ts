/** The one product of Supabase: Supabase projects and Edge Functions. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const supabase = {
  id: 'supabase',
  provider: 'Supabase',
  product: 'Supabase projects and Edge Functions',
  kind: 'app-platform',
  suffixes: ['supabase.co', 'supabase.in', 'supabase.net'],
  patterns: [
    apex('supabase.co'),
    apex('supabase.in'),
    apex('supabase.net'),
    reserved('supabase.co', 'www', 'api', 'storage', 'realtime', 'functions'),
    {
      regex: /^(?:db\.)?(?<tenant>[a-z]{20})(?:\.(?:functions|storage|realtime))?\.supabase\.(?:co|in|net)$/,
      granularity: 'tenant',
      example: 'abcdefghijklmnopqrst.supabase.co',
      accountKey: '{tenant}',
      note: 'tenant = project ref',
    },
  ],
  paths: [
    {
      host: /\.supabase\.(?:co|in)$/,
      path: /^\/functions\/v1\/(?<function>[A-Za-z0-9_-]+)/,
      granularity: 'function',
      names: 'part',
      example: 'https://abcdefghijklmnopqrst.supabase.co/functions/v1/hello',
    },
    {
      host: /\.functions\.supabase\.co$/,
      path: /^\/(?<function>[A-Za-z0-9_-]+)/,
      granularity: 'function',
      names: 'part',
      example: 'https://abcdefghijklmnopqrst.functions.supabase.co/hello',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['sb-gateway-version', 'sb-project-ref', 'x-sb-edge-region', 'server: cloudflare'],
  addressRanges: `${ranges.cloudflare} (behind Cloudflare)`,
  sharedAddresses: true,
  reservedLabels: ['www', 'api', 'storage', 'realtime', 'functions'],
  legitUse: 'Backend as a service',
  abuse: { names: 19, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('supabase.co', 'supabase.in', 'supabase.net', 'storage.supabase.co', 'realtime.supabase.co')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.pathFunction, blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
