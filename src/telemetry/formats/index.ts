import type { Format } from '../format.ts';
import { ciscoFirewall } from './cisco-firewall.ts';
import { squidCombined, squidNative } from './squid.ts';
import { suricataEve } from './suricata.ts';
import { zeekConn, zeekDns, zeekHttp, zeekQuic, zeekSsl, zeekX509 } from './zeek.ts';
import { zeekOther } from './zeek-other.ts';

/** Every format, in the order in which detection asks: the narrow ones before the wide. */
export const formats: readonly Format[] = [
  zeekConn,
  zeekDns,
  zeekHttp,
  zeekSsl,
  zeekX509,
  zeekQuic,
  suricataEve,
  ciscoFirewall,
  squidNative,
  squidCombined,
  zeekOther,
];
