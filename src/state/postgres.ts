/** The state store on PostgreSQL: the only file that speaks to its client. */
import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { VirgaError } from '../model/errors.ts';
import { migrations } from './tables.ts';

/** PostgreSQL's number of its type `bigint` (pg_type.h). */
const BIGINT = 20;

/** Connects, and makes the tables where they are not there yet. Every BIGINT of ours stays below 2^53. */
export async function postgresDialect(url: string): Promise<Dialect> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (type, format) =>
        Number(type) === BIGINT ? (text: string) => Number(text) : pg.types.getTypeParser(type, format),
    },
  });
  pool.on('error', () => {}); // a connection lost while idle is told by the next query
  try {
    await migrate(pool);
  } catch (cause) {
    await pool.end();
    if (cause instanceof VirgaError) throw cause;
    throw new VirgaError('state.unreachable', 'The PostgreSQL server of the state store cannot be used.', { cause });
  }
  return new PostgresDialect({ pool });
}

async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // Two processes that start at once must not both build the tables.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('virga migrations'))");
    await client.query('CREATE TABLE IF NOT EXISTS virga_version (version BIGINT NOT NULL)');
    const found = await client.query<{ version: number }>('SELECT version FROM virga_version');
    const from = found.rows[0]?.version ?? 0;
    if (from > migrations.length)
      throw new VirgaError(
        'state.newer',
        `The state store has version ${from}, this program knows ${migrations.length}.`,
      );
    for (const sql of migrations.slice(from)) await client.query(sql);
    await client.query('DELETE FROM virga_version');
    await client.query('INSERT INTO virga_version VALUES ($1)', [migrations.length]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
