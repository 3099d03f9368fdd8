import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeDurable } from './durable.ts';
import type { Engine } from './engine.ts';
import type { BatchPart } from './lake.ts';
import { takeRejects } from './rejects.ts';

/**
 * A Parquet file with the events of one part of a batch, refused records included (they have a verdict). Where every
 * line after the head is a record, the place in the file is the line; else the lines are stored.
 */
export type Segment = { readonly name: string; readonly path: string; readonly headLines: number | null };

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The events of a segment, numbered. */
export const segmentSelect = ({ path: file, headLines }: Segment): string =>
  headLines === null
    ? `SELECT * FROM read_parquet(${literal(file)})`
    : `SELECT * EXCLUDE (file_row_number), file_row_number + ${headLines + 1} AS line, CAST(NULL AS VARCHAR) AS raw FROM read_parquet(${literal(file)}, file_row_number=true)`;

/**
 * Writes a part under a temporary name, syncs and renames it, so a half written segment never bears its name; the
 * directory is still to be synced. The segment
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
  const byPlace = part.inOrder !== null && (await writeByPlace(engine, part, part.inOrder, writing));
  if (!byPlace)
    await engine.run(
      `COPY (SELECT * EXCLUDE (raw), CASE WHEN verdict IS NOT NULL THEN left(raw, 160) END AS raw FROM (${part.fromLines(part.lines)})) TO ${literal(writing)} ${asParquet}`,
    );
  makeDurable(writing);
  renameSync(writing, final);
  return { name, path: final, headLines: byPlace ? part.headLines : null };
}

const asParquet = '(FORMAT parquet, COMPRESSION zstd)';

/** What the engine may do with the rows of a file so that they stay in order on several threads; a join, for one, may not. */
const orderly = new Set(['PROJECTION', 'FILTER', 'READ_CSV']);

/** True where the plan of a statement keeps the order of the file that it reads. */
export async function keepsOrder(engine: Engine, sql: string): Promise<boolean> {
  const [plan] = await engine.rows(`EXPLAIN (FORMAT json) ${sql}`);
  const operators = [...String(plan?.explain_value).matchAll(/"name": *"([^"]*)"/g)].map(([, name = '']) =>
    name.trim(),
  );
  return operators.length > 0 && operators.every((name) => orderly.has(name));
}

/** Writes all events on all cores in the order of the file; true where each line after the head turned out to be one of them. */
async function writeByPlace(engine: Engine, part: BatchPart, events: string, writing: string): Promise<boolean> {
  if (!(await keepsOrder(engine, events))) return false;
  await engine.run(`COPY (${events}) TO ${literal(writing)} ${asParquet}`);
  const setAside = await takeRejects(engine);
  const [written] = await engine.rows(
    `SELECT count(*) AS events, count(verdict) AS refused FROM read_parquet(${literal(writing)})`,
  );
  const [file] = await engine.rows(`SELECT count(*) AS lines FROM ${part.lines}`);
  const last = part.headLines + Number(written?.events);
  return (
    Number(written?.refused) === 0 &&
    setAside.odd === 0 &&
    last + setAside.lines === Number(file?.lines) &&
    setAside.first > last
  );
}

/** Removes segments of batches that never became whole. */
export async function dropOrphans(engine: Engine, workspace: string): Promise<void> {
  const directory = path.join(workspace, 'segments');
  if (!existsSync(directory)) return;
  const recorded = new Set((await engine.rows('SELECT segment FROM part')).map((r) => r.segment));
  for (const name of readdirSync(directory))
    if (!recorded.has(name)) rmSync(path.join(directory, name), { force: true });
}
