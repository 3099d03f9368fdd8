import {
  Consumer,
  GenericError,
  ListOffsetTimestamps,
  type Message,
  type MessagesStream,
  MultipleErrors,
  offsetCommitV8,
  offsetFetchV8,
} from '@platformatic/kafka';
import { ownershipText, readOwnership, type Stretch } from './ownership.ts';

/** A topic of a Kafka cluster and the group in which its partitions are shared out. */
export type KafkaTarget = {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly group: string;
  readonly sasl: {
    readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
    readonly username: string;
    readonly password: string;
  } | null;
  readonly tls: { readonly ca: Buffer | null } | null;
};

export type Raw = Message<Buffer, Buffer, Buffer, Buffer>;
export type Group = Consumer<Buffer, Buffer, Buffer, Buffer>;
export type RawStream = MessagesStream<Buffer, Buffer, Buffer, Buffer>;

/** What the group has on record of a partition. */
export type Committed = { readonly offset: bigint; readonly owners: readonly Stretch[] };

/** A membership of the group: from one sharing out of the partitions to the next. Kafka refuses what an older one commits. */
export type Term = { readonly generation: number; readonly member: string; readonly partitions: readonly number[] };

export const openGroup = (target: KafkaTarget): Group =>
  new Consumer<Buffer, Buffer, Buffer, Buffer>({
    groupId: target.group,
    clientId: 'virga',
    bootstrapBrokers: [...target.brokers],
    autocommit: false,
    isolationLevel: 1,
    sessionTimeout: 10_000,
    heartbeatInterval: 1000,
    rebalanceTimeout: 20_000,
    maxWaitTime: 300,
    maxBytes: 8 * 1024 * 1024,
    maxBytesPerPartition: 2 * 1024 * 1024,
    highWaterMark: 4096,
    retries: 5,
    retryDelay: 500,
    timeout: 15_000,
    ...(target.sasl ? { sasl: { ...target.sasl } } : {}),
    ...(target.tls ? { tls: target.tls.ca ? { ca: target.tls.ca } : {} } : {}),
  });

/** Joins, or joins again. */
export async function join(group: Group, topic: string): Promise<Term> {
  group.topics.track(topic);
  await group.joinGroup({});
  return termOf(group, topic);
}

export const termOf = (group: Group, topic: string): Term => ({
  generation: group.generationId,
  member: group.memberId ?? '',
  partitions: group.assignments?.find((a) => a.topic === topic)?.partitions ?? [],
});

/** What the group has on record, of partitions that have any. */
export async function committedOf(
  group: Group,
  topic: string,
  partitions: readonly number[],
): Promise<Map<number, Committed>> {
  if (partitions.length === 0) return new Map();
  const response = await offsetFetchV8.api.async(
    await coordinator(group),
    [{ groupId: group.groupId, memberEpoch: -1, topics: [{ name: topic, partitionIndexes: [...partitions] }] }],
    true,
  );
  const rows = response.groups.flatMap((g) => g.topics).flatMap((t) => t.partitions);
  return new Map(
    rows
      .filter((p) => p.committedOffset >= 0n)
      .map((p) => [p.partitionIndex, { offset: p.committedOffset, owners: readOwnership(p.metadata ?? null) }]),
  );
}

/** Commits as the member of that term: Kafka refuses it when the partitions were shared out anew since. */
export async function commitAs(
  group: Group,
  topic: string,
  term: Term,
  committed: ReadonlyMap<number, Committed>,
): Promise<void> {
  const partitions = [...committed].map(([partitionIndex, { offset, owners }]) => ({
    partitionIndex,
    committedOffset: offset,
    committedLeaderEpoch: -1,
    committedMetadata: ownershipText(owners),
  }));
  await offsetCommitV8.api.async(await coordinator(group), group.groupId, term.generation, term.member, null, [
    { name: topic, partitions },
  ]);
}

async function coordinator(group: Group) {
  const node = await group.findGroupCoordinator();
  const connection = (await group.connectToBrokers([node])).get(node);
  if (!connection) throw new Error('the coordinator of the group cannot be reached');
  return connection;
}

/** The messages of the term's partitions from these offsets on. */
export async function streamFrom(
  group: Group,
  topic: string,
  term: Term,
  committed: ReadonlyMap<number, Committed>,
): Promise<RawStream> {
  const earliest =
    (await group.listOffsets({ topics: [topic], timestamp: ListOffsetTimestamps.EARLIEST })).get(topic) ?? [];
  return group.consume({
    topics: [topic],
    mode: 'manual',
    autocommit: false,
    offsets: term.partitions.map((partition) => {
      const known = committed.get(partition)?.offset ?? 0n;
      const first = earliest[partition] ?? 0n;
      return { topic, partition, offset: known > first ? known : first };
    }),
  });
}

/** True where Kafka said no: the commit did not happen and never will. Otherwise (no answer) nobody knows yet. */
export const isRefusal = (error: unknown): boolean => refusals.some((id) => bears(error, id));

const bears = (error: unknown, id: string): boolean =>
  error instanceof MultipleErrors
    ? error.findBy('apiId', id) !== null
    : error instanceof GenericError && error.findBy('apiId', id) !== null;

/** Leaves the group; what goes wrong then does not matter. */
export async function leave(group: Group): Promise<void> {
  try {
    await group.close(true);
  } catch {
    // The broker notices by itself.
  }
}

const refusals = ['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'REBALANCE_IN_PROGRESS', 'FENCED_INSTANCE_ID'];
