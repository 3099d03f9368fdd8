import type { Format } from '../../format.ts';
import { azureDns, azureFirewall, azureWeb } from './firewall.ts';
import { azureFlow } from './flow.ts';

export const azure: readonly Format[] = [azureFlow, azureDns, azureFirewall, azureWeb];
