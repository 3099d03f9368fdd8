/**
 * kill -9 at random moments while every receiver has something to take. In the end: what was handed over for good is
 * there once, nothing is there twice, a broken connection leaves a beginning of what it carried, and read = accepted +
 * refused. `VIRGA_KILLS=500` for the whole number; CI takes fewer.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { freePort } from './intake/broker.ts';
import {
  copyTruncate,
  newAccount,
  post,
  putObject,
  rotate,
  sendTcp,
  sendUdp,
  stdinLines,
  writer,
} from './intake/feeds.ts';
import { holdings, virga } from './intake/process.ts';

const KILLS = Number(process.env.VIRGA_KILLS ?? 25);
const temp = mkdtempSync(path.join(tmpdir(), 'virga-kill-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

/** A small generator with a seed, so that a failure can be run again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

it(`${KILLS} times: read = accepted + refused, no gap, no duplicate`, {
  timeout: 3_600_000,
}, async () => {
  const seed = Number(process.env.VIRGA_SEED ?? Date.now() % 1_000_000);
  const random = randomOf(seed);
  const account = newAccount();
  const logs = path.join(temp, 'logs');
  const bucket = path.join(temp, 'bucket');
  mkdirSync(logs);
  mkdirSync(bucket);
  const [tcp, udp, http] = [await freePort(), await freePort(), await freePort()];
  const renamed = writer(path.join(logs, 'renamed.log'), 'renamed', account);
  const truncated = writer(path.join(logs, 'truncated.log'), 'truncated', account);
  writeFileSync(path.join(logs, 'renamed.log'), '');
  writeFileSync(path.join(logs, 'truncated.log'), '');
  const workspace = path.join(temp, 'ws');
  const args = ['ingest', '--workspace', workspace, '--memory', '300MB', '--follow', logs, '--objects', bucket];
  const listening = [
    '--listen',
    `syslog+tcp://:${tcp}`,
    '--listen',
    `syslog+udp://:${udp}`,
    '--listen',
    `http://:${http}`,
  ];

  let posting: Promise<void> | null = null;
  for (let kill = 0; kill < KILLS; kill++) {
    const running = virga([...args, ...listening, '--follow', '-'], 'pipe');
    running.child.stdin?.on('error', () => {});
    const early = random(10) === 0; // while it starts
    if (!early) await running.says('listening');
    renamed.append(1 + random(300));
    truncated.append(1 + random(300));
    if (random(3) === 0) putObject(bucket, account, 1 + random(200));
    posting ??= post(http, account, 1 + random(200), () => true).finally(() => {
      posting = null;
    });
    running.child.stdin?.write(stdinLines(account, 1 + random(100)));
    if (!early) await Promise.all([sendTcp(tcp, account, 1 + random(200)), sendUdp(udp, account, 1 + random(50))]);
    if (random(4) === 0) {
      renamed.finish();
      rotate(path.join(logs, 'renamed.log'));
    }
    if (random(5) === 0) {
      truncated.finish();
      copyTruncate(path.join(logs, 'truncated.log'));
    }
    await pause(random(1500));
    expect(await running.kill('SIGKILL')).toBe('SIGKILL');
    if (random(6) === 0) {
      renamed.finish();
      rotate(path.join(logs, 'renamed.log'));
    }
    if (random(6) === 0) {
      truncated.finish();
      copyTruncate(path.join(logs, 'truncated.log'));
    }
  }
  renamed.finish();
  truncated.finish();
  const last = virga([...args, ...listening, '--idle-exit', '8']);
  await last.says('listening');
  await posting;
  expect(await last.ended, last.stderr()).toBe(0);

  const { names, twice, refused } = await holdings(workspace);
  const where = `seed ${seed}`;
  expect(twice, `${where}: twice`).toEqual([]);
  expect(
    [...account.sure].filter((name) => !names.has(name)),
    `${where}: gaps`,
  ).toEqual([]);
  expect(refused, `${where}: refused`).toBe(account.refused);
  for (const run of account.runs) {
    const there = run.findLastIndex((name) => names.has(name)) + 1;
    expect(
      run.slice(0, there).filter((name) => !names.has(name)),
      `${where}: gaps in a stream`,
    ).toEqual([]);
  }
  const known = new Set([...account.sure, ...account.runs.flat(), ...account.loose]);
  expect(
    [...names].filter((name) => !known.has(name)),
    `${where}: names that nobody sent`,
  ).toEqual([]);
  expect(readdirSync(path.join(workspace, 'spool')), `${where}: nothing waits`).toEqual(['identity']);
});
