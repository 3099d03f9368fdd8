/** A real Kafka broker (KRaft, one node) on this machine, from the jars that scripts/install-services.sh fetched. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { Admin, ListOffsetTimestamps, Producer } from '@platformatic/kafka';
import { type Running, start } from './process.ts';

const JARS = path.resolve('node_modules/.virga-kafka/*');

export type Broker = { readonly address: string; readonly stop: () => Promise<void> };

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function startBroker(directory: string): Promise<Broker> {
  const [port, controller] = [await freePort(), await freePort()];
  const address = `127.0.0.1:${port}`;
  const config = path.join(directory, 'server.properties');
  writeFileSync(
    config,
    `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://${address},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://${address}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${path.join(directory, 'kafka')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
`,
  );
  const java = ['-Xmx384m', '-cp', JARS];
  const made = spawnSync(
    'java',
    [...java, 'kafka.tools.StorageTool', 'format', '-t', 'BraDcfSuQNKJg5QKa8SMKw', '-c', config],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const broker: Running = start('java', [...java, 'kafka.Kafka', config]);
  await reachable(address, broker);
  return { address, stop: async () => void (await broker.kill('SIGKILL')) };
}

async function reachable(address: string, broker: Running): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [address], retries: 0, timeout: 3000 });
    try {
      await admin.listTopics();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 300));
    } finally {
      await admin.close();
    }
  }
  throw new Error(`the broker never came up: ${broker.stderr().slice(-2000)}`);
}

export async function createTopic(address: string, topic: string, partitions: number): Promise<void> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [address] });
  await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
  await admin.close();
}

/** How many messages a topic holds. */
export async function messagesIn(address: string, topic: string, partitions: number): Promise<number> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [address] });
  const ends = await admin.listOffsets({
    topics: [
      {
        name: topic,
        partitions: Array.from({ length: partitions }, (_, partitionIndex) => ({
          partitionIndex,
          timestamp: ListOffsetTimestamps.LATEST,
        })),
      },
    ],
  });
  await admin.close();
  return ends.flatMap((t) => t.partitions).reduce((sum, p) => sum + Number(p.offset), 0);
}

/** Each message once: without `idempotent` the client repeats what a new topic refused in part, and the topic holds it twice. */
export async function produce(
  address: string,
  topic: string,
  partitions: number,
  values: readonly string[],
  compression: 'none' | 'gzip' | 'snappy' | 'lz4' = 'none',
): Promise<void> {
  const producer = new Producer({ clientId: 'test', bootstrapBrokers: [address], idempotent: true });
  for (let at = 0; at < values.length; at += 500)
    await producer.send({
      acks: -1,
      compression,
      messages: values
        .slice(at, at + 500)
        .map((value, i) => ({ topic, partition: (at + i) % partitions, value: Buffer.from(value) })),
    });
  await producer.close();
}
