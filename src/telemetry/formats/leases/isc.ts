import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { activityOf, leaseBlindTo, MAC } from './lease.ts';

const ISC = `\\b(?:dhcpd|dnsmasq-dhcp|in\\.dhcpd)(?:\\[[0-9]+\\])?: (?:[0-9]+ )?(?:DHCP(?:DISCOVER|OFFER|REQUEST|ACK|NA?C?K|REPLY|RELEASE|INFORM|DECLINE|EXPIRE)|r-l-e|Abandoning|Advertise|Reply|Request|Solicit|Renew)|\\bDHCP(?:DISCOVER|OFFER|REQUEST|ACK|NA?C?K|REPLY|RELEASE|INFORM|DECLINE|EXPIRE)(?:\\(\\S+\\))? (?:on|for|from|of|to|${IP})`;

/** ISC dhcpd (Infoblox NIOS too) and dnsmasq: https://kb.isc.org (ISC DHCP 4.4 logging, checked 2026-11-24). */
export const iscDhcp = {
  id: 'isc.dhcp',
  vendor: 'ISC',
  product: 'ISC DHCP, Infoblox NIOS DHCP, dnsmasq DHCP',
  record: 'one DHCP message',
  class: 'dhcp',
  detect: looksLike(ISC),
  line: ISC,
  layout: textLayout('isc-dhcp', {
    is: ISC,
    cuts: [
      syslogCut,
      {
        groups: ['message'],
        regex: '\\b(DHCP[A-Z]+|Advertise|Reply|Request|Solicit|Renew|Release|Decline|r-l-e:[^,]*,[A-Za-z]+)',
      },
      { groups: ['address'], regex: `\\b(?:DHCP[A-Z]+ (?:on|for|of)|address|for:) (${IP})` },
      { groups: ['seconds'], regex: '(?:lease-duration |valid for | \\[)([0-9]{1,10})(?:\\]| |$)' },
      { groups: ['server'], regex: `\\bDHCPREQUEST for \\S+ \\((${IP})\\)` },
      { groups: ['mac', 'name'], regex: `\\b(?:from|to) (${MAC})(?: \\(([^)]+)\\))?` },
      { groups: ['address', 'mac', 'name'], regex: `\\bDHCP[A-Z]+\\(\\S+\\) (${IP}) (${MAC})(?: (\\S+))?` },
      { groups: ['mac'], regex: `\\bDHCP[A-Z]+\\(\\S+\\) (${MAC})` },
      { groups: ['mac'], regex: `\\bduid (${MAC})` },
      {
        groups: ['address', 'name', 'mac', 'from', 'until'],
        regex: `\\br-l-e:(${IP}),[^,]*,([^,]*),(${MAC}),([0-9]{0,10}),([0-9]{0,10})`,
      },
      { groups: ['interface'], regex: '\\bvia (\\S+)' },
    ],
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['address'],
      src_endpoint_mac: ['mac'],
      src_endpoint_hostname: ['name'],
      dst_endpoint_ip: ['server'],
      metadata_log_name: ['message'],
      actor_process_name: ['syslog app'],
    }),
    ...syslogColumns,
    app_name: () => `'dhcp'`,
    activity_id: activityOf(
      (f) => f.text('message'),
      [
        ['^(DHCPACK|DHCPREPLY|Reply|r-l-e:.*,(Issued|Renewed|Fixed|Active))', 'ack'],
        ['^(DHCPRELEASE|Release|r-l-e:.*,(Released|Freed))', 'release'],
        ['^(DHCPEXPIRE|r-l-e:.*,Expired)', 'expire'],
        ['^(DHCPDECLINE|Decline|r-l-e:.*,Abandoned)', 'decline'],
        ['^DHCPNA', 'nak'],
        ['^(DHCPOFFER|Advertise)', 'offer'],
        ['^(DHCPREQUEST|Request|Renew)', 'request'],
        ['^(DHCPDISCOVER|Solicit)', 'discover'],
        ['^DHCPINFORM', 'inform'],
      ],
    ),
    lease_dur: (f) =>
      `coalesce(try_cast(${f.text('seconds')} AS BIGINT), try_cast(${f.text('until')} AS BIGINT) - try_cast(${f.text('from')} AS BIGINT))`,
  },
  sees: ['dhcp.lease'],
  blindTo: leaseBlindTo,
  sample: `Oct 14 08:01:06 dhcp1 dhcpd[4711]: DHCPACK on 10.40.1.20 to 02:00:00:00:00:01 (laptop-20) via eth0
Oct 14 08:01:06 dhcp1 dhcpd[4711]: DHCPACK on 10.40.1.22 to 02:00:00:00:00:03 (laptop-22) via eth2 relay 10.40.1.1 lease-duration 43200 (RENEW)
Oct 14 08:01:07 dhcp1 dnsmasq-dhcp[4712]: DHCPACK(eth0) 10.40.1.21 02:00:00:00:00:02 laptop-21
`,
} satisfies Format;
