/** The products of Oracle. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, publicCode, publicSuffix } from './facts.ts';

export const oracleFunctions = {
  id: 'oracle-functions',
  provider: 'Oracle',
  product: 'OCI Functions and API Gateway',
  kind: 'faas',
  suffixes: ['functions.oci.oraclecloud.com', 'oci.oraclecloud.com', 'oci.customer-oci.com'],
  patterns: [
    {
      regex: /^(?<tenant>[a-z0-9]{8,20})\.(?<region>[a-z]{2}-[a-z]+-\d)\.functions\.oci\.oraclecloud\.com$/,
      granularity: 'tenant',
      example: 'abcdefgh1a.us-phoenix-1.functions.oci.oraclecloud.com',
      note: 'application-level invoke endpoint',
    },
    {
      regex: /^api\.(?<region>[a-z]{2}-[a-z]+-\d)\.functions\.oci\.oraclecloud\.com$/,
      granularity: 'shared-apex',
      example: 'api.us-ashburn-1.functions.oci.oraclecloud.com',
      providerOwned: true,
      note: 'control plane',
    },
    {
      regex: /^functions\.(?<region>[a-z]{2}-[a-z]+-\d)\.oci\.oraclecloud\.com$/,
      granularity: 'shared-apex',
      example: 'functions.us-ashburn-1.oci.oraclecloud.com',
      providerOwned: true,
      note: 'control plane',
    },
    {
      regex: /^(?<tenant>[a-z0-9]{20,40})\.apigateway\.(?<region>[a-z]{2}-[a-z]+-\d)\.oci\.customer-oci\.com$/,
      granularity: 'tenant',
      example: 'abcdefghijklmnopqrstuvwxyz.apigateway.us-phoenix-1.oci.customer-oci.com',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: 'https://docs.oracle.com/en-us/iaas/tools/public_ip_ranges.json',
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Functions (signed invoke endpoint) and API gateways',
  abuse: null,
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('*.oci.customer-oci.com'), publicCode('.functions.oci.oraclecloud.com')],
  unverified: ['addressRanges'],
  blindTo: [blind.customDomain, blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const oracleObjectStorage = {
  id: 'oracle-object-storage',
  provider: 'Oracle',
  product: 'OCI Object Storage',
  kind: 'static',
  suffixes: ['oraclecloud.com', 'oci.customer-oci.com'],
  patterns: [
    {
      regex: /^objectstorage\.(?<region>[a-z]{2}-[a-z]+-\d)\.oraclecloud\.com$/,
      granularity: 'shared-apex',
      example: 'objectstorage.us-phoenix-1.oraclecloud.com',
      note: 'tenant in the path',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9]{8,20})\.(?:compat\.)?objectstorage\.(?<region>[a-z]{2}-[a-z]+-\d)\.oci\.customer-oci\.com$/,
      granularity: 'tenant',
      example: 'ax1b2c3d4e5f.objectstorage.sa-santiago-1.oci.customer-oci.com',
      accountKey: '{tenant}',
      note: 'tenant = namespace',
    },
  ],
  paths: [
    {
      host: /^objectstorage\./,
      path: /^\/(?:p\/[^/]+\/)?n\/(?<tenant>[a-z0-9]+)\/b\/(?<function>[^/]+)\//,
      granularity: 'tenant',
      names: 'tenant',
      example: 'https://objectstorage.us-phoenix-1.oraclecloud.com/n/axabc123/b/bucket1/o/x.html',
      accountKey: '{tenant}',
      note: 'namespace and bucket',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['opc-request-id'],
  addressRanges: 'https://docs.oracle.com/en-us/iaas/tools/public_ip_ranges.json',
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Object storage; the classic host is regional and shared',
  abuse: { names: 2, lists: abuseLists.maltrail },
  confidence: 'medium',
  notes: null,
  sources: [publicSuffix('*.oci.customer-oci.com')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.pathTenant, blind.sharedAddresses],
} satisfies Platform;
