import { type Expression, first, hostText, integer, list, small, targetOf, text } from '../../expression.ts';
import type { Format } from '../../format.ts';
import type { Head } from '../../head.ts';
import { hasSome, json } from '../../layouts/json.ts';
import { addressOf, anyOf, hostOf, listOfMembers, portOf, protocolOf, recordTypeOf, timeOf } from '../../readings.ts';
import { mappedBlindTo, mappedPlaces } from './mapped.ts';

const url = targetOf('the url');

/** Does the event name an endpoint? A shipper's own fields alone do not make its text an ECS event. */
const endpoints = [
  'source.ip',
  'destination.ip',
  'client.ip',
  'server.ip',
  'destination.domain',
  'dns.question.name',
  'url.domain',
  'url.original',
  'url.full',
  'tls.client.server_name',
];
const namesEndpoint = hasSome(1, ...endpoints);
const isEcs = hasSome(
  1,
  'ecs.version',
  'event.category',
  'event.dataset',
  'event.module',
  'event.kind',
  'event.action',
  'data_stream.dataset',
  'agent.type',
  'observer.vendor',
);

const isOne =
  (name: string, value: string): Expression =>
  (f) =>
    `lower(${f.text(name)}) = '${value}'`;

/** Documents of the Elastic Common Schema, as Elasticsearch exports and Beats send them: https://www.elastic.co/docs/reference/ecs (checked 2026-11-24) */
export const ecsDocument = {
  id: 'ecs.document',
  vendor: 'Elastic',
  product: 'Elastic Common Schema',
  record: 'one event that another product already mapped',
  class: (f) =>
    `CASE WHEN ${f.text('dns.question.name')} IS NOT NULL THEN 4003 WHEN ${f.text('http.request.method')} IS NOT NULL OR ${f.text('http.response.status_code')} IS NOT NULL OR ${f.text('the url')} IS NOT NULL THEN 4002 ELSE 4001 END`,
  detect: (head: Head) => (isEcs(head) && namesEndpoint(head)) || hasSome(2, ...endpoints)(head),
  layout: json,
  steps: { 'the url': anyOf('url.full', 'url.original'), ...url.steps },
  columns: {
    time: timeOf('@timestamp', 'event.start', 'event.created'),
    end_time: timeOf('event.end'),
    duration: (f) => `try_cast(${f.text('event.duration')} AS BIGINT) // 1000000`,
    metadata_uid: text('event.id'),
    metadata_log_name: anyOf('event.dataset', 'data_stream.dataset'),
    status: (f) =>
      `CASE WHEN ${isOne('event.outcome', 'success')(f)} THEN 'Success' WHEN ${isOne('event.outcome', 'failure')(f)} THEN 'Failure' END`,
    device_hostname: hostOf('host.name', 'host.hostname', 'observer.hostname', 'observer.name', 'agent.hostname'),
    src_endpoint_ip: addressOf('source.ip', 'client.ip', 'source.address'),
    src_endpoint_port: portOf('source.port', 'client.port'),
    src_endpoint_hostname: hostOf('source.domain', 'client.domain'),
    src_endpoint_mac: anyOf('source.mac', 'client.mac'),
    dst_endpoint_ip: addressOf('destination.ip', 'server.ip', 'destination.address'),
    dst_endpoint_port: portOf('destination.port', 'server.port'),
    dst_endpoint_hostname: hostOf('destination.domain', 'server.domain'),
    dst_endpoint_mac: anyOf('destination.mac', 'server.mac'),
    app_name: anyOf('network.protocol', 'network.application'),
    connection_info_protocol_name: protocolOf('network.transport', 'network.iana_number'),
    traffic_bytes_out: first(integer('source.bytes'), integer('client.bytes')),
    traffic_bytes_in: first(integer('destination.bytes'), integer('server.bytes')),
    traffic_bytes: integer('network.bytes'),
    traffic_packets_out: first(integer('source.packets'), integer('client.packets')),
    traffic_packets_in: first(integer('destination.packets'), integer('server.packets')),
    query_hostname: hostOf('dns.question.name'),
    query_type: recordTypeOf('dns.question.type'),
    query_class: text('dns.question.class'),
    rcode: (f) => `upper(${f.text('dns.response_code')})`,
    answers: first(listOfMembers('dns.answers', 'data'), list('dns.answers.data'), list('dns.resolved_ip')),
    answer_ttls: listOfMembers('dns.answers', 'ttl'),
    http_request_http_method: (f) => `upper(${f.text('http.request.method')})`,
    http_request_url_scheme: first(url.scheme, text('url.scheme')),
    http_request_url_hostname: (f) => `coalesce(${hostText(f.text('url.domain'))}, ${url.host(f)})`,
    http_request_url_port: first(small('url.port'), url.port),
    http_request_url_path: first(text('url.path'), url.path),
    http_request_url_query: first(text('url.query'), url.query),
    http_request_user_agent: text('user_agent.original'),
    http_request_referrer: text('http.request.referrer'),
    http_request_version: text('http.version'),
    http_request_length: integer('http.request.body.bytes'),
    http_response_code: small('http.response.status_code'),
    http_response_content_type: text('http.response.mime_type'),
    http_response_length: integer('http.response.body.bytes'),
    proxy_action: text('event.action'),
    firewall_rule_name: text('rule.name'),
    actor_user_name: anyOf('user.name', 'source.user.name', 'client.user.name'),
    actor_process_name: text('process.name'),
    actor_process_file_path: text('process.executable'),
    tls_sni: hostOf('tls.client.server_name'),
    tls_version: text('tls.version'),
    tls_cipher: text('tls.cipher'),
    tls_ja3: text('tls.client.ja3'),
    tls_ja3s: text('tls.server.ja3s'),
    tls_ja4: text('tls.client.ja4'),
    tls_certificate_fingerprints: (f) =>
      `nullif(list_filter([lower(${f.text('tls.server.hash.sha256')}), lower(${f.text('tls.server.hash.sha1')})], x -> x IS NOT NULL), [])`,
    tls_certificate_subject: anyOf(
      'tls.server.subject',
      'tls.server.x509.subject.distinguished_name',
      'tls.server.x509.subject.common_name',
    ),
    tls_certificate_issuer: anyOf(
      'tls.server.issuer',
      'tls.server.x509.issuer.distinguished_name',
      'tls.server.x509.issuer.common_name',
    ),
    tls_certificate_serial: text('tls.server.x509.serial_number'),
    tls_certificate_created: timeOf('tls.server.not_before', 'tls.server.x509.not_before'),
    tls_certificate_expires: timeOf('tls.server.not_after', 'tls.server.x509.not_after'),
    tls_certificate_sans: list('tls.server.x509.alternative_names'),
    file_name: text('file.name'),
    file_hashes: (f) =>
      `nullif(list_filter([${['sha256', 'sha1', 'md5'].map((kind) => `lower(${f.text(`file.hash.${kind}`)})`).join(', ')}], x -> x IS NOT NULL), [])`,
  },
  sees: mappedPlaces,
  blindTo: mappedBlindTo,
  sample: `{"@timestamp":"2025-10-14T08:00:00.500Z","ecs":{"version":"8.17.0"},"event":{"category":["network"],"dataset":"example.dns","kind":"event","outcome":"success"},"source":{"ip":"10.40.1.20","port":51000},"destination":{"ip":"10.40.0.53","port":53},"dns":{"question":{"name":"sync.example-team.workers.dev","type":"A"},"answers":[{"data":"203.0.113.7","ttl":300,"type":"A"}],"response_code":"NOERROR"},"network":{"protocol":"dns","transport":"udp"},"host":{"name":"sensor-1"}}
{"@timestamp":"2025-10-14T08:00:01.500Z","ecs":{"version":"8.17.0"},"event":{"category":["web"],"kind":"event"},"source":{"ip":"10.40.1.20"},"url":{"full":"https://sync.example-team.workers.dev/poll?id=1"},"http":{"request":{"method":"GET"},"response":{"status_code":200}},"user_agent":{"original":"ExampleBrowser/1.0"}}
`,
} satisfies Format;
