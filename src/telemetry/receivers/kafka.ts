import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { VirgaError } from '../../model/errors.ts';
import { createAlarm } from './alarm.ts';
import { asLine } from './frames.ts';
import {
  type Committed,
  commitAs,
  committedOf,
  type Group,
  isRefusal,
  join,
  type KafkaTarget,
  leave,
  openGroup,
  type Raw,
  type RawStream,
  streamFrom,
  type Term,
} from './kafka-group.ts';
import { owns, type Stretch, withStretch } from './ownership.ts';
import { type Intake, MAX_RECORD, type Receiver } from './receiver.ts';
import type { Batch } from './spool.ts';

/** How often it is asked how far behind the group is, and the pause before it tries again, in milliseconds. */
const LAG_EVERY = 5000;
const TRY_AGAIN = 1000;
/** Failures in a row after which the source counts as broken. */
const MAX_FAILURES = 60;

/**
 * A topic of Kafka as a worker of a consumer group. Messages are spooled first, then their offsets are committed under
 * this worker's name, then the batch is given to the lake. A worker that died in between finds out from the group
 * whether the batch in its spool is its own; so nothing is lost and nothing comes twice, whichever worker goes on.
 */
export const kafka = (target: KafkaTarget): Receiver => {
  const source = `kafka://${target.brokers.join(',')}/${target.topic}?group=${target.group}`;
  return {
    source,
    start: async (intake) => {
      const worker = new Worker(source, target, intake);
      await worker.open();
      const ended = worker.run();
      ended.catch(() => {});
      return {
        behind: () => ({ unit: 'records', amount: worker.lag, lost: 0 }),
        stop: async () => {
          await worker.stop();
          await ended.catch(() => {});
        },
        ended,
      };
    },
  };
};

const claimSchema = z.array(z.object({ partition: z.number(), from: z.string(), to: z.string() }));

class Worker {
  lag = 0;
  readonly #source: string;
  readonly #target: KafkaTarget;
  readonly #intake: Intake;
  readonly #alarm = createAlarm();
  #group: Group;
  #stopped = false;
  #lines: number;

  constructor(source: string, target: KafkaTarget, intake: Intake) {
    this.#source = source;
    this.#target = target;
    this.#intake = intake;
    this.#lines = Number(intake.positions.get('lines') ?? 0);
    this.#group = openGroup(target);
  }

  /** Fails at once where the brokers or the topic cannot be reached. */
  async open(): Promise<void> {
    try {
      await this.#group.metadata({ topics: [this.#target.topic] });
    } catch (cause) {
      await leave(this.#group);
      throw new VirgaError('intake.source', `${this.#source} cannot be reached.`, { cause });
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm.ring();
  }

  /** Terms one after the other. What breaks a term (a broker that restarts) is tried again for a while. */
  async run(): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      try {
        await this.#term(() => {
          failures = 0;
        });
      } catch (cause) {
        if (++failures === 1) this.#intake.note(`${this.#source}: ${sentence(cause)}; trying again`);
        if (failures > MAX_FAILURES)
          throw new VirgaError('intake.source', `${this.#source} failed ${failures} times in a row.`, { cause });
        await this.#alarm.wait(TRY_AGAIN);
        await leave(this.#group);
        this.#group = openGroup(this.#target);
      }
    }
    await leave(this.#group);
  }

  /** Batches that were spooled, of which nobody here knows whether their offsets were committed. */
  async #settleOld(): Promise<void> {
    for (const batch of this.#intake.spool.held().filter((b) => b.source === this.#source)) {
      const claims = this.#claims(batch.held);
      const committed = await committedOf(this.#group, this.#target.topic, [...claims.keys()]);
      const answers = [...claims].map(([partition, claim]) => owns(committed.get(partition)?.owners ?? [], claim));
      if (answers.includes('unknown'))
        this.#intake.note(`${this.#source}: an old batch is kept, Kafka no longer tells whose it is`);
      if (answers.includes('no')) await this.#intake.spool.drop(batch);
      else await this.#keep(batch);
    }
  }

  #claims(text: string | null): Map<number, Stretch> {
    const claims = claimSchema.parse(JSON.parse(text ?? '[]'));
    const worker = this.#intake.spool.identity;
    return new Map(claims.map((c) => [c.partition, { worker, from: BigInt(c.from), to: BigInt(c.to) }]));
  }

  async #keep(batch: Batch): Promise<void> {
    await this.#intake.spool.release(batch);
    this.#lines = Math.max(this.#lines, Number(batch.positions.find((p) => p.key === 'lines')?.value ?? 0));
  }

  /** One membership: reads the partitions that this worker was given until they are shared out anew. */
  async #term(alive: () => void): Promise<void> {
    const { topic } = this.#target;
    const term = await join(this.#group, topic);
    // Only now: what an older membership committed and had no answer to can no longer come true.
    await this.#settleOld();
    const committed = await committedOf(this.#group, topic, term.partitions);
    let over = false;
    const end = (): void => {
      over = true;
      this.#alarm.ring();
    };
    this.#group.on('consumer:group:join', end);
    this.#group.on('consumer:group:rebalance', end);
    const stream = await streamFrom(this.#group, topic, term, committed);
    const desk = new Desk(stream, this.#alarm, committed);
    let asked = 0;
    try {
      while (!this.#stopped && !over) {
        if (this.#intake.now() - asked > LAG_EVERY) {
          asked = this.#intake.now();
          await this.#measure(term, committed);
        }
        await desk.wait(this.#intake.limits.batchAge, this.#intake.limits.batchBytes);
        if (desk.failure) throw desk.failure;
        if (over || desk.bytes === 0) continue;
        await this.#intake.spool.room();
        await this.#take(term, committed, desk.take());
        alive();
      }
    } finally {
      this.#group.off('consumer:group:join', end);
      this.#group.off('consumer:group:rebalance', end);
      await stream.close().catch(() => {});
    }
  }

  /** Spool, commit, release: in this order. */
  async #take(term: Term, committed: Map<number, Committed>, messages: readonly Raw[]): Promise<void> {
    const worker = this.#intake.spool.identity;
    const next = new Map<number, Committed>();
    const claims: { partition: number; from: string; to: string }[] = [];
    for (const partition of new Set(messages.map((m) => m.partition))) {
      const of = messages.filter((m) => m.partition === partition);
      const known = committed.get(partition);
      const from = known?.offset ?? of[0]?.offset ?? 0n;
      const to = (of.at(-1)?.offset ?? from) + 1n;
      claims.push({ partition, from: String(from), to: String(to) });
      next.set(partition, { offset: to, owners: withStretch(known?.owners ?? [], { worker, from, to }) });
    }
    const batch = await this.#spool(messages, claims);
    try {
      await commitAs(this.#group, this.#target.topic, term, next);
    } catch (error) {
      // Refused: another worker has the partitions. No answer: the next term asks the group, see #settleOld.
      if (isRefusal(error)) await this.#intake.spool.drop(batch);
      throw error;
    }
    await this.#keep(batch);
    for (const [partition, state] of next) committed.set(partition, state);
  }

  async #spool(messages: readonly Raw[], claims: readonly object[]): Promise<Batch> {
    const lines = messages
      .filter((m) => m.value && m.value.length > 0)
      .map((m) => asLine(m.value.subarray(0, MAX_RECORD)));
    const now = this.#intake.now();
    return this.#intake.spool.put(
      {
        id: randomUUID(),
        source: this.#source,
        name: this.#source,
        as: null,
        lineBase: this.#lines,
        positions: [
          { key: 'lines', value: String(this.#lines + lines.length) },
          ...claims.map((claim) => ({
            key: `partition ${z.object({ partition: z.number() }).parse(claim).partition}`,
            value: JSON.stringify(claim),
          })),
        ],
        receipts: [],
        bytes: lines.reduce((sum, line) => sum + line.length, 0),
        first: now,
        last: now,
        held: JSON.stringify(claims),
      },
      lines,
    );
  }

  async #measure(term: Term, committed: ReadonlyMap<number, Committed>): Promise<void> {
    const ends = (await this.#group.listOffsets({ topics: [this.#target.topic] })).get(this.#target.topic) ?? [];
    this.lag = term.partitions.reduce(
      (sum, p) => sum + Math.max(0, Number((ends[p] ?? 0n) - (committed.get(p)?.offset ?? 0n))),
      0,
    );
  }
}

/** Messages between the stream and a batch; the stream waits while they are many. */
class Desk {
  bytes = 0;
  failure: Error | null = null;
  #messages: Raw[] = [];
  readonly #stream: RawStream;
  readonly #alarm: ReturnType<typeof createAlarm>;
  #enough = Number.POSITIVE_INFINITY;

  constructor(stream: RawStream, alarm: ReturnType<typeof createAlarm>, from: ReadonlyMap<number, Committed>) {
    this.#stream = stream;
    this.#alarm = alarm;
    stream.on('error', (error) => {
      this.failure = error;
      alarm.ring();
    });
    const next = new Map([...from].map(([partition, { offset }]) => [partition, offset]));
    stream.on('data', (message) => {
      // The client may hand out what it fetched twice.
      if (message.offset < (next.get(message.partition) ?? 0n)) return;
      next.set(message.partition, message.offset + 1n);
      this.#messages.push(message);
      this.bytes += (message.value?.length ?? 0) + 64;
      if (this.bytes < this.#enough) return;
      stream.pause();
      alarm.ring();
    });
  }

  /** Until there is enough, or for that long. */
  async wait(milliseconds: number, enough: number): Promise<void> {
    this.#enough = enough;
    if (this.bytes < enough && !this.failure) await this.#alarm.wait(milliseconds);
  }

  take(): Raw[] {
    const messages = this.#messages;
    this.#messages = [];
    this.bytes = 0;
    this.#stream.resume();
    return messages;
  }
}

const sentence = (cause: unknown): string =>
  cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
