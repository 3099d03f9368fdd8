/** Silence, the time when nobody listened, and clocks that are wrong are kept in the lake, and nothing else is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { BatchRecord } from '../lake/batches.ts';
import { type Lake, openLake } from '../lake/lake.ts';
import { notices, recordNotice } from '../lake/notices.ts';
import type { Batch } from '../telemetry/receivers/spool.ts';
import { watchSources } from './watch.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-watch-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));
const lakes: Lake[] = [];
afterEach(() => {
  for (const lake of lakes.splice(0)) lake.close();
});

let number = 0;
async function scene(): Promise<Lake> {
  const lake = await openLake({ workspace: path.join(temp, `ws-${number++}`), memory: '200MB', temp });
  lakes.push(lake);
  return lake;
}

const MINUTE = 60_000;
const NOON = Date.parse('2026-03-10T12:00:00Z');
const at = (time: number): string => new Date(time).toISOString();
const batch = (last: number): Batch => ({
  id: 'b',
  source: 'tap',
  name: 'tap',
  as: null,
  lineBase: 0,
  positions: [],
  receipts: [],
  bytes: 1,
  first: last,
  last,
  held: null,
  file: '',
  entry: '',
});
const record = (first: number, last: number): BatchRecord => ({
  ...{ seq: 1, file: 'tap', formats: [], accepted: 3, refused: 0, reasons: {} },
  first: at(first),
  last: at(last),
});
const good = (time: number): [Batch, BatchRecord] => [batch(time), record(time - 1000, time)];

/** A stored batch with three events at these times. */
const contacts = (lake: Lake, ...times: readonly number[]): Promise<unknown> =>
  Promise.all(
    times.map((time) =>
      lake.engine.run(
        'INSERT INTO contact BY NAME (SELECT 1 AS seq, CAST(epoch_ms(CAST($1 AS BIGINT)) AS DATE) AS day, 1 AS events, epoch_ms(CAST($1 AS BIGINT)) AS first, epoch_ms(CAST($1 AS BIGINT)) AS last)',
        [time],
      ),
    ),
  );

it('tells once of a silence, and keeps it until the source speaks again', async () => {
  const lake = await scene();
  const watch = watchSources(lake, ['tap']);
  await watch.begin(NOON);
  await watch.arrived(...good(NOON));
  const told: string[] = [];
  const note = async (says: string): Promise<void> => void told.push(says);
  await watch.look(NOON + 9 * MINUTE, note);
  expect(told).toEqual([]);
  await watch.look(NOON + 10 * MINUTE, note);
  await watch.look(NOON + 11 * MINUTE, note);
  expect(told).toEqual(['tap has been silent since 2026-03-10T12:00:00.000Z']);
  await watch.arrived(...good(NOON + 30 * MINUTE));
  await watch.end(NOON + 31 * MINUTE);
  const silence = { kind: 'silence', source: 'tap', events: 0, seconds: 0 };
  expect(await notices(lake)).toEqual([{ ...silence, from: NOON, to: NOON + 30 * MINUTE }]);
});

it('keeps a silence that lasts until the end, and allows a source ten times its usual pause', async () => {
  const lake = await scene();
  const watch = watchSources(lake, ['tap']);
  await watch.begin(NOON);
  for (let i = 1; i <= 40; i++) await watch.arrived(...good(NOON + i * 5 * MINUTE));
  const now = NOON + 200 * MINUTE;
  const told: string[] = [];
  const note = async (says: string): Promise<void> => void told.push(says);
  await watch.look(now + 40 * MINUTE, note);
  expect(told).toEqual([]);
  await watch.look(now + 51 * MINUTE, note);
  expect(told).toHaveLength(1);
  await watch.end(now + 60 * MINUTE);
  expect(await notices(lake)).toMatchObject([{ kind: 'silence', from: now, to: now + 60 * MINUTE }]);
});

it('keeps the time when nobody listened, for the sources that it listens to now', async () => {
  const lake = await scene();
  for (const [seq, source, time] of [
    [1, 'tap', NOON - 20 * MINUTE],
    [2, 'tap', NOON - 15 * MINUTE],
    [3, 'quick', NOON - MINUTE],
    [4, 'gone', NOON - 60 * MINUTE],
  ] as const)
    await lake.engine.run(
      'INSERT INTO arrival VALUES ($1, $2, 0, epoch_ms(CAST($3 AS BIGINT)), epoch_ms(CAST($3 AS BIGINT)))',
      [seq, source, time],
    );
  await watchSources(lake, ['tap', 'quick', 'new']).begin(NOON);
  const kept = { kind: 'not-listening', source: 'tap', from: NOON - 15 * MINUTE, to: NOON, events: 0, seconds: 0 };
  expect(await notices(lake)).toEqual([kept]);
});

it('keeps events from the future, with how far ahead the clock is', async () => {
  const lake = await scene();
  const watch = watchSources(lake, ['tap']);
  await contacts(lake, NOON, NOON + 4 * MINUTE, NOON + 90 * MINUTE);
  await watch.arrived(batch(NOON), record(NOON, NOON + 90 * MINUTE));
  expect(await notices(lake)).toEqual([
    { kind: 'clock-ahead', source: 'tap', from: NOON, to: NOON, events: 1, seconds: 90 * 60 },
  ]);
});

it('keeps events of days before, not those of the same day or just before midnight', async () => {
  const lake = await scene();
  const watch = watchSources(lake, ['tap']);
  await contacts(lake, NOON - 5 * 60 * MINUTE, NOON - 26 * 60 * MINUTE, NOON - 50 * 60 * MINUTE);
  await watch.arrived(batch(NOON), record(NOON - 50 * 60 * MINUTE, NOON));
  expect(await notices(lake)).toEqual([
    { kind: 'late', source: 'tap', from: NOON, to: NOON, events: 2, seconds: 50 * 3600 },
  ]);
});

it('says nothing of a batch whose times are plausible or that has no events', async () => {
  const lake = await scene();
  const watch = watchSources(lake, ['tap']);
  await contacts(lake, NOON + 4 * MINUTE);
  await watch.arrived(batch(NOON), record(NOON - 30 * MINUTE, NOON + 4 * MINUTE));
  await watch.arrived(batch(NOON), { ...record(NOON, NOON), accepted: 0, first: null, last: null });
  expect(await notices(lake)).toEqual([]);
});

it('makes one notice of a day of wrong clocks, and leaves each silence its own', async () => {
  const lake = await scene();
  const base = { source: 'tap', events: 2, seconds: 400 };
  for (const hour of [0, 3]) {
    const from = NOON + hour * 60 * MINUTE;
    await recordNotice(lake, { ...base, kind: 'clock-ahead', from, to: from, seconds: 400 + hour });
    await recordNotice(lake, { ...base, kind: 'silence', from, to: from + 20 * MINUTE, events: 0, seconds: 0 });
  }
  const later = NOON + 3 * 60 * MINUTE;
  expect(await notices(lake)).toMatchObject([
    { kind: 'clock-ahead', from: NOON, to: later, events: 4, seconds: 403 },
    { kind: 'silence', from: NOON, to: NOON + 20 * MINUTE },
    { kind: 'silence', from: later, to: later + 20 * MINUTE },
  ]);
});
