import { type Expression, first, hostText, integer, small, targetOf, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import { has, json } from '../../layouts/json.ts';
import {
  addressOf,
  anyOf,
  baseNameOf,
  hostOf,
  listOfMembers,
  memberOfFirst,
  portOf,
  protocolOf,
  recordTypeOf,
  responseCodeOf,
  timeOf,
} from '../../readings.ts';
import { mappedBlindTo, mappedPlaces } from './mapped.ts';

const url = targetOf('http_request.url.url_string');

/** The classes that name endpoints; other network classes (SSH, RDP, SMB…) are connections, anything else a plain event. */
const uid: Expression = (f) =>
  `CASE WHEN try_cast(${f.text('class_uid')} AS INTEGER) IN (4001, 4002, 4003, 2004) THEN try_cast(${f.text('class_uid')} AS INTEGER) WHEN try_cast(${f.text('class_uid')} AS INTEGER) BETWEEN 4001 AND 4999 THEN 4001 ELSE 0 END`;

/** OCSF events, as Security Lake and other products write them: https://schema.ocsf.io (checked 2026-11-24, up to 1.7) */
export const ocsfEvent = {
  id: 'ocsf.event',
  vendor: 'OCSF',
  product: 'Open Cybersecurity Schema Framework',
  record: 'one event that another product already mapped',
  class: uid,
  detect: (head) =>
    has('class_uid', 'time')(head) ||
    has('class_uid', 'metadata.version')(head) ||
    has('type_uid', 'category_uid')(head),
  layout: json,
  steps: url.steps,
  columns: {
    time: timeOf('time', 'time_dt', '_time'),
    end_time: timeOf('end_time', 'end_time_dt', 'connection_info.end_time'),
    duration: integer('duration'),
    activity_id: (f) =>
      `CASE WHEN ${uid(f)} = try_cast(${f.text('class_uid')} AS INTEGER) THEN try_cast(${f.text('activity_id')} AS INTEGER) END`,
    status: (f) =>
      `CASE WHEN ${f.text('status_id')} = '1' OR lower(${f.text('status')}) = 'success' THEN 'Success' WHEN ${f.text('status_id')} = '2' OR lower(${f.text('status')}) = 'failure' THEN 'Failure' END`,
    metadata_uid: anyOf('metadata.uid', 'connection_info.uid'),
    metadata_log_name: anyOf('metadata.log_name'),
    device_hostname: hostOf('device.hostname', 'device.name'),
    src_endpoint_ip: addressOf('src_endpoint.ip'),
    src_endpoint_port: portOf('src_endpoint.port'),
    src_endpoint_hostname: hostOf('src_endpoint.hostname', 'src_endpoint.domain'),
    src_endpoint_mac: text('src_endpoint.mac'),
    dst_endpoint_ip: addressOf('dst_endpoint.ip'),
    dst_endpoint_port: portOf('dst_endpoint.port'),
    dst_endpoint_hostname: hostOf('dst_endpoint.hostname', 'dst_endpoint.domain'),
    dst_endpoint_mac: text('dst_endpoint.mac'),
    app_name: text('app_name'),
    connection_info_protocol_name: protocolOf('connection_info.protocol_name', 'connection_info.protocol_num'),
    connection_info_state: text('status_code'),
    traffic_bytes_out: integer('traffic.bytes_out'),
    traffic_bytes_in: integer('traffic.bytes_in'),
    traffic_bytes: integer('traffic.bytes'),
    traffic_packets_out: integer('traffic.packets_out'),
    traffic_packets_in: integer('traffic.packets_in'),
    query_hostname: hostOf('query.hostname'),
    query_type: recordTypeOf('query.type'),
    query_class: text('query.class'),
    rcode: responseCodeOf('rcode', 'rcode_id'),
    answers: listOfMembers('answers', 'rdata'),
    answer_ttls: listOfMembers('answers', 'ttl'),
    http_request_http_method: (f) => `upper(${f.text('http_request.http_method')})`,
    http_request_url_scheme: first(text('http_request.url.scheme'), url.scheme),
    http_request_url_hostname: (f) => `coalesce(${hostText(f.text('http_request.url.hostname'))}, ${url.host(f)})`,
    http_request_url_port: first(small('http_request.url.port'), url.port),
    http_request_url_path: first(text('http_request.url.path'), url.path),
    http_request_url_query: first(text('http_request.url.query_string'), url.query),
    http_request_user_agent: text('http_request.user_agent'),
    http_request_referrer: text('http_request.referrer'),
    http_request_version: text('http_request.version'),
    http_request_length: integer('http_request.length'),
    http_response_code: first(small('http_response.code'), small('response.code')),
    http_response_content_type: text('http_response.content_type'),
    http_response_length: integer('http_response.length'),
    proxy_action: anyOf('disposition', 'action'),
    firewall_rule_name: anyOf('firewall_rule.name', 'firewall_rule.uid'),
    actor_user_name: text('actor.user.name'),
    actor_process_name: first(text('actor.process.name'), baseNameOf('actor.process.file.path')),
    actor_process_file_path: text('actor.process.file.path'),
    tls_sni: hostOf('tls.sni'),
    tls_version: text('tls.version'),
    tls_cipher: text('tls.cipher'),
    tls_ja3: text('tls.ja3_hash.value'),
    tls_ja3s: text('tls.ja3s_hash.value'),
    tls_ja4: memberOfFirst('ja4_fingerprint_list', 'value'),
    tls_certificate_fingerprints: listOfMembers('tls.certificate.fingerprints', 'value'),
    tls_certificate_subject: text('tls.certificate.subject'),
    tls_certificate_issuer: text('tls.certificate.issuer'),
    tls_certificate_serial: text('tls.certificate.serial_number'),
    tls_certificate_created: timeOf('tls.certificate.created_time', 'tls.certificate.created_time_dt'),
    tls_certificate_expires: timeOf('tls.certificate.expiration_time', 'tls.certificate.expiration_time_dt'),
    tls_certificate_sans: listOfMembers('tls.certificate.sans', 'name'),
    file_name: text('file.name'),
    file_hashes: listOfMembers('file.hashes', 'value'),
    finding_title: anyOf('finding_info.title', 'finding.title'),
  },
  sees: mappedPlaces,
  blindTo: mappedBlindTo,
  sample: `{"class_uid":4003,"category_uid":4,"activity_id":6,"type_uid":400306,"time":1760428800500,"severity_id":1,"metadata":{"version":"1.1.0","product":{"name":"Route 53","vendor_name":"AWS"}},"src_endpoint":{"ip":"10.40.1.20","port":51000},"query":{"hostname":"sync.example-team.workers.dev.","type":"A","class":"IN"},"answers":[{"rdata":"203.0.113.7","type":"A","class":"IN"}],"rcode":"NoError","rcode_id":0,"connection_info":{"protocol_name":"UDP","direction_id":0}}
{"class_uid":4001,"category_uid":4,"activity_id":6,"type_uid":400106,"time":1760428801500,"metadata":{"version":"1.1.0","product":{"name":"Amazon VPC","vendor_name":"AWS"}},"src_endpoint":{"ip":"10.40.1.20","port":51544},"dst_endpoint":{"ip":"203.0.113.9","port":443},"traffic":{"bytes":3400,"packets":12},"connection_info":{"protocol_num":6,"direction_id":2}}
`,
} satisfies Format;
