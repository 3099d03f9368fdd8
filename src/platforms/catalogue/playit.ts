/** The one product of playit.gg: playit.gg game tunnels. */
import type { Platform } from '../platform.ts';
import { abuseLists, blind } from './facts.ts';
import { apex, reserved } from './patterns.ts';

export const playit = {
  id: 'playit',
  provider: 'playit.gg',
  product: 'playit.gg game tunnels',
  kind: 'tunnel',
  suffixes: ['ply.gg', 'playit.gg', 'joinmc.link'],
  patterns: [
    apex('ply.gg'),
    apex('playit.gg'),
    apex('joinmc.link'),
    reserved('ply.gg', 'www', 'api'),
    {
      regex:
        /^(?<tenant>[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\.(?:(?<region>gl\.at|ip|at|with|craft|auto\.(?:at)|[a-z]{2,4}(?:\.[a-z]{2,4})?)\.)?(?:ply\.gg|playit\.gg|joinmc\.link)$/,
      granularity: 'tenant',
      example: 'some-name.at.ply.gg',
    },
  ],
  paths: [],
  cnameTargets: [],
  responseHeaders: [],
  addressRanges: null,
  sharedAddresses: true,
  reservedLabels: ['www', 'api', 'gl', 'at', 'ip', 'with', 'craft', 'auto'],
  legitUse: 'Developer tunnels',
  abuse: { names: 6229, lists: abuseLists.all },
  confidence: 'medium',
  notes:
    'Favourite of commodity RAT operators (njRAT, XWorm, Quasar): TCP and UDP. The host is per tunnel, the port names the tunnel too.',
  sources: [],
  unverified: [],
  blindTo: [blind.noAccount, blind.sharedAddresses],
} satisfies Platform;
