import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';

const root = mkdtempSync(path.join(tmpdir(), 'virga-normalize-test-'));
const before = process.env.TMPDIR;
beforeAll(() => {
  mkdirSync(path.join(root, 'tmp'));
  process.env.TMPDIR = path.join(root, 'tmp');
});
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(root, { recursive: true, force: true });
});

type Answer = { status: number; records: Record<string, unknown>[]; stderr: string };

/** Runs the command; nothing may be left behind in the temporary directory. */
async function virga(argv: string[], stdin = ''): Promise<Answer> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [textOf(stdout), textOf(stderr)];
  const status = await run(argv, { stdin: Readable.from([stdin]), stdout, stderr });
  stdout.end();
  stderr.end();
  expect(readdirSync(path.join(root, 'tmp'))).toEqual([]);
  const lines = (await out).split('\n').filter((line) => line !== '');
  return { status, records: lines.map((line) => JSON.parse(line)), stderr: await err };
}

async function textOf(stream: PassThrough): Promise<string> {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

let files = 0;
function fileOf(content: string | Uint8Array): string {
  const file = path.join(root, `log-${files++}`);
  writeFileSync(file, content);
  return file;
}

const json = (i: number, more: object = {}): string =>
  JSON.stringify({
    ts: 1760428800 + i,
    uid: `C${i}`,
    'id.orig_h': '10.40.1.20',
    'id.orig_p': 50000,
    'id.resp_h': '203.0.113.9',
    'id.resp_p': 443,
    proto: 'tcp',
    conn_state: 'SF',
    ...more,
  });

describe('virga normalize', () => {
  it('prints a record that only the engine takes for JSON, with its text', async () => {
    const odd = `${json(0).slice(0, -1)},}`;
    const { status, records } = await virga(['normalize', fileOf(`${odd}\n${json(1)}\n`)]);
    expect(status).toBe(0);
    expect(records).toMatchObject([{ line: 1, event: { unmapped: { raw: odd } } }, { line: 2 }]);
  });

  it('prints one line a record, in the order of the file, refusals of every kind among them', async () => {
    const file = fileOf(`${json(0)}\n{"ts":1\n${'x'.repeat(1_100_000)}\n\n${json(1, { ts: 'never' })}\n${json(2)}\n`);
    const { status, records } = await virga(['normalize', file]);
    expect(status).toBe(0);
    expect(records.map(({ line, format, refused }) => [line, format, refused ?? 'event'])).toEqual([
      [1, 'zeek.conn', 'event'],
      [2, 'zeek.conn', 'not-json'],
      [3, null, 'line-too-long'],
      [5, 'zeek.conn', 'bad-timestamp'],
      [6, 'zeek.conn', 'event'],
    ]);
    expect(records.every((record) => record.file === file)).toBe(true);
    expect(records[1]).toMatchObject({ detail: '{"ts":1' });
  });

  it('prints OCSF, or ECS where asked, with the raw record where asked', async () => {
    const file = fileOf(`${json(0, { history: 'ShADadFf' })}\n`);
    const [ocsf] = (await virga(['normalize', '--raw', file])).records;
    expect(ocsf?.event).toMatchObject({
      class_uid: 4001,
      time: 1760428800000,
      time_dt: '2025-10-14T08:00:00.000000Z',
      src_endpoint: { ip: '10.40.1.20', port: 50000 },
      unmapped: { history: 'ShADadFf' },
      raw_data: json(0, { history: 'ShADadFf' }),
    });
    const [ecs] = (await virga(['normalize', '--schema', 'ecs', '--raw', file])).records;
    expect(ecs?.event).toMatchObject({
      '@timestamp': '2025-10-14T08:00:00.000000Z',
      source: { ip: '10.40.1.20', port: 50000 },
      network: { transport: 'tcp', direction: 'outbound' },
      event: { module: 'zeek', dataset: 'zeek.conn', original: json(0, { history: 'ShADadFf' }) },
      zeek: { history: 'ShADadFf' },
    });
  });

  it('gives the same event for the three dialects of Zeek', async () => {
    const fields = [
      'ts',
      'uid',
      'id.orig_h',
      'id.orig_p',
      'id.resp_h',
      'id.resp_p',
      'proto',
      'trans_id',
      'query',
      'rcode_name',
      'AA',
      'answers',
      'TTLs',
      'note.extra',
      'when',
    ];
    const types = [
      'time',
      'string',
      'addr',
      'port',
      'addr',
      'port',
      'enum',
      'count',
      'string',
      'string',
      'bool',
      'vector[string]',
      'vector[interval]',
      'string',
      'time',
    ];
    const cells = [
      '1760428800.250000',
      'C1',
      '10.40.1.20',
      '51000',
      '10.40.0.53',
      '53',
      'udp',
      '7',
      'A.Example.',
      'NOERROR',
      'F',
      'a\\x2cb.example,192.0.2.1',
      '60.000000,5.000000',
      'two\\x09parts',
      '1760428801.500000',
    ];
    const tsv = `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\t${fields.join('\t')}\n#types\t${types.join('\t')}\n${cells.join('\t')}\n`;
    const record = {
      _path: 'dns',
      ts: '2025-10-14T08:00:00.250000Z',
      uid: 'C1',
      'id.orig_h': '10.40.1.20',
      'id.orig_p': 51000,
      'id.resp_h': '10.40.0.53',
      'id.resp_p': 53,
      proto: 'udp',
      trans_id: 7,
      query: 'A.Example.',
      rcode_name: 'NOERROR',
      AA: false,
      answers: ['a,b.example', '192.0.2.1'],
      TTLs: [60, 5],
      'note.extra': 'two\tparts',
      when: '2025-10-14T08:00:01.500000Z',
    };
    const underscored = Object.fromEntries(
      Object.entries({ ...record, ts: 1760428800.25 }).map(([k, v]) => [k.replaceAll('.', '_'), v]),
    );
    const inputs = [tsv, JSON.stringify(record), JSON.stringify(underscored)].map(fileOf);
    for (const schema of ['ocsf', 'ecs']) {
      const { records } = await virga(['normalize', '--schema', schema, ...inputs]);
      const events = records.map((r) => r.event);
      expect(events).toHaveLength(3);
      expect(events[0]).toBeDefined();
      expect(events[1]).toEqual(events[0]);
      expect(events[2]).toEqual(events[0]);
    }
  });

  it('reads standard input under the name -', async () => {
    const { records } = await virga(['normalize', '-'], `${json(0)}\n`);
    expect(records).toMatchObject([{ file: '-', line: 1, format: 'zeek.conn' }]);
  });

  it('reads everything as the format given, and fails where there is none of that name', async () => {
    const file = fileOf('{"ts":1760428800,"uid":"C1"}\n');
    expect((await virga(['normalize', '--as', 'zeek.dns', file])).records).toMatchObject([{ format: 'zeek.dns' }]);
    const unknown = await virga(['normalize', '--as', 'no.such', file]);
    expect(unknown).toMatchObject({ status: 1, records: [] });
    expect(unknown.stderr).toMatch(/no\.such.*virga formats/);
  });

  it('fails when not one record could be read, and not on an empty file', async () => {
    const { status, records, stderr } = await virga(['normalize', fileOf('a letter\nof two lines\n')]);
    expect([status, records.length]).toEqual([1, 2]);
    expect(stderr).toMatch(/^virga: .*\n$/);
    expect(await virga(['normalize', fileOf('')])).toEqual({ status: 0, records: [], stderr: '' });
  });

  it('says what it left out of a directory, and what is wrong with a path', async () => {
    const directory = path.join(root, 'directory');
    mkdirSync(directory);
    writeFileSync(path.join(directory, '.hidden'), json(0));
    writeFileSync(path.join(directory, 'conn.log'), json(1));
    const { records, stderr } = await virga(['normalize', directory]);
    expect(records).toMatchObject([{ file: path.join(directory, 'conn.log'), line: 1 }]);
    expect(stderr).toMatch(/1 hidden/);
    expect((await virga(['normalize', path.join(root, 'nowhere')])).status).toBe(1);
    expect((await virga(['normalize', '--schema', 'cef', directory])).status).toBe(2);
  });
});

describe('virga formats', () => {
  it('lists every format with what it sees and what it is blind to', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const out = textOf(stdout);
    expect(await run(['formats', '--format', 'json'], { stdin: Readable.from([]), stdout, stderr })).toBe(0);
    stdout.end();
    const list: unknown = JSON.parse(await out);
    expect(list).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: 'zeek.dns',
          vendor: 'Zeek',
          product: 'Zeek',
          sees: ['dns.query', 'dns.answer'],
          blindTo: expect.any(Array),
        }),
      ]),
    );
  });
});
