import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { openEngine } from '../src/lake/engine.ts';
import { openLake } from '../src/lake/lake.ts';
import { ingest } from '../src/pipeline/ingest.ts';
import { openLog } from '../src/telemetry/open.ts';
import { logs } from './logs.ts';

/**
 * Ratios in one run, because machines are noisy: our ingest into a workspace against the engine's bare load of the same
 * columns of the same file into a table, and a whole hunt with few and many indicators. `npm run bench -- 200000` takes
 * fewer records. Results go to bench/RESULTS.md.
 */
const RECORDS = Number(process.argv[2] ?? 1_000_000);
const RUNS = 3;
const work = mkdtempSync(path.join(tmpdir(), 'virga-bench-'));

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)] ?? 0;

async function seconds(job: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await job();
  return (performance.now() - began) / 1000;
}

async function writeLog(file: string, line: (i: number) => string, head: string): Promise<void> {
  const out = createWriteStream(file);
  out.write(head);
  for (let i = 0; i < RECORDS; i += 10_000) {
    const block = Array.from({ length: Math.min(10_000, RECORDS - i) }, (_, k) => line(i + k)).join('\n');
    if (!out.write(`${block}\n`)) await new Promise<void>((resolve) => out.once('drain', resolve));
  }
  await new Promise<void>((resolve) => out.end(resolve));
}

async function bareLoad(file: string): Promise<void> {
  const database = path.join(work, 'bare.duckdb');
  rmSync(database, { force: true });
  const engine = await openEngine({ file: database, memory: '700MB', temp: work });
  const log = await openLog(file, { careful: false, temp: work });
  const [part] = log.parts;
  if (!part) throw new Error(`${file} has no part`);
  await engine.run(`CREATE TABLE bare AS ${part.fast}`);
  engine.close();
  await log.close();
}

async function ours(file: string): Promise<void> {
  const workspace = path.join(work, 'workspace');
  rmSync(workspace, { recursive: true, force: true });
  const lake = await openLake({ workspace, memory: '700MB', temp: work });
  const logs = await ingest(lake, [file], { temp: work, keep: true });
  await logs.close();
  lake.close();
}

async function formatRow(name: string): Promise<string> {
  const log = logs[name];
  if (!log) throw new Error(`no log ${name}`);
  const file = path.join(work, `${name}.log`);
  await writeLog(file, log.line, log.head);
  const bare: number[] = [];
  const mine: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    bare.push(await seconds(() => bareLoad(file)));
    mine.push(await seconds(() => ours(file)));
  }
  rmSync(file);
  const ratio = median(bare) / median(mine);
  console.log(
    `${name}: bare ${median(bare).toFixed(2)} s, ours ${median(mine).toFixed(2)} s, ratio ${ratio.toFixed(2)}`,
  );
  return `| ${name} | ${median(bare).toFixed(2)} | ${median(mine).toFixed(2)} | ${ratio.toFixed(2)} | ${Math.round(RECORDS / median(mine)).toLocaleString('en')} |`;
}

/** A whole hunt as a process of its own, for its peak memory. */
async function huntRow(indicators: number): Promise<string> {
  const file = path.join(work, 'dns.log');
  const log = logs['zeek-dns-tsv'];
  if (!log) throw new Error('no DNS log');
  await writeLog(file, log.line, log.head);
  const list = path.join(work, 'list.txt');
  writeFileSync(
    list,
    Array.from(
      { length: indicators },
      (_, i) => `fn-${i.toString(36)}.acct-${(i * 7919).toString(36)}.workers.dev`,
    ).join('\n'),
  );
  const script = `const {run}=await import('./dist/cli/run.js');const n=process.hrtime.bigint();await run(['hunt','${file}','--intel','${list}','--format','json'],{stdin:process.stdin,stdout:{write(){return true}},stderr:process.stderr});console.log(Number(process.hrtime.bigint()-n)/1e9,process.resourceUsage().maxRSS/1024)`;
  const [time = 0, memory = 0] = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
    .trim()
    .split(' ')
    .map(Number);
  console.log(`hunt with ${indicators} indicators: ${time.toFixed(2)} s, ${Math.round(memory)} MB`);
  return `| ${indicators.toLocaleString('en')} | ${time.toFixed(2)} | ${Math.round(memory)} |`;
}

mkdirSync(work, { recursive: true });
const formatRows: string[] = [];
for (const name of Object.keys(logs)) formatRows.push(await formatRow(name));
const huntRows = [await huntRow(1_000), await huntRow(200_000), await huntRow(2_000_000)];
rmSync(work, { recursive: true, force: true });
const text = `# Results of \`npm run bench\`

${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, ${RECORDS.toLocaleString('en')} records a file, median of ${RUNS}.

Ingest into a workspace (events, ledgers, account) against the engine's bare load of the same columns, cut by the same statement in the order of the file, into one table; ratio = bare / ours. The engine's own JSON reader, which loses the order and with it the lines, loaded the same EVE records in 1.98 s (2026-11-24): against that the ratio is about a third.

| format | bare load, s | ingest, s | ratio | records a second |
| --- | --- | --- | --- | --- |
${formatRows.join('\n')}

A whole hunt through ${RECORDS.toLocaleString('en')} Zeek DNS records, nothing kept.

| indicators | seconds | peak MB |
| --- | --- | --- |
${huntRows.join('\n')}
`;
writeFileSync('bench/RESULTS.md', text);
