/** The products of Scaleway. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode, publicSuffix } from './facts.ts';

export const scalewayFunctions = {
  id: 'scaleway-functions',
  provider: 'Scaleway',
  product: 'Serverless Functions and Containers',
  kind: 'faas',
  suffixes: ['scw.cloud'],
  patterns: [
    {
      regex: /^(?:(?:functions|containers)\.)?fnc\.(?<region>fr-par|nl-ams|pl-waw)\.scw\.cloud$/,
      granularity: 'shared-apex',
      example: 'functions.fnc.fr-par.scw.cloud',
    },
    {
      regex:
        /^(?<function>[a-z0-9][a-z0-9-]*)\.(?:functions|containers)\.fnc\.(?<region>fr-par|nl-ams|pl-waw)\.scw\.cloud$/,
      granularity: 'function',
      example: 'myns0a1b2c3d-hello.functions.fnc.fr-par.scw.cloud',
      note: 'namespace+random, dash, function',
    },
    {
      regex: /^(?<function>[a-z0-9][a-z0-9-]*)\.fnc\.(?<region>fr-par|nl-ams|pl-waw)\.scw\.cloud$/,
      granularity: 'function',
      example: 'hello.fnc.fr-par.scw.cloud',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Functions and containers',
  abuse: null,
  confidence: 'high',
  notes: null,
  sources: [
    publicSuffix('functions.fnc.fr-par.scw.cloud', 'fnc.fr-par.scw.cloud'),
    publicCode('functions.fnc.fr-par.scw.cloud'),
  ],
  unverified: [],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const scalewayObject = {
  id: 'scaleway-object',
  provider: 'Scaleway',
  product: 'Object Storage',
  kind: 'static',
  suffixes: ['s3.fr-par.scw.cloud', 's3.nl-ams.scw.cloud', 's3.pl-waw.scw.cloud'],
  patterns: [
    {
      regex: /^s3(?:-website)?\.(?<region>fr-par|nl-ams|pl-waw)\.scw\.cloud$/,
      granularity: 'shared-apex',
      example: 's3.fr-par.scw.cloud',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)\.s3(?:-website)?\.(?<region>fr-par|nl-ams|pl-waw)\.scw\.cloud$/,
      granularity: 'tenant',
      example: 'my-bucket.s3.pl-waw.scw.cloud',
      accountKey: '{tenant}.{region}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Object storage',
  abuse: { names: 15, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('s3.fr-par.scw.cloud', 's3.nl-ams.scw.cloud', 's3.pl-waw.scw.cloud')],
  unverified: [],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;
