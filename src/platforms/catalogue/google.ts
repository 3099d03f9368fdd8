/** The products of Google. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind, document, publicCode, publicSuffix, ranges } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const firebaseHosting = {
  id: 'firebase-hosting',
  provider: 'Google',
  product: 'Firebase Hosting',
  kind: 'static',
  suffixes: ['web.app', 'firebaseapp.com'],
  patterns: [
    apex('web.app'),
    apex('firebaseapp.com'),
    reserved('web.app', 'www'),
    {
      regex: /^(?<tenant>[a-z0-9][a-z0-9-]*?)--(?<deployment>[a-z0-9-]+)\.(?:web\.app|firebaseapp\.com)$/,
      granularity: 'deployment',
      example: 'my-site--pr12-a1b2c3d4.web.app',
      accountKey: '{tenant}',
      note: 'preview channel',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:web\.app|firebaseapp\.com)$/,
      granularity: 'tenant',
      example: 'my-site.web.app',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: ['x-served-by', 'x-cache', 'strict-transport-security: max-age=31556926'],
  addressRanges: `${ranges.google} (also Fastly)`,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Static sites and single-page apps',
  abuse: { names: 2203, lists: abuseLists.all },
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('web.app', 'firebaseapp.com')],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const firebaseAppHosting = {
  id: 'firebase-app-hosting',
  provider: 'Google',
  product: 'Firebase App Hosting',
  kind: 'app-platform',
  suffixes: ['hosted.app'],
  patterns: [
    apex('hosted.app'),
    {
      regex:
        /^(?<region>(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:central|east|west|north|south|northeast|southeast|northwest|southwest)\d{1,2})\.hosted\.app$/,
      granularity: 'shared-apex',
      example: 'us-central1.hosted.app',
    },
    {
      regex:
        /^(?<function>[a-z0-9][a-z0-9-]*?)--(?<tenant>[a-z][a-z0-9-]{4,40}[a-z0-9])\.(?<region>(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:central|east|west|north|south|northeast|southeast|northwest|southwest)\d{1,2})\.hosted\.app$/,
      granularity: 'function',
      example: 'my-backend--my-project-1.us-central1.hosted.app',
      accountKey: '{tenant}',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.google,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Full-stack web apps',
  abuse: null,
  confidence: 'high',
  notes: null,
  sources: [publicSuffix('*.hosted.app'), publicCode('.hosted.app')],
  unverified: ['addressRanges'],
  blindTo: [blind.customDomain, blind.sharedAddresses],
} satisfies Platform;

export const firebaseRtdb = {
  id: 'firebase-rtdb',
  provider: 'Google',
  product: 'Firebase Realtime Database',
  kind: 'app-platform',
  suffixes: ['firebaseio.com', 'firebasedatabase.app'],
  patterns: [
    apex('firebaseio.com'),
    apex('firebasedatabase.app'),
    reserved('firebaseio.com', 'www'),
    {
      regex:
        /^s-[a-z0-9]+-[a-z0-9-]+-\d+\.(?<region>(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:central|east|west|north|south|northeast|southeast|northwest|southwest)\d{1,2}|[a-z0-9-]+)\.firebasedatabase\.app$/,
      granularity: 'shared-apex',
      example: 's-usc1c-nss-243.us-central1.firebasedatabase.app',
      providerOwned: true,
      note: 'internal server name',
    },
    {
      regex: /^s-[a-z0-9]+-[a-z0-9-]+-\d+\.firebaseio\.com$/,
      granularity: 'shared-apex',
      example: 's-usc1c-nss-243.firebaseio.com',
      providerOwned: true,
      note: 'internal server name',
    },
    {
      regex: /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.firebaseio\.com$/,
      granularity: 'tenant',
      example: 'my-db-default-rtdb.firebaseio.com',
    },
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?<region>(?:us|europe|asia|northamerica|southamerica|australia|me|africa)-(?:central|east|west|north|south|northeast|southeast|northwest|southwest)\d{1,2})\.firebasedatabase\.app$/,
      granularity: 'tenant',
      example: 'my-db-default-rtdb.europe-west1.firebasedatabase.app',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: ranges.google,
  sharedAddresses: true,
  reservedLabels: ['www'],
  legitUse: 'Backend of mobile and web apps; used as a dead drop and C2 store',
  abuse: { names: 100, lists: abuseLists.all },
  confidence: 'medium',
  notes: null,
  sources: [],
  unverified: ['addressRanges'],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;

export const googleAppsScript = {
  id: 'google-apps-script',
  provider: 'Google',
  product: 'Apps Script web apps',
  kind: 'script',
  suffixes: ['script.google.com', 'script.googleusercontent.com', 'googleusercontent.com'],
  patterns: [
    apex('script.google.com'),
    apex('script.googleusercontent.com'),
    {
      regex: /^n-[a-z0-9]+-(?:0lu|[0-9a-z]+)-script\.googleusercontent\.com$/,
      granularity: 'shared-apex',
      example: 'n-abcdefgh2ijklmnop3qrstuv-0lu-script.googleusercontent.com',
      note: 'sandbox frame of the HTML service',
    },
  ],
  paths: [
    {
      host: /^script\.google\.com$/,
      path: /^(?:\/a)?\/macros(?:\/u\/\d{1,2}|\/(?<account>[a-z0-9.-]+\.[a-z]+))?\/s\/(?<deployment>[A-Za-z0-9_-]{20,120})\/(?:exec|dev)/,
      granularity: 'deployment',
      names: 'tenant',
      example: 'https://script.google.com/macros/s/AKfycbxAAAAAAAAAAAAAAAAAAAAAAAA/exec',
      note: "deployment id; account = Workspace domain; /u/<n> is the visitor's own n-th login",
    },
    {
      host: /^script\.google\.com$/,
      path: /^\/a\/(?<account>[a-z0-9.-]+\.[a-z]+)\/macros\/s\/(?<deployment>[A-Za-z0-9_-]{20,120})\/(?:exec|dev)/,
      granularity: 'deployment',
      names: 'tenant',
      example: 'https://script.google.com/a/example.com/macros/s/AKfycbxAAAAAAAAAAAAAAAAAAAAAAAA/exec',
      note: 'older form with the domain in front; from general knowledge',
    },
  ],
  cnameTargets: [],
  responseHeaders: ['server: GSE', 'location: https://script.googleusercontent.com/macros/echo?…'],
  addressRanges: ranges.google,
  sharedAddresses: true,
  reservedLabels: [],
  legitUse: 'Automation of Google Workspace; the host is shared by every user',
  abuse: null,
  confidence: 'medium',
  notes:
    'Never block by host. Tenant = deployment id in the path (AKfycb…); needs TLS inspection or an HTTP proxy log.',
  sources: [
    publicCode('script.google.com/macros/s/<id>/exec'),
    publicCode('script.google.com/a/macros/<domain>/s/<id>/exec'),
    document('https://df00tech.com/detections/T1583.007', 'named as a C2 platform'),
  ],
  unverified: ['responseHeaders', 'addressRanges'],
  blindTo: [blind.pathTenant, blind.sharedAddresses],
} satisfies Platform;
