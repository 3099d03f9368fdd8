/**
 * Every format in one run, by CPU time, because machines are shared: our ingest into a workspace (events, ledgers,
 * account) against the engine's bare load of the raw fields that the format reads from the same file into a table.
 * `npx tsx bench/formats.ts [RECORDS] [PATTERN] [RUNS]`; the table goes to bench/FORMATS.md where no pattern is given.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine } from '../src/lake/engine.ts';
import { openLake } from '../src/lake/lake.ts';
import { ingestFile } from '../src/pipeline/ingest.ts';
import type { Format } from '../src/telemetry/format.ts';
import { formats } from '../src/telemetry/formats/index.ts';
import { type OpenedLog, openLog } from '../src/telemetry/open.ts';
import { engineLines, fieldsRead } from '../src/telemetry/select.ts';

const RECORDS = Number(process.argv[2] ?? 100_000);
const only = new RegExp(process.argv[3] ?? '');
const RUNS = Number(process.argv[4] ?? 2);
const work = mkdtempSync(path.join(tmpdir(), 'virga-formats-'));

/** The sample again and again, from 4,000 hosts. */
function logOf(format: Format): string {
  const lines = format.sample.split('\n').filter((line) => line !== '');
  const isHead = (line: string): boolean => line.startsWith('#') || line === format.header;
  const records = lines.filter((line) => !isHead(line));
  const host = (i: number): string => `10.${20 + (i % 4)}.${(i * 7) % 250}.${1 + ((i * 13) % 250)}`;
  const many = Array.from({ length: RECORDS }, (_, i) =>
    (records[i % records.length] ?? '').replace(/10\.40\.1\.2[01]/, host(i)),
  );
  return `${[...lines.filter(isHead), ...many].join('\n')}\n`;
}

async function cpu(job: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await job();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

async function bareLoad(file: string, format: Format): Promise<void> {
  const database = path.join(work, 'bare.duckdb');
  rmSync(database, { force: true });
  const log = await openLog(file, { careful: false, temp: work, as: format });
  const [part] = log.parts;
  if (!part) throw new Error(`${format.id} has no part`);
  const facts = { path: file, compression: 'uncompressed' } as const;
  const names = fieldsRead(format);
  const raw =
    format.layout.file?.(facts, part.head, names) ?? format.layout.lines(engineLines(facts, false), part.head, names);
  const fields = names.map((name, i) => `${raw.fields.text(name)} AS field${i}`);
  const engine = await openEngine({ file: database, memory: '700MB', temp: work });
  await engine.run(`CREATE TABLE bare AS SELECT ${fields.join(', ')} FROM (${raw.select})`);
  engine.close();
  await log.close();
}

async function ours(file: string, format: Format): Promise<void> {
  const workspace = path.join(work, 'workspace');
  rmSync(workspace, { recursive: true, force: true });
  const lake = await openLake({ workspace, memory: '700MB', temp: work });
  const open: OpenedLog[] = [];
  const report = await ingestFile(lake, { path: file, id: file, name: file, as: format }, work, open);
  if (report.accepted !== RECORDS) throw new Error(`${format.id}: ${report.accepted} of ${RECORDS} accepted`);
  for (const log of open) await log.close();
  lake.close();
}

/** Delimited and JSON lines are asked 0.6, what expressions cut is asked 0.3. */
const isCut = (format: Format): boolean => {
  const { select } = format.layout.lines('lines', { ...none, lines: format.sample.split('\n') }, fieldsRead(format));
  return /regexp_/.test(select);
};
const none = { text: '', objects: [], keys: new Set<string>(), zeek: null };

function asked(format: Format): number {
  try {
    return isCut(format) ? 0.3 : 0.6;
  } catch {
    return 0.6; // a layout that needs a header is a table
  }
}

type Row = {
  readonly id: string;
  readonly bare: number;
  readonly mine: number;
  readonly ratio: number;
  readonly asked: number;
};
const rows: Row[] = [];
try {
  for (const format of formats.filter((f) => only.test(f.id))) {
    const file = path.join(work, 'format.log');
    writeFileSync(file, logOf(format));
    const [bare, mine]: [number[], number[]] = [[], []];
    for (let i = 0; i < RUNS; i++) {
      bare.push(await cpu(() => bareLoad(file, format)));
      mine.push(await cpu(() => ours(file, format)));
    }
    const row = { id: format.id, bare: Math.min(...bare), mine: Math.min(...mine), asked: asked(format) };
    rows.push({ ...row, ratio: row.bare / row.mine });
    console.log(
      `${row.id}: bare ${row.bare.toFixed(2)}, ours ${row.mine.toFixed(2)}, ratio ${(row.bare / row.mine).toFixed(2)} of ${row.asked}`,
    );
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
const below = rows.filter((r) => r.ratio < r.asked);
console.log(
  `${rows.length} formats, ${below.length} below what is asked: ${below.map((r) => r.id).join(', ') || 'none'}`,
);
if (!process.argv[3] || process.argv[3] === '.')
  writeFileSync(
    'bench/FORMATS.md',
    `# Every format against the engine's bare load

${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, ${RECORDS.toLocaleString('en')} records a file, seconds of CPU, the better of ${RUNS}. Made by \`npx tsx bench/formats.ts\`.

Bare: the engine cuts the raw fields that the format reads out of the same file, into a table. Ours: ingest into a workspace, with times, names and numbers converted, refusals told, events stored packed, ledgers filled. Asked: 0.6 for delimited lines and JSON, 0.3 for what expressions cut.

| format | bare, s | ours, s | ratio | asked |
| --- | --- | --- | --- | --- |
${[...rows]
  .sort((a, b) => a.ratio / a.asked - b.ratio / b.asked)
  .map((r) => `| ${r.id} | ${r.bare.toFixed(2)} | ${r.mine.toFixed(2)} | ${r.ratio.toFixed(2)} | ${r.asked} |`)
  .join('\n')}
`,
  );
