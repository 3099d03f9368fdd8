import type { Format } from '../../format.ts';
import { bind } from './bind.ts';
import { coredns } from './coredns.ts';
import { dnsmasq } from './dnsmasq.ts';
import { dnstapText } from './dnstap-text.ts';
import { knotResolver } from './knot-resolver.ts';
import { powerdns } from './powerdns.ts';
import { unbound } from './unbound.ts';
import { windowsDns } from './windows-dns.ts';

/** The logs of DNS servers, the narrow ones before the wide. */
export const dnsServers: readonly Format[] = [
  windowsDns,
  dnstapText,
  coredns,
  dnsmasq,
  powerdns,
  knotResolver,
  unbound,
  bind,
];
