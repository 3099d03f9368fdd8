import { linkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { positionsOf, receiptsOf } from '../lake/arrivals.ts';
import { type BatchRecord, batchRecord } from '../lake/batches.ts';
import { type Lake, openLake } from '../lake/lake.ts';
import { VirgaError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { formatById } from '../telemetry/detect.ts';
import type { Format } from '../telemetry/format.ts';
import { readMapping } from '../telemetry/mapping/read.ts';
import type { OpenedLog } from '../telemetry/open.ts';
import { withWaiting } from '../telemetry/receivers/positions.ts';
import {
  type Behind,
  type Ingested,
  type Receipts,
  type Receiver,
  type Running,
  standardLimits,
} from '../telemetry/receivers/receiver.ts';
import { type Batch, openSpool, type Spool } from '../telemetry/receivers/spool.ts';
import { count } from '../telemetry/receivers/standard-input.ts';
import { contentOf } from './content.ts';
import { ingestFile } from './ingest.ts';
import { type Live, type LiveOptions, startLive } from './live.ts';
import { temporaryDirectory } from './temporary.ts';
import { type Watch, watchSources } from './watch.ts';

export type IntakeOptions = {
  readonly workspace: string;
  readonly memory: string;
  readonly receivers: readonly Receiver[];
  /** Mapping files: formats of the user's own, asked before all others. */
  readonly mappings?: readonly string[];
  /** What each batch is hunted with, or null: events are stored only. */
  readonly live: Omit<LiveOptions, 'workspace'> | null;
  /** Batches that wait for the lake take no more than this, in bytes; then senders wait. */
  readonly spoolBytes: number;
  /** Stop when nothing came for this long and nobody is behind, in milliseconds; null: never. */
  readonly idle: number | null;
  /** Milliseconds between two words on how far behind the sources are. */
  readonly statusEvery: number;
  /** Stop: take nothing more, bring what was taken into the lake. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly told: (event: IntakeEvent) => Promise<void>;
};

export type IntakeEvent =
  | { readonly kind: 'ready'; readonly sources: readonly string[]; readonly indicators: number | null }
  | { readonly kind: 'batch'; readonly source: string; readonly batch: BatchRecord; readonly already: boolean }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'status'; readonly sources: readonly SourceStatus[]; readonly waiting: Waiting }
  | { readonly kind: 'note'; readonly says: string };

export type SourceStatus = { readonly source: string } & Behind;
/** Batches between the receivers and the lake, and how old the oldest is, in seconds. */
export type Waiting = { readonly batches: number; readonly bytes: number; readonly seconds: number };

export type IntakeSummary = {
  readonly batches: number;
  readonly read: number;
  readonly accepted: number;
  readonly refused: number;
  readonly findings: number;
};

/**
 * Runs the receivers and brings their batches into the lake, each wholly in or wholly out and none twice, until the
 * signal, the end of every source, or a failure. What an earlier run left in the spool comes first.
 */
export async function runIntake(options: IntakeOptions): Promise<IntakeSummary> {
  const temp = temporaryDirectory();
  let lake: Lake | null = null;
  try {
    lake = await openLake({ workspace: options.workspace, memory: options.memory, temp: temp.path });
    const spool = openSpool(path.join(options.workspace, 'spool'), options.spoolBytes);
    const live = options.live ? await startLive(lake, { ...options.live, workspace: options.workspace }) : null;
    const intake = new Intake(lake, spool, live, temp.path, options);
    return await intake.run();
  } finally {
    lake?.close();
    temp.remove();
  }
}

/** What of a file is in the lake, because somebody ingested it by its name. */
async function ingestedOf(file: string, contents: Awaited<ReturnType<Lake['contents']>>): Promise<Ingested | null> {
  if (contents.length === 0) return null;
  const { id, bytes, begins } = await contentOf(file, contents);
  if (contents.some((c) => c.id === id)) return { bytes, all: true };
  return begins ? { bytes: begins.bytes, all: false } : null;
}

/** How often the loop looks up from waiting, in milliseconds. */
const TICK = 100;

class Intake {
  readonly #lake: Lake;
  readonly #spool: Spool;
  readonly #live: Live | null;
  readonly #temp: string;
  readonly #options: IntakeOptions;
  readonly #own: readonly Format[];
  readonly #watch: Watch;
  #running: { readonly source: string; readonly running: Running }[] = [];
  #totals = { batches: 0, read: 0, accepted: 0, refused: 0, findings: 0 };
  #failure: unknown = null;
  #lastArrival: number;
  #lastStatus: number;
  #open = 0;

  constructor(lake: Lake, spool: Spool, live: Live | null, temp: string, options: IntakeOptions) {
    this.#lake = lake;
    this.#spool = spool;
    this.#live = live;
    this.#temp = temp;
    this.#options = options;
    this.#own = (options.mappings ?? []).map(readMapping);
    this.#watch = watchSources(
      lake,
      options.receivers.map((r) => r.source),
    );
    this.#lastArrival = this.#now();
    this.#lastStatus = this.#now();
  }

  #now(): number {
    return this.#options.now().getTime();
  }

  async run(): Promise<IntakeSummary> {
    await this.#watch.begin(this.#now());
    for (const seq of (await this.#live?.missed()) ?? []) await this.#match(seq);
    try {
      await this.#start();
      await this.#options.told({
        kind: 'ready',
        sources: this.#options.receivers.map((r) => r.source),
        indicators: this.#live?.indicators() ?? null,
      });
      while (!this.#over()) {
        await this.#step();
        await this.#status();
      }
    } finally {
      await Promise.all(this.#running.map(({ running }) => running.stop()));
    }
    while (this.#spool.peek()) await this.#step();
    await this.#watch.end(this.#now());
    if (this.#failure !== null) throw this.#failure;
    return this.#totals;
  }

  async #start(): Promise<void> {
    const kept = withWaiting(await positionsOf(this.#lake.engine), this.#spool.waiting());
    const receipts = receiptsOn([
      ...(await receiptsOf(this.#lake.engine)),
      ...this.#spool.waiting().flatMap((b) => b.receipts),
    ]);
    const contents = await this.#lake.contents();
    for (const receiver of this.#options.receivers) {
      const running = await receiver.start({
        spool: this.#spool,
        positions: kept.get(receiver.source) ?? new Map(),
        receipts,
        ingested: (file) => ingestedOf(file, contents),
        limits: standardLimits,
        now: () => this.#now(),
        note: (says) => void this.#options.told({ kind: 'note', says }),
      });
      this.#running.push({ source: receiver.source, running });
      this.#open++;
      running.ended
        .catch((error: unknown) => {
          this.#failure ??= error;
        })
        .finally(() => this.#open--);
    }
  }

  #over(): boolean {
    if (this.#options.signal.aborted || this.#failure !== null) return true;
    if (this.#open === 0 && !this.#spool.peek()) return true;
    if (this.#options.idle === null || this.#now() - this.#lastArrival < this.#options.idle) return false;
    return !this.#spool.peek() && this.#running.every(({ running }) => running.behind().amount === 0);
  }

  /** One batch from the spool into the lake, or a short wait. */
  async #step(): Promise<void> {
    const batch = this.#spool.peek();
    if (!batch) {
      await this.#watch.look(this.#now(), (says) => this.#options.told({ kind: 'note', says }));
      return this.#spool.wait(TICK);
    }
    const report = await this.#bring(batch);
    const record = await batchRecord(this.#lake, report.seq);
    if (!record) throw new Error(`batch ${report.seq} has no record`);
    if (!report.already) {
      this.#totals.batches++;
      this.#totals.read += record.accepted + record.refused;
      this.#totals.accepted += record.accepted;
      this.#totals.refused += record.refused;
      await this.#watch.arrived(batch, record);
    }
    await this.#match(report.seq);
    await this.#options.told({ kind: 'batch', source: batch.source, batch: record, already: report.already });
    await this.#spool.done(batch);
    this.#lastArrival = this.#now();
  }

  async #bring(batch: Batch): Promise<{ readonly seq: number; readonly already: boolean }> {
    const open: OpenedLog[] = [];
    const arrival = {
      source: batch.source,
      lineBase: batch.lineBase,
      positions: batch.positions,
      receipts: batch.receipts,
      first: batch.first,
      last: batch.last,
    };
    const as = batch.as === null ? undefined : (formatById(batch.as) ?? undefined);
    try {
      return await ingestFile(
        this.#lake,
        { path: batch.file, id: batch.id, name: batch.name, as, own: this.#own, arrival },
        this.#temp,
        open,
      );
    } catch (error) {
      if (error instanceof VirgaError) throw error;
      return await this.#setAside(batch, arrival, error);
    } finally {
      for (const log of open) await log.close();
    }
  }

  /** A batch that nothing of ours can read must not stop the others: it is kept for people, each of its lines refused. */
  async #setAside(batch: Batch, arrival: Parameters<typeof ingestFile>[1]['arrival'], cause: unknown) {
    const directory = path.join(this.#options.workspace, 'set-aside');
    const place = path.join(directory, path.basename(batch.file));
    mkdirSync(directory, { recursive: true });
    try {
      linkSync(batch.file, place);
    } catch {
      // It is there from an earlier try.
    }
    const lines = await countLines(batch.file);
    await this.#options.told({
      kind: 'note',
      says: `a batch of ${batch.name} could not be read (${cause instanceof Error ? cause.message.slice(0, 200) : 'unknown'}); its ${lines} lines count as refused and are in ${place}`,
    });
    return this.#lake.ingest({
      id: batch.id,
      file: batch.name,
      bytes: batch.bytes,
      parts: [],
      refusals: { reasons: { unreadable: lines }, examples: [] },
      arrival,
    });
  }

  async #match(seq: number): Promise<void> {
    if (!this.#live) return;
    const findings = await this.#live.match(seq);
    for (const finding of findings) await this.#options.told({ kind: 'finding', finding });
    this.#totals.findings += findings.length;
    await this.#live.settle(seq, findings);
  }

  async #status(): Promise<void> {
    if (this.#now() - this.#lastStatus < this.#options.statusEvery) return;
    this.#lastStatus = this.#now();
    const waiting = this.#spool.waiting();
    await this.#options.told({
      kind: 'status',
      sources: this.#running.map(({ source, running }) => ({ source, ...running.behind() })),
      waiting: {
        batches: waiting.length,
        bytes: waiting.reduce((sum, b) => sum + b.bytes, 0),
        seconds: waiting[0] ? Math.max(0, Math.round((this.#now() - waiting[0].first) / 1000)) : 0,
      },
    });
  }
}

async function countLines(file: string): Promise<number> {
  const { createReadStream } = await import('node:fs');
  let lines = 0;
  for await (const chunk of createReadStream(file)) lines += count(Buffer.from(chunk));
  return lines;
}

/** Requests that are remembered in memory; a sender that had no answer repeats itself soon. */
const MAX_RECEIPTS = 200_000;

function receiptsOn(ids: readonly string[]): Receipts {
  const known = new Set(ids.slice(-MAX_RECEIPTS));
  return {
    has: (id) => known.has(id),
    add: (id) => {
      known.add(id);
      if (known.size <= MAX_RECEIPTS) return;
      for (const oldest of known) {
        known.delete(oldest);
        break;
      }
    },
  };
}
