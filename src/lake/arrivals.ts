import type { Engine } from './engine.ts';

/**
 * How a batch came in: kept in the same step as the batch, so that what was read of a source and what is in the lake
 * never disagree. A batch of a file that the user named has none.
 */
export type Arrival = {
  /** Stable name of the receiver, such as `follow:/var/log/zeek`. */
  readonly source: string;
  /** Lines of the source before the first of the batch; negative where header lines were put before it. */
  readonly lineBase: number;
  /** How far the source is read with this batch, by a key of the receiver's own; null forgets the key. */
  readonly positions: readonly Position[];
  /** Marks of the requests in the batch, by which one that is sent again is known. */
  readonly receipts: readonly string[];
  /** Milliseconds since 1970 when the first and the last record came in. */
  readonly first: number;
  readonly last: number;
};

export type Position = { readonly key: string; readonly value: string | null };

export const arrivalTables = `
CREATE TABLE IF NOT EXISTS arrival (
  seq INTEGER PRIMARY KEY, source VARCHAR, line_base BIGINT, arrived_first TIMESTAMP, arrived_last TIMESTAMP
);
CREATE TABLE IF NOT EXISTS position (source VARCHAR, key VARCHAR, value VARCHAR, PRIMARY KEY (source, key));
CREATE TABLE IF NOT EXISTS receipt (id VARCHAR, taken TIMESTAMP);`;

/** Requests that a sender repeats come within this time; older receipts are forgotten. */
const RECEIPT_HOURS = 24;

/** Inside the transaction of the batch. */
export async function recordArrival(engine: Engine, seq: number, arrival: Arrival): Promise<void> {
  await engine.run(
    'INSERT INTO arrival VALUES ($1, $2, $3, epoch_ms(CAST($4 AS BIGINT)), epoch_ms(CAST($5 AS BIGINT)))',
    [seq, arrival.source, arrival.lineBase, Math.floor(arrival.first), Math.floor(arrival.last)],
  );
  for (const { key, value } of arrival.positions)
    if (value === null) await engine.run('DELETE FROM position WHERE source = $1 AND key = $2', [arrival.source, key]);
    else await engine.run('INSERT OR REPLACE INTO position VALUES ($1, $2, $3)', [arrival.source, key, value]);
  if (arrival.receipts.length === 0) return;
  await engine.run(`DELETE FROM receipt WHERE taken < now()::TIMESTAMP - INTERVAL ${RECEIPT_HOURS} HOUR`);
  for (const id of arrival.receipts)
    await engine.run('INSERT INTO receipt VALUES ($1, epoch_ms(CAST($2 AS BIGINT)))', [id, Math.floor(arrival.last)]);
}

/** How far each source is read, by its keys. */
export async function positionsOf(engine: Engine): Promise<Map<string, Map<string, string>>> {
  const sources = new Map<string, Map<string, string>>();
  for (const row of await engine.rows('SELECT source, key, value FROM position ORDER BY source, key')) {
    const keys = sources.get(String(row.source)) ?? new Map<string, string>();
    sources.set(String(row.source), keys.set(String(row.key), String(row.value)));
  }
  return sources;
}

/** Marks of the requests of the last day. */
export async function receiptsOf(engine: Engine): Promise<string[]> {
  return (await engine.rows('SELECT id FROM receipt ORDER BY taken')).map((r) => String(r.id));
}
