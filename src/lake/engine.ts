import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { VirgaError } from '../model/errors.ts';

/** A value as the rest of the program sees it: 64-bit integers as numbers (as text past 2^53), times as RFC 3339 text in UTC. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };
export type Row = { readonly [column: string]: Value };
export type Parameter = string | number | boolean | null;

export type EngineOptions = {
  /** Database file, or null for memory. */
  readonly file: string | null;
  /** Upper limit of the engine's memory, in its own words (`700MB`); past it, it spills to `temp`. */
  readonly memory: string;
  readonly temp: string;
  readonly threads?: number;
};

/** The columnar engine behind a few verbs: the only file that speaks to DuckDB's client. */
export type Engine = {
  readonly run: (sql: string, parameters?: readonly Parameter[]) => Promise<void>;
  /** All rows at once: for results that are known to be small. */
  readonly rows: (sql: string, parameters?: readonly Parameter[]) => Promise<Row[]>;
  /** Rows in chunks of about two thousand, read as they are asked for. */
  readonly stream: (sql: string) => AsyncGenerator<Row[]>;
  /** Appends rows to a table of ours in the order of its columns. */
  readonly append: (table: string, rows: Iterable<readonly (string | number | null)[]>) => Promise<void>;
  /** Another connection to the same database, for a concurrent query; close it. */
  readonly another: () => Promise<Engine>;
  readonly close: () => void;
};

/** Opens the engine with limits set, extensions off and times in UTC. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const instance = await asWorld(
    DuckDBInstance.create(options.file ?? ':memory:', {
      threads: String(options.threads ?? (await availableCores())),
      memory_limit: options.memory,
      temp_directory: options.temp,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    }),
  );
  const connection = await instance.connect();
  // A list of constants as a join would be no faster here, and a join does not keep the order of a file.
  await asWorld(connection.run("SET GLOBAL TimeZone = 'UTC'; SET GLOBAL disabled_optimizers = 'in_clause'"));
  return engineOn(instance, connection, () => {
    connection.closeSync();
    instance.closeSync();
  });
}

async function availableCores(): Promise<number> {
  const { availableParallelism } = await import('node:os');
  return availableParallelism();
}

function engineOn(instance: DuckDBInstance, connection: DuckDBConnection, close: () => void): Engine {
  return {
    run: async (sql, parameters) => {
      await asWorld(connection.run(sql, parameters ? [...parameters] : undefined));
    },
    rows: async (sql, parameters) => {
      const reader = await asWorld(connection.runAndReadAll(sql, parameters ? [...parameters] : undefined));
      return toRows(reader.columnNames(), reader.getRows());
    },
    stream: (sql) => streamRows(connection, sql),
    append: (table, rows) => appendRows(connection, table, rows),
    another: async () => {
      const next = await instance.connect();
      return engineOn(instance, next, () => next.closeSync());
    },
    close,
  };
}

async function* streamRows(connection: DuckDBConnection, sql: string): AsyncGenerator<Row[]> {
  const result = await asWorld(connection.stream(sql));
  const names = result.columnNames();
  for (;;) {
    const chunk = await asWorld(result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) return;
    yield toRows(names, chunk.getRows());
  }
}

async function appendRows(
  connection: DuckDBConnection,
  table: string,
  rows: Iterable<readonly (string | number | null)[]>,
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (const row of rows) {
    for (const cell of row) {
      if (cell === null) appender.appendNull();
      else if (typeof cell === 'string') appender.appendVarchar(cell);
      else appender.appendDouble(cell);
    }
    appender.endRow();
  }
  appender.flushSync();
  appender.closeSync();
}

const toRows = (names: readonly string[], rows: readonly (readonly DuckDBValue[])[]): Row[] =>
  rows.map((row) => Object.fromEntries(names.map((name, i) => [name, toValue(row[i] ?? null)])));

function toValue(value: DuckDBValue): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if ('items' in value && Array.isArray(value.items)) return value.items.map(toValue);
  if ('entries' in value && typeof value.entries === 'object' && !Array.isArray(value.entries))
    return Object.fromEntries(Object.entries(value.entries).map(([k, v]) => [k, toValue(v)]));
  if ('micros' in value && typeof value.micros === 'bigint') return microsToText(value.micros);
  return String(value);
}

/** Microseconds since 1970 as RFC 3339 text with six decimals. */
export function microsToText(micros: bigint): string {
  const seconds = micros / 1_000_000n - (micros % 1_000_000n < 0n ? 1n : 0n);
  const fraction = micros - seconds * 1_000_000n;
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${String(fraction).padStart(6, '0')}Z`;
}

/** Turns the engine's errors about the world (disk, memory, lock) into ours; the others pass as they are. */
async function asWorld<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    if (/No space left|disk.*full|could not write/i.test(text))
      throw new VirgaError('lake.full', 'The disk is full.', { cause });
    if (/Could not set lock|Conflicting lock/i.test(text))
      throw new VirgaError('lake.busy', 'The workspace is in use by another process.', { cause });
    if (/Out of Memory/i.test(text))
      throw new VirgaError('lake.memory', 'The engine ran out of the memory that it was allowed.', { cause });
    throw cause;
  }
}
