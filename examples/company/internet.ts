/**
 * The names of the example. Those under .example do not exist (RFC 2606); their addresses are from the documentation
 * blocks (RFC 5737).
 */
import { internetOf, type Names } from '../../src/replays/internet.ts';
import { upstream } from './staff.ts';

/** The front of an App Service app: the CNAMEs between the app and its address. */
const azureFront = (stamp: string): readonly string[] => [
  `waws-prod-${stamp}.sip.azurewebsites.windows.net`,
  `waws-prod-${stamp}-b3f0.westeurope.cloudapp.azure.com`,
];

/** Names with CNAME chains, or with a pool that their end does not tell. */
const rows: Names = {
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

export const internet = internetOf(rows, {
  upstream,
  internal: (name) => /(?:harbourfinch\.example|in-addr\.arpa)$/.test(name),
  clientCache: 60,
});
