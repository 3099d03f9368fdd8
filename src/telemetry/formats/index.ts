import type { Format } from '../format.ts';
import { cef } from './cef.ts';
import { checkPoint } from './check-point.ts';
import { ciscoFirewall } from './cisco-firewall.ts';
import { bind } from './dns/bind.ts';
import { coredns, dnsmasq, dnstapText, knotResolver, powerdns, unbound, windowsDns } from './dns/daemons.ts';
import { fortinet } from './fortinet.ts';
import { juniperSrx } from './juniper.ts';
import { leef } from './leef.ts';
import { ciscoIos, filterlog, netfilter, snortCsv, snortFast } from './packet-filter.ts';
import { paloAlto } from './palo-alto.ts';
import { sonicwall } from './sonicwall.ts';
import { sophosFirewall, sophosUtm } from './sophos.ts';
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
  cef,
  leef,
  ciscoFirewall,
  paloAlto,
  checkPoint,
  fortinet,
  sophosFirewall,
  sonicwall,
  juniperSrx,
  sophosUtm,
  filterlog,
  netfilter,
  snortFast,
  snortCsv,
  ciscoIos,
  windowsDns,
  dnstapText,
  coredns,
  dnsmasq,
  powerdns,
  knotResolver,
  unbound,
  bind,
  squidNative,
  squidCombined,
  zeekOther,
];
