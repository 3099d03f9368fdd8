/**
 * Live matching: 20,000 lines a second over syslog TCP for a while, one of them each tenth of a second with a listed name;
 * how long until its finding is printed, and how memory goes. `npx tsx bench/live.ts [SECONDS] [LINES_A_SECOND]` after
 * `npm run build`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const seconds = Number(process.argv[2] ?? 60);
const rate = Number(process.argv[3] ?? 20_000);
const temp = mkdtempSync(path.join(tmpdir(), 'virga-live-'));
const STEPS = 10;
const listed = (n: number): string => `fn-${n}.bench-q7.workers.dev`;

const sent = new Map<string, number>();
const delays: number[] = [];
const memory: number[] = [];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const line = (n: number, name: string, source: number): string =>
  `{"_path":"dns","ts":${(Date.now() / 1000).toFixed(3)},"uid":"C${n}","id.orig_h":"10.${source % 4}.${source % 50}.${(source % 200) + 1}","id.orig_p":5353,"id.resp_h":"10.0.0.53","id.resp_p":53,"proto":"udp","query":"${name}","qtype_name":"A","rcode_name":"NOERROR","answers":["93.184.${n % 200}.34"]}\n`;

/** Resident memory of the process in MB, as the kernel tells. */
const resident = (child: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

async function send(port: number, child: ChildProcess): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const started = performance.now();
  let n = 0;
  for (let step = 0; step < seconds * STEPS; step++) {
    const lines: string[] = [];
    for (let i = 0; i < rate / STEPS; i++, n++)
      lines.push(line(n, `host${(n * 7919) % 5000}.example${n % 300}.com`, n));
    sent.set(listed(step), performance.now());
    lines.push(line(n, listed(step), step));
    if (!socket.write(lines.join(''))) await once(socket, 'drain');
    if (step % STEPS === 0) memory.push(resident(child));
    const ahead = started + ((step + 1) * 1000) / STEPS - performance.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
  console.log(`sent ${n} lines in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  socket.end();
}

const quantile = (of: readonly number[], q: number): number =>
  Math.round([...of].sort((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * q))] ?? Number.NaN);

const port = await freePort();
const intel = path.join(temp, 'intel.txt');
writeFileSync(intel, Array.from({ length: seconds * STEPS + 5000 }, (_, i) => `${listed(i)}\n`).join(''));
const child = spawn(
  process.execPath,
  // prettier-ignore
  [
    'dist/cli/main.js',
    'ingest',
    '--workspace',
    path.join(temp, 'ws'),
    '--listen',
    `syslog+tcp://:${port}`,
    '--intel',
    intel,
    '--idle-exit',
    '5',
    '--status-every',
    '10',
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
createInterface({ input: child.stdout }).on('line', (text) => {
  const { endpoint } = JSON.parse(text) as { endpoint: { host: string } };
  const at = sent.get(endpoint.host);
  if (at !== undefined) delays.push(performance.now() - at);
});
await new Promise((resolve) => setTimeout(resolve, 4000));
const cpu = process.cpuUsage();
await send(port, child);
await once(child, 'close');
const own = process.cpuUsage(cpu);
console.log(
  `${delays.length} of ${sent.size} findings; line to finding p50 ${quantile(delays, 0.5)} ms, p99 ${quantile(delays, 0.99)} ms, worst ${quantile(delays, 1)} ms`,
);
const third = Math.ceil(memory.length / 3);
console.log(
  `memory MB: first third at most ${Math.max(...memory.slice(0, third)).toFixed(0)}, last third at most ${Math.max(...memory.slice(-third)).toFixed(0)}; the sender itself took ${((own.user + own.system) / 1e6).toFixed(1)} s of CPU`,
);
rmSync(temp, { recursive: true, force: true });
