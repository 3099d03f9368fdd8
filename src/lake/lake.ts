import path from 'node:path';
import { VirgaError } from '../model/errors.ts';
import type { Column } from '../model/event.ts';
import { type Arrival, recordArrival } from './arrivals.ts';
import { contactSelect } from './contact.ts';
import { makeDurable } from './durable.ts';
import { type Engine, openEngine, type Row } from './engine.ts';
import { databaseOf, dropUnfinished, foundWorkspace } from './found.ts';
import { settleHosts, withHosts } from './hosts.ts';
import { recordLeases } from './leases.ts';
import type { Near } from './near.ts';
import { takeRejects } from './rejects.ts';
import { removeBatches } from './remove.ts';
import { dropOrphans, type Segment, segmentSelect, writeSegment } from './segments.ts';
import { LAKE_VERSION, tables, upgrades } from './tables.ts';

/** One format's stretch of a batch, as statements that yield events (`select.ts` of telemetry makes them). */
export type BatchPart = {
  readonly format: string;
  /** Columns that the statements yield, besides `class_uid` and `verdict`. */
  readonly columns: readonly Column[];
  /** True where events tell who had an address: they are then no contacts of it. */
  readonly leases: boolean;
  /** The engine's fastest way; right only for a spotless file. */
  readonly fast: string;
  /** True where `fast` itself tells every refusal exactly. */
  readonly exact: boolean;
  /** The events in the order of the file, where each line after the head is one of them; null where the lines were cleaned by us. */
  readonly inOrder: string | null;
  /** Lines before the first record. */
  readonly headLines: number;
  /** The lines as a relation with `line` and `raw`, in file order. */
  readonly lines: string;
  /** The same without numbers, every line of the file in order; null where the lines were cleaned by us. */
  readonly rawLines: string | null;
  /** Events with `line` and `raw`, from that relation or one with some of its rows. */
  readonly fromLines: (relation: string) => string;
  /** The same, where lines that are no records come out too, in order: one row a line. */
  readonly everyLine: (relation: string) => string;
};

export type RefusalCount = {
  readonly reasons: Readonly<Record<string, number>>;
  readonly examples: readonly { readonly line: number; readonly reason: string; readonly detail: string }[];
};

export type BatchInput = {
  /** The same content has the same id: a batch that is in already changes nothing. */
  readonly id: string;
  readonly file: string;
  /** Of the content, unpacked. */
  readonly bytes: number;
  /** A batch that holds the beginning of the same content, from when the file was shorter: it leaves as this one comes. */
  readonly replaces?: number | undefined;
  readonly parts: readonly BatchPart[];
  /** What was refused before the engine saw it. */
  readonly refusals: RefusalCount;
  /** How it came in, for what a receiver brought. */
  readonly arrival?: Arrival | undefined;
};

export type BatchReport = {
  readonly seq: number;
  readonly accepted: number;
  readonly refused: number;
  readonly already: boolean;
  /** True where it took the place of an earlier, shorter batch of the same content. */
  readonly grown: boolean;
};

/** The engine met something that only the careful way of reading can tell apart. */
export class NotSpotless extends Error {}

export type LakeOptions = {
  /** Directory that keeps everything, or null: ledgers in memory, events stay in their files. */
  readonly workspace: string | null;
  readonly memory: string;
  readonly temp: string;
};

/** The telemetry store: batches in, ledgers and events out. */
export type Lake = {
  /** True where that content is in already. */
  readonly has: (id: string) => Promise<boolean>;
  /** The batches that are whole files, by content: SHA-256 and bytes, unpacked. */
  readonly contents: () => Promise<readonly { readonly seq: number; readonly id: string; readonly bytes: number }[]>;
  /** One batch, wholly in or wholly out. Throws NotSpotless where the file must be read with care. */
  readonly ingest: (batch: BatchInput) => Promise<BatchReport>;
  /** Brings the ledger up to what leases tell of hosts; cheap where nothing is new. Before anything is asked. */
  readonly settle: () => Promise<void>;
  /** Statements that yield the numbered events of a batch; the source is a host where `settle` says so (hosts.ts). */
  readonly events: (seq: number) => Promise<readonly EventSource[]>;
  readonly engine: Engine;
  /** The ledger as a relation; of a lake that is narrowed, the rows of some batches. */
  readonly contacts: string;
  /** Lines that were gathered for the questions of this run; null before. */
  near: Near | null;
  readonly close: () => void;
};

/** The same lake, of which the ledger shows these batches alone. */
export const narrow = (lake: Lake, seqs: readonly number[]): Lake => ({
  ...lake,
  contacts: `(SELECT * FROM contact WHERE seq IN (${seqs.map((seq) => Math.trunc(seq)).join(', ')}))`,
});

/** The same lake, of which the ledger shows the batches up to this one alone. */
export const upTo = (lake: Lake, seq: number): Lake => ({
  ...lake,
  contacts: `(SELECT * FROM contact WHERE seq <= ${Math.trunc(seq)})`,
});

/** Where the events of a part can be read again: SQL with `line`, and the columns it has. */
export type EventSource = {
  readonly seq: number;
  readonly format: string;
  readonly select: string;
  readonly columns: readonly Column[];
  /** Where the events are still lines of text: these, and the events of some of them; null where columns are stored. */
  readonly lines: string | null;
  readonly rawLines: string | null;
  /** All events without `line` by the engine's own reader of the format; null where there is none. */
  readonly native: string | null;
  readonly fromLines: (relation: string) => string;
  readonly everyLine: (relation: string) => string;
};

/** Opens or makes the lake. With a workspace this process owns it until `close`. */
export async function openLake(options: LakeOptions): Promise<Lake> {
  if (options.workspace) await foundWorkspace(options.workspace, { memory: options.memory, temp: options.temp });
  const engine = await openEngine({
    file: options.workspace ? databaseOf(options.workspace) : null,
    memory: options.memory,
    temp: options.temp,
  });
  await engine.run(tables);
  await checkVersion(engine);
  if (options.workspace) dropUnfinished(options.workspace);
  if (options.workspace) await dropOrphans(engine, options.workspace);
  const kept = new Map<number, readonly EventSource[]>();
  const stored = async (seq: number): Promise<readonly EventSource[]> =>
    kept.get(seq) ?? storedEvents(engine, options.workspace, seq);
  return {
    has: async (id) => (await engine.rows('SELECT 1 FROM batch WHERE id = $1', [id])).length > 0,
    contents: async () =>
      (await engine.rows('SELECT seq, id, bytes FROM batch WHERE seq NOT IN (SELECT seq FROM arrival)')).map((r) => ({
        ...{ seq: Number(r.seq), id: String(r.id), bytes: Number(r.bytes) },
      })),
    ingest: (batch) => ingest(engine, options.workspace, kept, batch),
    settle: () => settleHosts(engine, stored),
    events: async (seq) => withHosts(engine, seq, await stored(seq)),
    engine,
    contacts: 'contact',
    near: null,
    close: engine.close,
  };
}

async function checkVersion(engine: Engine): Promise<void> {
  const [row] = await engine.rows('SELECT version FROM lake');
  if (!row) await engine.run('INSERT INTO lake VALUES ($1)', [LAKE_VERSION]);
  else if (Number(row.version) > LAKE_VERSION)
    throw new VirgaError('lake.newer', `The workspace has version ${row.version}, this program knows ${LAKE_VERSION}.`);
  else if (Number(row.version) < LAKE_VERSION) await engine.run(upgrades);
}

async function ingest(
  engine: Engine,
  workspace: string | null,
  kept: Map<number, readonly EventSource[]>,
  batch: BatchInput,
): Promise<BatchReport> {
  const [known] = await engine.rows('SELECT seq, accepted, refused FROM batch WHERE id = $1', [batch.id]);
  if (known)
    return {
      seq: Number(known.seq),
      accepted: Number(known.accepted),
      refused: Number(known.refused),
      already: true,
      grown: false,
    };
  const [next] = await engine.rows('SELECT coalesce(max(seq), 0) + 1 AS seq FROM batch');
  const seq = Number(next?.seq ?? 1);
  const segments = workspace ? await writeSegments(engine, workspace, batch) : [];
  await engine.run('BEGIN');
  try {
    for (const [i, part] of batch.parts.entries()) await ingestPart(engine, seq, i, part, segments[i] ?? null);
    await recordRefusals(engine, seq, batch);
    await engine.run(
      `INSERT INTO batch SELECT $1, $2, $3, $4, coalesce((SELECT sum(accepted) FROM part WHERE seq = $1), 0), coalesce((SELECT sum(records) FROM refusal WHERE seq = $1), 0),
       (SELECT min(first) FROM part WHERE seq = $1), (SELECT max(last) FROM part WHERE seq = $1), now()::TIMESTAMP`,
      [seq, batch.id, batch.file, batch.bytes],
    );
    if (batch.arrival) await recordArrival(engine, seq, batch.arrival);
    if (batch.replaces !== undefined) await removeBatches(engine, [batch.replaces]);
    await engine.run('COMMIT');
  } catch (error) {
    await engine.run('ROLLBACK');
    throw error;
  }
  if (!workspace)
    kept.set(
      seq,
      batch.parts.map((p) => ({
        seq,
        format: p.format,
        select: p.fromLines(p.lines),
        lines: p.lines,
        rawLines: p.rawLines,
        native: p.exact ? null : p.fast,
        columns: p.columns,
        fromLines: p.fromLines,
        everyLine: p.everyLine,
      })),
    );
  if (workspace && batch.replaces !== undefined) await dropOrphans(engine, workspace);
  const [row] = await engine.rows('SELECT accepted, refused FROM batch WHERE seq = $1', [seq]);
  return {
    seq,
    ...{ accepted: Number(row?.accepted), refused: Number(row?.refused) },
    ...{ already: false, grown: batch.replaces !== undefined },
  };
}

const writeSegments = async (engine: Engine, workspace: string, batch: BatchInput): Promise<Segment[]> => {
  const written: Segment[] = [];
  for (const [i, part] of batch.parts.entries()) written.push(await writeSegment(engine, workspace, batch.id, i, part));
  // Before the batch is recorded, its events must be where a loss of power cannot take them.
  if (written.length > 0) makeDurable(path.join(workspace, 'segments'));
  return written;
};

/** Groups the part's events into ledger rows; their counts are the account of the part. */
async function ingestPart(
  engine: Engine,
  seq: number,
  index: number,
  part: BatchPart,
  segment: Segment | null,
): Promise<void> {
  const select = segment ? segmentSelect(segment) : part.fast;
  const columns = part.leases ? part.columns.filter((c) => c !== 'src_endpoint_ip') : part.columns;
  await engine.run(
    `INSERT INTO contact SELECT $1, $2, day, place, src, dst, dst_port, name, answers, ja3, ja4, certificate, events, urls, bytes_out, bytes_in, first, last, hours, verdict, $3, NULL FROM (${contactSelect(select, columns)})`,
    [seq, part.format, index],
  );
  const refused = await engine.rows(
    'SELECT 1 FROM contact WHERE seq = $1 AND part = $2 AND verdict IS NOT NULL LIMIT 1',
    [seq, index],
  );
  if (!segment) await refuseUnlessSpotless(engine, part, refused.length > 0);
  if (part.leases) await recordLeases(engine, seq, select, new Set(part.columns));
  if (refused.length > 0) await moveRefused(engine, seq, index, part);
  await engine.run(
    `INSERT INTO part SELECT $1, $2, $3, coalesce(sum(events), 0), min(first), max(last), $4, $5, [${part.columns.map((c) => `'${c}'`).join(', ')}] FROM contact WHERE seq = $1 AND part = $2`,
    [seq, index, part.format, segment?.name ?? null, segment?.headLines ?? null],
  );
}

/** Refused records leave the ledger for the account of refusals, with examples. */
async function moveRefused(engine: Engine, seq: number, index: number, part: BatchPart): Promise<void> {
  await engine.run(
    'INSERT INTO refusal SELECT seq, verdict, sum(events) FROM contact WHERE seq = $1 AND part = $2 AND verdict IS NOT NULL GROUP BY seq, verdict',
    [seq, index],
  );
  await engine.run('DELETE FROM contact WHERE seq = $1 AND part = $2 AND verdict IS NOT NULL', [seq, index]);
  await engine.run(
    `INSERT INTO refusal_example SELECT $1, line, verdict, left(raw, 160) FROM (${part.fromLines(part.lines)}) WHERE verdict IS NOT NULL ORDER BY line LIMIT 20`,
    [seq],
  );
}

/** The engine's file readers set aside what they cannot read: comments may be there, anything else needs care. */
async function refuseUnlessSpotless(engine: Engine, part: BatchPart, refused: boolean): Promise<void> {
  if (part.exact) return;
  const { odd } = await takeRejects(engine);
  if (odd > 0 || refused) throw new NotSpotless();
}

async function recordRefusals(engine: Engine, seq: number, batch: BatchInput): Promise<void> {
  for (const [reason, records] of Object.entries(batch.refusals.reasons))
    await engine.run('INSERT INTO refusal VALUES ($1, $2, $3)', [seq, reason, records]);
  for (const e of batch.refusals.examples.slice(0, 20))
    await engine.run('INSERT INTO refusal_example VALUES ($1, $2, $3, $4)', [seq, e.line, e.reason, e.detail]);
}

async function storedEvents(engine: Engine, workspace: string | null, seq: number): Promise<EventSource[]> {
  if (!workspace) return [];
  const parts: Row[] = await engine.rows(
    'SELECT format, segment, head_lines, columns FROM part WHERE seq = $1 ORDER BY part',
    [seq],
  );
  return parts.flatMap((p) =>
    typeof p.segment === 'string' && Array.isArray(p.columns)
      ? [
          {
            seq,
            format: String(p.format),
            select: segmentSelect({
              name: p.segment,
              path: path.join(workspace, 'segments', p.segment),
              headLines: p.head_lines === null ? null : Number(p.head_lines),
            }),
            columns: p.columns as Column[],
            lines: null,
            rawLines: null,
            native: null,
            fromLines: (relation) => relation,
            everyLine: (relation) => relation,
          },
        ]
      : [],
  );
}
