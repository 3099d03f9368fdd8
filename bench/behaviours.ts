import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { findBeacons } from '../src/hunt/behaviours/beacon.ts';
import { observe } from '../src/hunt/behaviours/observe.ts';
import { watchedIn } from '../src/hunt/behaviours/watched.ts';
import { readSeen } from '../src/hunt/seen.ts';
import { isPopular } from '../src/intel/popular-names.ts';
import { openLake } from '../src/lake/lake.ts';
import { ingest } from '../src/pipeline/ingest.ts';

/**
 * All behaviours over stored connections: 1, 2 and 4 times as many events of the same 400,000 pairs of host and name, one
 * in 40 names on a platform. `npx tsx bench/behaviours.ts 10000000` (the largest). Results: bench/BEHAVIOURS.md.
 */
const MOST = Number(process.argv[2] ?? 10_000_000);
const PAIRS = 400_000;
const NAMES = 20_000;
const HOSTS = 4_000;
const START = 1_789_257_600;
const DAYS = 5;
const work = mkdtempSync(path.join(tmpdir(), 'virga-bench-'));

const head =
  '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tssl\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tversion\tserver_name\testablished\tja4\n#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tstring\tbool\tstring\n';

/** Event number i of n: the same pairs whatever n is, spread over the same days. */
function line(i: number, n: number): string {
  const pair = (i * 2_654_435_761) % PAIRS;
  const host = pair % HOSTS;
  const name = (pair * 48_271 + Math.floor(pair / HOSTS)) % NAMES;
  const server = name % 40 === 0 ? `fn-${name}.acct-${name % 300}.workers.dev` : `www${name % 7}.site-${name}.example`;
  const at = (START + (i / n) * DAYS * 86_400).toFixed(6);
  return `${at}\tC${i}abcdefgh\t10.${20 + (host % 4)}.${Math.floor(host / 4) % 250}.${1 + Math.floor(host / 1000)}\t${40_000 + (i % 20_000)}\t203.0.${name % 250}.${1 + (name % 240)}\t443\tTLSv13\t${server}\tT\tt13d1516h2_8daaf6152771_02713d6af862`;
}

async function write(file: string, events: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(head);
  for (let i = 0; i < events; i += 20_000) {
    const block = Array.from({ length: Math.min(20_000, events - i) }, (_, k) => line(i + k, events)).join('\n');
    if (!out.write(`${block}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

async function measure(events: number): Promise<string> {
  const file = path.join(work, `${events}.log`);
  await write(file, events);
  const lake = await openLake({ workspace: path.join(work, String(events)), memory: '700MB', temp: work });
  const logs = await ingest(lake, [file], { temp: work, keep: true });
  await logs.close();
  rmSync(file);
  const surroundings = { asOf: Date.UTC(2030, 0), isPopular, own: new Set<string>(), inside: () => true };
  const all = await timed(
    async () => (await observe(lake, { ...surroundings, watched: await watchedIn(lake, await readSeen(lake)) })).length,
  );
  const pairs = await timed(async () => (await findBeacons(lake, { ...surroundings, touched: false })).beacons.length);
  lake.close();
  const row = [
    events.toLocaleString('en'),
    ...all,
    ...pairs,
    String(Math.round(process.resourceUsage().maxRSS / 1024)),
  ];
  console.log(row.join(' | '));
  return `| ${row.join(' | ')} |`;
}

/** Seconds on the clock, seconds of CPU, and how many came out. */
async function timed(job: () => Promise<number>): Promise<string[]> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const found = await job();
  const { user, system } = process.cpuUsage(cpu);
  return [
    ((performance.now() - began) / 1000).toFixed(1),
    ((user + system) / 1e6).toFixed(1),
    found.toLocaleString('en'),
  ];
}

const rows = [await measure(MOST / 4), await measure(MOST / 2), await measure(MOST)];
rmSync(work, { recursive: true, force: true });
writeFileSync(
  'bench/BEHAVIOURS.md',
  `# Results of \`npx tsx bench/behaviours.ts\`

${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}. All behaviours, the beacon among them, over stored TLS handshakes of the same ${PAIRS.toLocaleString('en')} pairs of host and name; one in 40 names on a platform.

| connections | behaviours, s | CPU s | pieces of evidence | every rhythm (\`virga beacons\`), s | CPU s | pairs | peak MB so far |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`,
);
