import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { detectFormat } from './detect.ts';
import { launder } from './launder.ts';
import { shapesOf } from './shape.ts';
import { readBeginning } from './source.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-launder-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

type Result = { parts: { format: string; lines: string[] }[]; refused: string[] };

/** Launders that content: cleaned lines as `line|raw`, refusals as `line!reason`. Nothing may stay behind. */
async function wash(content: string | Uint8Array): Promise<Result> {
  const file = path.join(temp, 'input');
  writeFileSync(file, content);
  const { facts, bytes, complete } = await readBeginning(file);
  const shapes = [...shapesOf(bytes, complete)];
  const shape = shapes.find((s) => detectFormat(s.head)) ?? shapes.at(-1);
  if (!shape) throw new Error('no shape');
  const laundered = await launder({ facts, shape, format: detectFormat(shape.head), as: undefined, temp });
  const refused: string[] = [];
  for await (const { line, reason } of laundered.refusals.each()) refused.push(`${line}!${reason}`);
  expect(refused.length).toBe(laundered.refusals.total);
  const parts = laundered.parts.map((part) => ({ format: part.format.id, lines: cleanLinesOf(part.path) }));
  await laundered.close();
  expect(readdirSync(temp)).toEqual(['input']);
  return { parts, refused };
}

const cleanLinesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace('\x01', '|'));

const header = (log: string, ...fields: string[]): string =>
  ['#separator \\x09', `#path\t${log}`, ['#fields', 'ts', ...fields].join('\t'), ''].join('\n');
const conn = header('conn', 'uid', 'id.orig_h', 'conn_state');
const row = (i: number): string => `17600000${String(i).padStart(2, '0')}.5\tC${i}\t10.0.0.1\tSF`;
const rows = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${row(from + i)}\n`).join('');

describe('lines', () => {
  it('are numbered as in the file; headers are no lines of it', async () => {
    const { parts, refused } = await wash(conn + rows(0, 2));
    expect(parts).toEqual([{ format: 'zeek.conn', lines: [`4|${row(0)}`, `5|${row(1)}`] }]);
    expect(refused).toEqual([]);
  });

  it('are cleaned: byte order mark, carriage returns, zero bytes, bytes that are no UTF-8, our own mark', async () => {
    const odd = Buffer.concat([
      Buffer.from(`\uFEFF${conn.replaceAll('\n', '\r\n')}`),
      Buffer.from('1.5\tC\0\0a\tb\rc\t\x01\r\n'),
      Buffer.from([0x31, 0xff, 0xfe, 0x0a]),
      Buffer.from('é\n'),
    ]);
    const { parts } = await wash(odd);
    expect(parts[0]?.lines).toEqual(['4|1.5\tCa\tb c\t\uFFFD', '5|1\uFFFD\uFFFD', '6|é']);
  });

  it('of UTF-16, as Windows tools write it, are read as text', async () => {
    const text = `\uFEFF${conn}${row(0)}é\r\n${row(1)}\r\n`;
    const little = Buffer.from(text, 'utf16le');
    const expected = [{ format: 'zeek.conn', lines: [`4|${row(0)}é`, `5|${row(1)}`] }];
    expect((await wash(little)).parts).toEqual(expected);
    expect((await wash(Buffer.from(little).swap16())).parts).toEqual(expected);
    expect((await wash(gzipSync(little))).parts).toEqual(expected);
  });

  it('that are too long are refused by their number, also at the end, also when cleaning makes them longer', async () => {
    const long = 'x'.repeat(1_100_000);
    const { parts, refused } = await wash(`${conn}${row(0)}\n${long}\n${row(1)}\n${long}${long}\n${row(2)}\n${long}`);
    expect(parts[0]?.lines.map((line) => line.split('|')[0])).toEqual(['4', '6', '8']);
    expect(refused).toEqual(['5!line-too-long', '7!line-too-long', '9!line-too-long']);
    const bytes = Buffer.concat([Buffer.from(conn + rows(0, 1)), Buffer.alloc(500_000, 0xff), Buffer.from('\n')]);
    expect((await wash(bytes)).refused).toEqual(['5!line-too-long']);
  });

  it('begin a new part where a header tells of other columns or another log, not where it is the same', async () => {
    const dns = header('dns', 'uid', 'query', 'trans_id');
    const same = await wash(conn + rows(0, 1) + conn + rows(1, 2));
    expect(same.parts).toEqual([{ format: 'zeek.conn', lines: [`4|${row(0)}`, `8|${row(1)}`] }]);
    const other = await wash(`${conn}${rows(0, 1)}#close\t2025\n${dns}1.5\tC\ta.example\t7\n${conn}${rows(1, 2)}`);
    expect(other.parts.map((p) => [p.format, ...p.lines])).toEqual([
      ['zeek.conn', `4|${row(0)}`],
      ['zeek.dns', '9|1.5\tC\ta.example\t7'],
      ['zeek.conn', `13|${row(1)}`],
    ]);
  });

  it('before the first header are refused', async () => {
    const { parts, refused } = await wash(rows(0, 2) + conn + rows(2, 3));
    expect(refused).toEqual(['1!unknown-format', '2!unknown-format']);
    expect(parts[0]?.lines).toEqual([`6|${row(2)}`]);
  });

  it('stop being followed when the header changes without end', async () => {
    const many = Array.from({ length: 300 }, (_, i) => `${header(`log${i}`, 'uid')}1.5\tC\n`).join('');
    const { parts, refused } = await wash(many);
    expect(parts).toHaveLength(256);
    expect(refused).toHaveLength(44);
    expect(refused[0]).toBe(`${256 * 4 + 4}!too-many-headers`);
  });

  it('of an unknown text are refused one by one; comments and blank lines are none', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `what is this ${i}`).join('\n');
    expect((await wash(`# comment\n\n${many}`)).refused).toEqual(
      Array.from({ length: 30 }, (_, i) => `${i + 3}!unknown-format`),
    );
    expect(await wash('# comment\n\n  \n')).toEqual({ parts: [], refused: [] });
    expect(await wash('')).toEqual({ parts: [], refused: [] });
  });
});

describe('packed files', () => {
  const packed = gzipSync(
    conn + Array.from({ length: 5000 }, (_, i) => `17600000.${i}\tC${(i * 7919) % 10_007}\t10.0.0.1\tSF\n`).join(''),
  );

  it('are kept up to the damage, and the line that it cuts is refused', async () => {
    const { parts, refused } = await wash(packed.subarray(0, packed.length >> 1));
    const lines = parts[0]?.lines ?? [];
    expect(lines.length).toBeGreaterThan(2000);
    expect(lines.every((line) => line.endsWith('\tSF'))).toBe(true);
    expect(refused).toEqual([`${lines.length + 4}!truncated-gzip`]);
  });

  it('that are broken from the start give one refusal', async () => {
    expect(await wash(Buffer.from([0x1f, 0x8b, 8, 0, 1]))).toEqual({ parts: [], refused: ['1!truncated-gzip'] });
    expect(await wash(Buffer.from([0x1f, 0x8b, 99, 99, 99, 99]))).toEqual({ parts: [], refused: ['1!broken-gzip'] });
  });
});

describe('JSON', () => {
  const record = (i: number): object => ({
    ts: i,
    uid: `C${i}`,
    'id.orig_h': '10.0.0.1',
    conn_state: 'SF',
    inner: [{ a: 1 }],
  });
  const list = [record(0), record(1)];
  const numbered = async (content: string) =>
    (await wash(content)).parts.map((p) => [p.format, ...p.lines.map((l) => l.split('|')[0])]);

  it('is cut into records where it is pretty-printed, numbered by the line where each begins', async () => {
    const pretty = list.map((r) => JSON.stringify(r, null, 2)).join('\n');
    const second = pretty.split('\n').lastIndexOf('{') + 1;
    expect(await numbered(pretty)).toEqual([['zeek.conn', '1', String(second)]]);
    expect((await wash(pretty)).parts[0]?.lines.map((l) => JSON.parse(l.slice(l.indexOf('|') + 1)))).toEqual(list);
  });

  it('is numbered by record in documents with an array', async () => {
    for (const indent of [0, 2])
      for (const document of [list, { events: list }, { meta: { n: [{ x: 1 }] }, Records: list }, { anything: list }])
        expect(await numbered(JSON.stringify(document, null, indent))).toEqual([['zeek.conn', '1', '2']]);
  });

  it('is read line by line where lines are records, a broken first one too', async () => {
    const text = `{"ts":\n${JSON.stringify(record(1))}\n${JSON.stringify(record(2))}\n`;
    expect(await numbered(text)).toEqual([['zeek.conn', '1', '2', '3']]);
    expect(await numbered(`\n${JSON.stringify(record(1))}\n`)).toEqual([['zeek.conn', '2']]);
  });

  it('reads a first record that is longer than what is looked at', async () => {
    const long = JSON.stringify({ ...record(0), pad: 'y'.repeat(300_000) });
    expect(await numbered(`${long}\n${JSON.stringify(record(1))}\n`)).toEqual([['zeek.conn', '1', '2']]);
  });

  it('of unknown records is refused record by record', async () => {
    expect((await wash('{"a":1}\n{"a":2}\n')).refused).toEqual(['1!unknown-format', '2!unknown-format']);
    expect((await wash('{"events":[{"a":1},{"a":2}]}')).refused).toEqual(['1!unknown-format', '2!unknown-format']);
    expect((await wash('{\n "a": 1\n}\n{\n "a": 2\n}\n')).refused).toEqual(['1!unknown-format', '4!unknown-format']);
    expect((await wash('[[[[[')).refused).toEqual(['1!unknown-format']);
  });
});

describe('envelopes', () => {
  const inner = (i: number): string =>
    JSON.stringify({ ts: i, uid: `C${i}`, 'id.orig_h': '10.0.0.1', conn_state: 'SF' });

  it('are opened where no format knows the object as it stands', async () => {
    for (const wrap of [
      (text: string) => ({ result: { _raw: text } }),
      (text: string) => ({ event: { original: text }, host: 'a' }),
      (text: string) => ({ log: `${text}\n`, stream: 'stdout' }),
      (text: string) => ({ payload: text, schema: {} }),
      (text: string) => ({ payload: { message: text }, schema: {} }),
    ]) {
      const { parts } = await wash(`${JSON.stringify(wrap(inner(1)))}\n${JSON.stringify(wrap(inner(2)))}\n`);
      expect(parts).toEqual([{ format: 'zeek.conn', lines: [`1|${inner(1)}`, `2|${inner(2)}`] }]);
    }
  });

  it('are opened in lists and in pretty-printed documents too, and after a header', async () => {
    const wrapped = [1, 2].map((i) => ({ id: i, message: inner(i) }));
    const opened = [{ format: 'zeek.conn', lines: [`1|${inner(1)}`, `2|${inner(2)}`] }];
    expect((await wash(JSON.stringify(wrapped))).parts).toEqual(opened);
    expect((await wash(JSON.stringify({ owner: 'x', logEvents: wrapped }, null, 2))).parts).toEqual(opened);
    const headed = [1, 2].map((i) => `<13>Oct 14 08:00:00 sensor zeek: ${inner(i)}\n`).join('');
    expect((await wash(headed)).parts).toEqual(opened);
  });

  it('hand on an object as its digits stand', async () => {
    const record =
      '{"ts": 1, "uid": "C1", "id.orig_h": "10.0.0.1", "conn_state": "SF", "orig_bytes": 12345678901234567890}';
    const { parts } = await wash(`{"_index": "zeek", "_source": ${record}}\n`);
    expect(parts).toEqual([{ format: 'zeek.conn', lines: [`1|${record}`] }]);
  });

  it('of Splunk may stand among records, and one that holds nothing stays as it is', async () => {
    const wrapped = JSON.stringify({ preview: false, result: { _raw: inner(2), host: 'a' } });
    const empty = JSON.stringify({ preview: false, result: { _raw: 3 } });
    const { parts } = await wash(`${inner(1)}\n${wrapped}\n${empty}\n`);
    expect(parts[0]?.lines).toEqual([`1|${inner(1)}`, `2|${inner(2)}`, `3|${empty}`]);
  });
});

it('accounts for every line of any bytes', async () => {
  const piece = fc.oneof(
    fc.constantFrom(conn, row(1), '#close\n', '\r', '\0', '"', '{', '}', '[', ']', ','),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.string({ maxLength: 20 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const bytes = Buffer.from(`${conn}${pieces.join('\n')}`, 'latin1');
      const { parts, refused } = await wash(bytes);
      const numbers = [
        ...parts.flatMap((p) => p.lines.map((l) => Number(l.split('|')[0]))),
        ...refused.map((r) => Number(r.split('!')[0])),
      ].sort((a, b) => a - b);
      const expected = bytes
        .toString('utf8')
        .split('\n')
        .flatMap((line, i) =>
          line.replace(/\r$/, '') === '' || line.replaceAll('\0', '').startsWith('#') ? [] : [i + 1],
        );
      expect(numbers).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

it('leaves nothing behind when it fails', async () => {
  const file = path.join(temp, 'input');
  writeFileSync(file, conn + rows(0, 9));
  const { facts, bytes } = await readBeginning(file);
  const [shape] = shapesOf(bytes, true);
  if (!shape) throw new Error('no shape');
  const gone = path.join(temp, 'gone');
  await expect(
    launder({ facts, shape, format: detectFormat(shape.head), as: undefined, temp: gone }),
  ).rejects.toThrow();
  expect(existsSync(gone)).toBe(false);
});
