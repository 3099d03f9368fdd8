/** Patterns as SQL over events say the same as patterns in memory over the same events as observed data. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '../src/lake/engine.ts';
import { type Column, columnNames, columns } from '../src/model/event.ts';
import { parseAddress } from '../src/observables/address.ts';
import { matchPattern } from '../src/patterns/match.ts';
import { parsePattern } from '../src/patterns/parse.ts';
import { compileEvents, type EventQuery } from '../src/patterns/sql.ts';

type Event = Partial<Record<Column, string | number | readonly string[]>>;
const all: ReadonlySet<Column> = new Set(columnNames);

const compile = (text: string, present = all): EventQuery => {
  const reading = parsePattern(text, '2.1');
  if (!reading.ok) throw new Error(reading.why);
  return compileEvents(reading.pattern, present);
};

const hosts = ['evil.example', 'a.evil.example', 'good.example'];
const events: readonly Event[] = [
  {
    time: '2026-01-01 00:00:00',
    src_endpoint_ip: '10.0.0.1',
    dst_endpoint_ip: '192.0.2.53',
    query_hostname: 'evil.example',
    answers: ['a.evil.example', '192.0.2.7', '2001:db8::7'],
  },
  {
    time: '2026-01-01 00:00:10',
    end_time: '2026-01-01 00:01:00',
    src_endpoint_ip: '10.0.0.2',
    dst_endpoint_ip: '192.0.2.200',
    dst_endpoint_port: 443,
    tls_sni: 'good.example',
    tls_ja3: 'd41d8cd98f00b204e9800998ecf8427e',
    connection_info_protocol_name: 'tcp',
    app_name: 'tls',
    traffic_bytes_out: 1500,
  },
  {
    time: '2026-01-01 00:00:20',
    src_endpoint_ip: '2001:db8::1',
    dst_endpoint_ip: '192.0.3.1',
    dst_endpoint_port: 80,
    http_request_url_scheme: 'http',
    http_request_url_hostname: 'evil.example',
    http_request_url_path: "/it's",
    http_request_url_query: 'q=1',
    http_request_user_agent: 'Mozilla/5.0 evil',
    http_request_http_method: 'GET',
    app_name: 'http',
    connection_info_protocol_name: 'tcp',
  },
  {
    time: '2026-01-01 00:00:30',
    src_endpoint_ip: '10.0.0.3',
    dst_endpoint_ip: '2001:db8::9',
    tls_certificate_fingerprints: ['da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    tls_certificate_subject: 'CN=evil',
    file_name: 'x.exe',
    actor_user_name: 'me',
  },
  { time: '2026-01-01 00:00:40' },
];

const engine = await openEngine({ file: null, memory: '500MB', temp: '/tmp' });
afterAll(() => engine.close());
const literal = (value: Event[Column]): string => {
  if (value === undefined) return 'NULL';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : `[${value.map(literal).join(', ')}]`;
};
const table = events
  .map(
    (event) =>
      `SELECT ${columnNames.map((name) => `CAST(${literal(event[name])} AS ${columns[name].type}) AS ${name}`).join(', ')}`,
  )
  .join(' UNION ALL ');
await engine.run(`CREATE TABLE event AS ${table}`);

/** Which events the query finds, by their place. */
async function found(text: string): Promise<readonly number[] | string> {
  const query = compile(text);
  if (!query.ok) return query.answer;
  const rows = await engine.rows(`SELECT rowid AS n FROM event WHERE ${query.where} ORDER BY n`, query.values);
  return rows.map(({ n }) => Number(n));
}

/** The event as somebody would write it as observed data: the same objects, one by one. */
function observedOf(event: Event): object {
  const objects: Record<string, Record<string, unknown>> = {};
  let count = 0;
  const add = (object: Record<string, unknown>): string => {
    const known = Object.entries(objects).find(([, other]) => JSON.stringify(other) === JSON.stringify(object));
    if (known !== undefined) return known[0];
    objects[String(count)] = object;
    return String(count++);
  };
  const host = (value: unknown): string | undefined => {
    if (typeof value !== 'string') return undefined;
    const address = parseAddress(value);
    return add({ type: address === null ? 'domain-name' : `ipv${address.version}-addr`, value });
  };
  for (const name of ['query_hostname', 'tls_sni', 'http_request_url_hostname'] as const) host(event[name]);
  if (Array.isArray(event.answers)) event.answers.map(host);
  const [src, dst] = [host(event.src_endpoint_ip), host(event.dst_endpoint_ip)];
  const name = host(event.http_request_url_hostname ?? event.tls_sni);
  const time = (value: unknown): unknown => (typeof value === 'string' ? `${value.replace(' ', 'T')}Z` : undefined);
  const traffic = {
    type: 'network-traffic',
    start: time(event.time),
    end: time(event.end_time),
    src_ref: src,
    dst_port: event.dst_endpoint_port,
    src_byte_count: event.traffic_bytes_out,
    protocols: [event.connection_info_protocol_name, event.app_name].filter((word) => word !== undefined),
    extensions: {
      'http-request-ext': {
        request_method: event.http_request_http_method,
        request_header: { 'User-Agent': event.http_request_user_agent },
      },
      'x-tls-ext': { ja3_hash: event.tls_ja3 },
    },
  };
  for (const to of [dst, name]) if (to !== undefined) add({ ...traffic, dst_ref: to });
  if (dst === undefined && name === undefined) add(traffic);
  if (event.http_request_url_path !== undefined)
    add({
      type: 'url',
      value: `${event.http_request_url_scheme}://${event.http_request_url_hostname}${event.http_request_url_path}?${event.http_request_url_query}`,
    });
  if (event.tls_certificate_subject !== undefined)
    add({
      type: 'x509-certificate',
      subject: event.tls_certificate_subject,
      hashes: { 'SHA-1': 'da39a3ee5e6b4b0d3255bfef95601890afd80709' },
    });
  if (event.file_name !== undefined) add({ type: 'file', name: event.file_name });
  if (event.actor_user_name !== undefined) add({ type: 'user-account', user_id: event.actor_user_name });
  const observed = {
    type: 'observed-data',
    number_observed: 1,
    first_observed: time(event.time),
    last_observed: time(event.end_time ?? event.time),
    objects,
  };
  return JSON.parse(JSON.stringify(observed));
}
const observed = events.map(observedOf);
const inMemory = (text: string): readonly number[] =>
  observed.flatMap((one, n) => (matchPattern(text, '2.1', [one]).verdict === 'match' ? [n] : []));

describe('the same answer as in memory', () => {
  it.each([
    ["[domain-name:value = 'evil.example']", [0, 2]],
    ["[domain-name:value LIKE '%.evil.example']", [0]],
    ["[domain-name:value != 'good.example']", [0, 2]],
    ["[domain-name:value IN ('good.example', 'a.evil.example')]", [0, 1]],
    ["[domain-name:value MATCHES '^[a-z]\\\\.']", [0]],
    ["[ipv4-addr:value = '192.0.2.7']", [0]],
    ["[ipv4-addr:value ISSUBSET '192.0.2.128/25']", [1]],
    ["[ipv4-addr:value NOT ISSUBSET '10.0.0.0/8']", [0, 1, 2]],
    ["[ipv6-addr:value = '2001:db8::7']", [0]],
    ["[url:value = 'http://evil.example/it\\'s?q=1']", [2]],
    ['[network-traffic:dst_port = 443]', [1]],
    ['[network-traffic:dst_port IN (80, 443) AND network-traffic:src_byte_count > 1000]', [1]],
    ["[network-traffic:dst_ref.type = 'domain-name' AND network-traffic:dst_ref.value = 'good.example']", [1]],
    ["[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = 'good.example']", []],
    ["[network-traffic:src_ref.value = '10.0.0.2' AND network-traffic:protocols[*] = 'tls']", [1]],
    ["[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' MATCHES 'evil$']", [2]],
    ["[network-traffic:extensions.'x-tls-ext'.ja3_hash = 'd41d8cd98f00b204e9800998ecf8427e']", [1]],
    ["[network-traffic:start >= t'2026-01-01T00:00:20Z']", [2, 3, 4]],
    ["[x509-certificate:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']", [3]],
    ["[x509-certificate:subject LIKE 'CN=%' OR file:name = 'y']", [3]],
    ["[user-account:user_id = 'me']", [3]],
    ['[EXISTS url:value]', [2]],
    ["[domain-name:value = 'evil.example'] OR [file:name = 'x.exe']", [0, 2, 3]],
    ["[domain-name:value = 'good.example'] START t'2026-01-01T00:00:50Z' STOP t'2026-01-01T00:02:00Z'", [1]],
    ["[domain-name:value = 'evil.example'] START t'2026-01-01T00:00:10Z' STOP t'2026-01-01T00:00:20Z'", []],
    ["[network-traffic:dst_port = '443']", []],
    ["[network-traffic:dst_port != '443']", [1, 2]],
    ["[domain-name:value = 'evil.example' AND ipv4-addr:value = '192.0.2.7']", []],
  ])('%s', async (text, expected) => {
    expect(inMemory(text)).toEqual(expected);
    const rows = await found(text);
    expect(rows === 'never' ? [] : rows).toEqual(expected);
  });

  it('for made-up patterns', async () => {
    const path = fc.constantFrom(
      'domain-name:value',
      'ipv4-addr:value',
      'url:value',
      'network-traffic:dst_port',
      'network-traffic:dst_ref.value',
      'file:name',
      'file:size',
    );
    const value = fc.constantFrom(...hosts.map((host) => `'${host}'`), "'192.0.2.7'", '443', '80', "'x.exe'", 'true');
    const comparison = fc
      .oneof(
        fc.tuple(path, fc.constantFrom('', 'NOT '), fc.constantFrom('=', '!='), value),
        fc.tuple(
          path,
          fc.constantFrom('', 'NOT '),
          fc.constantFrom('<', '>=', '>'),
          value.filter((text) => text !== 'true'),
        ),
        fc.tuple(
          path,
          fc.constantFrom('', 'NOT '),
          fc.constant('LIKE'),
          fc.constantFrom("'%evil%'", "'_.evil.example'", "'%'"),
        ),
        fc.tuple(
          path,
          fc.constantFrom('', 'NOT '),
          fc.constant('IN'),
          fc.constantFrom("('evil.example', '192.0.2.7')", '(80, 443)', '()'),
        ),
      )
      .map((parts) => parts.join(' '));
    const condition = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 2 },
        comparison,
        fc.tuple(tie('any'), fc.constantFrom('AND', 'OR'), tie('any')).map(([a, word, b]) => `(${a} ${word} ${b})`),
      ),
    })).any;
    await fc.assert(
      fc.asyncProperty(condition, async (inner) => {
        const rows = await found(`[${inner}]`);
        expect(rows === 'never' ? [] : rows).toEqual(inMemory(`[${inner}]`));
      }),
      { numRuns: 300 },
    );
  });
});

describe('what one event cannot answer', () => {
  it.each([
    ["[domain-name:value = 'a'] AND [domain-name:value = 'b']", 'memory', 'it needs more than one event'],
    ["[domain-name:value = 'a'] REPEATS 5 TIMES", 'memory', 'it needs more than one event'],
    ["[ipv6-addr:value ISSUBSET '2001:db8::/32']", 'memory', 'the engine does not know ranges of IPv6'],
    ["[domain-name:value = h'00']", 'memory', 'columns hold no bytes'],
    ["[domain-name:value MATCHES '(']", 'memory', /RE2/],
    ['[NOT EXISTS url:value]', 'memory', 'events do not tell what is absent'],
    ['[file:size > 7]', 'never', 'no column of these events holds file:size'],
    ['[process:name = 1 AND domain-name:value = 2]', 'never', /process:name/],
  ])('%s: %s, %s', (text, answer, why) => {
    expect(compile(text)).toEqual({
      ok: false,
      answer,
      why: typeof why === 'string' ? why : expect.stringMatching(why),
    });
  });

  it('is told too where something else of the pattern can be answered', () => {
    expect(compile("[file:size > 7 OR file:name = 'x']")).toMatchObject({
      ok: true,
      values: ['x'],
      unseen: ['file:size'],
    });
  });

  it.each([
    ['https', 443, 'https://evil.example/a'],
    ['https', 8443, 'https://evil.example:8443/a'],
    ['http', 80, 'http://evil.example/a'],
    ['http', 443, 'http://evil.example:443/a'],
  ])('%s at port %d is %s', async (scheme, port, value) => {
    const query = compile(`[url:value = '${value}']`);
    if (!query.ok) throw new Error(query.why);
    const rows = `SELECT * REPLACE ('${scheme}' AS http_request_url_scheme, CAST(${port} AS INTEGER) AS http_request_url_port, 'evil.example' AS http_request_url_hostname, '/a' AS http_request_url_path) FROM event LIMIT 1`;
    expect(await engine.rows(`SELECT 1 FROM (${rows}) WHERE ${query.where}`, query.values)).toHaveLength(1);
  });

  it('depends on the columns that the events have', async () => {
    const narrow: ReadonlySet<Column> = new Set(['time', 'http_request_url_hostname', 'http_request_url_path']);
    expect(compile('[network-traffic:dst_port = 443]', narrow)).toMatchObject({ answer: 'never' });
    const query = compile("[url:value = 'http://evil.example/a']", narrow);
    if (!query.ok) throw new Error(query.why);
    const rows = `SELECT TIMESTAMP '2026-01-01' AS time, 'evil.example' AS http_request_url_hostname, '/a' AS http_request_url_path`;
    expect(await engine.rows(`SELECT 1 FROM (${rows}) WHERE ${query.where}`, query.values)).toHaveLength(1);
  });
});

it('no value of a pattern becomes SQL', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("'; DROP TABLE event; --", "' OR true OR '", '$1', '%', "\\'", '\u0000', '"', '/*'),
      async (evil) => {
        const quoted = evil.replace(/[\\']/g, '\\$&');
        for (const operator of ['=', 'LIKE']) {
          const query = compile(`[domain-name:value ${operator} '${quoted}' OR user-account:user_id = '${quoted}']`);
          if (!query.ok) throw new Error(query.why);
          for (const piece of ['DROP', "''", 'true OR']) expect(query.where).not.toContain(piece);
          await engine.rows(`SELECT 1 FROM event WHERE ${query.where}`, query.values);
        }
        expect(await engine.rows('SELECT 1 FROM event')).toHaveLength(events.length);
      },
    ),
  );
});
