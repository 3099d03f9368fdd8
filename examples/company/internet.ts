/**
 * What the resolvers answer. The address blocks belong to the providers; which name has which address is made up.
 * Names under .example do not exist (RFC 2606); their addresses are from the documentation blocks (RFC 5737).
 */
import { hashOf } from './random.ts';

const pools = {
  cloudflare: { prefixes: ['104.21.48.', '172.67.180.'], from: 16, size: 2 },
  cloudfront: { prefixes: ['13.224.68.', '13.224.69.'], from: 10, size: 40 },
  aws: { prefixes: ['52.213.40.', '54.171.20.'], from: 5, size: 200 },
  azure: { prefixes: ['20.50.2.'], from: 5, size: 60 },
  microsoft: { prefixes: ['52.98.180.', '52.98.181.'], from: 2, size: 90 },
  google: { prefixes: ['142.250.187.'], from: 4, size: 200 },
  cloudrun: { prefixes: ['34.143.72.', '34.143.74.'], from: 2, size: 2 },
  vercel: { prefixes: ['76.76.21.', '66.33.60.'], from: 21, size: 30 },
  netlify: { prefixes: ['75.2.60.', '99.83.190.'], from: 5, size: 3 },
  akamai: { prefixes: ['23.62.10.'], from: 5, size: 200 },
  fastly: { prefixes: ['151.101.1.', '151.101.65.'], from: 5, size: 200 },
  elsewhere: { prefixes: ['198.51.100.', '203.0.113.'], from: 5, size: 200 },
} as const;
type Pool = keyof typeof pools;

/** The pool of a name that has no row of its own, by its end. */
const bySuffix: readonly (readonly [string, Pool])[] = [
  ['.workers.dev', 'cloudflare'],
  ['.pages.dev', 'cloudflare'],
  ['.cloudfront.net', 'cloudfront'],
  ['.on.aws', 'aws'],
  ['.amazonaws.com', 'aws'],
  ['.azurewebsites.net', 'azure'],
  ['.run.app', 'cloudrun'],
  ['.vercel.app', 'vercel'],
  ['.netlify.app', 'netlify'],
  ['.google.com', 'google'],
  ['.googleusercontent.com', 'google'],
];

/** The front of an App Service app: the CNAMEs between the app and its address. */
const azureFront = (stamp: string): readonly string[] => [
  `waws-prod-${stamp}.sip.azurewebsites.windows.net`,
  `waws-prod-${stamp}-b3f0.westeurope.cloudapp.azure.com`,
];

/** Names with CNAME chains, or with a pool that their end does not tell. */
const rows: Readonly<Record<string, { readonly pool: Pool; readonly via?: readonly string[] }>> = {
  'www.google.com': { pool: 'google' },
  'script.google.com': { pool: 'google' },
  'script.googleusercontent.com': { pool: 'google', via: ['googlehosted.l.googleusercontent.com'] },
  'fonts.gstatic.com': { pool: 'google' },
  'update.googleapis.com': { pool: 'google' },
  'en.wikipedia.org': { pool: 'elsewhere', via: ['dyna.wikimedia.org'] },
  'www.bbc.co.uk': { pool: 'fastly', via: ['www.bbc.co.uk.pri.bbc.co.uk', 'bbc.map.fastly.net'] },
  'www.theguardian.com': { pool: 'fastly', via: ['dualstack.guardian.map.fastly.net'] },
  'www.gov.uk': { pool: 'fastly', via: ['www-gov-uk.map.fastly.net'] },
  'github.com': { pool: 'elsewhere' },
  'registry.npmjs.org': { pool: 'cloudflare' },
  'static.crates.io': { pool: 'fastly' },
  'outlook.office365.com': { pool: 'microsoft', via: ['ooc-g2.tm-4.office.com', 'outlook.ms-acdc.office.com'] },
  'login.microsoftonline.com': {
    pool: 'microsoft',
    via: ['login.mso.msidentity.com', 'ak.privatelink.msidentity.com'],
  },
  'teams.microsoft.com': { pool: 'microsoft', via: ['teams.office.com', 'tmc-g2.tm-4.office.com'] },
  'harbourfinch.sharepoint.com': { pool: 'microsoft', via: ['2417-ipv4v6e.clump.dprodmgd104.aa-rt.sharepoint.com'] },
  'slack.com': { pool: 'aws' },
  'wss-primary.slack.com': { pool: 'aws' },
  'ctldl.windowsupdate.com': { pool: 'akamai', via: ['ctldl.windowsupdate.com.delivery.microsoft.com'] },
  'ocsp.digicert.com': { pool: 'akamai', via: ['ocsp.edge.digicert.com'] },
  'detectportal.firefox.com': { pool: 'google', via: ['detectportal.prod.mozaws.net'] },
  'security.debian.org': { pool: 'fastly', via: ['debian.map.fastlydns.net'] },
  // Made-up software as a service on own names that stand on a platform: honest, and common.
  'app.rostersmith.example': { pool: 'cloudfront', via: ['d1k9v3m7xq2r8a.cloudfront.net'] },
  'login.rostersmith.example': { pool: 'aws', via: ['d-4kq8w1z7rb.execute-api.eu-west-1.amazonaws.com'] },
  'status.brightledger.example': { pool: 'cloudflare', via: ['brightledger-status.pages.dev'] },
  'portal.brightledger.example': {
    pool: 'azure',
    via: ['brightledger-portal.azurewebsites.net', ...azureFront('am2-553')],
  },
  'help.harbourfinch.example': { pool: 'netlify', via: ['harbourfinch-help.netlify.app'] },
  'quayline-timesheets.azurewebsites.net': { pool: 'azure', via: azureFront('db3-217') },
  'rostersmith-telemetry.azurewebsites.net': { pool: 'azure', via: azureFront('am2-553') },
  // The adversary's own name, pointed at an app of the platform: only the DNS answer shows which.
  'enrol.finch-benefits.example': {
    pool: 'azure',
    via: ['finchbenefits-x4t9.azurewebsites.net', ...azureFront('db3-217')],
  },
};

export type Answer = {
  /** CNAMEs in order, then nothing else: the last one owns the addresses. */
  readonly chain: readonly string[];
  readonly addresses: readonly string[];
  /** Seconds. */
  readonly ttl: number;
};

/** What a resolver answers for this name: always the same. */
export const answerFor = (host: string): Answer => {
  const row = rows[host];
  const pool = pools[row?.pool ?? bySuffix.find(([end]) => host.endsWith(end))?.[1] ?? 'elsewhere'];
  const chain = row?.via ?? [];
  const place = pool.from + (hashOf(chain.at(-1) ?? host) % pool.size);
  return { chain, addresses: pool.prefixes.map((prefix) => `${prefix}${place}`), ttl: 300 };
};
