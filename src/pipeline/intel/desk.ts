/** The intelligence desk of a workspace: the indicator log, the facts about it, and an engine to ask with. */
import { mkdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { whoOf } from '../../intel/person.ts';
import { type Engine, openEngine } from '../../lake/engine.ts';
import type { LogFile } from '../../lake/indicator-log.ts';
import type { Fact } from '../../model/fact.ts';
import { openState, type State } from '../../state/store.ts';
import { temporaryDirectory } from '../temporary.ts';

export type DeskOptions = {
  /** Directory that keeps everything, or null: nothing is left behind. */
  readonly workspace: string | null;
  /** A PostgreSQL server that keeps the facts instead of the workspace, as `postgres://…`. */
  readonly stateUrl?: string | null;
  /** The engine's share of memory, such as `700MB`. */
  readonly memory: string;
};

export type Desk = {
  readonly engine: Engine;
  readonly state: State;
  /** Where the files of the indicator log are. */
  readonly directory: string;
  /** A folder of this run alone. */
  readonly temp: string;
  readonly close: () => Promise<void>;
};

/** Opens the desk; without a workspace one that vanishes with `close`. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const temporary = temporaryDirectory();
  const workspace = options.workspace ?? path.join(temporary.path, 'workspace');
  const directory = path.join(workspace, 'intel');
  const state = await openState(options.stateUrl ? { url: options.stateUrl } : { workspace }).catch(
    (error: unknown) => {
      temporary.remove();
      throw error;
    },
  );
  mkdirSync(directory, { recursive: true });
  const engine = await openEngine({ file: null, memory: options.memory, temp: temporary.path });
  return {
    engine,
    state,
    directory,
    temp: temporary.path,
    close: async () => {
      engine.close();
      await state.close();
      rmSync(temporary.path, { recursive: true, force: true });
      temporary.remove();
    },
  };
}

/** The files of the log as of a time, oldest first. */
export async function logFiles(desk: Pick<Desk, 'state' | 'directory'>, asOf?: number): Promise<LogFile[]> {
  return filesOf(await desk.state.facts('intel.imported', asOf), desk.directory);
}

export function filesOf(imports: readonly Fact<'intel.imported'>[], directory: string): LogFile[] {
  return imports.flatMap(({ detail }) =>
    detail.file === null ? [] : [{ seq: detail.seq, path: path.join(directory, detail.file) }],
  );
}

/** Who runs this: the account of the system, or the name given, as claimed from it. */
export const personOf = (given: string | null): string => whoOf(given, accountName());

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // an account without a name, as in containers
  }
}
