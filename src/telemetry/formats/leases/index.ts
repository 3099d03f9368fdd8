import type { Format } from '../../format.ts';
import { iscDhcp } from './isc.ts';
import { iscLeases } from './isc-leases.ts';
import { keaDhcp, keaLeases } from './kea.ts';
import { windowsDhcp } from './windows.ts';
import { zeekDhcp, zeekKnownDevices, zeekKnownHosts } from './zeek.ts';

/** Who had an address, and when. Zeek's logs are asked for before the rest of Zeek. */
export const leases: readonly Format[] = [
  iscLeases,
  iscDhcp,
  keaDhcp,
  keaLeases,
  windowsDhcp,
  zeekDhcp,
  zeekKnownHosts,
  zeekKnownDevices,
];
