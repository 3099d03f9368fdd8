import type { Format } from '../../format.ts';
import { umbrellaDlp, umbrellaDns, umbrellaFirewall, umbrellaIntrusion, umbrellaIp, umbrellaProxy } from './exports.ts';

export const umbrella: readonly Format[] = [
  umbrellaDns,
  umbrellaProxy,
  umbrellaIp,
  umbrellaFirewall,
  umbrellaIntrusion,
  umbrellaDlp,
];
