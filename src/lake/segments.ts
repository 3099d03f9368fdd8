import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from './engine.ts';
import type { BatchPart } from './lake.ts';

/** A Parquet file with the events of one part of a batch, refused records included (they have a verdict). */
export type Segment = { readonly name: string; readonly path: string };

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The events of a segment, numbered. */
export const segmentSelect = (segment: Segment): string => `SELECT * FROM read_parquet(${literal(segment.path)})`;

/**
 * Writes a part under a temporary name and renames it, so a half written segment never bears its name. The segment
 * counts only once its batch is recorded; until then a later `dropOrphans` may remove it.
 */
export async function writeSegment(
  engine: Engine,
  workspace: string,
  batch: string,
  index: number,
  part: BatchPart,
): Promise<Segment> {
  const name = `${createHash('sha256').update(batch).digest('hex').slice(0, 32)}-${index}.parquet`;
  const final = path.join(workspace, 'segments', name);
  const writing = `${final}.writing`;
  await engine.run(
    `COPY (SELECT * EXCLUDE (raw), CASE WHEN verdict IS NOT NULL THEN left(raw, 160) END AS raw FROM (${part.fromLines(part.lines)})) TO ${literal(writing)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  renameSync(writing, final);
  return { name, path: final };
}

/** Removes segments of batches that never became whole. */
export async function dropOrphans(engine: Engine, workspace: string): Promise<void> {
  const directory = path.join(workspace, 'segments');
  if (!existsSync(directory)) return;
  const recorded = new Set((await engine.rows('SELECT segment FROM part')).map((r) => r.segment));
  for (const name of readdirSync(directory))
    if (!recorded.has(name)) rmSync(path.join(directory, name), { force: true });
}
