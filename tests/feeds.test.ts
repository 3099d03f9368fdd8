/** Feeds through their commands, pulled from a real server on this machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call as command } from './command.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-feeds-'));
let server: Server;
let base = '';
let content = 'a.example\nb.example\n';
let etag: string | null = null;
const asked: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.headers['if-none-match']);
    if (etag !== null && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else if (request.url === '/gone') response.writeHead(404).end('no');
    else response.writeHead(200, etag === null ? {} : { etag }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => {
  server.close();
  rmSync(temp, { recursive: true, force: true });
});

async function call(...argv: string[]) {
  const { out: text, ...rest } = await command(argv);
  return { ...rest, text };
}
async function virga(...argv: string[]) {
  const { text, ...rest } = await call(...argv);
  const lines = text.split('\n').filter((line) => line !== '');
  return { ...rest, rows: lines.map((line) => JSON.parse(line)) };
}
const place = (): string => mkdtempSync(path.join(temp, 'w-'));
const own = ['--inside', '127.0.0.0/8'];

describe('intel pull', () => {
  test('brings what is new, asks conditionally, and tells what did not change', async () => {
    const w = place();
    etag = '"one"';
    content = 'a.example\nb.example\n';
    await virga('intel', 'feeds', 'ours', `${base}/list`, ...own, '-w', w);
    expect((await virga('intel', 'feeds', '-w', w)).rows).toMatchObject([{ name: 'ours', ailments: ['never-pulled'] }]);
    const [first] = (await virga('intel', 'pull', '-w', w)).rows;
    expect(first).toMatchObject({ outcome: 'imported', indicators: 2, kind: 'plain', detail: '2 added, 0 updated' });
    expect((await virga('intel', 'pull', '-w', w)).rows).toEqual([]); // not due
    expect((await virga('intel', 'pull', 'ours', '-w', w)).rows).toMatchObject([{ outcome: 'unchanged' }]);
    expect(asked.at(-1)).toBe('"one"');
    const [listed] = (await virga('intel', 'list', '-w', w)).rows;
    expect(listed).toMatchObject({ value: 'a.example', source: 'ours' });
    etag = '"two"';
    content = '<!DOCTYPE html><html>Please log in</html>';
    await virga('intel', 'pull', '--all', '-w', w);
    const [ill] = (await virga('intel', 'feeds', '-w', w)).rows;
    expect(ill).toMatchObject({ healthy: false, ailments: ['empty', 'changed-in-shape'] });
    expect((await virga('intel', 'list', '-w', w)).rows).toHaveLength(2);
  });

  test('without tags from the server the same content is not imported twice', async () => {
    const w = place();
    etag = null;
    content = 'a.example\n';
    await virga('intel', 'feeds', 'ours', `${base}/list`, ...own, '-w', w);
    expect((await virga('intel', 'pull', '-w', w)).rows).toMatchObject([{ outcome: 'imported' }]);
    expect((await virga('intel', 'pull', '--all', '-w', w)).rows).toMatchObject([{ outcome: 'unchanged' }]);
  });

  test('a feed that fails says why and holds up no other; private addresses are not asked', async () => {
    const w = place();
    etag = null;
    content = 'a.example\n';
    await virga('intel', 'feeds', 'gone', `${base}/gone`, ...own, '-w', w);
    await virga('intel', 'feeds', 'inside', `${base}/list`, '-w', w);
    await virga('intel', 'feeds', 'good', `${base}/list`, ...own, '-w', w);
    const { status, rows } = await virga('intel', 'pull', '-w', w);
    expect(status).toBe(1);
    expect(rows.map((r) => [r.name, r.outcome])).toEqual([
      ['gone', 'failed'],
      ['inside', 'failed'],
      ['good', 'imported'],
    ]);
    expect(rows[0].detail).toContain('404');
    await virga('intel', 'feeds', 'gone', '--remove', '-w', w);
    expect((await virga('intel', 'feeds', '-w', w)).rows.map((r) => r.name)).toEqual(['inside', 'good']);
    expect((await virga('intel', 'pull', 'gone', '-w', w)).err).toContain('no feed');
  });
});

describe('intel sources', () => {
  test('measures each source from reviews and sightings, and each number says what it was counted from', async () => {
    const w = place();
    const lists = mkdtempSync(path.join(temp, 's-'));
    writeFileSync(path.join(lists, 'one.csv'), 'domain,created\na.example,2026-11-01\nb.acme.workers.dev,2026-11-01\n');
    writeFileSync(path.join(lists, 'two.csv'), 'domain,created\na.example,2026-11-06\nc.example,2026-11-06\n');
    await call('intel', 'import', lists, '-w', w);
    await virga('intel', 'review', '-w', w, '--value', 'a.example', '--set', 'approved', '--reason', 'seen');
    await virga('intel', 'sightings', 'c.example', '-w', w, '--kind', 'false-positive');
    const rows = JSON.parse((await call('intel', 'sources', '-w', w, '--format', 'json')).text);
    expect(rows.find((row: { source: string }) => row.source === 'one.csv')).toMatchObject({
      ...{ indicators: 2, precision: { value: 1, of: 1 }, lead_days: { value: 5, of: 1 } },
      ...{ overlap: { value: 0.5, of: 2 }, on_platforms: { value: 0.5, of: 2 } },
    });
    expect(rows.find((row: { source: string }) => row.source === 'two.csv')).toMatchObject({
      ...{ precision: { value: 0.5, of: 2, right: 1, wrong: 1 }, lead_days: { value: -5, of: 1 } },
    });
    const table = (await call('intel', 'sources', 'one.csv', '-w', w)).text;
    expect(table).toContain('100 % of 1');
    expect(table).not.toContain('two.csv');
  });
});
