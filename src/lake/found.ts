import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type EngineOptions, openEngine } from './engine.ts';
import { LAKE_VERSION, tables } from './tables.ts';

/** The catalogue and ledgers of a workspace. */
export const databaseOf = (workspace: string): string => path.join(workspace, 'lake.duckdb');

const isUnfinished = (name: string): boolean => /^lake-[0-9a-f-]{36}\.new(?:\.wal)?$/.test(name);

/**
 * Makes the database of a workspace that has none: whole under a name of its own, then linked to its place, since a
 * process that dies while the engine writes a new file leaves one that can never be opened again. Where another process
 * was first, its database stands.
 */
export async function foundWorkspace(workspace: string, options: Omit<EngineOptions, 'file'>): Promise<void> {
  mkdirSync(path.join(workspace, 'segments'), { recursive: true });
  const place = databaseOf(workspace);
  if (existsSync(place)) return;
  const fresh = path.join(workspace, `lake-${randomUUID()}.new`);
  const engine = await openEngine({ ...options, file: fresh });
  try {
    await engine.run(tables);
    await engine.run('INSERT INTO lake VALUES ($1)', [LAKE_VERSION]);
    await engine.run('CHECKPOINT');
  } finally {
    engine.close();
  }
  try {
    linkSync(fresh, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
  rmSync(fresh, { force: true });
}

/** Removes what processes that died left while they made a database; only by the owner of the finished one. */
export function dropUnfinished(workspace: string): void {
  for (const name of readdirSync(workspace))
    if (isUnfinished(name)) rmSync(path.join(workspace, name), { force: true });
}
