import { type Expression, first, outcomeOfStatus, small, text } from '../expression.ts';
import type { Format } from '../format.ts';
import { connection, fieldNames, logName, outcomeOf, zeekLayout } from './zeek-dialects.ts';
import { logByMarks, type ZeekLog, zeekLogs } from './zeek-logs.ts';

const name = first(text('_path'), text('@stream'));

/** What the log's name alone tells. */
const byName =
  (fact: (entry: ZeekLog) => string | undefined): Expression =>
  (f) => {
    const cases = zeekLogs.flatMap((entry) => {
      const value = fact(entry);
      return value ? [`WHEN '${entry.log}' THEN '${value}'`] : [];
    });
    return `CASE ${name(f)} ${cases.join(' ')} END`;
  };

/** Any other Zeek log: kept with its time and, where it has them, its hosts, so that nothing is lost. */
export const zeekOther = {
  id: 'zeek.other',
  vendor: 'Zeek',
  product: 'Zeek',
  record: 'one record of any other Zeek log',
  class: (f) => `CASE WHEN ${f.text('id.orig_h')} IS NOT NULL THEN 4001 ELSE 0 END`,
  detect: (head) => {
    if (head.zeek !== null) return true;
    const has = fieldNames(head);
    const marks = ['id_orig_h', 'uid', 'fuid'].some((mark) => has.has(mark)) || logByMarks(has) !== null;
    return has.has('ts') && (logName(head) !== null || marks);
  },
  layout: zeekLayout,
  columns: {
    ...connection,
    src_endpoint_ip: first(text('id.orig_h'), text('src'), text('src_addr'), text('client_addr')),
    src_endpoint_port: (f) => `coalesce(${small('id.orig_p')(f)}, ${small('src_port')(f)})`,
    src_endpoint_mac: text('mac'),
    dst_endpoint_ip: first(text('id.resp_h'), text('dst'), text('dst_addr'), text('server_addr')),
    dst_endpoint_port: (f) => `coalesce(${small('id.resp_p')(f)}, ${small('dst_port')(f)}, ${small('p')(f)})`,
    metadata_log_name: name,
    app_name: byName((entry) => entry.protocol),
    connection_info_protocol_name: first(
      text('proto'),
      byName((entry) => entry.transport),
    ),
    status: first(
      outcomeOf('auth_success'),
      outcomeOf('success'),
      (f) =>
        `CASE WHEN ${name(f)} = 'radius' THEN CASE ${f.text('result')} WHEN 'success' THEN 'Success' WHEN 'failed' THEN 'Failure' END END`,
      outcomeOfStatus('status_code'),
    ),
    actor_user_name: first(text('username'), text('user')),
    finding_title: text('note'),
  },
  keeps: ['src', 'dst', 'src_addr', 'dst_addr', 'client_addr', 'server_addr', 'p', 'result', 'status_code', 'user'],
  sees: [],
  blindTo: ['names of hosts: the fields of this log are kept, but not searched for names'],
  sample: `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tweird
#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tname\tnotice\tpeer
#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tbool\tstring
1760428806.000000\tCg1\t10.40.1.20\t51700\t203.0.113.9\t443\tbad_TCP_checksum\tF\tzeek
`,
} satisfies Format;
