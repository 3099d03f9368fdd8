/** The program itself, as users run it, and what a workspace holds afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLake } from '../../src/lake/lake.ts';

const MAIN = path.resolve('dist/cli/main.js');

export type Running = {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  readonly stdout: () => string;
  /** Resolves when that stands on standard error. */
  readonly says: (text: string) => Promise<void>;
  /** Resolves with the exit status, or the signal. */
  readonly ended: Promise<number | string>;
  readonly kill: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | string>;
};

export function virga(args: readonly string[], stdin: 'ignore' | 'pipe' = 'ignore'): Running {
  return start(process.execPath, [MAIN, ...args], stdin);
}

export function start(
  command: string,
  args: readonly string[],
  stdin: 'ignore' | 'pipe' = 'ignore',
  env: NodeJS.ProcessEnv = process.env,
): Running {
  const child = spawn(command, args, { stdio: [stdin, 'pipe', 'pipe'], env });
  const text = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const hear = (to: 'out' | 'err') => (chunk: Buffer) => {
    text[to] += chunk.toString();
    for (const listener of [...listeners]) listener();
  };
  child.stdout?.on('data', hear('out'));
  child.stderr?.on('data', hear('err'));
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code ?? 0)),
  );
  return {
    child,
    stdout: () => text.out,
    stderr: () => text.err,
    says: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!text.err.includes(wanted) && !text.out.includes(wanted)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then((status) => reject(new Error(`ended with ${status}: ${text.err.slice(-2000)}`)));
      }),
    ended,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** What a workspace holds: events, distinct names, refused records, and whether its account adds up. */
export async function holdings(
  workspace: string,
): Promise<{ events: number; names: Set<string>; twice: readonly string[]; refused: number }> {
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-look-'));
  const lake = await openLake({ workspace, memory: '300MB', temp });
  try {
    const names = await lake.engine.rows('SELECT DISTINCT name FROM contact');
    const twice = await lake.engine.rows('SELECT name FROM contact GROUP BY name HAVING sum(events) > 1 ORDER BY name');
    const [sums] = await lake.engine.rows(
      'SELECT (SELECT sum(events) FROM contact) AS events, (SELECT sum(accepted) FROM batch) AS accepted, (SELECT sum(refused) FROM batch) AS refused',
    );
    if (Number(sums?.events ?? 0) !== Number(sums?.accepted ?? 0))
      throw new Error(`the ledger has ${sums?.events} events, the account ${sums?.accepted}`);
    return {
      events: Number(sums?.events ?? 0),
      names: new Set(names.map((r) => String(r.name))),
      twice: twice.map((r) => String(r.name)),
      refused: Number(sums?.refused ?? 0),
    };
  } finally {
    lake.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

/** One DNS query of its own name, as Zeek writes it in JSON. */
export const query = (n: number): string =>
  `{"_path":"dns","ts":${1795000000 + n / 1000},"uid":"C${n}","id.orig_h":"10.0.${n % 7}.${(n % 200) + 1}","id.orig_p":5353,"id.resp_h":"10.0.0.53","id.resp_p":53,"proto":"udp","query":"host${n}.example.com","qtype_name":"A"}`;

export const nameOf = (n: number): string => `host${n}.example.com`;

/** Resolves when the question is answered with yes; asks again every tenth of a second. */
export async function until(question: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (await question()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it never came');
}
