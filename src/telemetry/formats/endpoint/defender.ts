import { type Expression, first, hostText, targetOf } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { hasSome, json } from '../../layouts/json.ts';
import { addressText, anyOf, outcomeOfAction, protocolOf, timeOf } from '../../readings.ts';

/** Streamed events stand under `properties`, those of queries at the top. */
const either = (name: string): Expression => anyOf(`properties.${name}`, name);
const port =
  (name: string): Expression =>
  (f) =>
    `CAST(try_cast(${either(name)(f)} AS USMALLINT) AS INTEGER)`;
const extra =
  (member: string): Expression =>
  (f) =>
    `json_extract_string(try(CAST(${either('AdditionalFields')(f)} AS JSON)), '$.${member}')`;
const url = targetOf('remote url');

/** Advanced hunting tables: https://learn.microsoft.com/en-us/defender-xdr/advanced-hunting-devicenetworkevents-table (checked 2026-11-24) */
export const defenderNetwork = {
  id: 'microsoft.defender',
  vendor: 'Microsoft',
  product: 'Defender for Endpoint',
  record: 'one connection or DNS answer of a program (DeviceNetworkEvents, DeviceEvents)',
  class: (f) =>
    `CASE WHEN ${f.text('asked')} IS NOT NULL THEN 4003 WHEN contains(${f.text('remote url')}, '/') THEN 4002 ELSE 4001 END`,
  detect: (head) =>
    hasSome(
      3,
      'RemoteIP',
      'RemoteUrl',
      'RemotePort',
      'LocalIP',
      'InitiatingProcessFileName',
      'DeviceName',
      'ActionType',
    )(head) ||
    hasSome(
      3,
      'properties.RemoteIP',
      'properties.RemoteUrl',
      'properties.LocalIP',
      'properties.InitiatingProcessFileName',
      'properties.DeviceName',
      'properties.ActionType',
    )(head),
  layout: json,
  steps: {
    asked: first(extra('DnsQueryString'), extra('query')),
    'remote url': either('RemoteUrl'),
    ...url.steps,
  },
  columns: {
    time: timeOf('properties.Timestamp', 'Timestamp', 'TimeGenerated', 'time'),
    activity_id: (f) =>
      `CASE WHEN ${f.text('asked')} IS NOT NULL THEN 6 WHEN contains(${f.text('remote url')}, '/') THEN 0 WHEN ${either('ActionType')(f)} LIKE '%Failed' THEN 4 ELSE 1 END`,
    metadata_uid: either('ReportId'),
    metadata_log_name: either('ActionType'),
    device_hostname: (f) => hostText(either('DeviceName')(f)),
    src_endpoint_hostname: (f) => hostText(either('DeviceName')(f)),
    src_endpoint_ip: (f) => addressText(either('LocalIP')(f)),
    src_endpoint_port: port('LocalPort'),
    dst_endpoint_ip: (f) => addressText(either('RemoteIP')(f)),
    dst_endpoint_port: port('RemotePort'),
    // A bare name is where the program connected; more than a name is a URL.
    dst_endpoint_hostname: url.host,
    connection_info_protocol_name: protocolOf('properties.Protocol', 'Protocol'),
    query_hostname: (f) => hostText(f.text('asked')),
    answers: (f) =>
      `CASE WHEN ${extra('DnsQueryResult')(f)} IS NOT NULL THEN nullif(CAST(json_extract_string(try(CAST(${extra('DnsQueryResult')(f)} AS JSON)), '$[*].Result') AS VARCHAR[]), []) END`,
    ...url.columns,
    actor_user_name: either('InitiatingProcessAccountName'),
    actor_process_name: either('InitiatingProcessFileName'),
    actor_process_file_path: either('InitiatingProcessFolderPath'),
    status: (f) =>
      `CASE WHEN ${either('ActionType')(f)} LIKE '%Success' THEN 'Success' WHEN ${either('ActionType')(f)} LIKE '%Failed' THEN 'Failure' ELSE ${outcomeOfAction('Action')(f)} END`,
    file_hashes: (f) =>
      `CASE WHEN ${either('InitiatingProcessSHA256')(f)} IS NOT NULL THEN [lower(${either('InitiatingProcessSHA256')(f)})] END`,
  },
  keeps: ['AdditionalFields', 'properties.AdditionalFields'],
  sees: ['dns.query', 'dns.answer', 'http.host', 'http.url', 'flow.ip', 'flow.time', 'user.name'],
  blindTo: [
    'hosts without the sensor; the sensor samples repeated connections',
    'bytes of a connection',
    'URL paths, but for some web requests',
  ],
  sample: `{"Timestamp":"2025-10-14T08:00:00.500Z","DeviceId":"d1","DeviceName":"laptop-7.example.com","ActionType":"ConnectionSuccess","RemoteIP":"203.0.113.7","RemotePort":443,"RemoteUrl":"sync.example-team.workers.dev","LocalIP":"10.40.1.20","LocalPort":51544,"Protocol":"Tcp","InitiatingProcessFileName":"updater.exe","InitiatingProcessFolderPath":"C:\\\\Users\\\\Public\\\\updater.exe","InitiatingProcessAccountName":"alice"}
`,
} satisfies Format;
