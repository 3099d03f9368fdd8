import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Normalized, normalize } from '../src/pipeline/normalize.ts';

const root = mkdtempSync(path.join(tmpdir(), 'virga-zeek-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function read(content: string): Promise<Normalized[]> {
  const file = path.join(root, 'input.log');
  writeFileSync(file, content);
  const records = [];
  for await (const record of normalize([file], { schema: 'ocsf', as: null })) records.push(record);
  return records;
}

const events = async (content: string): Promise<unknown[]> =>
  (await read(content)).map((record) => ('event' in record ? record.event : record.refused));

type Options = { path?: string; separator?: string; mark?: string; set?: string };
const log = (
  fields: readonly string[],
  types: readonly string[],
  rows: readonly string[][],
  { path: name = 'dns', separator = '\t', mark = '\\x09', set = ',' }: Options = {},
): string =>
  [
    `#separator ${mark}`,
    `#set_separator${separator}${set}`,
    `#empty_field${separator}(empty)`,
    `#unset_field${separator}-`,
    `#path${separator}${name}`,
    ['#fields', ...fields].join(separator),
    ['#types', ...types].join(separator),
    ...rows.map((row) => row.join(separator)),
    `#close${separator}2025`,
    '',
  ].join('\n');

const fields = ['ts', 'uid', 'id.orig_h', 'query', 'answers', 'TTLs'];
const types = ['time', 'string', 'addr', 'string', 'vector[string]', 'vector[interval]'];
const row = ['1760428800.5', 'C1', '10.0.0.1', 'a.example', 'b.example,192.0.2.1', '60.000000,5.000000'];

describe('Zeek TSV', () => {
  it('is read with any separator, written in any manner', async () => {
    const plain = await events(log(fields, types, [row]));
    expect(plain).toMatchObject([
      {
        query: { hostname: 'a.example' },
        answers: [
          { rdata: 'b.example', ttl: 60 },
          { rdata: '192.0.2.1', ttl: 5 },
        ],
      },
    ]);
    expect(await events(log(fields, types, [row], { mark: '\\t' }))).toEqual(plain);
    expect(await events(log(fields, types, [row], { separator: '|', mark: '\\x7c' }))).toEqual(plain);
    const other = row.map((cell) => cell.replaceAll(',', ';'));
    expect(await events(log(fields, types, [other], { set: ';' }))).toEqual(plain);
  });

  it('takes a separator at the end of a row, but no row that is shorter or longer', async () => {
    expect(await events(log(fields, types, [[...row, '']]))).toEqual(await events(log(fields, types, [row])));
    expect(await events(log(fields, types, [row.slice(1), [...row, 'more'], [...row, '', '']]))).toEqual([
      'wrong-column-count',
      'wrong-column-count',
      'wrong-column-count',
    ]);
  });

  it('tells unset from empty, and undoes escapes', async () => {
    const odd = ['1760428800.5', 'C1', '-', '(empty)', '(empty)', '-'];
    const [event] = await events(log(fields, types, [odd]));
    expect(event).not.toHaveProperty('src_endpoint');
    expect(event).not.toHaveProperty('query');
    expect(event).not.toHaveProperty('answers');
    const escaped = [...row.slice(0, 3), 'a\\x2db.example', 'x\\x2cy,\\x2d', '1.0,2.0'];
    expect(await events(log(fields, types, [escaped]))).toMatchObject([
      { query: { hostname: 'a-b.example' }, answers: [{ rdata: 'x,y' }, { rdata: '-' }] },
    ]);
  });

  it('types what has no column as the header says', async () => {
    const [event] = await events(
      log(
        [...fields, 'count', 'flag', 'set', 'when', 'text'],
        [...types, 'count', 'bool', 'set[port]', 'time', 'string'],
        [[...row, '7', 'T', '80,443', '1760428800.000001', '0']],
      ),
    );
    expect(event).toMatchObject({
      unmapped: { count: 7, flag: true, set: [80, 443], when: '2025-10-14T08:00:00.000001Z', text: '0' },
    });
  });
});

describe('Zeek JSON without the name of its log', () => {
  it.each([
    [
      'notice',
      { note: 'Scan::Port_Scan', msg: 'x', src: '10.0.0.1', dst: '10.0.0.2', p: 22 },
      { src_endpoint: { ip: '10.0.0.1' }, dst_endpoint: { ip: '10.0.0.2', port: 22 } },
    ],
    [
      'dhcp',
      { uids: ['C1'], client_addr: '10.0.0.1', server_addr: '10.0.0.2', mac: '00:00:5e:00:53:01', msg_types: ['ACK'] },
      { connection_info: { protocol_name: 'udp' }, app_name: 'dhcp' },
    ],
    [
      'ssh',
      { uid: 'C1', 'id.orig_h': '10.0.0.1', 'id.resp_h': '10.0.0.2', auth_success: false, auth_attempts: 3 },
      { status: 'Failure', connection_info: { protocol_name: 'tcp' } },
    ],
    [
      'sip',
      {
        uid: 'C1',
        'id.orig_h': '10.0.0.1',
        trans_depth: 0,
        method: 'REGISTER',
        uri: 'sip:example.com',
        call_id: '1',
        status_code: 401,
      },
      { status: 'Failure', app_name: 'sip' },
    ],
  ])('%s is told by its fields', async (name, record, expected) => {
    const [event] = await events(`${JSON.stringify({ ts: 1760428800, ...record })}\n`);
    expect(event).toMatchObject({ metadata: { log_name: name }, ...expected });
  });

  it('claims nothing of other programs that write ts', async () => {
    expect(
      await events('{"ts":1760428800,"level":"info","logger":"http","msg":"handled request","status":200}\n'),
    ).toEqual(['unknown-format']);
  });
});
