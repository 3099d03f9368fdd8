/**
 * The indicator log: what sources said, revision after revision. One immutable Parquet file for each import that brought
 * news; nothing is edited or deleted. The current revision, and that of any earlier time, is a question to the files.
 */
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { IntelSource } from '../model/indicator.ts';
import type { Engine } from './engine.ts';
import { inLines, LABEL_BREAK, type Spool, spoolColumns } from './indicator-spool.ts';

/** A file of the log: the number of its import, and where it is. */
export type LogFile = { readonly seq: number; readonly path: string };

export type Appended = {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows whose id came again later in the same run: the last one counted. */
  readonly repeated: number;
  /** The new file; null where nothing was new. */
  readonly file: LogFile | null;
};

/** Which import it is, and when it became known here (milliseconds since 1970). */
export type Stamp = { readonly seq: number; readonly learned: number };

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The rows of these files; a relation with the log's columns, empty where there is no file. */
export function logSelect(files: readonly LogFile[]): string {
  return files.length === 0
    ? `(SELECT ${emptyColumns} WHERE false)`
    : `read_parquet([${files.map((f) => literal(f.path)).join(', ')}])`;
}

/** The log's columns and types; times are milliseconds since 1970, UTC. */
const logColumns = {
  key: 'UHUGEINT',
  n: 'BIGINT',
  seq: 'INTEGER',
  learned: 'BIGINT',
  again: 'BOOLEAN',
  id: 'VARCHAR',
  kind: 'VARCHAR',
  value: 'VARCHAR',
  pattern: 'VARCHAR',
  alike: 'BOOLEAN',
  source: 'VARCHAR',
  licence: 'VARCHAR',
  file: 'VARCHAR',
  line: 'BIGINT',
  confidence: 'DOUBLE',
  valid_from: 'BIGINT',
  valid_until: 'BIGINT',
  recorded: 'BIGINT',
  detect: 'BOOLEAN',
  endpoint: 'VARCHAR',
  description: 'VARCHAR',
  labels: 'VARCHAR[]',
} as const;
const emptyColumns = Object.entries(logColumns)
  .map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`)
  .join(', ');

/**
 * The latest revision of each statement as of a time: what was learned by then, without those that a later file of
 * `files` says anew. Only ids that came again are looked up, so an import that brings news alone costs nothing.
 */
export function currentSelect(files: readonly LogFile[], asOf: number): string {
  const log = logSelect(files);
  const known = `learned <= ${Math.floor(asOf)}`;
  return `SELECT l.* FROM ${log} l LEFT JOIN
    (SELECT key, max(seq) AS latest FROM ${log} WHERE again AND ${known} GROUP BY key) s ON l.key = s.key
    WHERE l.${known} AND (s.latest IS NULL OR l.seq >= s.latest)`;
}

/**
 * What makes a statement another one when it changes, in one number; where it stood in its file does not. The engine's
 * own hash, so both sides of a comparison must be asked in one statement and none is kept.
 */
const digest =
  'hash(kind, value, pattern, alike, source, licence, confidence, valid_from, valid_until, recorded, detect, endpoint, description, labels)';

/** The rows of a spool in the shape of the log, `n` in the place of what only the whole run can tell. */
const fromSpool = (spool: string, stamp: Stamp): string =>
  `SELECT md5_number(id) AS key, n, ${stamp.seq}::INTEGER AS seq, ${Math.floor(stamp.learned)}::BIGINT AS learned, false AS again,
    id, kind, CASE WHEN kind = 'pattern' THEN ${inLines('value')} ELSE value END AS value, ${inLines('pattern')} AS pattern, alike, name AS source, licence, file,
    line, confidence, valid_from, valid_until, recorded, detect, endpoint, ${inLines('description')} AS description,
    coalesce(string_split(${inLines('labels')}, '${LABEL_BREAK}'), []) AS labels
  FROM read_csv(${literal(spool)}, auto_detect=false, header=false, delim=',', quote='"', escape='"', nullstr='', new_line='\\n', max_line_size=4194304,
    columns={${Object.entries(spoolColumns)
      .map(([name, type]) => `${name}: '${type}'`)
      .join(', ')}}) JOIN source ON source_no = no`;

/** The last word of the run on each id, and how it stands to the log's latest revision of that id. */
const compared = (run: string, files: readonly LogFile[]): string => `CREATE OR REPLACE TEMP TABLE news AS
  SELECT r.key, r.n, b.key IS NOT NULL AS again, b.key IS NOT NULL AND r.digest = b.digest AS same
  FROM (SELECT key, max(n) AS n, arg_max(${digest}, n) AS digest FROM ${run} GROUP BY key) r
  LEFT JOIN (SELECT key, ${digest} AS digest FROM (${currentSelect(files, Number.MAX_SAFE_INTEGER)})) b USING (key)`;

/**
 * Writes what is new or changed as one file beside `files`. It counts only once the caller has recorded it.
 */
export async function appendRevisions(
  engine: Engine,
  spool: Spool,
  files: readonly LogFile[],
  directory: string,
  stamp: Stamp,
): Promise<Appended> {
  const { rows, sources } = spool.finish();
  await stageSources(engine, sources);
  // A name of its own: of two imports at once only one becomes a fact, and it must not find the other's file in its place.
  const final = path.join(directory, `${String(stamp.seq).padStart(6, '0')}-${randomUUID().slice(0, 8)}.parquet`);
  const run = `${final}.run`;
  await copy(engine, fromSpool(spool.path, stamp), run);
  rmSync(spool.path);
  const counts = await countNews(engine, `read_parquet(${literal(run)})`, rows, files);
  const file = { seq: stamp.seq, path: final };
  if (counts.added === rows) renameSync(run, final);
  else if (counts.added + counts.updated > 0) {
    const kept = `SELECT r.* REPLACE (n.again AS again) FROM read_parquet(${literal(run)}) r JOIN news n USING (key, n) WHERE NOT n.same`;
    await copy(engine, kept, `${final}.writing`);
    renameSync(`${final}.writing`, final);
  }
  rmSync(run, { force: true });
  return { ...counts, file: counts.added + counts.updated > 0 ? file : null };
}

const copy = (engine: Engine, select: string, file: string): Promise<void> =>
  engine.run(`COPY (${select}) TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd)`);

/** The first import of a feed without repeated ids is told by counting alone. */
async function countNews(
  engine: Engine,
  run: string,
  rows: number,
  files: readonly LogFile[],
): Promise<Omit<Appended, 'file'>> {
  const [distinct] = await engine.rows(`SELECT count(DISTINCT key) AS ids FROM ${run}`);
  const ids = Number(distinct?.ids);
  const repeated = rows - ids;
  if (files.length === 0 && repeated === 0) return { added: ids, updated: 0, unchanged: 0, repeated };
  await engine.run(compared(run, files));
  const [count] = await engine.rows(
    'SELECT count(*) FILTER (NOT again) AS added, count(*) FILTER (same) AS unchanged FROM news',
  );
  const [added, unchanged] = [Number(count?.added), Number(count?.unchanged)];
  return { added, updated: ids - added - unchanged, unchanged, repeated };
}

async function stageSources(engine: Engine, sources: readonly IntelSource[]): Promise<void> {
  await engine.run('CREATE OR REPLACE TEMP TABLE source (no DOUBLE, name VARCHAR, licence VARCHAR, file VARCHAR)');
  await engine.append(
    'source',
    sources.map((s, no) => [no, s.name, s.licence, s.file]),
  );
}
