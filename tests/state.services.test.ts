/** The facts on a real PostgreSQL: the same suite as on SQLite. The server is Debian's, started here and stopped again. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openState } from '../src/state/store.ts';
import { stateSuite } from '../src/state/testing.ts';

const PORT = 55_432;
const root = '/usr/lib/postgresql';
const bin = path.join(root, readdirSync(root).sort().at(-1) ?? '', 'bin');
const data = mkdtempSync('/tmp/virga-postgres-'); // short: a socket's path has 107 characters at most
/** PostgreSQL does not run as root. */
const asPostgres = (command: string, ...args: readonly string[]): void => {
  const words = [path.join(bin, command), ...args];
  if (process.getuid?.() === 0) execFileSync('runuser', ['-u', 'postgres', '--', ...words], { stdio: 'ignore' });
  else execFileSync(words[0] ?? '', words.slice(1), { stdio: 'ignore' });
};

beforeAll(() => {
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres', data]);
  chmodSync(data, 0o700);
  asPostgres('initdb', '-D', path.join(data, 'db'), '-A', 'trust', '-U', 'virga', '-E', 'UTF8');
  const options = `-p ${PORT} -c listen_addresses=127.0.0.1 -c fsync=off -k ${data}`;
  asPostgres('pg_ctl', '-D', path.join(data, 'db'), '-o', options, '-l', path.join(data, 'log'), '-w', 'start');
}, 120_000);
afterAll(() => {
  asPostgres('pg_ctl', '-D', path.join(data, 'db'), '-m', 'immediate', 'stop');
  rmSync(data, { recursive: true, force: true });
});

let databases = 0;
const url = (): string => `postgres://virga@127.0.0.1:${PORT}/virga${databases}`;
stateSuite(
  'PostgreSQL',
  () => {
    databases++;
    asPostgres('createdb', '-h', '127.0.0.1', '-p', String(PORT), '-U', 'virga', `virga${databases}`);
    return openState({ url: url() });
  },
  () => openState({ url: url() }),
);

describe('a server', () => {
  test('that is not there is told in a sentence', async () => {
    await expect(openState({ url: 'postgres://virga@127.0.0.1:1/virga' })).rejects.toMatchObject({
      code: 'state.unreachable',
    });
  });
});
