import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { VirgaError } from '../model/errors.ts';
import { listFiles, listLogs } from './walk.ts';

const root = mkdtempSync(path.join(tmpdir(), 'virga-walk-'));
const at = (...names: string[]): string => path.join(root, ...names);

beforeAll(() => {
  for (const directory of ['logs/zeek', 'logs/.hidden', 'empty', 'temp']) mkdirSync(at(directory), { recursive: true });
  for (const file of ['logs/b.log', 'logs/a.log', 'logs/zeek/dns.log', 'logs/.hidden/x.log', 'logs/.swp', 'other.log'])
    writeFileSync(at(file), file);
  symlinkSync(at('logs'), at('logs/zeek/back'));
  symlinkSync(at('other.log'), at('logs/linked.log'));
  symlinkSync(at('nowhere'), at('logs/dangling'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const code = async (paths: string[]): Promise<string | null> => {
  try {
    await listFiles(paths, at('temp'));
    return null;
  } catch (error) {
    if (error instanceof VirgaError) return error.code;
    throw error;
  }
};

it('lists a directory sorted, and says how much it left out', async () => {
  const { files, leftOut } = await listLogs([at('logs')], at('temp'));
  expect(files.map((f) => path.relative(root, f.name))).toEqual([
    'logs/a.log',
    'logs/b.log',
    'logs/linked.log',
    'logs/zeek/dns.log',
  ]);
  expect(leftOut).toBe(3); // .hidden, .swp, dangling
});

it('reads the same real file once, in the order given', async () => {
  const given = [at('other.log'), at('logs'), at('logs/zeek/back/a.log'), at('logs')];
  expect((await listFiles(given, at('temp'))).map((f) => path.relative(root, f))).toEqual([
    'other.log',
    'logs/a.log',
    'logs/b.log',
    'logs/zeek/dns.log',
  ]);
});

it('spools standard input and pipes, and keeps their names', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  const writer = import('node:fs/promises').then(({ writeFile }) => writeFile(at('pipe'), 'through a pipe'));
  const { files } = await listLogs(['-', at('pipe')], at('temp'), Readable.from(['from ', 'standard input']));
  await writer;
  expect(files.map((f) => f.name)).toEqual(['-', at('pipe')]);
  expect(files.map((f) => readFileSync(f.path, 'utf8'))).toEqual(['from standard input', 'through a pipe']);
});

it('tells what is wrong with a path', async () => {
  expect(await code([at('empty')])).toBe('path.no-logs');
  expect(await code([at('missing')])).toBe('path.missing');
  expect(await code(['/dev/null'])).toBe('path.no-logs');
});
