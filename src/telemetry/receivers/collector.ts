import { randomUUID } from 'node:crypto';
import type { Intake } from './receiver.ts';
import type { BatchFacts } from './spool.ts';

/** Whole lines that came together, each ended by a line feed, and what is to be remembered with them. */
export type Delivery = { readonly lines: Buffer; readonly count: number; readonly receipt?: string | undefined };

/** Gathers what a stream brings into batches of a good size. Memory is bounded by whoever waits for `room`. */
export type Collector = {
  /** Resolves when the lines are safely on disk; rejects where they could not be written. */
  readonly add: (delivery: Delivery) => Promise<void>;
  /** Resolves when there is room for more. A sender that can wait is to be held until then. */
  readonly room: () => Promise<void>;
  readonly full: () => boolean;
  /** Lines that are not on disk yet. */
  readonly held: () => number;
  /** Writes out what is held. */
  readonly finish: () => Promise<void>;
};

/** While the lake is behind, batches may grow older than usual, up to this many milliseconds: larger ones cost it less. */
const PATIENCE = 2000;

type Waiting = {
  readonly chunks: Buffer[];
  readonly receipts: string[];
  readonly settle: ((error: unknown) => void)[];
  bytes: number;
  lines: number;
  readonly first: number;
};

export function collector(intake: Intake, source: string): Collector {
  const { spool, limits } = intake;
  let held: Waiting | null = null;
  let inFlight = 0;
  let total = Number(intake.positions.get('lines') ?? 0);
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  const roomWaiters: (() => void)[] = [];
  const full = (): boolean => (held?.bytes ?? 0) + inFlight >= 2 * limits.batchBytes || spool.full();
  const freed = (): void => {
    if (!full()) for (const resume of roomWaiters.splice(0)) resume();
  };

  const cut = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    const batch = held;
    held = null;
    if (!batch) return;
    inFlight += batch.bytes;
    writing = writing.then(async () => {
      const facts = factsOf(source, batch, total, intake.now());
      try {
        await spool.put(facts, batch.chunks);
        total += batch.lines;
        for (const settle of batch.settle) settle(null);
      } catch (error) {
        for (const settle of batch.settle) settle(error);
      } finally {
        inFlight -= batch.bytes;
        freed();
      }
    });
  };
  const tick = (): void => {
    const late = spool.waiting().length > 1 && held !== null && intake.now() - held.first < PATIENCE;
    if (late) timer = setTimeout(tick, limits.batchAge / 2);
    else cut();
  };

  return {
    add: (delivery) =>
      new Promise((resolve, reject) => {
        held ??= { chunks: [], receipts: [], settle: [], bytes: 0, lines: 0, first: intake.now() };
        held.chunks.push(delivery.lines);
        held.bytes += delivery.lines.length;
        held.lines += delivery.count;
        if (delivery.receipt !== undefined) held.receipts.push(delivery.receipt);
        held.settle.push((error) => (error === null ? resolve() : reject(error)));
        if (held.bytes >= limits.batchBytes) cut();
        else timer ??= setTimeout(tick, limits.batchAge);
      }),
    room: async () => {
      while (full()) {
        if (spool.full()) await spool.room();
        else await new Promise<void>((resolve) => roomWaiters.push(resolve));
      }
    },
    full,
    held: () => held?.lines ?? 0,
    finish: async () => {
      cut();
      await writing;
    },
  };
}

const factsOf = (source: string, batch: Waiting, before: number, now: number): BatchFacts => ({
  id: randomUUID(),
  source,
  name: source,
  as: null,
  lineBase: before,
  positions: [{ key: 'lines', value: String(before + batch.lines) }],
  receipts: batch.receipts,
  bytes: batch.bytes,
  first: batch.first,
  last: now,
  held: null,
});
