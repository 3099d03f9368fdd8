import { constant, type Expression, first, hostText, isoTime, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import type { Head } from '../../head.ts';
import { eventXml } from '../../layouts/event-xml.ts';
import { has, json, says } from '../../layouts/json.ts';
import { addressText, recordTypeOf } from '../../readings.ts';

/**
 * Windows events that name endpoints: Sysmon 3 (connection) and 22 (DNS query), Windows Filtering Platform 5156 and
 * 5157, DNS Client 3006 to 3020 (https://learn.microsoft.com/en-us/sysinternals/downloads/sysmon, checked 2026-11-24).
 * Other events are read as events without endpoints. Shippers put the same fields in different places.
 */
type Named = (name: string) => Expression;

const plain: Named = text;
/** Winlogbeat, evtx_dump, Azure Monitor, Wazuh; NXLog and Fluent Bit write the fields at the top. */
const places = ['winlog.event_data', 'Event.EventData', 'EventData', 'event_data', 'data.win.eventdata'];
/** Winlogbeat moves fields that ECS has. */
const moved: Readonly<Record<string, string>> = {
  QueryName: 'dns.question.name',
  QueryType: 'dns.question.type',
  SourceIp: 'source.ip',
  SourcePort: 'source.port',
  DestinationIp: 'destination.ip',
  DestinationPort: 'destination.port',
  Protocol: 'network.transport',
  Image: 'process.executable',
};
const shipped: Named = (name) =>
  first(
    ...places.map((at) => text(`${at}.${name}`)),
    text(name),
    ...(moved[name] === undefined ? [] : [text(moved[name])]),
  );
const atTop =
  (...names: readonly string[]): Named =>
  () =>
    first(...names.map(text));

type Facts = Readonly<Record<'id' | 'computer' | 'created' | 'user' | 'record', Expression>>;

const isOne =
  (id: Expression, ...of: readonly number[]): Expression =>
  (f) =>
    `try_cast(${id(f)} AS INTEGER) IN (${of.join(', ')})`;

/** `type:  5 name;::ffff:203.0.113.7;` as a list of names and addresses. */
const results =
  (of: Expression): Expression =>
  (f) =>
    `nullif(list_filter(list_transform(string_split(rtrim(${of(f)}, ';'), ';'), x -> regexp_replace(regexp_replace(trim(x), '^type: *[0-9]+ *', ''), '^::ffff:([0-9.]+)$', '\\1')), x -> x NOT IN ('', '-')), [])`;

/** Win32 error codes of DNS: https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes--9000-11999- */
const statusCode =
  (of: Expression): Expression =>
  (f) =>
    `CASE ${of(f)} WHEN '0' THEN 'NOERROR' WHEN '9001' THEN 'FORMERR' WHEN '9002' THEN 'SERVFAIL' WHEN '9003' THEN 'NXDOMAIN' WHEN '9004' THEN 'NOTIMP' WHEN '9005' THEN 'REFUSED' WHEN '9501' THEN 'NOERROR' END`;

/** 5156 and 5157 write the direction as a message number, and the device path of the program. */
function columnsOf(named: Named, facts: Facts) {
  const { id, computer, created, user, record } = facts;
  const port =
    (name: string, other: string): Expression =>
    (f) =>
      `CAST(try_cast(${first(named(name), named(other))(f)} AS USMALLINT) AS INTEGER)`;
  const address =
    (name: string, other: string): Expression =>
    (f) =>
      addressText(first(named(name), named(other))(f));
  const program = first(named('Image'), named('Application'));
  const query = named('QueryName');
  const utc = named('UtcTime');
  return {
    time: first(
      (f) => `CASE WHEN contains(${utc(f)}, ':') THEN ${isoTime(utc(f))} END`,
      (f) => isoTime(created(f)),
    ),
    activity_id: (f) => `CASE WHEN ${query(f)} IS NOT NULL THEN 1 WHEN ${isOne(id, 5157)(f)} THEN 5 ELSE 1 END`,
    metadata_uid: record,
    metadata_log_name: id,
    device_hostname: (f) => hostText(computer(f)),
    actor_user_name: (f) => `nullif(regexp_extract(${first(named('User'), user)(f)}, '[^\\\\]*$'), '')`,
    actor_process_file_path: program,
    actor_process_name: (f) => `nullif(regexp_extract(${program(f)}, '[^\\\\/]*$'), '')`,
    src_endpoint_ip: address('SourceIp', 'SourceAddress'),
    src_endpoint_port: port('SourcePort', 'SourcePort'),
    src_endpoint_hostname: (f) =>
      hostText(`coalesce(${named('SourceHostname')(f)}, CASE WHEN ${query(f)} IS NOT NULL THEN ${computer(f)} END)`),
    dst_endpoint_ip: address('DestinationIp', 'DestAddress'),
    dst_endpoint_port: port('DestinationPort', 'DestPort'),
    dst_endpoint_hostname: (f) => hostText(named('DestinationHostname')(f)),
    app_name: (f) => `CASE WHEN ${query(f)} IS NOT NULL THEN 'dns' ELSE ${named('DestinationPortName')(f)} END`,
    connection_info_protocol_name: (f) =>
      `CASE ${named('Protocol')(f)} WHEN '6' THEN 'tcp' WHEN '17' THEN 'udp' WHEN '1' THEN 'icmp' ELSE lower(${named('Protocol')(f)}) END`,
    query_hostname: (f) => hostText(query(f)),
    query_type: (f) => recordTypeOf('type')({ ...f, text: () => named('QueryType')(f) }),
    rcode: statusCode(named('QueryStatus')),
    answers: results(named('QueryResults')),
    status: (f) =>
      `CASE WHEN ${named('QueryStatus')(f)} = '0' OR ${isOne(id, 5156)(f)} THEN 'Success' WHEN ${named('QueryStatus')(f)} IS NOT NULL OR ${isOne(id, 5157)(f)} THEN 'Failure' END`,
  } satisfies Format['columns'];
}

const classOf =
  (named: Named, id: Expression): Expression =>
  (f) =>
    `CASE WHEN ${named('QueryName')(f)} IS NOT NULL THEN 4003 WHEN ${isOne(id, 3, 5156, 5157)(f)} THEN 4001 ELSE 0 END`;

const common = {
  vendor: 'Microsoft',
  product: 'Sysmon and Windows events',
  record:
    'one connection or DNS query of a program (Sysmon 3, 22; Filtering Platform 5156, 5157; DNS Client), or another event',
  sees: ['dns.query', 'dns.answer', 'flow.ip', 'flow.time', 'user.name'],
  blindTo: [
    'hosts without the sensor, and what its configuration leaves out',
    'URL paths and TLS server names',
    'bytes of a connection',
  ],
} as const;

const xmlFacts: Facts = {
  id: text('EventID'),
  computer: text('Computer'),
  created: text('SystemTime'),
  user: constant(''),
  record: text('EventRecordID'),
};

export const windowsXml = {
  ...common,
  id: 'windows.events',
  class: classOf(plain, xmlFacts.id),
  detect: (head: Head) => /^\s*<Event[\s>]/.test(head.lines[0] ?? '') && (head.lines[0] ?? '').includes('<EventID'),
  layout: eventXml,
  columns: columnsOf(plain, xmlFacts),
  sample: `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon' Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/><EventID>22</EventID><TimeCreated SystemTime='2025-10-14T08:00:01.250000000Z'/><EventRecordID>67</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>laptop-7.example.com</Computer></System><EventData><Data Name='UtcTime'>2025-10-14 08:00:00.500</Data><Data Name='QueryName'>sync.example-team.workers.dev</Data><Data Name='QueryStatus'>0</Data><Data Name='QueryResults'>::ffff:203.0.113.7;</Data><Data Name='Image'>C:\\Users\\Public\\updater.exe</Data><Data Name='User'>EXAMPLE\\alice</Data></EventData></Event>
<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>3</EventID><TimeCreated SystemTime='2025-10-14T08:00:02.250000000Z'/><EventRecordID>68</EventRecordID><Computer>laptop-7.example.com</Computer></System><EventData><Data Name='UtcTime'>2025-10-14 08:00:01.500</Data><Data Name='Image'>C:\\Users\\Public\\updater.exe</Data><Data Name='Protocol'>tcp</Data><Data Name='SourceIp'>10.40.1.20</Data><Data Name='SourcePort'>51544</Data><Data Name='DestinationIp'>203.0.113.7</Data><Data Name='DestinationPort'>443</Data></EventData></Event>
`,
} satisfies Format;

const jsonFacts: Facts = {
  id: atTop(
    'winlog.event_id',
    'event.code',
    'Event.System.EventID',
    'EventID',
    'event_id',
    'data.win.system.eventID',
  )(''),
  computer: atTop(
    'winlog.computer_name',
    'Event.System.Computer',
    'Computer',
    'Hostname',
    'computer_name',
    'data.win.system.computer',
    'host.name',
  )(''),
  created: atTop(
    '@timestamp',
    'Event.System.TimeCreated.#attributes.SystemTime',
    'TimeCreated',
    'EventTime',
    'TimeGenerated',
    'data.win.system.systemTime',
    'timestamp',
  )(''),
  user: atTop('AccountName', 'winlog.user.name')(''),
  record: atTop('winlog.record_id', 'Event.System.EventRecordID', 'RecordNumber', 'EventRecordID', 'record_number')(''),
};

const endpointData = ['QueryName', 'DestinationIp', 'DestAddress'].flatMap((name) =>
  ['winlog.event_data', 'Event.EventData', 'EventData', 'event_data', 'data.win.eventdata'].map(
    (at) => `${at}.${name}`,
  ),
);
const sysmonName = /Sysmon|DNS-Client|Security-Auditing/;
const providers = [
  'winlog.provider_name',
  'SourceName',
  'ProviderName',
  'Provider',
  'source_name',
  'Channel',
  'winlog.channel',
  'provider_name',
];

export const windowsJson = {
  ...common,
  id: 'windows.events-json',
  class: classOf(shipped, jsonFacts.id),
  detect: (head: Head) =>
    endpointData.some((name) => has(name)(head)) ||
    has('Event.System.EventID')(head) ||
    (providers.some((name) => says(name, sysmonName)(head)) &&
      (has('QueryName')(head) ||
        has('DestinationIp')(head) ||
        has('DestAddress')(head) ||
        has('EventID')(head) ||
        has('winlog.event_data')(head))),
  layout: json,
  columns: columnsOf(shipped, jsonFacts),
  sample: `{"EventTime":"2025-10-14 08:00:01","Hostname":"laptop-7.example.com","EventID":22,"SourceName":"Microsoft-Windows-Sysmon","Channel":"Microsoft-Windows-Sysmon/Operational","AccountName":"SYSTEM","UtcTime":"2025-10-14 08:00:00.500","QueryName":"sync.example-team.workers.dev","QueryStatus":"0","QueryResults":"type:  5 edge.example.net;::ffff:203.0.113.7;","Image":"C:\\\\Users\\\\Public\\\\updater.exe"}
{"EventTime":"2025-10-14 08:00:02","Hostname":"laptop-7.example.com","EventID":3,"SourceName":"Microsoft-Windows-Sysmon","UtcTime":"2025-10-14 08:00:01.500","Image":"C:\\\\Users\\\\Public\\\\updater.exe","Protocol":"tcp","SourceIp":"10.40.1.20","SourcePort":"51544","DestinationIp":"203.0.113.7","DestinationPort":"443"}
`,
} satisfies Format;
