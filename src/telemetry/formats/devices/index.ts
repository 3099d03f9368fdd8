import type { Format } from '../../format.ts';
import { barracuda } from './barracuda.ts';
import { clavister } from './clavister.ts';
import { meraki } from './meraki.ts';
import { skyhigh } from './skyhigh.ts';
import { stormshield } from './stormshield.ts';
import { watchguard } from './watchguard.ts';

/** Gateways with a form of their own. */
export const devices: readonly Format[] = [meraki, stormshield, clavister, skyhigh, barracuda, watchguard];
