import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openLake } from '../../src/lake/lake.ts';
import { ingestFile } from '../../src/pipeline/ingest.ts';
import { normalize } from '../../src/pipeline/normalize.ts';
import { formats } from '../../src/telemetry/formats/index.ts';
import type { OpenedLog } from '../../src/telemetry/open.ts';

export type Fuzz = {
  readonly inputs: number;
  readonly seed: number;
  readonly temp: string;
  /** Damaged records that go into one file. */
  readonly aFile: number;
};

/** A small generator with a seed, so that a failure can be run again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Bytes that formats mean something by. */
const MEANT = [...'\t\r "\'\\{}[],:;=|<>#%-/.@\0\x01\x7f\xff\xc3\xe2'].map((c) => c.charCodeAt(0));

/** One line with bytes changed, left out, put in, doubled or cut off; never a line feed more. */
function damaged(line: Buffer, random: (below: number) => number): Buffer {
  let bytes: Buffer = Buffer.from(line);
  for (let i = random(4); i >= 0; i--) {
    const at = random(bytes.length + 1);
    const byte = random(2) === 0 ? (MEANT[random(MEANT.length)] ?? 32) : random(256);
    const put = byte === 10 ? 32 : byte;
    const how = random(6);
    if (how === 0) bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([put]), bytes.subarray(at)]);
    else if (how === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random(8))]);
    else if (how === 2) bytes = bytes.subarray(0, at);
    else if (how === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(random(at + 1))]);
    else if (at < bytes.length) bytes[at] = put;
  }
  return bytes;
}

/** Throws where a batch breaks, or where its account does not add up to the lines that hold something. */
export async function fuzzFormats({ inputs, seed, temp, aFile }: Fuzz): Promise<{ records: number; batches: number }> {
  const random = randomOf(seed);
  const lake = await openLake({ workspace: null, memory: '700MB', temp });
  const totals = { records: 0, batches: 0 };
  try {
    for (let round = 0; totals.records < inputs; round++) {
      const format = formats[round % formats.length];
      if (!format) throw new Error('there are no formats');
      const sample = format.sample.split('\n').filter((line) => line !== '');
      const head = sample.findIndex((line) => !line.startsWith('#'));
      const records = sample.slice(Math.max(0, head)).map((line) => Buffer.from(line));
      if (records.length === 0) continue;
      const count = Math.min(aFile, Math.max(1, inputs - totals.records));
      const lines: Buffer[] = sample.map((line) => Buffer.from(line));
      for (let i = 0; i < count; i++) lines.push(damaged(records[random(records.length)] ?? Buffer.alloc(0), random));
      const file = path.join(temp, `fuzz-${round}.log`);
      writeFileSync(file, Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));
      const open: OpenedLog[] = [];
      const id = `fuzz ${round}`;
      const where = `${format.id}, seed ${seed}, round ${round}`;
      let report: { accepted: number; refused: number };
      try {
        report = await ingestFile(lake, { path: file, id, name: id, as: format }, temp, open);
      } catch (cause) {
        throw new Error(`${where}: ${cause instanceof Error ? cause.message : cause}`, { cause });
      }
      const [ledger] = await lake.engine.rows('SELECT coalesce(sum(events), 0) AS n FROM contact');
      if (Number(ledger?.n) !== report.accepted)
        throw new Error(`${where}: accepted ${report.accepted}, the ledger has ${ledger?.n}`);
      if (report.accepted + report.refused > lines.length)
        throw new Error(`${where}: ${lines.length} lines, read ${report.accepted + report.refused}`);
      const again = await readAgain(file, format.id);
      if (again.accepted !== report.accepted || again.refused !== report.refused)
        throw new Error(
          `${where}: accepted ${report.accepted} + ${report.refused}, with care ${again.accepted} + ${again.refused}`,
        );
      for (const log of open) await log.close();
      for (const table of ['contact', 'part', 'refusal', 'refusal_example', 'batch'])
        await lake.engine.run(`DELETE FROM ${table}`);
      rmSync(file);
      totals.records += count;
      totals.batches++;
    }
    return totals;
  } finally {
    lake.close();
  }
}

/** The same file, line by line through our own reader: both ways must tell the same. */
async function readAgain(file: string, as: string): Promise<{ accepted: number; refused: number }> {
  const told = { accepted: 0, refused: 0 };
  for await (const record of normalize([file], { schema: 'ocsf', as })) {
    if ('event' in record) told.accepted++;
    else told.refused++;
  }
  return told;
}
