import type { Engine } from './engine.ts';
import type { EventSource } from './lake.ts';
import { keepsOrder } from './segments.ts';

export type MarkedOptions = {
  /** The inside of an SQL literal: an RE2 pattern that meets every line which may matter; null where there is none. */
  readonly mark: string | null;
  readonly caseless?: boolean;
  /** False where the statement needs no `line`: then none is worked out. */
  readonly numbered?: boolean;
};

/**
 * Runs a statement over the events of a source. Where they are still lines of text and a mark is at hand, only the lines
 * that bear the mark are cut into fields.
 */
export async function eachMarked(
  engine: Engine,
  source: EventSource,
  { mark, caseless = false, numbered = true }: MarkedOptions,
  statement: (events: string) => string,
): Promise<void> {
  if (source.lines === null || mark === null) return engine.run(statement(source.select));
  const meets = `regexp_matches(raw, '${mark}'${caseless ? ", 'i'" : ''})`;
  const plain = `SELECT line, raw FROM ${numbered ? source.lines : (source.rawLines ?? source.lines)} WHERE ${meets}`;
  const lines = numbered ? ((await inPlace(engine, source, meets)) ?? plain) : plain;
  await engine.run(`CREATE OR REPLACE TEMP TABLE marked AS ${lines}`);
  await engine.run(statement(source.fromLines('marked')));
  await engine.run('DROP TABLE marked; DROP TABLE IF EXISTS place');
}

/**
 * The numbered lines, or null where the file is not read in order. A row number takes one thread; a table that is filled in
 * order on all of them keeps the line as the place of its row, and its nulls cost nothing.
 */
async function inPlace(engine: Engine, source: EventSource, meets: string): Promise<string | null> {
  if (source.rawLines === null) return null;
  const lines = `SELECT CASE WHEN ${meets} THEN raw END AS raw FROM ${source.rawLines}`;
  if (!(await keepsOrder(engine, lines))) return null;
  await engine.run(`CREATE OR REPLACE TEMP TABLE place AS ${lines}`);
  return 'SELECT rowid + 1 AS line, raw FROM place WHERE raw IS NOT NULL';
}
