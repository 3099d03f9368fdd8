/** The one product of ngrok: ngrok endpoints. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicSuffix } from './facts.ts';
import { apex } from './patterns.ts';

export const ngrok = {
  id: 'ngrok',
  provider: 'ngrok',
  product: 'ngrok endpoints',
  kind: 'tunnel',
  suffixes: [
    'ngrok.io',
    'ngrok.app',
    'ngrok-free.app',
    'ngrok.dev',
    'ngrok-free.dev',
    'ngrok.pro',
    'ngrok.pizza',
    'ngrok.com',
  ],
  patterns: [
    apex('ngrok.io'),
    apex('ngrok.app'),
    apex('ngrok-free.app'),
    apex('ngrok.dev'),
    apex('ngrok-free.dev'),
    apex('ngrok.pro'),
    apex('ngrok.pizza'),
    {
      regex: /^(?:ap|au|eu|in|jp|sa|us|us-cal-1|us-1)\.ngrok\.io$/,
      granularity: 'shared-apex',
      example: 'eu.ngrok.io',
      note: 'regional suffix',
    },
    {
      regex: /^(?:www|api|dashboard|tunnel|connect|update|bin|s3|cdn)(?:\.[a-z]{2})?\.ngrok\.(?:io|com|app)$/,
      granularity: 'shared-apex',
      example: 'dashboard.ngrok.com',
      providerOwned: true,
      note: 'platform-owned',
    },
    {
      regex: /^(?<id>\d{1,2})\.tcp(?:\.(?<region>[a-z]{2}(?:-[a-z]+-\d)?))?\.ngrok\.io$/,
      granularity: 'shared-apex',
      example: '0.tcp.eu.ngrok.io',
      note: 'shared TCP host: the tenant is only the port',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9][a-z0-9-]*)\.(?:(?<region>ap|au|eu|in|jp|sa|us|us-cal-1)\.)?ngrok\.(?:io|app|dev|pro|pizza)$/,
      granularity: 'tenant',
      example: '1a2b3c4d5e6f.ngrok.io',
    },
    {
      regex: /^(?<tenant>[a-z0-9][a-z0-9-]*)\.ngrok-free\.(?:app|dev)$/,
      granularity: 'tenant',
      example: 'quick-fox-1234.ngrok-free.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['ngrok-error-code', 'ngrok-trace-id', 'server: ngrok'],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['tcp'],
  legitUse: 'Developer tunnels and gateways',
  abuse: { names: 139, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [
    publicSuffix(
      'ngrok.app',
      'ngrok-free.app',
      'ngrok.dev',
      'ngrok-free.dev',
      'ngrok.io',
      'eu.ngrok.io',
      'ngrok.pizza',
      'ngrok.pro',
    ),
  ],
  unverified: ['responseHeaders'],
  blindTo: [blind.customDomain, blind.sharedPort, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
