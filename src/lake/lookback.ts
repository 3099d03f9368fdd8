import type { Lake } from './lake.ts';

/** Questions of live matching to the whole ledger, about the few names that a new batch was hit by. */

/** How many sources contacted each of these names ever, and how often. */
export async function reachOf(
  lake: Lake,
  names: readonly string[],
): Promise<Map<string, { readonly sources: number; readonly events: number }>> {
  if (names.length === 0) return new Map();
  await asked(lake, names);
  const rows = await lake.engine.rows(
    'SELECT name, count(DISTINCT src) AS sources, CAST(sum(events) AS DOUBLE) AS events FROM contact WHERE name IN (SELECT name FROM asked) GROUP BY name',
  );
  return new Map(rows.map((r) => [String(r.name), { sources: Number(r.sources), events: Number(r.events) }]));
}

/** Up to four names that ever led to each of these addresses. */
export async function namesBehind(lake: Lake, addresses: readonly string[]): Promise<Map<string, Set<string>>> {
  if (addresses.length === 0) return new Map();
  await asked(lake, addresses);
  const rows = await lake.engine.rows(`SELECT address, min(name, 4) AS names FROM (
    SELECT DISTINCT dst AS address, name FROM contact WHERE dst IN (SELECT name FROM asked) AND place <> 'dns.query' AND name IS NOT NULL
    UNION SELECT DISTINCT answer, name FROM (SELECT unnest(answers) AS answer, name FROM contact WHERE list_has_any(answers, (SELECT list(name) FROM asked)))
    WHERE answer IN (SELECT name FROM asked)) GROUP BY address`);
  return new Map(rows.map((r) => [String(r.address), new Set(Array.isArray(r.names) ? r.names.map(String) : [])]));
}

async function asked(lake: Lake, names: readonly string[]): Promise<void> {
  await lake.engine.run('CREATE OR REPLACE TEMP TABLE asked (name VARCHAR)');
  await lake.engine.append(
    'asked',
    names.map((n) => [n]),
  );
}

export const liveTables = `
CREATE TABLE IF NOT EXISTS announced (finding VARCHAR PRIMARY KEY, level VARCHAR, severity VARCHAR, told TIMESTAMP);
CREATE TABLE IF NOT EXISTS matched (seq INTEGER);`;

/** The last batch that was matched as it came in; null where none was ever. */
export async function matchedUpTo(lake: Lake): Promise<number | null> {
  const [row] = await lake.engine.rows('SELECT max(seq) AS seq FROM matched');
  return row?.seq === null || row?.seq === undefined ? null : Number(row.seq);
}

export async function recordMatched(lake: Lake, seq: number): Promise<void> {
  await lake.engine.run('BEGIN; DELETE FROM matched');
  await lake.engine.run('INSERT INTO matched VALUES ($1)', [seq]);
  await lake.engine.run('COMMIT');
}

/** The number of the last batch, 0 where there is none. */
export async function lastBatch(lake: Lake): Promise<number> {
  const [row] = await lake.engine.rows('SELECT coalesce(max(seq), 0) AS seq FROM batch');
  return Number(row?.seq);
}

/** Levels and severities under which these findings were told before. */
export async function announcedBefore(lake: Lake, findings: readonly string[]): Promise<Map<string, string>> {
  if (findings.length === 0) return new Map();
  await asked(lake, findings);
  const rows = await lake.engine.rows(
    'SELECT finding, level, severity FROM announced WHERE finding IN (SELECT name FROM asked)',
  );
  return new Map(rows.map((r) => [String(r.finding), `${r.level} ${r.severity}`]));
}

export async function recordAnnounced(
  lake: Lake,
  finding: { readonly id: string; readonly level: string; readonly severity: string },
): Promise<void> {
  await lake.engine.run('INSERT OR REPLACE INTO announced VALUES ($1, $2, $3, now()::TIMESTAMP)', [
    finding.id,
    finding.level,
    finding.severity,
  ]);
}

/** How many findings were told ever. */
export async function announcedCount(lake: Lake): Promise<number> {
  const [row] = await lake.engine.rows('SELECT count(*) AS n FROM announced');
  return Number(row?.n);
}
