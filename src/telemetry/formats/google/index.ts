import type { Format } from '../../format.ts';
import { googleDns, googleFirewall, googleLoadBalancer, googleVpcFlow } from './logs.ts';

export const google: readonly Format[] = [googleDns, googleVpcFlow, googleFirewall, googleLoadBalancer];
