import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { hunt } from '../src/pipeline/hunt.ts';
import { normalize } from '../src/pipeline/normalize.ts';
import { tryMapping } from '../src/pipeline/try-mapping.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-own-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let files = 0;
function fileWith(text: string): string {
  const file = path.join(temp, `file-${files++}`);
  writeFileSync(file, text);
  return file;
}

async function all<T>(records: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const record of records) list.push(record);
  return list;
}

const proxy = `
id: acme.proxy
vendor: Acme
product: Proxy
class: http
read: { lines: json }
detect: [clientAddr, target]
columns:
  time: { field: when, format: '%d.%m.%Y %H:%M:%S' }
  src_endpoint_ip: clientAddr
  url: target
  http_request_http_method: verb
  connection_info_protocol_name: { constant: tcp }
  actor_process_name: { field: exe, as: file-name }
`;
const request = {
  when: '14.10.2025 08:00:00',
  clientAddr: '10.40.1.20',
  target: 'https://sync.example-team.workers.dev/poll?id=1',
  verb: 'POST',
  exe: 'C:\\tools\\updater.exe',
  extra: 7,
};

describe('a mapping file', () => {
  it('reads JSON records of a format that nobody else knows', async () => {
    const log = fileWith(`${JSON.stringify(request)}\n`);
    const [record] = await all(normalize([log], { schema: 'ecs', as: null, mappings: [fileWith(proxy)] }));
    expect(record).toMatchObject({
      format: 'acme.proxy',
      event: {
        '@timestamp': '2025-10-14T08:00:00.000000Z',
        source: { ip: '10.40.1.20' },
        url: { domain: 'sync.example-team.workers.dev', path: '/poll', query: 'id=1', scheme: 'https' },
        http: { request: { method: 'POST' } },
        process: { name: 'updater.exe' },
        network: { transport: 'tcp' },
        acme: { extra: 7 },
      },
    });
  });

  it('in a dry run shows the first records, and how often fields stayed unmapped or records were refused', async () => {
    const bad = { ...request, when: 'yesterday' };
    const log = fileWith([request, request, bad].map((r) => `${JSON.stringify(r)}\n`).join(''));
    const lines = await all(tryMapping(fileWith(proxy), [log], { first: 2 }));
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toEqual({ accepted: 2, refused: { 'bad-timestamp': 1 }, unmapped: { extra: 2 } });
  });

  it('reads tables by their header, or in the order that it says', async () => {
    const mapping = (read: string, detect: string): string =>
      `id: acme.flow\nclass: network\nread: ${read}\n${detect}\ncolumns:\n  time: start\n  src_endpoint_ip: from\n  dst_endpoint_ip: to\n  traffic_bytes_out: sent\n`;
    const expected = {
      src_endpoint: { ip: '10.40.1.20' },
      dst_endpoint: { ip: '203.0.113.9' },
      traffic: { bytes_out: 12 },
    };
    const named = fileWith('Start;From;To;Sent\n1760428800;"10.40.1.20";203.0.113.9;12\n');
    const byName = fileWith(mapping("{ lines: table, separator: ';' }", 'detect: [start, from]'));
    const [first] = await all(normalize([named], { schema: 'ocsf', as: null, mappings: [byName] }));
    expect(first).toMatchObject({ line: 2, event: expected });
    const bare = fileWith('10.40.1.20\t203.0.113.9\t12\t1760428800\n');
    const byOrder = fileWith(mapping('{ lines: table, separator: tab, columns: [from, to, sent, start] }', ''));
    const [second] = await all(normalize([bare], { schema: 'ocsf', as: null, mappings: [byOrder] }));
    expect(second).toMatchObject({ line: 1, event: expected });
  });

  it('is hunted in, and its format is in the coverage', async () => {
    const document = await hunt({
      logs: [fileWith(`${JSON.stringify(request)}\n`)],
      mappings: [fileWith(proxy)],
      intel: [fileWith('sync.example-team.workers.dev\n')],
      characteristics: [],
      knownSoftware: false,
      stdin: Readable.from([]),
      note: () => {},
      asOf: Date.parse('2025-10-15T00:00:00Z'),
      workspace: null,
      memory: '500MB',
      internal: [],
      now: () => new Date('2025-10-15T00:00:00Z'),
    });
    const all = [...document.findings, ...document.leads];
    expect(all.map((f) => [f.internal.ip, f.endpoint.host])).toEqual([['10.40.1.20', 'sync.example-team.workers.dev']]);
    expect(JSON.stringify(document.coverage)).toContain('acme.proxy');
  });

  it('reads lines by an expression, and refuses those that do not fit', async () => {
    const mapping = fileWith(
      `id: acme.dns\nclass: dns\nread:\n  lines: expression\n  expression: '^(?P<at>\\S+) (?P<who>\\S+) asks (?P<what>\\S+)$'\ncolumns:\n  time: at\n  src_endpoint_ip: who\n  query_hostname: what\n`,
    );
    const log = fileWith('2025-10-14T08:00:00Z 10.40.1.20 asks Sync.Example-Team.workers.dev.\nnothing of the kind\n');
    expect(await all(normalize([log], { schema: 'ocsf', as: null, mappings: [mapping] }))).toMatchObject([
      { line: 1, event: { class_uid: 4003, query: { hostname: 'sync.example-team.workers.dev' } } },
      { line: 2, refused: 'not-this-format' },
    ]);
  });

  it.each([
    ['no YAML', 'id: [', /is no YAML/],
    ['a column that there is not', proxy.replace('verb', 'verb\n  color: paint'), /columns/],
    ['no time', proxy.replace(/ {2}time: .*\n/, ''), /time/],
    ['a key too many', `${proxy}priority: 1\n`, /priority/],
    ['a way of writing times that there is not', proxy.replace('%S', '%Q'), /columns/],
    ['a field name that would break out of its place', proxy.replace('verb', "'a\"b'"), /columns/],
    [
      'an expression that is none',
      proxy.replace(/read:.*\n/, "read: { lines: expression, expression: '(?=x)' }\n"),
      /none of RE2/,
    ],
    [
      'a group without a name',
      proxy.replace(/read:.*\n/, "read: { lines: expression, expression: '(a)(?P<b>c)' }\n"),
      /needs a name/,
    ],
  ])('is refused in one sentence: %s', async (_what, text, sentence) => {
    const attempt = all(tryMapping(fileWith(text), [fileWith('{}\n')], { first: 1 }));
    await expect(attempt).rejects.toMatchObject({ code: 'format.mapping', message: expect.stringMatching(sentence) });
  });

  it('cannot smuggle statements into the engine', async () => {
    const text = proxy
      .replace('verb', `"x'); DROP TABLE events; --"`)
      .replace('%d.%m.%Y %H:%M:%S', "%d.%m.%Y %H:%M:%S'' OR ''1");
    const [record] = await all(tryMapping(fileWith(text), [fileWith(`${JSON.stringify(request)}\n`)], { first: 1 }));
    expect(record).toMatchObject({ refused: 'bad-timestamp' });
  });
});

describe('a log format as the administrator of a server wrote it', () => {
  const read = async (server: string, logformat: string, lines: string): Promise<unknown[]> => {
    const mapping = fileWith(`id: own.log\nread:\n  lines: ${server}\n  logformat: ${JSON.stringify(logformat)}\n`);
    return all(normalize([fileWith(lines)], { schema: 'ocsf', as: null, mappings: [mapping] }));
  };
  const wanted = {
    time: Date.parse('2025-10-14T08:00:07.120Z'),
    src_endpoint: { ip: '10.40.1.20' },
    actor: { user: { name: 'alice' } },
    http_request: {
      http_method: 'POST',
      user_agent: 'Example "Agent"/1.0',
      url: { scheme: 'https', hostname: 'sync.example-team.workers.dev', path: '/poll', query_string: 'id=1' },
    },
    http_response: { code: 200, content_type: 'application/json' },
    traffic: { bytes_in: 812 },
  };
  const url = 'https://sync.example-team.workers.dev/poll?id=1';

  it.each([
    [
      'squid',
      'logformat full %ts.%03tu %6tr %>a:%>p %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt "%{User-Agent}>h" %{X-Own}>h',
      `1760428807.470    350 10.40.1.20:51000 TCP_MISS/200 812 POST ${url} alice HIER_DIRECT/203.0.113.7 application/json "Example \\"Agent\\"/1.0" -\n`,
    ],
    [
      'squid',
      '%{%Y-%m-%d %H:%M:%S %z}tl|%>a|%un|%rm|%ru|%>Hs|%<st|%mt|"%{User-Agent}>h"|%tu',
      `2025-10-14 10:00:07 +0200|10.40.1.20|alice|POST|${url}|200|812|application/json|"Example \\"Agent\\"/1.0"|120\n`,
    ],
    [
      'apache',
      'LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\" %{Content-Type}o %D" proxy',
      `10.40.1.20 - alice [14/Oct/2025:10:00:07 +0200] "POST ${url} HTTP/1.1" 200 812 "-" "Example \\"Agent\\"/1.0" application/json 350000\n`,
    ],
    [
      'nginx',
      `log_format own '$remote_addr - $remote_user [$time_iso8601] $scheme://$http_host "$request" '\n  '$status $body_bytes_sent "$http_user_agent" $sent_http_content_type $request_time $msec';`,
      '10.40.1.20 - alice [2025-10-14T08:00:07+00:00] https://sync.example-team.workers.dev "POST /poll?id=1 HTTP/1.1" 200 812 "Example \\"Agent\\"/1.0" application/json 0.350 1760428807.470\n',
    ],
  ])('%s: %s', async (server, logformat, line) => {
    const [record] = await read(server, logformat, line);
    const { time, ...rest } = wanted;
    expect(record).toMatchObject({ line: 1, event: rest });
    const shown = JSON.parse(JSON.stringify(record)).event.time;
    expect(Math.abs(shown - time)).toBeLessThan(1000); // some of the formats show whole seconds
  });

  it('knows the formats that Squid has built in, and reads behind the header of a relay', async () => {
    const line = `1760428807.120      0 10.40.1.20 TCP_DENIED/403 812 CONNECT files.example.com:443 - HIER_NONE/- -`;
    const records = await read(
      'squid',
      'squid',
      `${line}\n<13>Oct 14 08:00:07 proxy (squid-1)[77]: ${line}\nnothing\n`,
    );
    const event = {
      src_endpoint: { ip: '10.40.1.20' },
      http_request: { url: { hostname: 'files.example.com', port: 443 } },
    };
    expect(records).toMatchObject([
      { line: 1, event },
      { line: 2, event },
      { line: 3, refused: 'not-this-format' },
    ]);
  });

  it.each([
    ['squid', '%>a %ru', 'no code for the time'],
    ['nginx', 'nothing here', 'no codes'],
  ])('refuses %s %s in one sentence', async (server, logformat, says) => {
    await expect(read(server, logformat, 'x\n')).rejects.toThrow(says);
  });
});
