import { describe, expect, it } from 'vitest';
import { toEcs } from './ecs.ts';
import { suricataEve } from './formats/suricata.ts';
import { zeekConn, zeekDns } from './formats/zeek.ts';
import { placeOf, put, type Tree, unmapped } from './nest.ts';
import { type EventRow, toOcsf } from './ocsf.ts';

const dns: EventRow = {
  class_uid: 4003,
  activity_id: null,
  time: '2025-10-14T08:00:00.123456Z',
  metadata_uid: 'C1',
  metadata_log_name: 'dns',
  src_endpoint_ip: '10.0.0.1',
  src_endpoint_port: 50000,
  dst_endpoint_ip: '10.0.0.53',
  dst_endpoint_port: 53,
  connection_info_protocol_name: 'udp',
  query_hostname: 'a.example',
  query_type: 'A',
  rcode: 'NXDOMAIN',
  status: 'Failure',
  answers: ['b.example', '192.0.2.1'],
  answer_ttls: ['60', '5'],
};

const http: EventRow = {
  class_uid: 4002,
  time: '2025-10-14T08:00:00.000000Z',
  src_endpoint_ip: 'fd00::1',
  dst_endpoint_ip: '2001:db8::1',
  dst_endpoint_port: 443,
  connection_info_protocol_name: 'TCP',
  http_request_http_method: 'POST',
  http_request_url_hostname: 'a.workers.dev',
  http_request_url_path: '/p',
  http_request_url_query: 'q=1',
  http_response_code: 200,
  traffic_bytes_out: 10,
  traffic_bytes_in: 0,
};

describe('OCSF', () => {
  it('classifies, and gives numbers beside names', () => {
    expect(toOcsf(dns, zeekDns, {})).toEqual({
      class_uid: 4003,
      class_name: 'DNS Activity',
      category_uid: 4,
      category_name: 'Network Activity',
      activity_id: 2,
      activity_name: 'Response',
      type_uid: 400302,
      type_name: 'DNS Activity: Response',
      severity_id: 1,
      severity: 'Informational',
      status: 'Failure',
      status_id: 2,
      metadata: { version: '1.7.0', product: { name: 'Zeek', vendor_name: 'Zeek' }, uid: 'C1', log_name: 'dns' },
      time: 1760428800123,
      time_dt: '2025-10-14T08:00:00.123456Z',
      src_endpoint: { ip: '10.0.0.1', port: 50000 },
      dst_endpoint: { ip: '10.0.0.53', port: 53 },
      connection_info: { direction_id: 0, protocol_name: 'udp', protocol_num: 17, uid: 'C1' },
      query: { hostname: 'a.example', type: 'A' },
      rcode: 'NXDOMAIN',
      rcode_id: 3,
      answers: [
        { rdata: 'b.example', ttl: 60 },
        { rdata: '192.0.2.1', ttl: 5 },
      ],
    });
  });

  it('takes the activity from the row where the format knows it', () => {
    expect(toOcsf({ ...dns, activity_id: 6 }, zeekDns, {})).toMatchObject({
      activity_name: 'Traffic',
      type_uid: 400306,
    });
    expect(toOcsf({ ...http, http_request_http_method: 'PROPFIND' }, suricataEve, {})).toMatchObject({
      activity_id: 99,
    });
    expect(toOcsf({ ...http, http_request_http_method: null }, suricataEve, {})).toMatchObject({ activity_id: 0 });
  });

  it('puts the URL together, guessing a scheme by the port alone, never for CONNECT', () => {
    const url = (row: EventRow): unknown => {
      const request = toOcsf(row, suricataEve, {}).http_request;
      return typeof request === 'object' && request !== null && 'url' in request ? request.url : null;
    };
    expect(url(http)).toMatchObject({ scheme: 'https', url_string: 'https://a.workers.dev/p?q=1' });
    expect(url({ ...http, dst_endpoint_port: 80, http_request_url_port: 8080 })).toMatchObject({
      url_string: 'http://a.workers.dev:8080/p?q=1',
    });
    expect(url({ ...http, http_request_url_hostname: '2001:db8::2' })).toMatchObject({
      url_string: 'https://[2001:db8::2]/p?q=1',
    });
    const tunnel = {
      ...http,
      http_request_http_method: 'CONNECT',
      http_request_url_path: null,
      http_request_url_query: null,
    };
    expect(url(tunnel)).toEqual({ hostname: 'a.workers.dev' });
  });

  it('names the algorithms of hashes and fingerprints', () => {
    const row = {
      ...http,
      tls_ja3: 'a'.repeat(32),
      tls_ja4: 't13d',
      tls_certificate_fingerprints: ['a'.repeat(40), 'b'.repeat(64), 'odd'],
    };
    expect(toOcsf(row, suricataEve, {})).toMatchObject({
      ja4_fingerprint_list: [{ value: 't13d', type: 'JA4', type_id: 1 }],
      tls: {
        ja3_hash: { value: 'a'.repeat(32), algorithm: 'MD5', algorithm_id: 1 },
        certificate: {
          fingerprints: [
            { value: 'a'.repeat(40), algorithm: 'SHA-1', algorithm_id: 2 },
            { value: 'b'.repeat(64), algorithm: 'SHA-256', algorithm_id: 3 },
            { value: 'odd', algorithm: 'Unknown', algorithm_id: 0 },
          ],
        },
      },
    });
  });

  it('tells ICMP of IPv6 by the addresses, and an unknown protocol by its name alone', () => {
    const info = (row: EventRow): unknown => toOcsf({ ...http, ...row }, zeekConn, {}).connection_info;
    expect(info({ connection_info_protocol_name: 'icmp' })).toMatchObject({ protocol_num: 58 });
    expect(info({ connection_info_protocol_name: 'icmp', src_endpoint_ip: '10.0.0.1' })).toMatchObject({
      protocol_num: 1,
    });
    expect(info({ connection_info_protocol_name: 'constructor' })).not.toHaveProperty('protocol_num');
    expect(info({ connection_info_protocol_name: 'unknown_transport' })).toEqual({
      direction_id: 0,
      protocol_name: 'unknown_transport',
    });
  });
});

describe('ECS', () => {
  it('counts in its units, and derives what it has fields for', () => {
    const event = toEcs({ ...dns, duration: 3 }, zeekDns, { extra: 1 });
    expect(event).toMatchObject({
      '@timestamp': '2025-10-14T08:00:00.123456Z',
      event: {
        kind: 'event',
        category: ['network'],
        module: 'zeek',
        dataset: 'zeek.dns',
        outcome: 'failure',
        duration: 3_000_000,
        id: 'C1',
      },
      source: { ip: '10.0.0.1', port: 50000, address: '10.0.0.1' },
      client: { ip: '10.0.0.1' },
      server: { ip: '10.0.0.53', port: 53 },
      network: { transport: 'udp', direction: 'internal', type: 'ipv4' },
      dns: {
        question: { name: 'a.example', type: 'A' },
        response_code: 'NXDOMAIN',
        resolved_ip: ['192.0.2.1'],
        type: 'answer',
      },
      zeek: { extra: 1 },
    });
    expect(event.dns).toMatchObject({
      answers: [
        { data: 'b.example', ttl: 60 },
        { data: '192.0.2.1', ttl: 5 },
      ],
    });
  });

  it('gives the request as it was logged and as a full URL', () => {
    expect(toEcs(http, suricataEve, {})).toMatchObject({
      url: {
        original: '/p?q=1',
        full: 'https://a.workers.dev/p?q=1',
        domain: 'a.workers.dev',
        path: '/p',
        query: 'q=1',
      },
      network: { bytes: 10, direction: 'outbound', type: 'ipv6', transport: 'tcp' },
    });
    const said = toEcs({ ...http, http_request_url_scheme: 'http', dst_endpoint_port: null }, suricataEve, {});
    expect(said).toMatchObject({ url: { original: 'http://a.workers.dev/p?q=1' } });
  });

  it('says nothing of a network where there are no addresses', () => {
    expect(toEcs({ class_uid: 0, time: '2025-10-14T08:00:00.000000Z' }, zeekConn, {})).toEqual({
      ecs: { version: '8.17.0' },
      '@timestamp': '2025-10-14T08:00:00.000000Z',
      event: { kind: 'event', category: ['network'], type: ['info'], module: 'zeek', dataset: 'zeek.conn' },
    });
  });
});

describe('nesting', () => {
  it('merges spread lists by position, and puts nothing for what is empty', () => {
    const root: Tree = {};
    put(root, placeOf('a.b[].c'), ['1', null, '3']);
    put(root, placeOf('a.b[].d.e'), ['x']);
    put(root, placeOf('a.f'), []);
    put(root, placeOf('a.g'), null);
    put(root, placeOf('a.h'), 0);
    expect(root).toEqual({ a: { b: [{ c: '1', d: { e: 'x' } }, {}, { c: '3' }], h: 0 } });
  });

  it('keeps what no column took, under names without dots', () => {
    const record = {
      'id.orig_h': '10.0.0.1',
      'a.b': 1,
      c: { d: 2, e: null, f: { g: '' } },
      h: [],
      i: false,
      _path: 'dns',
      j: [0],
    };
    expect(unmapped(record, new Set(['id.orig_h', 'c.x']))).toEqual({ a_b: 1, c: { d: 2 }, i: false, j: [0] });
    expect(unmapped(record, new Set(['c.d']))).not.toHaveProperty('c');
    expect(JSON.stringify(unmapped(JSON.parse('{"__proto__":{"x":1}}'), new Set()))).toBe('{"__proto__":{"x":1}}');
  });

  it('does not follow nesting without end', () => {
    for (const [open, close] of [
      ['{"a":', '}'],
      ['[', ']'],
      ['[{"a":', '}]'],
    ] as const) {
      const deep: unknown = JSON.parse(`${open.repeat(100_000)}1${close.repeat(100_000)}`);
      expect(JSON.stringify(unmapped({ deep }, new Set()))).toContain('…');
    }
  });
});
