import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-crash-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const MAIN = path.resolve('dist/cli/main.js');
const logs = path.join(temp, 'logs');
cpSync('examples/logs', logs, { recursive: true });
// The company's day again for four more days in other files, so that an ingest has many batches.
for (const [i, file] of readdirSync(logs, { recursive: true })
  .map(String)
  .filter((f) => f.endsWith('dns.log'))
  .entries())
  for (let copy = 0; copy < 4; copy++) {
    const text = execFileSync('cat', [path.join(logs, file)], { encoding: 'utf8', maxBuffer: 1 << 28 });
    writeFileSync(
      path.join(logs, `again-${i}-${copy}.log`),
      text.replaceAll('\tudp\t', `\tudp\t`).replace(/^#close.*$/m, `#close\tcopy-${copy}`),
    );
  }

const argsFor = (workspace: string): string[] => [
  MAIN,
  'hunt',
  logs,
  '--intel',
  'examples/intel',
  '--workspace',
  workspace,
  '--format',
  'json',
];

function whole(workspace: string): object {
  const { run: _run, ...document } = JSON.parse(
    execFileSync(process.execPath, argsFor(workspace), { encoding: 'utf8', maxBuffer: 1 << 28 }),
  );
  return document;
}

function killedAfter(workspace: string, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argsFor(workspace), { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

/** Dies at its n-th write into a file, exactly: the engine's first writes make the database. False where there are fewer. */
function killedAtWrite(workspace: string, n: number): boolean {
  const inject = [
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    'trace=pwrite64',
    '-e',
    `inject=pwrite64:signal=KILL:when=${n}`,
  ];
  return spawnSync('strace', [...inject, process.execPath, ...argsFor(workspace)], { stdio: 'ignore' }).status !== 0;
}

describe('kill -9 while a workspace is filled', () => {
  it('at 50 moments, then run again: the document is that of an undisturbed run', async () => {
    const started = Date.now();
    const undisturbed = whole(path.join(temp, 'undisturbed'));
    const span = Date.now() - started;
    let killed = 0;
    // On a busy machine a run may end before its moment: then the moment does not count and an earlier one follows.
    for (let i = 0; killed < 50 && i < 120; i++) {
      const workspace = path.join(temp, `killed-${i}`);
      const moment = 60 + (0.8 * span * ((i * 37) % 50)) / 50;
      const died = await killedAfter(workspace, Math.round(moment / (1 + Math.floor(i / 50))));
      if (!died) continue;
      killed++;
      expect(whole(workspace)).toEqual(undisturbed);
      rmSync(workspace, { recursive: true, force: true });
    }
    expect(killed).toBe(50);
  });

  it.each([1, 2, 3, 4, 5, 6, 8])(
    'at its write number %i, while the database is made or filled: the next run opens it',
    (n) => {
      const workspace = path.join(temp, `write-${n}`);
      expect(killedAtWrite(workspace, n)).toBe(true);
      expect(whole(workspace)).toEqual(whole(path.join(temp, 'undisturbed')));
      expect(readdirSync(workspace).filter((name) => name.includes('.new'))).toEqual([]);
    },
  );
});

describe('a loss of power', () => {
  it('cannot take events of a batch that is recorded: its segments are synced before the commit', () => {
    const workspace = path.join(temp, 'synced');
    const trace = path.join(temp, 'trace.txt');
    const log = path.join(logs, readdirSync(logs).find((name) => name.startsWith('again-')) ?? '');
    const asked = ['-f', '-y', '-qq', '-o', trace, '-e', 'trace=fsync,fdatasync,/^rename'];
    const ingest = [process.execPath, MAIN, 'ingest', log, '--workspace', workspace];
    expect(spawnSync('strace', [...asked, ...ingest], { encoding: 'utf8' })).toMatchObject({ status: 0 });
    const calls = readFileSync(trace, 'utf8').split('\n');
    const [segment] = readdirSync(path.join(workspace, 'segments'));
    const file = calls.findIndex((c) => /fsync\(/.test(c) && c.includes(`${segment}.writing>`));
    const renamed = calls.findIndex((c) => /rename/.test(c) && c.includes(`${segment}.writing"`));
    const directory = calls.findIndex((c, i) => i > renamed && /fsync\(/.test(c) && c.includes('/segments>'));
    const commit = calls.findIndex((c, i) => i > directory && /f(?:data)?sync\(/.test(c) && c.includes('lake.duckdb'));
    expect(file, 'the file is synced').toBeGreaterThanOrEqual(0);
    expect(renamed, 'then renamed').toBeGreaterThan(file);
    expect(directory, 'then its directory is synced').toBeGreaterThan(renamed);
    expect(commit, 'then the batch is recorded').toBeGreaterThan(directory);
    const between = calls.slice(file, directory).filter((c) => /sync\(/.test(c) && c.includes('lake.duckdb'));
    expect(between, 'and not before').toEqual([]);
  });
});
