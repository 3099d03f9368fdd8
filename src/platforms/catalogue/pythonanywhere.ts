/** The one product of PythonAnywhere: Web apps. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const pythonanywhere = {
  id: 'pythonanywhere',
  provider: 'PythonAnywhere',
  product: 'Web apps',
  kind: 'app-platform',
  suffixes: ['pythonanywhere.com', 'eu.pythonanywhere.com'],
  patterns: [
    apex('pythonanywhere.com'),
    apex('eu.pythonanywhere.com'),
    reserved('pythonanywhere.com', 'www'),
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.eu\.pythonanywhere\.com$/,
      granularity: 'tenant',
      example: 'someuser.eu.pythonanywhere.com',
      accountKey: '{tenant}.{suffix}',
      note: 'the European site; before the next pattern, which would read eu as the user',
    },
    {
      regex:
        /^(?:(?<function>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.)?(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.pythonanywhere\.com$/,
      granularity: 'tenant',
      example: 'someuser.pythonanywhere.com',
      accountKey: '{tenant}.{suffix}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Python web apps',
  abuse: { names: 23, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: [],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
