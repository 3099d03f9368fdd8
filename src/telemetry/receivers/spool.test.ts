import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type BatchFacts, openSpool } from './spool.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-spool-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const facts = (id: string, held: string | null = null): BatchFacts => ({
  id,
  source: 'test',
  name: 'test',
  as: null,
  lineBase: 0,
  positions: [],
  receipts: [],
  bytes: 4,
  first: 0,
  last: 0,
  held,
});
const lines = [Buffer.from('abc\n')];

it('keeps batches in the order in which they came, over restarts', async () => {
  const directory = path.join(temp, 'order');
  const first = openSpool(directory, 1000);
  for (const id of ['a', 'b']) await first.put(facts(id), lines);
  const second = openSpool(directory, 1000);
  await second.put(facts('c'), lines);
  const third = openSpool(directory, 1000);
  expect(third.waiting().map((b) => b.id)).toEqual(['a', 'b', 'c']);
  expect(readFileSync(third.peek()?.file ?? '', 'utf8')).toBe('abc\n');
  for (let batch = third.peek(); batch; batch = third.peek()) await third.done(batch);
  expect(readdirSync(directory)).toEqual(['identity']);
});

it('removes what was never whole and touches nothing else', async () => {
  const directory = path.join(temp, 'half');
  openSpool(directory, 1000);
  writeFileSync(path.join(directory, '000000000001-0a0b0c0d.log'), 'no facts');
  writeFileSync(path.join(directory, '000000000002-0a0b0c0d.log.part'), 'half');
  writeFileSync(path.join(directory, '000000000003-0a0b0c0d.json'), '{"id":');
  writeFileSync(path.join(directory, 'note.txt'), 'of a person');
  expect(openSpool(directory, 1000).waiting()).toEqual([]);
  expect(readdirSync(directory).sort()).toEqual(['identity', 'note.txt']);
});

it('holds a batch back until its receiver decides, over restarts, and keeps its name', async () => {
  const directory = path.join(temp, 'held');
  const spool = openSpool(directory, 1000);
  const kept = await spool.put(facts('kept', 'claim'), lines);
  await spool.put(facts('dropped', 'claim'), lines);
  expect(spool.peek()).toBeNull();
  const again = openSpool(directory, 1000);
  expect(again.identity).toBe(spool.identity);
  const [first, second] = again.held();
  expect(first?.id).toBe(kept.id);
  if (first) await again.release(first);
  if (second) await again.drop(second);
  const last = openSpool(directory, 1000);
  expect(last.waiting().map((b) => b.id)).toEqual(['kept']);
  expect(last.held()).toEqual([]);
});

it('has no room while it is full', async () => {
  const spool = openSpool(path.join(temp, 'room'), 5);
  await spool.put(facts('a'), lines);
  expect(spool.full()).toBe(false);
  await spool.put(facts('b'), lines);
  expect(spool.full()).toBe(true);
  let free = false;
  const room = spool.room().then(() => {
    free = true;
  });
  await Promise.resolve();
  expect(free).toBe(false);
  const batch = spool.peek();
  if (batch) await spool.done(batch);
  await room;
  expect(free).toBe(true);
});
