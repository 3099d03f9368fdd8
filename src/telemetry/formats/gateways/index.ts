import type { Format } from '../../format.ts';
import { netskopeEvents, netskopeTransactions } from './netskope.ts';
import { broadcomCloud, catoEvents, olfeoSaas } from './sase.ts';
import { zscalerDns, zscalerFirewall, zscalerPrivate, zscalerSaas, zscalerTunnel, zscalerWeb } from './zscaler.ts';

export const gateways: readonly Format[] = [
  zscalerDns,
  zscalerWeb,
  zscalerFirewall,
  zscalerTunnel,
  zscalerSaas,
  zscalerPrivate,
  netskopeEvents,
  netskopeTransactions,
  broadcomCloud,
  catoEvents,
  olfeoSaas,
];
