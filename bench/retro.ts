import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEngine } from '../src/lake/engine.ts';
import { openLake } from '../src/lake/lake.ts';
import { ingest } from '../src/pipeline/ingest.ts';

/**
 * The look back at size: new indicators against a lake of 1, 2 and 4 times the events with the same names, each a process
 * of its own after a build. `tsx bench/retro.ts 12500000 1000000` is 50 million events and a million indicators; CPU time
 * is what counts on a shared machine. Results are printed; those worth keeping go to bench/RESULTS.md.
 */
const EVENTS = Number(process.argv[2] ?? 500_000);
const INDICATORS = Number(process.argv[3] ?? 100_000);
const FACTORS = (process.argv[4] ?? '1,2,4').split(',').map(Number);
const [DAYS, HOSTS, NAMES, MET, RUNS] = [14, 2000, 200_000, 50, 3];
const work = mkdtempSync(path.join(process.env.BENCH_DIR ?? tmpdir(), 'virga-retro-'));

const FIRST = Date.UTC(2026, 9, 1) / 1000;
const HEAD =
  '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqclass_name\tqtype_name\trcode_name\tanswers\tTTLs\n#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tcount\tstring\tstring\tstring\tstring\tvector[string]\tvector[interval]\n';

/**
 * A day of a company: each host has some 500 names of its own, few of which it asks for most of the time, so more events
 * are more of the same; beside them the adversary's, once an hour by one host.
 */
const dayOf = (day: number, events: number): string => `
  WITH asked AS (
    SELECT i, hash(i, ${day}) % ${HOSTS} AS src, CAST(500 * pow(hash(i, ${day}, 7) % 1000000 / 1e6, 4) AS BIGINT) AS nth, i * 86400.0 / ${events} AS second FROM range(${events}) t(i)
    UNION ALL SELECT 1000000000 + i, i % ${MET}, -(i % ${MET}) - 1, i // ${MET} * 3600 + 17 FROM range(${MET * 24}) t(i)),
  named AS (SELECT *, CASE WHEN nth < 0 THEN nth ELSE CAST(${NAMES} * pow(hash(src, nth) % 1000000 / 1e6, 2) AS BIGINT) END AS n FROM asked)
  SELECT ${FIRST + day * 86_400} + second, 'C' || ${day} || 'x' || i, '10.' || src % 7 || '.' || src // 200 || '.' || (1 + src % 200), 40000 + i % 20000, '10.0.0.53', 53, 'udp', i % 65536,
    CASE WHEN n < 0 THEN 'poll-' || -n || '.hq-' || -n || '.workers.dev' WHEN n % 40 = 0 THEN 'fn-' || n || '.acct-' || n % 300 || '.workers.dev' ELSE 'www' || n % 7 || '.site-' || n || '.example' END,
    'C_INTERNET', 'A', 'NOERROR', '203.' || abs(n) % 200 || '.' || abs(n) // 200 % 250 || '.' || (1 + abs(n) % 250), '300.000000' FROM named`;

const made = (i: number): string =>
  i < MET
    ? `poll-${i + 1}.hq-${i + 1}.workers.dev`
    : i % 5 === 0
      ? `${11 + (i % 80)}.${(i >> 4) % 250}.${(i >> 12) % 250}.${1 + ((i * 31) % 250)}`
      : `c2-${(i * 7919) % 999_983}.own-${i}.${i % 3 === 0 ? 'pages.dev' : 'workers.dev'}`;

function listOf(count: number): string {
  const file = path.join(work, 'news.txt');
  writeFileSync(file, `${Array.from({ length: count }, (_, i) => made(i)).join('\n')}\n`);
  return file;
}

async function lakeOf(workspace: string, events: number): Promise<void> {
  const engine = await openEngine({ file: null, memory: '2GB', temp: work });
  const lake = await openLake({ workspace, memory: '2GB', temp: work });
  for (let day = 0; day < DAYS; day++) {
    const file = path.join(work, `dns-${day}.log`);
    await engine.run(
      `COPY (${dayOf(day, Math.floor(events / DAYS))}) TO '${file}' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '', ESCAPE '', PREFIX '${HEAD.replaceAll("'", "''")}', SUFFIX '#close\t2026-10-31-00-00-00\n')`,
    );
    const logs = await ingest(lake, [file], { temp: work, keep: true });
    await logs.close();
    rmSync(file);
  }
  lake.close();
  engine.close();
}

type Cost = { readonly seconds: number; readonly cpu: number; readonly mb: number; readonly said: string };

/** A command as a process of its own. */
function virga(...argv: readonly string[]): Cost {
  const script = `const {run}=await import('./dist/cli/run.js');let said='';const t=performance.now();
    const code=await run(${JSON.stringify(argv)},{stdin:process.stdin,stdout:{write(s){said+=s;return true}},stderr:process.stderr});
    const u=process.resourceUsage();console.log(JSON.stringify({seconds:(performance.now()-t)/1000,cpu:(u.userCPUTime+u.systemCPUTime)/1e6,mb:u.maxRSS/1024,said,code}))`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return JSON.parse(out);
}

const show = ({ seconds, cpu, mb }: Cost): string =>
  `${seconds.toFixed(2)} s, ${cpu.toFixed(2)} s of CPU, ${Math.round(mb)} MB`;
const byCpu = (costs: readonly Cost[]): Cost | undefined =>
  [...costs].sort((a, b) => a.cpu - b.cpu)[Math.floor((costs.length - 1) / 2)];

for (const factor of FACTORS) {
  const workspace = path.join(work, `${factor}x`);
  await lakeOf(workspace, EVENTS * factor);
  console.log(`${factor}x: ${(EVENTS * factor).toLocaleString('en')} events are in`);
  console.log(`  nothing yet: ${show(virga('retro', '-w', workspace, '--format', 'json'))}`);
  const list = listOf(INDICATORS);
  const imported = virga('intel', 'import', list, '-w', workspace, '--format', 'json');
  console.log(`  import of ${INDICATORS.toLocaleString('en')} (${statSync(list).size} bytes): ${show(imported)}`);
  const state = path.join(workspace, 'state.db');
  copyFileSync(state, `${state}.before`);
  const looks: Cost[] = [];
  for (let i = 0; i < RUNS; i++) {
    copyFileSync(`${state}.before`, state);
    looks.push(virga('retro', '-w', workspace, '--format', 'json'));
  }
  const median = byCpu(looks);
  if (!median) throw new Error('no look back ran');
  const document = JSON.parse(median.said);
  const rows = document.findings.length + document.leads.length;
  console.log(`  retro: ${show(median)}; ${rows} of ${MET} found in ${document.telemetry.read} events`);
  if (rows < MET) throw new Error('the look back missed some of what was planted');
  if (!process.env.BENCH_KEEP) rmSync(workspace, { recursive: true, force: true });
}
if (!process.env.BENCH_KEEP) rmSync(work, { recursive: true, force: true });
