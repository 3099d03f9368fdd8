import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { openEngine } from '../lake/engine.ts';
import { VirgaError } from '../model/errors.ts';
import { type OpenedLog, type OpenOptions, openLog } from '../telemetry/open.ts';
import { worldError } from '../telemetry/source.ts';
import { quote } from '../telemetry/sql.ts';

/**
 * Opens a log of any kind. Parquet, as Amazon Security Lake keeps its events, is first written out as one JSON object a
 * row, in order, so that a record's line is its row; one that is damaged is refused as what it is, a binary.
 */
export async function openAnyLog(file: string, options: OpenOptions): Promise<OpenedLog> {
  if (!(await isParquet(file))) return openLog(file, options);
  const rows = path.join(options.temp, `virga-${randomUUID()}.rows`);
  const remove = (): Promise<void> => rm(rows, { force: true });
  try {
    if (!(await writeRows(file, rows, options.temp))) {
      await remove();
      return openLog(file, options);
    }
    const log = await openLog(rows, options);
    const close = async (): Promise<void> => {
      await log.close();
      await remove();
    };
    return { ...log, file, close };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** By its magic number: https://parquet.apache.org/docs/file-format/ */
async function isParquet(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      return bytesRead === 4 && buffer.toString('latin1') === 'PAR1';
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw worldError(file, cause);
  }
}

/** False where the engine cannot read it. */
async function writeRows(file: string, rows: string, temp: string): Promise<boolean> {
  const engine = await openEngine({ file: null, memory: '500MB', temp });
  try {
    await engine.run(`COPY (SELECT * FROM read_parquet(${quote(file)})) TO ${quote(rows)} (FORMAT json)`);
    return true;
  } catch (error) {
    if (error instanceof VirgaError) throw error;
    return false;
  } finally {
    engine.close();
  }
}
