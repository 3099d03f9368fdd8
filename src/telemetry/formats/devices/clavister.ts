import type { Format } from '../../format.ts';
import { keyValues } from '../../layouts/pairs.ts';
import { text as textLayout } from '../../layouts/text.ts';
import { fromKeys } from '../../text/columns.ts';
import { looksLike } from '../../text/expressions.ts';
import { classBy } from '../../text/flows.ts';
import { syslogColumns, syslogCut, syslogSteps } from '../../text/syslog.ts';

const CLAVISTER =
  '\\bid=[0-9]{4,8} event=[a-z0-9_]+ (?:action=\\S+ )?.*\\[?message=|\\bid=[0-9]{4,8} event=[a-z0-9_]+ ';

/** Clavister NetWall (cOS Core): https://docs.clavister.com (Log Reference Guide, checked 2026-11-24). */
export const clavister = {
  id: 'clavister.log',
  vendor: 'Clavister',
  product: 'NetWall',
  record: 'one connection opened or closed, or one packet dropped',
  class: classBy({ ends: ['connsrcip', 'srcip', 'local_ip', 'server'] }),
  detect: looksLike(CLAVISTER),
  line: CLAVISTER,
  layout: textLayout('clavister', {
    is: CLAVISTER,
    cuts: [
      syslogCut,
      { groups: ['sent', 'sent unit'], regex: '\\borigsent=([0-9.]+) ?([KMG]?)' },
      { groups: ['received', 'received unit'], regex: '\\btermsent=([0-9.]+) ?([KMG]?)' },
    ],
    pairs: keyValues('[^\\s\\]]*'),
  }),
  steps: syslogSteps,
  columns: {
    ...fromKeys({
      metadata_log_name: ['event'],
      src_endpoint_ip: ['connsrcip', 'srcip', 'local_ip', 'client_ip'],
      src_endpoint_port: ['connsrcport', 'srcport'],
      dst_endpoint_ip: ['conndestip', 'destip', 'remote_ip', 'server'],
      dst_endpoint_port: ['conndestport', 'destport'],
      connection_info_protocol_name: ['connipproto', 'ipproto', 'protocol'],
      actor_user_name: ['username', 'user'],
      firewall_rule_name: ['rule'],
      proxy_action: ['action'],
      app_name: ['application'],
    }),
    ...syslogColumns,
    traffic_bytes_out: scaled('sent'),
    traffic_bytes_in: scaled('received'),
  },
  sees: ['flow.ip', 'flow.bytes', 'flow.time', 'user.name'],
  blindTo: ['host names and paths: a connection holds addresses only', 'exact bytes above 1,000: the log rounds them'],
  sample: `Oct 14 08:00:59 branch-fw id=600005 event=conn_close_natsat action=close [message=Connection closed connrecvzone="inside" conndestzone="outside" ][rules rule=out ][conn [conn connsrcip=10.40.1.20 conndestip=203.0.113.9 connipproto=TCP connsrcport=51544 conndestport=443 origsent=1.20 K termsent=5.40 K connrecvif=lan conndestif=wan ]]
`,
} satisfies Format;

function scaled(name: string) {
  return (f: { readonly text: (field: string) => string }): string =>
    `CAST(round(try_cast(${f.text(name)} AS DOUBLE) * CASE ${f.text(`${name} unit`)} WHEN 'K' THEN 1000 WHEN 'M' THEN 1000000 WHEN 'G' THEN 1000000000 ELSE 1 END) AS BIGINT)`;
}
