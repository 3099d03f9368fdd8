import type { Format } from '../../format.ts';
import { commaCells } from '../../layouts/pairs.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { looksLike } from '../../text/expressions.ts';
import { activityOf, leaseBlindTo } from './lease.ts';

const WINDOWS = '^\\s*[0-9]{2},[0-9]{2}/[0-9]{2}/[0-9]{2,4},[0-9]{2}:[0-9]{2}:[0-9]{2},[^,]*,[^,]*,[^,]*,';

/** The audit log of the Windows DHCP server (DhcpSrvLog-*.log): https://learn.microsoft.com (checked 2026-11-24). Local time. */
export const windowsDhcp = {
  id: 'windows.dhcp',
  vendor: 'Microsoft',
  product: 'Windows DHCP Server',
  record: 'one lease given, renewed or freed, or one other event',
  class: 'dhcp',
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
    activity_id: activityOf(
      (f) => `trim(${f.text('#1')})`,
      [
        ['^(10|11|20)$', 'ack'],
        ['^12$', 'release'],
        ['^1[678]$', 'expire'],
        ['^13$', 'decline'],
        ['^15$', 'nak'],
      ],
    ),
  },
  sees: ['dhcp.lease'],
  blindTo: [...leaseBlindTo, 'the zone of its clock, which is local time'],
  sample: `10,10/14/25,08:01:09,Assign,10.40.1.20,laptop-20.example,020000000001,,4711,0,,,,,,,,,0
11,10/14/25,09:01:09,Renew,10.40.1.21,laptop-21.example,020000000002,,4712,0,,,,,,,,,0
`,
} satisfies Format;
