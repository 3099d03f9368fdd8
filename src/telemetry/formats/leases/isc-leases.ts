import { epochSeconds, hostText } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { IP, looksLike } from '../../text/expressions.ts';
import { activityOf, leaseBlindTo, MAC } from './lease.ts';

const LEASE = `^\\s*(?:lease ${IP} \\{|ia-[a-z]+ .*iaaddr )`;

/** A date of the file: weekday, then UTC; or seconds since 1970 where the server was told to write those; or `never`. */
const date = (name: string): { readonly groups: string[]; readonly regex: string } => ({
  groups: [`${name} day`, `${name} epoch`],
  regex: `[{;]\\s*${name} (?:[0-6] ([0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})|epoch ([0-9]{1,11}))`,
});
const at = (name: string) => (f: { readonly text: (name: string) => string }) =>
  `coalesce(try_strptime(${f.text(`${name} day`)}, '%Y/%m/%d %H:%M:%S'), ${epochSeconds(f.text(`${name} epoch`))})`;

/** The lease file of ISC dhcpd: dhcpd.leases(5) (checked 2026-11-24). Records of several lines come as one. UTC. */
export const iscLeases = {
  id: 'isc.leases',
  vendor: 'ISC',
  product: 'ISC DHCP lease file',
  record: 'one lease as it was last given, freed or taken back',
  class: 'dhcp',
  detect: looksLike(LEASE),
  line: LEASE,
  layout: textLayout('isc-leases', {
    is: LEASE,
    cuts: [
      { groups: ['address'], regex: `\\b(?:lease|iaaddr) (${IP}) \\{` },
      { groups: ['state'], regex: '[{;]\\s*binding state ([a-z]+)' },
      date('starts'),
      date('cltt'),
      date('ends'),
      { groups: ['mac'], regex: `\\bhardware [a-z-]+ (${MAC});` },
      { groups: ['uid'], regex: '(?:\\buid|^\\s*ia-[a-z]+) "((?:[^"\\\\]|\\\\.)*)"' },
      { groups: ['life'], regex: '\\bmax-life ([0-9]{1,10})' },
      { groups: ['name'], regex: '\\b(?:set ddns-fwd-name = |client-hostname )"([^"]*)"' },
    ],
  }),
  columns: {
    ...fromKeys({ src_endpoint_ip: ['address'], metadata_log_name: ['state'] }),
    time: (f) => `coalesce(${at('starts')(f)}, ${at('cltt')(f)}, ${at('ends')(f)})`,
    app_name: () => `'dhcp'`,
    src_endpoint_mac: (f) => `coalesce(${f.text('mac')}, hex(${f.text('uid')}))`,
    src_endpoint_hostname: (f) => hostText(f.text('name')),
    // A lease that is over was one from its start to its end all the same.
    activity_id: (f) =>
      activityOf(
        (g) => `coalesce(${g.text('state')}, 'active')`,
        [
          ['^(active|free|expired|released|backup)$', 'ack'],
          ['^abandoned$', 'decline'],
          ['^.', 'expire'],
        ],
      )(f),
    lease_dur: (f) =>
      `coalesce(greatest(0, date_diff('second', ${at('starts')(f)}, ${at('ends')(f)})), try_cast(${f.text('life')} AS BIGINT))`,
  },
  sees: ['dhcp.lease'],
  blindTo: [...leaseBlindTo, 'earlier leases of an address, once the server has written the file anew'],
  sample: `lease 10.40.1.20 { starts 2 2025/10/14 08:01:06; ends 2 2025/10/14 20:01:06; cltt 2 2025/10/14 08:01:06; binding state active; next binding state free; hardware ethernet 02:00:00:00:00:01; uid "\\001\\002\\000\\000\\000\\000\\001"; client-hostname "laptop-20"; }
lease 10.40.1.21 { starts epoch 1760428867; # Tue Oct 14 08:01:07 2025; ends epoch 1760472067; binding state free; hardware ethernet 02:00:00:00:00:02; }
`,
} satisfies Format;
