/**
 * Zeek logs that have no format of their own (https://docs.zeek.org/en/master/script-reference/log-files.html, checked
 * 2026-11-24). `marks`: fields, dots made underscores, that tell the log where its records do not carry its name; one
 * group of them is enough. `transport` is given where the protocol has only one.
 */
export type ZeekLog = {
  readonly log: string;
  readonly marks: readonly (readonly string[])[];
  readonly transport?: 'tcp' | 'udp';
  readonly protocol?: string;
};

export const zeekLogs: readonly ZeekLog[] = [
  { log: 'capture_loss', marks: [['percent_lost', 'gaps']] },
  { log: 'dce_rpc', marks: [['endpoint', 'operation']], transport: 'tcp', protocol: 'dce_rpc' },
  {
    log: 'dhcp',
    marks: [['msg_types'], ['client_addr', 'mac'], ['assigned_ip', 'mac']],
    transport: 'udp',
    protocol: 'dhcp',
  },
  { log: 'dnp3', marks: [['fc_request'], ['fc_reply']], transport: 'tcp', protocol: 'dnp3' },
  { log: 'dpd', marks: [['analyzer', 'failure_reason']] },
  {
    log: 'files',
    marks: [
      ['fuid', 'source'],
      ['fuid', 'analyzers'],
      ['fuid', 'seen_bytes'],
    ],
  },
  { log: 'intel', marks: [['seen_indicator'], ['seen_where']] },
  { log: 'irc', marks: [['nick'], ['dcc_file_name']], transport: 'tcp', protocol: 'irc' },
  {
    log: 'kerberos',
    marks: [
      ['request_type', 'client'],
      ['request_type', 'service'],
    ],
    protocol: 'kerberos',
  },
  { log: 'known_certs', marks: [['port_num', 'issuer_subject']] },
  { log: 'known_services', marks: [['port_num', 'port_proto']] },
  { log: 'ldap', marks: [['message_id', 'opcode']], protocol: 'ldap' },
  { log: 'modbus', marks: [['func']], transport: 'tcp', protocol: 'modbus' },
  { log: 'mysql', marks: [['cmd', 'arg']], transport: 'tcp', protocol: 'mysql' },
  { log: 'notice', marks: [['note', 'msg']] },
  {
    log: 'ntlm',
    marks: [['domainname'], ['server_nb_computer_name'], ['server_dns_computer_name'], ['server_tree_name']],
    transport: 'tcp',
    protocol: 'ntlm',
  },
  { log: 'ntp', marks: [['stratum', 'ref_id']], transport: 'udp', protocol: 'ntp' },
  { log: 'ocsp', marks: [['certStatus']] },
  { log: 'packet_filter', marks: [['filter', 'init']] },
  { log: 'pe', marks: [['compile_ts']] },
  {
    log: 'radius',
    marks: [['framed_addr'], ['mac', 'result'], ['username', 'result']],
    transport: 'udp',
    protocol: 'radius',
  },
  {
    log: 'rdp',
    marks: [['security_protocol'], ['keyboard_layout'], ['cookie', 'result']],
    transport: 'tcp',
    protocol: 'rdp',
  },
  { log: 'rfb', marks: [['client_major_version'], ['server_major_version']], transport: 'tcp', protocol: 'rfb' },
  { log: 'signatures', marks: [['sig_id', 'note']] },
  { log: 'sip', marks: [['call_id'], ['request_from']], protocol: 'sip' },
  { log: 'smb_mapping', marks: [['share_type']], transport: 'tcp', protocol: 'smb' },
  { log: 'smb_files', marks: [['times_modified', 'action']], transport: 'tcp', protocol: 'smb' },
  { log: 'smtp', marks: [['helo'], ['mailfrom'], ['rcptto']], transport: 'tcp', protocol: 'smtp' },
  { log: 'snmp', marks: [['get_requests']], transport: 'udp', protocol: 'snmp' },
  { log: 'socks', marks: [['request_host'], ['request_name'], ['bound_host']], transport: 'tcp', protocol: 'socks' },
  { log: 'software', marks: [['software_type']] },
  { log: 'ssh', marks: [['auth_attempts'], ['auth_success'], ['host_key_alg']], transport: 'tcp', protocol: 'ssh' },
  { log: 'stats', marks: [['pkts_proc']] },
  { log: 'syslog', marks: [['facility', 'severity']], protocol: 'syslog' },
  { log: 'tunnel', marks: [['tunnel_type']] },
  {
    log: 'ftp',
    marks: [
      ['command', 'user'],
      ['command', 'reply_code'],
    ],
    transport: 'tcp',
    protocol: 'ftp',
  },
  { log: 'weird', marks: [['name', 'peer']] },
];

/** The log whose marks are among these field names (dots made underscores), or null. */
export const logByMarks = (names: ReadonlySet<string>): ZeekLog | null =>
  zeekLogs.find((entry) => entry.marks.some((group) => group.every((mark) => names.has(mark)))) ?? null;
