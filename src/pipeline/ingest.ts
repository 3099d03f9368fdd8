import { createHash } from 'node:crypto';
import { createReadStream, realpathSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type BatchInput, type BatchReport, type Lake, NotSpotless } from '../lake/lake.ts';
import { VirgaError } from '../model/errors.ts';
import { type OpenedLog, openLog } from '../telemetry/open.ts';
import { columnsOf, selectLines } from '../telemetry/select.ts';

export type IngestOptions = {
  readonly temp: string;
  /** True where the lake keeps events: a batch is then known by its content, not by its path. */
  readonly keep: boolean;
  /** Told after each file. */
  readonly done?: (file: string, report: BatchReport) => void;
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
    const id = options.keep ? await contentId(file) : realpathSync(file);
    const report = await ingestFile(lake, file, id, options, open);
    options.done?.(file, report);
  }
  return { close: async () => void (await Promise.all(open.map((log) => log.close()))) };
}

/** The engine's fastest way first; where the file is odd, line by line; where the engine stumbles over it, cleaned by us. */
async function ingestFile(
  lake: Lake,
  file: string,
  id: string,
  options: IngestOptions,
  open: OpenedLog[],
): Promise<BatchReport> {
  const log = await openLog(file, { careful: false, temp: options.temp });
  open.push(log);
  try {
    return await lake.ingest(batchOf(log, file, id, log.careful));
  } catch (error) {
    if (error instanceof VirgaError || log.careful) throw error;
    if (!(error instanceof NotSpotless)) return ingestCarefully(lake, file, id, options, open);
  }
  try {
    return await lake.ingest(batchOf(log, file, id, true));
  } catch (error) {
    if (error instanceof VirgaError) throw error;
    return ingestCarefully(lake, file, id, options, open);
  }
}

async function ingestCarefully(
  lake: Lake,
  file: string,
  id: string,
  options: IngestOptions,
  open: OpenedLog[],
): Promise<BatchReport> {
  const log = await openLog(file, { careful: true, temp: options.temp });
  open.push(log);
  return lake.ingest(batchOf(log, file, id, true));
}

function batchOf(log: OpenedLog, file: string, id: string, byLine: boolean): BatchInput {
  const whole = (part: OpenedLog['parts'][number]): boolean => part.format.layout.file !== null && !log.careful;
  return {
    id,
    file,
    bytes: statSync(file).size,
    refusals: log.refusals,
    parts: log.parts.map((part) => ({
      format: part.format.id,
      columns: columnsOf(part.format),
      fast: byLine && whole(part) ? selectLines(part.format, part.lines, part.head) : part.fast,
      exact: byLine || !whole(part),
      inOrder: part.inOrder,
      headLines: part.head.zeek?.lines ?? 0,
      lines: part.lines,
      rawLines: part.rawLines,
      fromLines: (relation) => selectLines(part.format, relation, part.head),
    })),
  };
}

/** SHA-256 of the bytes: the same content is the same batch, whatever it is called. */
async function contentId(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
