import type { Format } from '../../format.ts';
import { netskopeEvents, netskopeTransactions } from './netskope.ts';
import { broadcomCloud, catoEvents, olfeoSaas } from './sase.ts';
import {
  zscalerDns,
  zscalerFirewall,
  zscalerPrivate,
  zscalerSaas,
  zscalerTunnel,
  zscalerWeb,
  zscalerWebText,
} from './zscaler.ts';

export const gateways: readonly Format[] = [
  zscalerDns,
  zscalerWeb,
  zscalerWebText,
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
