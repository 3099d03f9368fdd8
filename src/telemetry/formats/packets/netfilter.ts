import { integer } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { keyValues } from '../../layouts/pairs.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike, protocolText } from '../../text/expressions.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { blind } from './blind.ts';

const NETFILTER = `\\bIN=\\S* OUT=\\S* .*\\bSRC=${IP} DST=${IP} .*\\bPROTO=`;

/** The LOG target of iptables and nftables, ufw, UniFi and other gateways on Linux: https://www.netfilter.org (checked 2026-11-24). */
export const netfilter = {
  id: 'netfilter.log',
  vendor: 'Linux',
  product: 'iptables, nftables, ufw, UniFi',
  record: 'one packet that a rule logged',
  class: 'network',
  detect: looksLike(NETFILTER),
  line: NETFILTER,
  layout: textLayout('netfilter', {
    is: NETFILTER,
    cuts: [
      syslogCut,
      {
        groups: ['prefix'],
        regex: '(?:^|\\s|\\])((?:\\[[^\\]\\s]+\\]|[^\\s:=\\[\\]]+(?: [^\\s:\\[\\]]+){0,3}:?))\\s*IN=',
      },
      { groups: ['ruleset', 'letter'], regex: '\\[([\\w.-]+?)-([ADR])-[0-9]+\\] (?:DESCR="[^"]*" )?IN=' },
      { groups: ['ruleset', 'number', 'letter'], regex: '\\[([\\w.-]+?)-([0-9]+|default)-([A-Z])\\]\\s?IN=' },
      { groups: ['lan', 'sender'], regex: '\\bMAC=((?:[0-9a-f]{2}:){5}[0-9a-f]{2}):((?:[0-9a-f]{2}:){5}[0-9a-f]{2})' },
      { groups: ['from', 'to'], regex: '\\bSRC=([0-9a-fA-F.:]+) DST=([0-9a-fA-F.:]+)' },
      { groups: ['proto', 'rest'], regex: '\\bPROTO=(\\S+)(.*)' },
      {
        groups: ['from port', 'to port'],
        regex: '\\bPROTO=(?:TCP|UDP|UDPLITE|SCTP|DCCP|6|17) SPT=([0-9]+) DPT=([0-9]+)',
      },
    ],
    pairs: keyValues(),
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['from'],
      src_endpoint_port: ['from port'],
      src_endpoint_mac: ['sender'],
      dst_endpoint_ip: ['to'],
      dst_endpoint_port: ['to port'],
      dst_endpoint_mac: ['lan'],
      metadata_uid: ['ID'],
    }),
    ...syslogColumns,
    connection_info_protocol_name: (f) =>
      `CASE lower(${f.text('proto')}) WHEN 'icmpv6' THEN 'ipv6-icmp' ELSE ${protocolText(f.text('proto'))} END`,
    traffic_bytes_out: integer('LEN'),
    firewall_rule_name: (f) => `coalesce(${f.text('ruleset')}, rtrim(trim(${f.text('prefix')}, '[]'), ':'))`,
    proxy_action: (f) =>
      `CASE WHEN ${f.text('letter')} = 'A' OR regexp_matches(upper(${f.text('prefix')}), 'ACCEPT|ALLOW') THEN 'allowed' WHEN ${f.text('letter')} IN ('D', 'R') OR regexp_matches(upper(${f.text('prefix')}), 'DROP|BLOCK|DENY|REJECT') THEN 'blocked' END`,
    status: () => `'Success'`,
  },
  keeps: ['prefix', 'rest'],
  sees: ['flow.ip', 'flow.time'],
  blindTo: blind,
  sample: `Oct 14 08:00:42 gateway kernel: [LAN_OUT-2000-A]IN=eth1 OUT=eth0 MAC=02:00:00:00:00:01:02:00:00:00:00:02:08:00 SRC=10.40.1.20 DST=203.0.113.9 LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=4711 DF PROTO=TCP SPT=51544 DPT=443 WINDOW=64240 RES=0x00 SYN URGP=0
Oct 14 08:00:43 gateway kernel: [ 4711.000001] [UFW BLOCK] IN=eth0 OUT= MAC=02:00:00:00:00:01:02:00:00:00:00:02:08:00 SRC=198.51.100.7 DST=10.40.1.20 LEN=40 TOS=0x00 PREC=0x00 TTL=243 ID=1 PROTO=UDP SPT=40000 DPT=53 LEN=20
`,
} satisfies Format;
