import { epochSeconds } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { headerTable, table } from '../../layouts/table.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { addressOf, hostOf } from '../../readings.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';
import { activities, activityOf, leaseBlindTo, MAC } from './lease.ts';

const KEA = '\\bDHCP[46]_(?:[A-Z0-9_]*LEASE[A-Z0-9_]*|INIT_REBOOT) .*(?:hwtype=|duid=)|\\bDHCP[46]_LEASE_[A-Z0-9_]+ ';

/** Kea: https://kea.readthedocs.io (Kea messages manual 2.6, checked 2026-11-24). */
export const keaDhcp = {
  id: 'kea.dhcp',
  vendor: 'ISC',
  product: 'Kea',
  record: 'one lease offered, given, renewed or freed',
  class: 'dhcp',
  detect: looksLike(KEA),
  line: KEA,
  layout: textLayout('kea-dhcp', {
    is: KEA,
    cuts: [
      syslogCut,
      { groups: ['message'], regex: '\\b(DHCP[46]_[A-Z0-9_]+)' },
      { groups: ['mac'], regex: `\\[hwtype=[0-9]+ (${MAC})\\]` },
      { groups: ['mac'], regex: `duid=\\[(${MAC})\\]` },
      { groups: ['seconds'], regex: ' for ([0-9]{1,10}) seconds' },
      { groups: ['address'], regex: `\\b(?:lease|address) (?:for )?(?:address )?(${IP})` },
      { groups: ['name'], regex: "\\bhostname '?([\\w.-]+)" },
    ],
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      src_endpoint_ip: ['address'],
      src_endpoint_mac: ['mac'],
      src_endpoint_hostname: ['name'],
      metadata_log_name: ['message'],
      lease_dur: ['seconds'],
    }),
    activity_id: activityOf(
      (f) => f.text('message'),
      [
        ['LEASE_(ALLOC|RENEW|REUSE|EXTEND)', 'ack'],
        ['RELEASE', 'release'],
        ['DECLINE', 'decline'],
        ['(ADVERT|OFFER)', 'offer'],
        ['(RECLAIM|EXPIRE)', 'expire'],
        ['INIT_REBOOT', 'request'],
      ],
    ),
    time: syslogColumns.time,
    app_name: () => `'dhcp'`,
  },
  sees: ['dhcp.lease'],
  blindTo: [...leaseBlindTo, 'the name of the host, which the usual messages leave out'],
  sample: `2025-10-14 08:01:08.125 INFO  [kea-dhcp4.leases/4711.1] DHCP4_LEASE_ALLOC [hwtype=1 02:00:00:00:00:01], cid=[01:02:00:00:00:00:01], tid=0x1: lease 10.40.1.20 has been allocated for 3600 seconds
`,
} satisfies Format;

/** The columns from the first to those that every version has: Kea Administrator Reference Manual 3.0, memfile (checked 2026-11-24). */
const CSV_HEADER = /^address,(?:hwaddr,client_id|duid),valid_lifetime,expire,subnet_id,/;

/** Kea escapes a comma of a name as `&#x2c`. */
export const keaLeases = {
  id: 'kea.leases',
  vendor: 'ISC',
  product: 'Kea lease file',
  record: 'one lease as it was last given, freed or taken back',
  class: 'dhcp',
  detect: (head) => CSV_HEADER.test(head.lines[0] ?? ''),
  layout: table('kea-leases', (head) => headerTable(head, ','), 6, ''),
  columns: {
    time: (f) =>
      epochSeconds(
        `(try_cast(${f.text('expire')} AS BIGINT) - CASE WHEN ${f.text('state')} = '2' THEN 0 ELSE try_cast(${f.text('valid_lifetime')} AS BIGINT) END)`,
      ),
    metadata_log_name: () => `'leases'`,
    app_name: () => `'dhcp'`,
    src_endpoint_ip: addressOf('address'),
    src_endpoint_hostname: hostOf('hostname'),
    src_endpoint_mac: (f) => `coalesce(${f.text('hwaddr')}, ${f.text('duid')})`,
    activity_id: (f) =>
      `CASE WHEN ${f.text('state')} = '1' THEN ${activities.decline} WHEN ${f.text('state')} = '2' THEN ${activities.expire} WHEN ${f.text('state')} = '3' OR ${f.text('valid_lifetime')} = '0' THEN ${activities.release} ELSE ${activities.ack} END`,
    lease_dur: (f) => `try_cast(${f.text('valid_lifetime')} AS BIGINT)`,
  },
  sees: ['dhcp.lease'],
  blindTo: [...leaseBlindTo, 'earlier leases of an address, once Kea has cleaned the file up'],
  header:
    'address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id',
  sample: `address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
10.40.1.20,02:00:00:00:00:01,01:02:00:00:00:00:01,3600,1760432400,1,1,1,laptop-20.example.,0,,0
10.40.1.21,02:00:00:00:00:02,,3600,1760432460,1,0,0,laptop-21,0,,0
`,
} satisfies Format;
