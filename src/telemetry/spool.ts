import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { worldError } from './source.ts';

/** A temporary file of lines that is written once, then read, then removed. */
export type Spool = {
  readonly path: string;
  /** Resolves when the text is handed to the system: whoever waits for it keeps memory bounded. */
  readonly write: (text: string) => Promise<void>;
  /** No more text; the file stays. */
  readonly finish: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** Opens a spool in that directory. A full disk is thrown as VirgaError `lake.full`. */
export async function openSpool(directory: string, ending: string): Promise<Spool> {
  const file = path.join(directory, `virga-${randomUUID()}.${ending}`);
  let handle: FileHandle | null = await guarded(file, open(file, 'wx', 0o600));
  const finish = async (): Promise<void> => {
    const open = handle;
    handle = null;
    if (open) await guarded(file, open.close());
  };
  return {
    path: file,
    write: async (text) => {
      if (handle && text !== '') await guarded(file, handle.appendFile(text));
    },
    finish,
    remove: async () => {
      await finish();
      await rm(file, { force: true });
    },
  };
}

async function guarded<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw worldError(file, cause);
  }
}
