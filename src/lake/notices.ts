import type { Lake } from './lake.ts';

/** What was noticed of a source while it was listened to: coverage says it. Times are milliseconds since 1970. */
export type Notice = {
  /** `silence`: nothing came; `not-listening`: this program did not run; `clock-ahead`: events from the future; `late`: events of days before. */
  readonly kind: 'silence' | 'not-listening' | 'clock-ahead' | 'late';
  readonly source: string;
  readonly from: number;
  readonly to: number;
  /** Events that it is about, or 0. */
  readonly events: number;
  /** The largest distance between the clocks or days, in seconds, or 0. */
  readonly seconds: number;
};

export const noticeTables = `
CREATE TABLE IF NOT EXISTS notice (
  kind VARCHAR, source VARCHAR, from_time TIMESTAMP, to_time TIMESTAMP, events BIGINT, seconds BIGINT
);`;

export async function recordNotice(lake: Lake, n: Notice): Promise<void> {
  await lake.engine.run(
    'INSERT INTO notice VALUES ($1, $2, epoch_ms(CAST($3 AS BIGINT)), epoch_ms(CAST($4 AS BIGINT)), CAST($5 AS BIGINT), CAST($6 AS BIGINT))',
    [n.kind, n.source, Math.floor(n.from), Math.floor(n.to), n.events, Math.round(n.seconds)],
  );
}

/** The same source's notices of one kind that touch each other become one; the newest last. */
export async function notices(lake: Lake): Promise<Notice[]> {
  const rows =
    await lake.engine.rows(`SELECT kind, source, epoch_ms(min(from_time)) AS f, epoch_ms(max(to_time)) AS t, sum(events) AS events, max(seconds) AS seconds
    FROM notice GROUP BY kind, source, CASE WHEN kind IN ('silence', 'not-listening') THEN from_time ELSE date_trunc('day', from_time) END ORDER BY f, source, kind`);
  return rows.map((r) => ({
    kind: kindOf(r.kind),
    source: String(r.source),
    from: Number(r.f),
    to: Number(r.t),
    events: Number(r.events),
    seconds: Number(r.seconds),
  }));
}

const kinds = ['silence', 'not-listening', 'clock-ahead', 'late'] as const;
const kindOf = (value: unknown): Notice['kind'] => kinds.find((k) => k === value) ?? 'silence';

/** When each source last brought something, in milliseconds since 1970. */
export async function lastArrivals(lake: Lake): Promise<Map<string, number>> {
  const rows = await lake.engine.rows(
    'SELECT source, epoch_ms(max(arrived_last)) AS last FROM arrival GROUP BY source',
  );
  return new Map(rows.map((r) => [String(r.source), Number(r.last)]));
}

/** Of one batch: events later than a time, and those of days before a day, with the largest distance in seconds. */
export async function oddTimes(
  lake: Lake,
  seq: number,
  arrived: number,
  aheadSeconds: number,
): Promise<{ readonly ahead: number; readonly aheadBy: number; readonly late: number; readonly lateBy: number }> {
  const [row] = await lake.engine.rows(
    `WITH t AS (SELECT events, last, first, epoch_ms(CAST($2 AS BIGINT)) AS arrived FROM contact WHERE seq = $1)
     SELECT coalesce(sum(events) FILTER (last > arrived + to_seconds($3)), 0) AS ahead, coalesce(max(date_diff('second', arrived, last)), 0) AS ahead_by,
       coalesce(sum(events) FILTER (CAST(last AS DATE) < CAST(arrived AS DATE) AND last < arrived - INTERVAL 1 HOUR), 0) AS late, coalesce(max(date_diff('second', first, arrived)), 0) AS late_by FROM t`,
    [seq, Math.floor(arrived), aheadSeconds],
  );
  return {
    ahead: Number(row?.ahead),
    aheadBy: Number(row?.ahead_by),
    late: Number(row?.late),
    lateBy: Number(row?.late_by),
  };
}
