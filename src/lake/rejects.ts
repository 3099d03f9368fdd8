import type { Engine } from './engine.ts';

/** Lines that the engine's file reader set aside since the last question: how many, the first of them, and how many are no comments. */
export type Rejects = { readonly lines: number; readonly first: number; readonly odd: number };

const bare = 'ltrim(csv_line, chr(10) || chr(13))';

/** Reads and forgets what was set aside. A further `#fields` line is odd: the columns may change there. */
export async function takeRejects(engine: Engine): Promise<Rejects> {
  const tables = await engine.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'reject_errors'");
  if (tables.length === 0) return { lines: 0, first: Number.POSITIVE_INFINITY, odd: 0 };
  const [row] = await engine.rows(
    `SELECT count(DISTINCT line) AS lines, min(line) AS first, count(*) FILTER (NOT starts_with(${bare}, '#') OR starts_with(${bare}, '#fields')) AS odd FROM reject_errors`,
  );
  await engine.run('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans');
  return {
    lines: Number(row?.lines),
    first: row?.first === null ? Number.POSITIVE_INFINITY : Number(row?.first),
    odd: Number(row?.odd),
  };
}
