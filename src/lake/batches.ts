import type { Row } from './engine.ts';
import type { Lake } from './lake.ts';

/** A batch as it is on record. */
export type BatchRecord = {
  readonly seq: number;
  readonly file: string;
  readonly formats: readonly string[];
  readonly accepted: number;
  readonly refused: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly first: string | null;
  readonly last: string | null;
};

const sql = `SELECT seq, file, accepted, refused, first, last,
  (SELECT list(DISTINCT format ORDER BY format) FROM part WHERE part.seq = batch.seq) AS formats,
  (SELECT list({'reason': reason, 'records': records} ORDER BY reason) FROM refusal WHERE refusal.seq = batch.seq) AS reasons
  FROM batch`;

export async function batchRecord(lake: Lake, seq: number): Promise<BatchRecord | null> {
  const [row] = await lake.engine.rows(`${sql} WHERE seq = $1`, [seq]);
  return row ? toRecord(row) : null;
}

const toRecord = (row: Row): BatchRecord => ({
  seq: Number(row.seq),
  file: String(row.file),
  formats: Array.isArray(row.formats) ? row.formats.map(String) : [],
  accepted: Number(row.accepted),
  refused: Number(row.refused),
  reasons: Object.fromEntries(listOf(row.reasons).map((r) => [String(r.reason), Number(r.records)])),
  first: row.first === null || row.first === undefined ? null : String(row.first),
  last: row.last === null || row.last === undefined ? null : String(row.last),
});

const listOf = (value: Row[string] | undefined): Row[] =>
  Array.isArray(value) ? value.filter((v): v is Row => typeof v === 'object' && v !== null && !Array.isArray(v)) : [];
