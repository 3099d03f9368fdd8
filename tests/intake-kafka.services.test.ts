/** A real Kafka broker delivers through two workers of one group, one of them killed: nothing lost, nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Broker, createTopic, messagesIn, produce, startBroker } from './intake/broker.ts';
import { holdings, nameOf, query, type Running, until, virga } from './intake/process.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-kafka-'));
let broker: Broker;
beforeAll(async () => {
  broker = await startBroker(temp);
});
afterAll(async () => {
  await broker.stop();
  rmSync(temp, { recursive: true, force: true });
});

const worker = (workspace: string, topic: string, ...more: string[]): Running =>
  virga([
    'ingest',
    '--workspace',
    path.join(temp, workspace),
    '--kafka',
    `kafka://${broker.address}/${topic}?group=${topic}`,
    '--status-every',
    '1',
    '--memory',
    '300MB',
    ...more,
  ]);

/** How often the worker took something. */
const batches = (running: Running): number => running.stderr().split('records behind').length - 1;

/** Runs until nothing comes any more; what an earlier run left is settled. */
async function drain(workspace: string, topic: string): Promise<void> {
  const running = worker(workspace, topic, '--idle-exit', '12');
  expect(await running.ended).toBe(0);
}

describe('Kafka', () => {
  it.each(['none', 'gzip', 'snappy', 'lz4'] as const)('reads messages packed with %s', async (packing) => {
    const topic = `packed-${packing}`;
    await createTopic(broker.address, topic, 2);
    await produce(
      broker.address,
      topic,
      2,
      Array.from({ length: 300 }, (_, i) => query(i)),
      packing,
    );
    await drain(topic, topic);
    expect(await holdings(path.join(temp, topic))).toMatchObject({ events: 300, refused: 0 });
  });

  it('two workers in a group, killed and started again in turn: no message is lost, none is with both', async () => {
    const topic = 'shared-out';
    const total = 40_000;
    await createTopic(broker.address, topic, 6);
    const workers = { a: worker('a', topic), b: worker('b', topic) };
    let produced = 0;
    let kills = 0;
    for (const name of ['a', 'b', 'a', 'b', 'a', 'b'] as const) {
      const part = Array.from({ length: total / 8 }, (_, i) => query(produced + i));
      produced += part.length;
      const sending = produce(broker.address, topic, 6, part);
      await until(() => batches(workers[name]) > 1);
      await new Promise((resolve) => setTimeout(resolve, (kills * 317) % 900));
      expect(await workers[name].kill('SIGKILL')).toBe('SIGKILL');
      kills++;
      await sending;
      workers[name] = worker(name, topic);
      await workers[name].says('listening');
    }
    await produce(
      broker.address,
      topic,
      6,
      Array.from({ length: total - produced }, (_, i) => query(produced + i)),
    );
    await Promise.all(Object.values(workers).map((w) => w.kill('SIGKILL')));
    // Whoever lives takes the rest; then each settles what lies in its spool.
    await drain('a', topic);
    await drain('b', topic);
    const a = await holdings(path.join(temp, 'a'));
    const b = await holdings(path.join(temp, 'b'));
    expect(await messagesIn(broker.address, topic, 6), 'the topic itself holds each message once').toBe(total);
    expect(a.twice).toEqual([]);
    expect(b.twice).toEqual([]);
    expect(a.events + b.events).toBe(total);
    expect([...a.names].filter((name) => b.names.has(name))).toEqual([]);
    const all = new Set([...a.names, ...b.names]);
    expect(Array.from({ length: total }, (_, n) => n).filter((n) => !all.has(nameOf(n)))).toEqual([]);
    expect(all.size).toBe(total);
  });
});
