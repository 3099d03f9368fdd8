/** The state store's engine behind a few verbs: the only file that speaks to SQLite's client. Everything is synchronous. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { type ErrorCode, VirgaError } from '../model/errors.ts';

/**
 * What a column can hold. Integers must stay below 2^53; larger ones belong into text. The client cuts text at U+0000
 * when it reads, so that one character becomes U+FFFD on its way in: what must be exact belongs into bytes.
 */
export type SqlValue = null | number | string | Uint8Array;
export type SqlRow = { readonly [column: string]: SqlValue };

/** A prepared statement; values are always bound, in order. */
export type Statement = {
  /** How many rows it changed. */
  readonly run: (...values: readonly SqlValue[]) => number;
  /** The first row, or null. */
  readonly get: (...values: readonly SqlValue[]) => SqlRow | null;
  readonly all: (...values: readonly SqlValue[]) => SqlRow[];
  /** Rows as they are asked for; finish or drop the iterator before the next write. */
  readonly each: (...values: readonly SqlValue[]) => Iterable<SqlRow>;
};

export type Sqlite = {
  /** Prepared once for each text, so it may be called in a loop. */
  readonly prepare: (sql: string) => Statement;
  /** One or more statements of ours without values. */
  readonly exec: (sql: string) => void;
  /** All or nothing; takes the write lock at once, so what it reads cannot change under it. Does not nest. */
  readonly transaction: <T>(work: () => T) => T;
  /** The same over awaits. Nothing else may use this connection meanwhile: open one for it. */
  readonly transactionOver: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => void;
};

export type SqliteOptions = {
  /**
   * Statements that build the tables, oldest first; `PRAGMA user_version` counts those done. Only ever append: what
   * stands in a user's file cannot be changed.
   */
  readonly migrations: readonly string[];
  /** How long to wait for another writer, in milliseconds. */
  readonly busy?: number;
};

/** Opens (or makes, folders too) a database file; `:memory:` is one of its own. */
export function openSqlite(file: string, options: SqliteOptions): Sqlite {
  return asWorld(file, () => {
    if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true });
    const db = new Database(file, { timeout: options.busy ?? 10_000 });
    const sqlite = sqliteOn(file, db);
    try {
      // Readers are not blocked by a writer; a power cut may lose the last transaction, never the file.
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
      migrate(file, sqlite, options.migrations);
      return sqlite;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function sqliteOn(file: string, db: Database.Database): Sqlite {
  const prepared = new Map<string, Statement>();
  const exec = (sql: string): void => asWorld(file, () => void db.exec(sql));
  return {
    prepare: (sql) => {
      const known = prepared.get(sql);
      if (known) return known;
      const statement = statementOn(
        file,
        asWorld(file, () => db.prepare<[SqlValue[]]>(sql)),
      );
      prepared.set(sql, statement);
      return statement;
    },
    exec,
    transaction: (work) => {
      exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        exec('COMMIT');
        return result;
      } catch (error) {
        if (db.inTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    transactionOver: async (work) => {
      exec('BEGIN IMMEDIATE');
      try {
        const result = await work();
        exec('COMMIT');
        return result;
      } catch (error) {
        if (db.inTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => {
      prepared.clear();
      db.close();
    },
  };
}

const bound = (values: readonly SqlValue[]): SqlValue[] =>
  values.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value));

/** The client's statement, bound by one array. */
type Bindable = {
  readonly run: (values: SqlValue[]) => { readonly changes: number };
  readonly get: (values: SqlValue[]) => unknown;
  readonly all: (values: SqlValue[]) => unknown[];
  readonly iterate: (values: SqlValue[]) => Iterator<unknown>;
};

// The client takes an array as the list of values; a lone object (a blob too) it would take for named ones.
const statementOn = (file: string, statement: Bindable): Statement => ({
  run: (...values) => asWorld(file, () => statement.run(bound(values)).changes),
  get: (...values) => {
    const row = asWorld(file, () => statement.get(bound(values)));
    if (!isRow(row)) return null;
    const { _metadata: _, ...columns } = row; // the client's stray timing
    return columns;
  },
  all: (...values) => asWorld(file, () => statement.all(bound(values)).filter(isRow)),
  each: function* (...values) {
    const rows = asWorld(file, () => statement.iterate(bound(values)));
    for (;;) {
      const next = asWorld(file, () => rows.next());
      if (next.done) return;
      if (isRow(next.value)) yield next.value;
    }
  },
});

/** SQLite's rows are objects of null, number, text and bytes, whatever the client's types say. */
const isRow = (row: unknown): row is SqlRow => typeof row === 'object' && row !== null;

function migrate(file: string, sqlite: Sqlite, migrations: readonly string[]): void {
  const done = (): number => Number(sqlite.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (done() === migrations.length) return;
  sqlite.transaction(() => {
    const from = done();
    if (from > migrations.length)
      throw new VirgaError(
        'state.newer',
        `${file} has version ${from}, this program knows versions up to ${migrations.length}.`,
      );
    for (const sql of migrations.slice(from)) sqlite.exec(sql);
    sqlite.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

const WORLD: readonly [RegExp, ErrorCode, string][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'state.busy', 'is being written by another process'],
  [/^SQLITE_FULL|^ENOSPC/, 'state.full', 'cannot grow: the disk is full'],
  [/^SQLITE_(NOTADB|CORRUPT)/, 'state.damaged', 'is damaged, or no database at all'],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM|IOERR)|^ConnectionFailed|^E(ACCES|PERM|ROFS|NOTDIR|EXIST)/,
    'state.unwritable',
    'cannot be opened for writing',
  ],
];

/** Turns the engine's errors about the world (lock, disk, rights, damage) into ours; the others pass as they are. */
function asWorld<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof VirgaError) throw cause;
    const told = `${'code' in cause ? String(cause.code) : ''}`;
    const known = WORLD.find(([pattern]) => pattern.test(told) || pattern.test(cause.message));
    if (known) throw new VirgaError(known[1], `${file} ${known[2]}.`, { cause });
    throw cause;
  }
}
