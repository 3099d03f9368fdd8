import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Lake } from './lake.ts';
import { removeBatches } from './remove.ts';

/** A batch that may be let go: its events are stored, and their newest is that old. */
export type Stored = {
  readonly seq: number;
  readonly file: string;
  readonly accepted: number;
  readonly refused: number;
  /** Milliseconds since 1970 of the newest event; where there is none, of the ingest. */
  readonly last: number;
  /** Bytes of the events on disk. */
  readonly bytes: number;
  readonly segments: readonly string[];
};

/** Every batch, the one with the oldest newest event first. */
export async function storedBatches(lake: Lake, workspace: string): Promise<Stored[]> {
  const rows = await lake.engine.rows(`SELECT seq, file, accepted, refused, epoch_ms(coalesce(last, ingested)) AS last,
      (SELECT list(segment) FROM part WHERE part.seq = batch.seq AND segment IS NOT NULL) AS segments FROM batch ORDER BY coalesce(last, ingested), seq`);
  return rows.map((r) => {
    const segments = Array.isArray(r.segments) ? r.segments.map(String) : [];
    return {
      seq: Number(r.seq),
      file: String(r.file),
      accepted: Number(r.accepted),
      refused: Number(r.refused),
      last: Number(r.last),
      bytes: segments.reduce((sum, name) => sum + sizeOf(path.join(workspace, 'segments', name)), 0),
      segments,
    };
  });
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Batches leave the lake in one step, their files after it. How far sources were read stays, so nothing comes back by
 * itself; a file that is ingested by name again is new.
 */
export async function forget(lake: Lake, workspace: string, batches: readonly Stored[]): Promise<void> {
  if (batches.length === 0) return;
  await lake.engine.run('BEGIN');
  try {
    await removeBatches(
      lake.engine,
      batches.map((b) => b.seq),
    );
    await lake.engine.run('COMMIT');
  } catch (error) {
    await lake.engine.run('ROLLBACK');
    throw error;
  }
  for (const name of batches.flatMap((b) => b.segments))
    rmSync(path.join(workspace, 'segments', name), { force: true });
  await lake.engine.run('CHECKPOINT');
}
