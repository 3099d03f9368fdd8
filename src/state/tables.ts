/** The tables of the state store, in the words that SQLite and PostgreSQL share. */

/** Oldest first; only ever append. Times are milliseconds since 1970, UTC. */
export const migrations = [
  `CREATE TABLE fact (
    n BIGINT PRIMARY KEY, at BIGINT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL,
    previous TEXT NOT NULL, digest TEXT NOT NULL
  )`,
  'CREATE INDEX fact_by_action ON fact (action, n)',
] as const;

/** The tables as the query builder knows them. */
export type Tables = {
  fact: { n: number; at: number; who: string; action: string; detail: string; previous: string; digest: string };
};
