/** `virga retention`: whole batches go, by age and by size, and the rest stays as it was. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../src/cli/run.ts';
import { holdings } from './intake/process.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-retention-'));
const workspace = path.join(temp, 'ws');
afterAll(() => rmSync(temp, { recursive: true, force: true }));

async function virga(...args: string[]): Promise<{ status: number; out: string }> {
  const stdout = new PassThrough();
  let out = '';
  stdout.on('data', (c) => {
    out += c;
  });
  const status = await run(args, { stdin: Readable.from([]), stdout, stderr: new PassThrough() });
  return { status, out };
}

const DAY = 86_400;
const now = Math.floor(Date.now() / 1000);
const line = (time: number, name: string): string =>
  `{"_path":"dns","ts":${time},"uid":"C","id.orig_h":"10.0.0.1","id.orig_p":5353,"id.resp_h":"10.0.0.53","id.resp_p":53,"proto":"udp","query":"${name}","qtype_name":"A"}\n`;

beforeAll(async () => {
  for (const [name, ages] of [
    ['old', [200, 100]],
    ['mixed', [200, 5]],
    ['new', [2, 1]],
  ] as const) {
    const file = path.join(temp, `${name}.log`);
    writeFileSync(file, ages.map((age, i) => line(now - age * DAY, `${name}${i}.example.com`)).join(''));
    await virga('ingest', file, '--workspace', workspace);
  }
});

it('says what would go and lets nothing go', async () => {
  const { out } = await virga('retention', '-w', workspace, '--max-age', '90d', '--dry-run', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({
    dry_run: true,
    dropped: { batches: 1, events: 2 },
    kept: { batches: 2, events: 4 },
    batches: [{ file: path.join(temp, 'old.log'), why: 'age' }],
  });
  expect((await holdings(workspace)).events).toBe(6);
});

it('lets go of batches whose newest event is too old; one with a young event stays', async () => {
  expect((await virga('retention', '-w', workspace, '--max-age', '90')).out).toContain('let go of 1 batches, 2 events');
  const { names } = await holdings(workspace);
  expect([...names].sort()).toEqual(['mixed0', 'mixed1', 'new0', 'new1'].map((n) => `${n}.example.com`));
  expect(readdirSync(path.join(workspace, 'segments'))).toHaveLength(2);
});

it('takes more afterwards', async () => {
  const file = path.join(temp, 'more.log');
  writeFileSync(file, line(now, 'more.example.com'));
  await virga('ingest', file, '--workspace', workspace);
  expect((await holdings(workspace)).events).toBe(5);
});

it.each([[[]], [['--max-age', 'long']], [['--max-size', '5']]])('refuses %j', async (args) => {
  expect((await virga('retention', '-w', workspace, ...args)).status).toBe(2);
});
