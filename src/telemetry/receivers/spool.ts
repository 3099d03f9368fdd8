import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { worldError } from '../source.ts';
import { createAlarm } from './alarm.ts';

const batchSchema = z.object({
  id: z.string(),
  source: z.string(),
  /** What the user calls it: the followed file, or the receiver. */
  name: z.string(),
  /** Read it as this format, or null: told from the content. */
  as: z.string().nullable(),
  lineBase: z.number(),
  positions: z.array(z.object({ key: z.string(), value: z.string().nullable() })),
  receipts: z.array(z.string()),
  bytes: z.number(),
  first: z.number(),
  last: z.number(),
  /** Not for the lake before its receiver releases it: what the receiver needs to decide that after a crash. */
  held: z.string().nullable(),
});

/** What is known of a batch besides its lines; times are milliseconds since 1970. */
export type BatchFacts = Readonly<z.infer<typeof batchSchema>>;

/** A batch that is safely on disk and waits for the lake. `file` holds its lines. */
export type Batch = BatchFacts & { readonly file: string; readonly entry: string };

/** Batches between receivers and the lake, in the order in which they came. One process owns a spool. */
export type Spool = {
  /** Resolves when the lines and facts are safely on disk: after that, and only after that, a sender may be told. */
  readonly put: (facts: BatchFacts, lines: readonly Uint8Array[]) => Promise<Batch>;
  /**
   * The same for a file as it lies: linked where the file system can, else copied. With an open file it is that one,
   * whatever its name stands for by now.
   */
  readonly adopt: (facts: BatchFacts, file: string, opened?: FileHandle) => Promise<Batch>;
  /** Batches that wait for their receiver's word, oldest first. */
  readonly held: () => readonly Batch[];
  /** The receiver's word: the batch is the lake's now, safely on disk when it resolves. */
  readonly release: (batch: Batch) => Promise<void>;
  /** The receiver's word: the batch never was. */
  readonly drop: (batch: Batch) => Promise<void>;
  /** Stable name of this spool, by which a group of workers knows whose a batch is. */
  readonly identity: string;
  /** The oldest batch, or null where none waits; the same one until `done`. */
  readonly peek: () => Batch | null;
  /** Resolves when a batch waits, or after that many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** The batch is in the lake. */
  readonly done: (batch: Batch) => Promise<void>;
  /** Resolves at once while the waiting batches take less than the spool's limit, else when they do again. */
  readonly room: () => Promise<void>;
  readonly full: () => boolean;
  readonly waiting: () => readonly Batch[];
};

/** Opens the spool of a workspace, with what an earlier run left there; half written batches are removed. */
export function openSpool(directory: string, maxBytes: number): Spool {
  const { batches: all, next } = recover(directory);
  const batches = all.filter((b) => b.held === null);
  const kept = all.filter((b) => b.held !== null);
  const identity = identityOf(directory);
  let number = next;
  let bytes = all.reduce((sum, b) => sum + b.bytes, 0);
  const alarm = createAlarm();
  let waiters: (() => void)[] = [];
  const store = async (facts: BatchFacts, fill: (file: string) => Promise<void>): Promise<Batch> => {
    const entry = `${String(number++).padStart(12, '0')}-${randomUUID().slice(0, 8)}`;
    const file = path.join(directory, `${entry}.log`);
    try {
      await fill(file);
      await writeSafely(path.join(directory, `${entry}.json`), [Buffer.from(JSON.stringify(facts))]);
      await syncDirectory(directory);
    } catch (cause) {
      throw worldError(directory, cause);
    }
    const batch = { ...facts, file, entry };
    bytes += facts.bytes;
    insert(batch.held === null ? batches : kept, batch);
    alarm.ring();
    return batch;
  };
  const remove = async (from: Batch[], batch: Batch): Promise<void> => {
    await rm(path.join(directory, `${batch.entry}.json`), { force: true });
    await rm(batch.file, { force: true });
    const at = from.findIndex((b) => b.entry === batch.entry);
    if (at >= 0) from.splice(at, 1);
    bytes -= batch.bytes;
    if (bytes < maxBytes) for (const resume of waiters.splice(0)) resume();
  };
  return {
    put: (facts, lines) => store(facts, (file) => writeSafely(file, lines)),
    adopt: (facts, from, opened) => store(facts, (file) => linkOrCopy(from, file, opened)),
    peek: () => batches[0] ?? null,
    wait: (milliseconds) => (batches.length > 0 ? Promise.resolve() : alarm.wait(milliseconds)),
    done: (batch) => remove(batches, batch),
    held: () => kept,
    release: async (batch) => {
      const { file, entry, ...facts } = batch;
      const released = { ...facts, held: null };
      await writeSafely(path.join(directory, `${entry}.json`), [Buffer.from(JSON.stringify(released))]);
      await syncDirectory(directory);
      const at = kept.findIndex((b) => b.entry === entry);
      if (at >= 0) kept.splice(at, 1);
      insert(batches, { ...released, file, entry });
      alarm.ring();
    },
    drop: (batch) => remove(kept, batch),
    identity,
    room: () =>
      bytes < maxBytes
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiters = [...waiters, resolve];
          }),
    full: () => bytes >= maxBytes,
    waiting: () => batches,
  };
}

/** Two batches may end in another order than they began; the number tells the order. */
function insert(batches: Batch[], batch: Batch): void {
  const at = batches.findIndex((b) => b.entry > batch.entry);
  batches.splice(at < 0 ? batches.length : at, 0, batch);
}

/** Whole batches have their facts; what has none was never acknowledged, or is in the lake already. */
function recover(directory: string): { batches: Batch[]; next: number } {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const names = readdirSync(directory).sort();
  const batches: Batch[] = [];
  for (const name of names.filter((n) => n.endsWith('.json'))) {
    const entry = name.slice(0, -'.json'.length);
    const facts = read(path.join(directory, name));
    const file = path.join(directory, `${entry}.log`);
    if (facts && existsSync(file)) batches.push({ ...facts, file, entry });
  }
  const kept = new Set(batches.flatMap((b) => [`${b.entry}.json`, `${b.entry}.log`]));
  for (const name of names)
    if (/^\d{12}-[0-9a-f]{8}\.(?:log|json)(?:\.part)?$/.test(name) && !kept.has(name))
      rmSync(path.join(directory, name), { force: true });
  return {
    batches,
    next:
      Number(
        names
          .filter((n) => /^\d{12}-/.test(n))
          .at(-1)
          ?.split('-')[0] ?? 0,
      ) + 1,
  };
}

function identityOf(directory: string): string {
  const file = path.join(directory, 'identity');
  if (!existsSync(file)) {
    writeFileSync(`${file}.part`, randomUUID().replaceAll('-', '').slice(0, 12), { flush: true });
    renameSync(`${file}.part`, file);
  }
  return readFileSync(file, 'utf8').trim();
}

function read(file: string): BatchFacts | null {
  try {
    return batchSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Under a temporary name first, so that a half written file never bears its own. */
async function writeSafely(file: string, chunks: readonly Uint8Array[]): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, 'wx', 0o600);
  try {
    await writeAll(handle, chunks);
    await handle.sync();
  } catch (cause) {
    await handle.close();
    await rm(part, { force: true });
    throw cause;
  }
  await handle.close();
  await rename(part, file);
}

/** At most this many buffers go into one call of the system. */
const MANY = 512;

async function writeAll(handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  for (let at = 0; at < chunks.length; at += MANY) {
    const some = chunks.slice(at, at + MANY);
    if (some.length === 1 && some[0]) await handle.writeFile(some[0]);
    else await handle.writeFile(Buffer.concat(some));
  }
}

/** Another system's file, or another user's, cannot be linked. */
async function linkOrCopy(from: string, file: string, opened: FileHandle | undefined): Promise<void> {
  const source = opened ?? (await open(from, 'r'));
  try {
    await link(from, file).catch(() => {});
    if (!(await isSame(source, file))) {
      await rm(file, { force: true });
      await copyOpen(source, file);
    }
  } finally {
    if (!opened) await source.close();
  }
  const handle = await open(file, 'r');
  await handle.sync().finally(() => handle.close());
}

async function isSame(source: FileHandle, file: string): Promise<boolean> {
  const [a, b] = [await source.stat(), await stat(file).catch(() => null)];
  return b !== null && a.dev === b.dev && a.ino === b.ino;
}

async function copyOpen(source: FileHandle, file: string): Promise<void> {
  const target = await open(file, 'wx', 0o600);
  try {
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (let at = 0; ; ) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return;
      await target.writeFile(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  } finally {
    await target.close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
