import { hostText } from '../expression.ts';
import type { Format } from '../format.ts';
import { commaCells } from '../layouts/pairs.ts';
import { text as textLayout } from '../layouts/text.ts';
import { fromKeys } from '../text/columns.ts';
import { IP, looksLike } from '../text/expressions.ts';
import { fileTime, syslogCut, syslogSteps } from '../text/syslog.ts';

/** Leases tell which host had an address, and when; they are no contacts, so their class is the base event. */

const MAC = '(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}';
const blindTo = ['where the host went: a lease only tells who had an address', 'hosts with a fixed address'];
const steps = {
  'syslog time': syslogSteps['syslog time'] ?? fileTime,
  'syslog host': syslogSteps['syslog host'] ?? fileTime,
  'syslog tag': syslogSteps['syslog tag'] ?? fileTime,
  'syslog app': syslogSteps['syslog app'] ?? fileTime,
};

const ISC = `\\b(?:dhcpd|dnsmasq-dhcp|in\\.dhcpd)(?:\\[[0-9]+\\])?: (?:[0-9]+ )?(?:DHCP(?:DISCOVER|OFFER|REQUEST|ACK|NAK|RELEASE|INFORM|DECLINE|EXPIRE)|r-l-e|Abandoning|Advertise|Reply|Request|Solicit|Renew)|\\bDHCP(?:DISCOVER|OFFER|REQUEST|ACK|NAK|RELEASE|INFORM|DECLINE|EXPIRE)(?:\\(\\S+\\))? (?:on|for|from|of|to|${IP})`;

/** ISC dhcpd (Infoblox NIOS too) and dnsmasq: https://kb.isc.org (ISC DHCP 4.4 logging, checked 2026-11-24). */
export const iscDhcp = {
  id: 'isc.dhcp',
  vendor: 'ISC',
  product: 'ISC DHCP, Infoblox NIOS DHCP, dnsmasq DHCP',
  record: 'one DHCP message',
  class: 'base',
  detect: looksLike(ISC),
  line: ISC,
  layout: textLayout('isc-dhcp', {
    is: ISC,
    cuts: [
      syslogCut,
      { groups: ['message'], regex: '\\b(DHCP[A-Z]+|Advertise|Reply|Request|Solicit|Renew|r-l-e)' },
      { groups: ['address'], regex: `\\b(?:DHCP[A-Z]+ (?:on|for|of)|address|for:) (${IP})` },
      { groups: ['server'], regex: `\\bDHCPREQUEST for \\S+ \\((${IP})\\)` },
      { groups: ['mac', 'name'], regex: `\\b(?:from|to) (${MAC})(?: \\(([^)]+)\\))?` },
      { groups: ['address', 'mac', 'name'], regex: `\\bDHCP[A-Z]+\\(\\S+\\) (${IP}) (${MAC})(?: (\\S+))?` },
      { groups: ['mac'], regex: `\\bDHCP[A-Z]+\\(\\S+\\) (${MAC})` },
      { groups: ['address', 'name', 'mac'], regex: `\\br-l-e:(${IP}),[^,]*,([^,]*),(${MAC})` },
      { groups: ['interface'], regex: '\\bvia (\\S+)' },
    ],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['address'],
      src_endpoint_mac: ['mac'],
      src_endpoint_hostname: ['name'],
      dst_endpoint_ip: ['server'],
      metadata_log_name: ['message'],
      actor_process_name: ['syslog app'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    device_hostname: (f) => hostText(f.text('syslog host')),
    app_name: () => `'dhcp'`,
  },
  sees: [],
  blindTo,
  sample: `Oct 14 08:01:06 dhcp1 dhcpd[4711]: DHCPACK on 10.40.1.20 to 02:00:00:00:00:01 (laptop-20) via eth0
Oct 14 08:01:07 dhcp1 dnsmasq-dhcp[4712]: DHCPACK(eth0) 10.40.1.21 02:00:00:00:00:02 laptop-21
`,
} satisfies Format;

const KEA = '\\bDHCP[46]_(?:LEASE_|[A-Z_]*LEASE)[A-Z0-9_]+ .*hwtype=|\\bDHCP[46]_LEASE_[A-Z0-9_]+ ';

/** Kea: https://kea.readthedocs.io (Kea messages manual 2.6, checked 2026-11-24). */
export const keaDhcp = {
  id: 'kea.dhcp',
  vendor: 'ISC',
  product: 'Kea',
  record: 'one lease offered, given, renewed or freed',
  class: 'base',
  detect: looksLike(KEA),
  line: KEA,
  layout: textLayout('kea-dhcp', {
    is: KEA,
    cuts: [
      syslogCut,
      { groups: ['message'], regex: '\\b(DHCP[46]_[A-Z0-9_]+)' },
      { groups: ['mac'], regex: `\\[hwtype=[0-9]+ (${MAC})\\]` },
      { groups: ['address'], regex: `\\b(?:lease|address) (?:for )?(${IP})` },
      { groups: ['name'], regex: "\\bhostname '?([\\w.-]+)" },
    ],
  }),
  steps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['address'],
      src_endpoint_mac: ['mac'],
      src_endpoint_hostname: ['name'],
      metadata_log_name: ['message'],
    }),
    time: (f) => `coalesce(${f.text('syslog time')}, ${fileTime(f)})`,
    app_name: () => `'dhcp'`,
  },
  sees: [],
  blindTo: [...blindTo, 'the name of the host, which the usual messages leave out'],
  sample: `2025-10-14 08:01:08.125 INFO  [kea-dhcp4.leases/4711.1] DHCP4_LEASE_ALLOC [hwtype=1 02:00:00:00:00:01], cid=[01:02:00:00:00:00:01], tid=0x1: lease 10.40.1.20 has been allocated for 3600 seconds
`,
} satisfies Format;

const WINDOWS = '^\\s*[0-9]{2},[0-9]{2}/[0-9]{2}/[0-9]{2,4},[0-9]{2}:[0-9]{2}:[0-9]{2},[^,]*,[^,]*,[^,]*,';

/** The audit log of the Windows DHCP server (DhcpSrvLog-*.log): https://learn.microsoft.com (checked 2026-11-24). Local time. */
export const windowsDhcp = {
  id: 'windows.dhcp',
  vendor: 'Microsoft',
  product: 'Windows DHCP Server',
  record: 'one lease given, renewed or freed, or one other event',
  class: 'base',
  detect: looksLike(WINDOWS),
  line: WINDOWS,
  layout: textLayout('windows-dhcp', { is: WINDOWS, pairs: commaCells }),
  columns: {
    ...fromKeys({
      metadata_log_name: ['#1'],
      src_endpoint_ip: ['#5'],
      src_endpoint_hostname: ['#6'],
      src_endpoint_mac: ['#7'],
      actor_user_name: ['#8'],
      metadata_uid: ['#9'],
    }),
    time: (f) => `try_strptime(${f.text('#2')} || ' ' || ${f.text('#3')}, ['%m/%d/%y %H:%M:%S', '%m/%d/%Y %H:%M:%S'])`,
    app_name: () => `'dhcp'`,
    proxy_action: (f) => f.text('#4'),
  },
  sees: [],
  blindTo: [...blindTo, 'the zone of its clock, which is local time'],
  sample: `10,10/14/25,08:01:09,Assign,10.40.1.20,laptop-20.example,020000000001,,4711,0,,,,,,,,,0
11,10/14/25,09:01:09,Renew,10.40.1.21,laptop-21.example,020000000002,,4712,0,,,,,,,,,0
`,
} satisfies Format;
