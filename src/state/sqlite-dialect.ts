/** Kysely over our SQLite: one connection, one statement at a time. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { VirgaError } from '../model/errors.ts';
import type { Sqlite, SqlValue } from './sqlite.ts';

export function sqliteDialect(sqlite: Sqlite): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driverOn(sqlite),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function driverOn(sqlite: Sqlite): Driver {
  const connection = connectionOn(sqlite);
  let free: Promise<void> = Promise.resolve();
  let release = (): void => {};
  const raw = async (sql: string): Promise<void> => sqlite.exec(sql);
  return {
    init: async () => {},
    acquireConnection: async () => {
      const before = free;
      let done = (): void => {};
      free = new Promise((resolve) => {
        done = resolve;
      });
      await before;
      release = done;
      return connection;
    },
    beginTransaction: () => begin(sqlite),
    commitTransaction: () => raw('COMMIT'),
    rollbackTransaction: () => raw('ROLLBACK'),
    releaseConnection: async () => release(),
    destroy: async () => sqlite.close(),
  };
}

/** How long to wait for another writer in all, and between two tries, in milliseconds. */
const [PATIENCE, PAUSE] = [10_000, 10];

/**
 * Takes the write lock at once: what a transaction reads cannot change under it. Waits here and not inside SQLite, which
 * would hold up everything else in this process, the other writer perhaps among it.
 */
async function begin(sqlite: Sqlite): Promise<void> {
  for (let waited = 0; ; waited += PAUSE)
    try {
      return sqlite.exec('BEGIN IMMEDIATE');
    } catch (error) {
      if (!(error instanceof VirgaError) || error.code !== 'state.busy' || waited >= PATIENCE) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
}

function connectionOn(sqlite: Sqlite): DatabaseConnection {
  const values = (query: CompiledQuery): SqlValue[] => query.parameters.map(bindable);
  return {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      const statement = sqlite.prepare(query.sql);
      if (SelectQueryNode.is(query.query)) return { rows: statement.all(...values(query)) as R[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(...values(query))) };
    },
    streamQuery: async function* <R>(query: CompiledQuery): AsyncGenerator<QueryResult<R>> {
      for (const row of sqlite.prepare(query.sql).each(...values(query))) yield { rows: [row as R] };
    },
  };
}

function bindable(value: unknown): SqlValue {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value;
  throw new TypeError(`a ${typeof value} is no value of the state store`);
}
