/** Senders of the crash test: each makes records of its own names, and knows which of them must be in the lake in the end. */

import { createSocket } from 'node:dgram';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { query } from './process.ts';

/** Names that were handed over for good, and runs of names of which a beginning may be there. */
export type Account = {
  readonly sure: Set<string>;
  readonly runs: string[][];
  readonly loose: Set<string>;
  refused: number;
};

export const newAccount = (): Account => ({ sure: new Set(), runs: [], loose: new Set(), refused: 0 });

let number = 0;

/** That many records of new names under a label. */
function records(label: string, n: number): { lines: string[]; names: string[] } {
  const numbers = Array.from({ length: n }, () => number++);
  return {
    lines: numbers.map((i) => query(i).replace(`host${i}.example.com`, `host${i}.${label}.example.com`)),
    names: numbers.map((i) => `host${i}.${label}.example.com`),
  };
}

/** Appends to a log; one line in a hundred is no record, and a line may stay unfinished until the next call. */
export function writer(file: string, label: string, account: Account) {
  let unfinished = '';
  return {
    append: (n: number): void => {
      const { lines, names } = records(label, n);
      const bad = n % 3 === 0 ? ['{"_path":"dns","ts":"never","uid":"C","id.orig_h":"10.0.0.1","query":"bad"}'] : [];
      const text = `${unfinished}${[...bad, ...lines].join('\n')}`;
      const cut = n % 2 === 0 ? text.length - 20 : text.length;
      unfinished = n % 2 === 0 ? `${text.slice(cut)}\n` : '\n';
      appendFileSync(file, text.slice(0, cut));
      for (const name of names) account.sure.add(name);
      account.refused += bad.length;
    },
    finish: (): void => {
      appendFileSync(file, unfinished);
      unfinished = '';
    },
  };
}

/** As logrotate does it by default: names move up, the older ones are packed. */
export function rotate(file: string): void {
  for (let i = 400; i >= 1; i--) {
    const [from, to] = [`${file}.${i}.gz`, `${file}.${i + 1}.gz`];
    if (existsSync(from)) renameSync(from, to);
  }
  if (existsSync(`${file}.1`)) {
    const part = path.join(path.dirname(file), `.packing-${path.basename(file)}`);
    writeFileSync(part, gzipSync(readFileSync(`${file}.1`)));
    const old = new Date(Date.now() - 60_000);
    utimesSync(part, old, old);
    renameSync(part, `${file}.2.gz`);
    rmSync(`${file}.1`);
  }
  if (existsSync(file)) renameSync(file, `${file}.1`);
  writeFileSync(file, '');
}

let copies = 0;

/** As logrotate does it for programs that never let go of their file. */
export function copyTruncate(file: string): void {
  copyFileSync(file, `${file}.${++copies}`);
  truncateSync(file, 0);
}

export function putObject(directory: string, account: Account, n: number): void {
  const { lines, names } = records('object', n);
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, `2026-11-24T${String(number).padStart(9, '0')}.json.gz`);
  const hidden = path.join(directory, '.uploading');
  writeFileSync(hidden, gzipSync(`${lines.join('\n')}\n`));
  const old = new Date(Date.now() - 60_000);
  utimesSync(hidden, old, old);
  renameSync(hidden, file);
  for (const name of names) account.sure.add(name);
}

/** Posts until it is answered: what a shipper does. */
export async function post(port: number, account: Account, n: number, alive: () => boolean): Promise<void> {
  const { lines, names } = records('http', n);
  const body = `${lines.join('\n')}\n`;
  for (const name of names) account.sure.add(name);
  while (alive()) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(5000),
      });
      if (response.status === 200) return;
    } catch {
      // Not there, or died before it answered.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the sender was stopped before it was answered');
}

/** Sends over one connection; what is not answered for may be lost from some record on. */
export async function sendTcp(port: number, account: Account, n: number): Promise<void> {
  const { lines, names } = records('tcp', n);
  account.runs.push(names);
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.end(lines.map((line) => `<134>Nov 24 12:00:00 sensor zeek: ${line}\n`).join(''));
  });
}

export async function sendUdp(port: number, account: Account, n: number): Promise<void> {
  const { lines, names } = records('udp', n);
  for (const name of names) account.loose.add(name);
  const socket = createSocket('udp4');
  for (const line of lines)
    await new Promise<void>((resolve) =>
      socket.send(`<134>Nov 24 12:00:00 sensor zeek: ${line}`, port, '127.0.0.1', () => resolve()),
    );
  socket.close();
}

/** Lines for standard input; a beginning of them is taken. */
export function stdinLines(account: Account, n: number): string {
  const { lines, names } = records('stdin', n);
  account.runs.push(names);
  return `${lines.join('\n')}\n`;
}
