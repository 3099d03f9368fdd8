/** A log that is ingested again after it grew or was rotated and packed: nothing twice, nothing lost. */
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { contentOf } from '../src/pipeline/content.ts';
import { ingestFiles } from '../src/pipeline/ingest-files.ts';
import { runIntake } from '../src/pipeline/intake.ts';
import { follow } from '../src/telemetry/receivers/follow.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-grown-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let folder = '';
let n = 0;
beforeEach(() => {
  folder = path.join(temp, `case-${n++}`);
  rmSync(folder, { recursive: true, force: true });
});

const head = '#separator \\x09\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tquery\n';
const record = (i: number): string => `${1760428800 + i}.0\tC${i}\t10.0.0.${i % 9}\tn${i}.workers.dev\n`;
const records = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => record(from + i)).join('');

const workspace = (): string => path.join(temp, `workspace-${n}`);
const ingested = (...paths: string[]) => ingestFiles({ paths, workspace: workspace(), memory: '300MB' });
const log = (name: string, content: string | Uint8Array): string => {
  const file = path.join(temp, `${n}-${name}`);
  writeFileSync(file, content);
  return file;
};
const short = (document: Awaited<ReturnType<typeof ingested>>) =>
  document.batches.map((b) => [b.accepted, b.already, b.grown]);

describe('the same log again', () => {
  test('grown: the longer takes the place of the shorter', async () => {
    const file = log('dns.log', head + records(0, 5));
    expect(short(await ingested(file))).toEqual([[5, false, false]]);
    appendFileSync(file, records(5, 8));
    expect(short(await ingested(file))).toEqual([[8, false, true]]);
    expect(short(await ingested(file))).toEqual([[8, true, false]]);
    const again = await ingested(log('other.log', head + records(90, 92)));
    expect(short(again)).toEqual([[2, false, false]]);
  });

  test('cut in the middle of a line before: the whole line counts once', async () => {
    const file = log('dns.log', `${head}${records(0, 5)}1760428805.0\tC5\t10.`);
    const before = await ingested(file);
    expect(before.read).toBe(6);
    writeFileSync(file, head + records(0, 8));
    expect(short(await ingested(file))).toEqual([[8, false, true]]);
  });

  test('rotated and packed: there already; with more at its end: grown', async () => {
    const text = head + records(0, 40);
    const file = log('dns.log', text);
    await ingested(file);
    expect(short(await ingested(log('dns.1.log.gz', gzipSync(text))))).toEqual([[40, true, false]]);
    const closed = log('dns.2.log.gz', gzipSync(`${text}${records(40, 50)}#close\t2025\n`));
    expect(short(await ingested(closed))).toEqual([[50, false, true]]);
    renameSync(closed, `${closed}.old.gz`);
    expect(short(await ingested(`${closed}.old.gz`))).toEqual([[50, true, false]]);
  });

  test('a damaged archive is known by its bytes', async () => {
    const packed = gzipSync(head + records(0, 4000));
    const file = log('dns.log.gz', packed.subarray(0, packed.length - 200));
    const first = await ingested(file);
    expect(first.accepted).toBeGreaterThan(0);
    expect((await ingested(file)).already).toBe(1);
  });
});

describe('followed after it was ingested by name', () => {
  const followed = async (folder: string) => {
    const batches: { file: string; accepted: number }[] = [];
    await runIntake({
      ...{ workspace: workspace(), memory: '300MB', receivers: [follow(folder)], live: null, spoolBytes: 1e9 },
      ...{ idle: 3000, statusEvery: 60_000, signal: new AbortController().signal, now: () => new Date() },
      told: async (event) => {
        if (event.kind === 'batch')
          batches.push({ file: path.basename(event.batch.file), accepted: event.batch.accepted });
      },
    });
    return batches.sort((a, b) => (a.file < b.file ? -1 : 1));
  };

  test('only what came since is read, with its lines', async () => {
    mkdirSync(folder);
    const [same, more, packed] = ['same.log', 'more.log', 'packed.log.gz'].map((name) => path.join(folder, name));
    if (!same || !more || !packed) throw new Error('three files');
    writeFileSync(same, head + records(0, 5));
    writeFileSync(more, `${head}${records(10, 15)}1760428815.0\tC15`);
    writeFileSync(packed, gzipSync(head + records(20, 29)));
    expect((await ingested(folder)).accepted).toBe(19);
    writeFileSync(more, head + records(10, 18));
    writeFileSync(path.join(folder, 'new.log'), head + records(40, 42));
    const read = await followed(folder);
    expect(read).toEqual([
      { file: 'more.log', accepted: 3 },
      { file: 'new.log', accepted: 2 },
    ]);
    expect(await followed(folder)).toEqual([]);
  });
});

test('the longest beginning is found, whatever the contents and their lengths', async () => {
  const file = path.join(temp, 'any');
  const lengths = fc.uniqueArray(fc.integer({ min: 0, max: 300_000 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(lengths, fc.integer({ min: 1, max: 300_000 }), async (cuts, size) => {
      const bytes = Buffer.from(Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) % 251));
      writeFileSync(file, bytes);
      const known = [];
      for (const cut of cuts) {
        writeFileSync(`${file}.cut`, bytes.subarray(0, Math.min(cut, size)));
        known.push(await contentOf(`${file}.cut`, []));
      }
      const longest = Math.max(0, ...cuts.filter((c) => c > 0 && c < size));
      const { begins, bytes: length } = await contentOf(file, known);
      expect([begins?.bytes ?? 0, length]).toEqual([longest, size]);
    }),
    { numRuns: 15 },
  );
});
