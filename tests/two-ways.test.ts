import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine, type Row } from '../src/lake/engine.ts';
import { VirgaError } from '../src/model/errors.ts';
import type { Format } from '../src/telemetry/format.ts';
import { formats } from '../src/telemetry/formats/index.ts';
import { type OpenedLog, openLog } from '../src/telemetry/open.ts';
import { selectLines } from '../src/telemetry/select.ts';

/**
 * A log is opened plainly, where the engine reads the file by itself, or carefully, where we clean its lines first.
 * Plain reading may give up on an odd file (it is then read with care), but it must never answer something else.
 */
let engine: Engine;
const temp = mkdtempSync(path.join(tmpdir(), 'virga-two-ways-'));
beforeAll(async () => {
  engine = await openEngine({ file: null, memory: '500MB', temp });
});
afterAll(() => {
  engine.close();
  rmSync(temp, { recursive: true, force: true });
});

async function rowsOf(log: OpenedLog): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of log.parts) rows.push(...(await engine.rows(selectLines(part.format, part.lines, part.head))));
  return rows;
}

/** Zero bytes and our own mark are kept by plain reading, and cleaned by careful reading. */
const cleaned = (rows: readonly Row[]): unknown =>
  JSON.parse(
    JSON.stringify(
      rows.map(({ line, verdict, ...event }) => (verdict === null ? { line, ...event } : { line, verdict })),
    )
      .replaceAll('\\u0000', '')
      .replaceAll('\\u0001', '\uFFFD')
      .replaceAll('"raw":""', '"raw":"\uFFFD"'),
  );

/** The rows of the file read that way; null where plain reading gave up. */
async function read(file: string, careful: boolean): Promise<Row[] | null> {
  const log = await openLog(file, { careful, temp });
  try {
    return await rowsOf(log);
  } catch (error) {
    if (careful || log.careful || error instanceof VirgaError) throw error;
    return null;
  } finally {
    await log.close();
  }
}

/** The events of the engine's own reader, where it found the file spotless: all accepted, nothing set aside but comments. */
async function readFast(file: string): Promise<Row[] | null> {
  const log = await openLog(file, { careful: false, temp });
  try {
    const [part] = log.parts;
    if (log.careful || !part) return null;
    const rows = await engine.rows(part.fast);
    return rows.some((row) => row.verdict !== null) || (await setAside()) ? null : rows;
  } catch {
    return null;
  } finally {
    await engine.run('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans');
    await log.close();
  }
}

/** Not every reader of the engine keeps the order of the file. */
const sorted = (rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

async function setAside(): Promise<boolean> {
  const [there] = await engine.rows(`SELECT 1 FROM duckdb_tables() WHERE table_name = 'reject_errors'`);
  if (!there) return false;
  const odd = await engine.rows(
    `SELECT 1 FROM reject_errors WHERE NOT starts_with(ltrim(csv_line, chr(10) || chr(13)), '#') OR starts_with(ltrim(csv_line, chr(10) || chr(13)), '#fields')`,
  );
  return odd.length > 0;
}

let files = 0;
/** Each content has a file of its own: the engine caches what it read of a path within the same tick of the clock. */
function fileOf(content: string | Uint8Array): string {
  const file = path.join(temp, `input-${files++}.log`);
  writeFileSync(file, content);
  return file;
}

async function sameBothWays(content: string | Uint8Array): Promise<Row[] | null> {
  const file = fileOf(content);
  const careful = await read(file, true);
  const plain = await read(file, false);
  if (plain !== null && careful !== null) expect(cleaned(plain)).toEqual(cleaned(careful));
  const fast = await readFast(file);
  if (fast !== null && careful !== null)
    expect(cleaned(sorted(fast))).toEqual(cleaned(sorted(careful.map(({ line, raw, ...event }) => event))));
  rmSync(file);
  return plain;
}

const odd = fc.constantFrom(
  '',
  '\n',
  '#comment',
  '#close\t2025',
  '#path\tother',
  '#fields\tts\tx',
  ' ',
  '\r',
  '\0',
  '\x01',
  '"',
  '{',
  '{}',
  'é\\xZZ',
  'x'.repeat(70_000),
);

describe.each(formats.map((f) => [f.id, f] as [string, Format]))('%s', (_id, format) => {
  it('reads its sample alike, and packed alike', async () => {
    const rows = await sameBothWays(format.sample);
    expect(rows?.length).toBeGreaterThan(0);
    expect(await sameBothWays(gzipSync(format.sample))).toEqual(rows);
  });

  it('reads odd lines alike or gives up', async () => {
    const lines = format.sample.trimEnd().split('\n');
    const insertion = fc.tuple(fc.nat(lines.length), odd);
    await fc.assert(
      fc.asyncProperty(fc.array(insertion, { minLength: 1, maxLength: 3 }), fc.boolean(), async (insertions, end) => {
        const copy = [...lines];
        for (const [at, text] of insertions) copy.splice(at, 0, text);
        await sameBothWays(copy.join('\n') + (end ? '\n' : ''));
      }),
      { numRuns: 6 },
    );
  });

  it('reads changed bytes alike or gives up', async () => {
    const bytes = Buffer.from(format.sample);
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(9, 10, 34, 92, 44, 58)));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const copy = Buffer.from(bytes);
        for (const [at, byte] of changes) copy[at] = byte;
        await sameBothWays(copy);
      }),
      { numRuns: 6 },
    );
  });
});

describe('what the engine would read over', () => {
  const [first] = formats;
  const sample = (first?.sample ?? '').repeat(1);

  it('is told: a packed file that was cut short', async () => {
    const packed = gzipSync(sample.repeat(200));
    const file = fileOf(packed.subarray(0, packed.length - 40));
    const log = await openLog(file, { careful: false, temp });
    expect(log.careful).toBe(true);
    expect(log.refusals.reasons).toEqual({ 'truncated-gzip': 1 });
    await log.close();
  });

  it('stops it: a header with other columns in the middle', async () => {
    const other = sample.replace(/^#path\t.*$/m, '#path\tother');
    const file = fileOf(sample + other);
    expect(await read(file, false)).toBeNull();
    expect((await read(file, true))?.length).toBe(4);
  });

  it('stops it: a line longer than 1 MiB', async () => {
    const file = fileOf(`${sample}${'x'.repeat(1_200_000)}\n`);
    expect(await read(file, false)).toBeNull();
  });
});

it('tells what is wrong with a file', async () => {
  await expect(openLog(path.join(temp, 'nowhere'), { careful: true, temp })).rejects.toMatchObject({
    code: 'path.missing',
  });
  await expect(openLog(temp, { careful: false, temp })).rejects.toMatchObject({ code: 'path.no-logs' });
});
