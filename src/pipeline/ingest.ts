import { realpathSync, statSync } from 'node:fs';
import type { Arrival } from '../lake/arrivals.ts';
import { type BatchInput, type BatchReport, type Lake, NotSpotless } from '../lake/lake.ts';
import { VirgaError } from '../model/errors.ts';
import type { Format } from '../telemetry/format.ts';
import type { OpenedLog } from '../telemetry/open.ts';
import { columnsOf, selectEveryLine, selectLines } from '../telemetry/select.ts';
import { openAnyLog } from './any-log.ts';
import { contentOf } from './content.ts';

export type IngestOptions = {
  readonly temp: string;
  /** True where the lake keeps events: a batch is then known by its content, not by its path. */
  readonly keep: boolean;
  /** Formats of the user's own; asked before all others. */
  readonly own?: readonly Format[];
  /** Told after each file. */
  readonly done?: (file: string, report: BatchReport) => void;
};

/** A file as a batch: what it is called, how it came, and as which format it is read (null: told from the content). */
export type LogBatch = {
  readonly path: string;
  readonly id: string;
  readonly name: string;
  readonly as: Format | undefined;
  readonly own?: readonly Format[] | undefined;
  readonly arrival?: Arrival | undefined;
  /** Bytes of the content, unpacked; absent: those of the file. */
  readonly bytes?: number;
  /** The batch of the same log when it was shorter. */
  readonly replaces?: number;
};

/**
 * Files into the lake, one batch each. Opened files stay open until `close`, because a lake without a workspace reads
 * them again for the rows that matter.
 */
export async function ingest(
  lake: Lake,
  files: readonly string[],
  options: IngestOptions,
): Promise<{ readonly close: () => Promise<void> }> {
  const open: OpenedLog[] = [];
  for (const file of files) {
    const batch = {
      path: file,
      ...(await known(lake, file, options.keep)),
      name: file,
      as: undefined,
      own: options.own,
    };
    const report = await ingestFile(lake, batch, options.temp, open);
    options.done?.(file, report);
  }
  return { close: async () => void (await Promise.all(open.map((log) => log.close()))) };
}

/** One file into the lake. What had to be opened is added to `open`; whoever gave it closes it. */
export async function ingestFile(lake: Lake, batch: LogBatch, temp: string, open: OpenedLog[]): Promise<BatchReport> {
  // The engine's fastest way first; where the file is odd, line by line; where the engine stumbles over it, cleaned by us.
  const log = await openAnyLog(batch.path, { careful: false, temp, as: batch.as, own: batch.own });
  open.push(log);
  try {
    return await lake.ingest(batchOf(log, batch, log.careful));
  } catch (error) {
    if (error instanceof VirgaError || log.careful) throw error;
    if (!(error instanceof NotSpotless)) return ingestCarefully(lake, batch, temp, open);
  }
  try {
    return await lake.ingest(batchOf(log, batch, true));
  } catch (error) {
    if (error instanceof VirgaError) throw error;
    return ingestCarefully(lake, batch, temp, open);
  }
}

async function ingestCarefully(lake: Lake, batch: LogBatch, temp: string, open: OpenedLog[]): Promise<BatchReport> {
  const log = await openAnyLog(batch.path, { careful: true, temp, as: batch.as, own: batch.own });
  open.push(log);
  return lake.ingest(batchOf(log, batch, true));
}

function batchOf(log: OpenedLog, batch: LogBatch, byLine: boolean): BatchInput {
  const whole = (part: OpenedLog['parts'][number]): boolean => part.format.layout.file !== null && !log.careful;
  return {
    id: batch.id,
    file: batch.name,
    arrival: batch.arrival,
    bytes: batch.bytes ?? statSync(batch.path).size,
    replaces: batch.replaces,
    refusals: log.refusals,
    parts: log.parts.map((part) => ({
      format: part.format.id,
      columns: columnsOf(part.format),
      leases: part.format.sees.some((place) => place === 'dhcp.lease'),
      fast: byLine && whole(part) ? selectLines(part.format, part.lines, part.head) : part.fast,
      exact: byLine || !whole(part),
      inOrder: part.inOrder,
      headLines: part.head.zeek?.lines ?? 0,
      lines: part.lines,
      rawLines: part.rawLines,
      fromLines: (relation) => selectLines(part.format, relation, part.head),
      everyLine: (relation) => selectEveryLine(part.format, relation, part.head),
    })),
  };
}

/** By what a batch is known; where the lake keeps events, with the batch of the same log when it was shorter. */
async function known(lake: Lake, file: string, keep: boolean): Promise<Pick<LogBatch, 'id' | 'bytes' | 'replaces'>> {
  if (!keep) return { id: realpathSync(file) };
  const { id, bytes, begins } = await contentOf(file, await lake.contents());
  return { id, bytes, ...(begins ? { replaces: begins.seq } : {}) };
}
