import { randomUUID } from 'node:crypto';
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { VirgaError } from '../../model/errors.ts';
import { shapesOf } from '../shape.ts';
import { readBeginning, worldError } from '../source.ts';
import { createAlarm } from './alarm.ts';
import { beginsAs, holds, MARK_BYTES, markAt, packedHolds, readAt } from './fingerprint.ts';
import { type Followed, newlyFollowed, positionText, readPosition } from './followed.ts';
import { formatOf, headerOf, laterHeader } from './header.ts';
import { restOfPacked } from './packed.ts';
import type { Intake, Receiver } from './receiver.ts';
import { count } from './standard-input.ts';

/** Milliseconds between two looks at the files: polling also works where the system tells of no change (NFS). */
const LOOK_EVERY = 200;
/** A document or packed file is taken when nothing was written to it for this long. */
const QUIET = 2000;
/** An unfinished last line of a file that bears another name now is taken after this long. */
const ASIDE = 5000;
const MAX_FILES = 50_000;
/** Open files at the same time: a file that is removed while it is open can still be read to its end. */
const MAX_OPEN = 256;
/** Contents without a file that are remembered, so that a packed copy of one is known again. */
const MAX_GONE = 5000;
const HEAD_BYTES = 65536;

/**
 * Follows a file, or every file under a directory, through rotation by renaming, by copying and truncating, and by
 * packing. A content is known by where its file lies on the disk and by its bytes at the beginning and where it was
 * read to, so that no line is read twice or left out when names change.
 */
export const follow = (root: string): Receiver => ({
  source: `follow:${path.resolve(root)}`,
  start: async (intake) => {
    const walk = walkerOf(path.resolve(root));
    walk();
    const follower = new Follower(`follow:${path.resolve(root)}`, walk, intake);
    let stopped = false;
    const alarm = createAlarm();
    const loop = async (): Promise<void> => {
      while (!stopped) {
        await follower.round();
        await alarm.wait(LOOK_EVERY);
      }
      await follower.close();
    };
    const ended = loop();
    ended.catch(() => {});
    return {
      behind: () => ({ unit: 'bytes', amount: follower.behind(), lost: 0 }),
      stop: async () => {
        stopped = true;
        alarm.ring();
        await ended.catch(() => {});
      },
      ended,
    };
  },
});

type Entry = {
  readonly path: string;
  readonly inode: string;
  readonly size: number;
  readonly mtime: number;
  readonly own: boolean;
};

/** The files to look at. Of a single file also its neighbours whose names begin with its own: where rotation puts it. */
function walkerOf(root: string): () => Entry[] {
  const facts = statSync(root, { throwIfNoEntry: false });
  const parent = path.dirname(root);
  if (!facts && !statSync(parent, { throwIfNoEntry: false })?.isDirectory())
    throw new VirgaError('path.missing', `There is no ${root}, nor a directory for it.`);
  return () => {
    const entries: Entry[] = [];
    if (facts?.isDirectory()) under(root, entries, () => true);
    else under(parent, entries, (name) => name.startsWith(path.basename(root)), false);
    return entries.map((e) => ({ ...e, own: facts?.isDirectory() === true || e.path === root }));
  };
}

function under(directory: string, entries: Entry[], wanted: (name: string) => boolean, deep = true): void {
  let names: string[];
  try {
    names = readdirSync(directory).sort();
  } catch (cause) {
    if (entries.length === 0) throw worldError(directory, cause);
    return;
  }
  for (const name of names) {
    if (name.startsWith('.') || !wanted(name) || entries.length >= MAX_FILES) continue;
    const file = path.join(directory, name);
    const facts = factsOf(file);
    if (facts?.isDirectory() && deep) under(file, entries, wanted);
    else if (facts?.isFile())
      entries.push({
        path: file,
        inode: `${facts.dev}:${facts.ino}`,
        size: Number(facts.size),
        mtime: Number(facts.mtimeMs),
        own: true,
      });
  }
}

const factsOf = (file: string): BigIntStats | undefined => {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined; // not ours to read
  }
};

class Follower {
  readonly #source: string;
  readonly #walk: () => Entry[];
  readonly #intake: Intake;
  readonly #known = new Map<string, Followed>();
  readonly #forgotten: string[] = [];
  readonly #unreadable = new Set<string>();
  #round = 0;

  constructor(source: string, walk: () => Entry[], intake: Intake) {
    this.#source = source;
    this.#walk = walk;
    this.#intake = intake;
    for (const [key, text] of intake.positions) {
      const followed = readPosition(key, text);
      if (followed) this.#known.set(key, followed);
    }
  }

  behind(): number {
    let bytes = 0;
    for (const f of this.#known.values())
      if (f.inode !== '' && !f.whole) bytes += Math.max(0, f.size - f.mark.offset - f.unfinished);
    return bytes;
  }

  async close(): Promise<void> {
    for (const f of this.#known.values()) await this.#shut(f);
  }

  /** One look at all files: first the known ones, then those that bear no known number, then what was written. */
  async round(): Promise<void> {
    this.#round++;
    const entries = this.#walk();
    const byInode = new Map([...this.#known.values()].filter((f) => f.inode !== '').map((f) => [f.inode, f]));
    const strangers: Entry[] = [];
    for (const entry of entries) {
      const known = byInode.get(entry.inode);
      if (known && (await this.#still(known, entry))) this.#see(known, entry);
      else strangers.push(entry);
    }
    await this.#leave();
    for (const entry of strangers) await this.#meet(entry);
    for (const f of this.#known.values()) if (f.round === this.#round) await this.#read(f);
    this.#forget();
  }

  #see(f: Followed, entry: Entry): void {
    f.moved ||= f.round > 0 && f.path !== entry.path;
    f.path = entry.path;
    f.inode = entry.inode;
    f.size = entry.size;
    f.mtime = entry.mtime;
    f.round = this.#round;
  }

  /** The same content as before: not shorter than what was read of it, and with the same beginning. */
  async #still(f: Followed, entry: Entry): Promise<boolean> {
    if (entry.size === f.size && entry.mtime === f.mtime) return true;
    if (f.whole) return entry.size === f.size; // a document that was written anew is another one
    if (
      entry.size >= f.mark.offset &&
      (await this.#with(f, entry.path, (handle) => beginsAs(handle, f.mark))) !== false
    )
      return true;
    await this.#shut(f); // truncated or written anew: the content is elsewhere, or gone
    f.inode = '';
    return false;
  }

  /** Files that were there and are not: what was written to an open one before it went is read to its end. */
  async #leave(): Promise<void> {
    for (const f of this.#known.values()) {
      if (f.inode === '' || f.round === this.#round) continue;
      if (f.handle) {
        f.size = Number((await f.handle.stat()).size);
        if (f.size > f.mark.offset) await this.#slices(f, true);
        await this.#shut(f);
      }
      f.inode = '';
    }
  }

  /** A file that no known content lies in: a copy, a packed content, or something new. */
  async #meet(entry: Entry): Promise<void> {
    const packed = await isPacked(entry.path);
    if (packed === null) return this.#complain(entry.path);
    for (const f of [...this.#known.values()].sort((a, b) => b.mark.offset - a.mark.offset)) {
      if (f.mark.offset === 0 || f.whole || f.inode === entry.inode) continue;
      if (f.inode !== '' && (await this.#shadows(entry, f, packed))) return; // wait: the original still lives
      if (f.inode !== '' || !(await sameContent(entry, f, packed))) continue;
      this.#see(f, entry);
      if (packed) await this.#rest(f);
      return;
    }
    if (!entry.own) return;
    const fresh = newlyFollowed(entry.path, entry.inode);
    this.#see(fresh, entry);
    this.#known.set(fresh.key, fresh);
  }

  /** A copy in the making of a content that still lies in its own file. */
  async #shadows(entry: Entry, f: Followed, packed: boolean): Promise<boolean> {
    if (packed) return entry.path.startsWith(f.path);
    if (entry.size > f.size || entry.size === 0) return false;
    const bytes = Math.min(MARK_BYTES, entry.size);
    const both = [entry.path, f.path].map((file) =>
      withFile(file, async (handle) =>
        Buffer.concat([await readAt(handle, 0, bytes), await readAt(handle, entry.size - bytes, bytes)]),
      ),
    );
    const [copy, original] = await Promise.all(both);
    return copy !== null && original !== null && copy !== undefined && original !== undefined && copy.equals(original);
  }

  async #read(f: Followed): Promise<void> {
    if (f.whole || f.size <= f.mark.offset) return;
    if (f.mark.offset === 0 && (await this.#asOnePiece(f))) return;
    // A log that was put aside gets no end for its last line any more.
    await this.#slices(f, f.moved && this.#intake.now() - f.mtime > ASIDE);
  }

  /** Packed files and documents are no streams of lines: taken when they are still. */
  async #asOnePiece(f: Followed): Promise<boolean> {
    const start = await this.#with(f, f.path, (handle) => readAt(handle, 0, HEAD_BYTES));
    if (start === null) return true;
    if (!isDocument(start, f.size <= HEAD_BYTES)) return false;
    if (this.#intake.now() - f.mtime < QUIET) return true;
    await this.#intake.spool.room();
    f.whole = true;
    f.mark = (await this.#with(f, f.path, (handle) => markAt(handle, f.size))) ?? f.mark;
    try {
      await this.#intake.spool.adopt(this.#facts(f, f.size, 0, null), f.path);
    } catch (error) {
      f.whole = false;
      f.mark = { ...f.mark, offset: 0 };
      throw error;
    }
    await this.#shut(f);
    return true;
  }

  /** What was written since, in whole lines; with `last`, also a line without an end. */
  async #slices(f: Followed, last: boolean): Promise<void> {
    const { spool, limits } = this.#intake;
    if (!last && spool.waiting().length > 2 && f.size - f.mark.offset < limits.batchBytes / 8) return;
    while (f.size > f.mark.offset) {
      await spool.room();
      const handle = await this.#open(f);
      if (!handle) return this.#complain(f.path);
      const bytes = await readAt(handle, f.mark.offset, Math.min(limits.batchBytes, f.size - f.mark.offset));
      const end = bytes.lastIndexOf(10) + 1 || (last || bytes.length >= limits.batchBytes ? bytes.length : 0);
      f.unfinished = end === 0 ? bytes.length : 0;
      if (end === 0) return;
      await this.#put(f, bytes.subarray(0, end), (offset) => markAt(handle, offset));
    }
  }

  /** The rest of a content that was packed before it was read to its end. */
  async #rest(f: Followed): Promise<void> {
    const { spool, limits } = this.#intake;
    for await (const { bytes, mark } of restOfPacked(f.path, f.mark, limits.batchBytes)) {
      await spool.room();
      await this.#put(f, bytes, async () => mark);
    }
    f.whole = true;
  }

  async #put(f: Followed, bytes: Buffer, mark: (offset: number) => Promise<Followed['mark']>): Promise<void> {
    const text = bytes.toString('utf8');
    const header = await this.#header(f);
    const own = header === '' ? formatOf(text.slice(0, HEAD_BYTES)) : formatOf(header + text.slice(0, HEAD_BYTES));
    f.format = own ?? f.format;
    const before = { mark: f.mark, lines: f.lines };
    const ended = bytes[bytes.length - 1] === 10 ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);
    f.mark = await mark(f.mark.offset + bytes.length);
    f.lines += count(ended);
    const facts = this.#facts(
      f,
      ended.length,
      before.lines - count(Buffer.from(header)),
      own === null ? f.format : null,
    );
    try {
      await this.#intake.spool.put(facts, header === '' ? [ended] : [Buffer.from(header), ended]);
      f.header = laterHeader(`\n${text}`) ?? f.header;
      this.#forgotten.length = 0;
    } catch (error) {
      f.mark = before.mark;
      f.lines = before.lines;
      throw error;
    }
  }

  /** What goes before a slice; the first slice has it already. */
  async #header(f: Followed): Promise<string> {
    if (f.mark.offset === 0) return '';
    if (f.header !== null) return f.header;
    const start = (f.handle ? await readAt(f.handle, 0, HEAD_BYTES) : (await readBeginning(f.path)).bytes).toString(
      'utf8',
    );
    const header = headerOf(start.slice(0, start.lastIndexOf('\n') + 1));
    f.header = header;
    if (f.format === null) f.format = formatOf(start.slice(0, start.lastIndexOf('\n') + 1));
    return header;
  }

  #facts(f: Followed, bytes: number, lineBase: number, as: string | null) {
    const now = this.#intake.now();
    return {
      id: randomUUID(),
      source: this.#source,
      name: f.path,
      as,
      lineBase,
      positions: [{ key: f.key, value: positionText(f) }, ...this.#forgotten.map((key) => ({ key, value: null }))],
      receipts: [],
      bytes,
      first: now,
      last: now,
      held: null,
    };
  }

  async #open(f: Followed): Promise<Followed['handle']> {
    if (f.handle) return f.handle;
    const opened = [...this.#known.values()].filter((k) => k.handle);
    if (opened.length >= MAX_OPEN) {
      const [oldest] = opened.sort((a, b) => a.mtime - b.mtime);
      if (oldest) await this.#shut(oldest);
    }
    try {
      f.handle = await open(f.path, 'r');
    } catch {
      return null;
    }
    return f.handle;
  }

  async #with<T>(
    f: Followed,
    file: string,
    work: (handle: NonNullable<Followed['handle']>) => Promise<T>,
  ): Promise<T | null> {
    return f.handle ? work(f.handle) : withFile(file, work);
  }

  async #shut(f: Followed): Promise<void> {
    const { handle } = f;
    f.handle = null;
    await handle?.close();
  }

  /** The longest gone contents are forgotten; the next batch says so. */
  #forget(): void {
    const gone = [...this.#known.values()].filter((f) => f.inode === '');
    for (const f of gone.sort((a, b) => a.mtime - b.mtime).slice(0, Math.max(0, gone.length - MAX_GONE))) {
      this.#known.delete(f.key);
      this.#forgotten.push(f.key);
    }
  }

  #complain(file: string): void {
    if (this.#unreadable.has(file) || this.#unreadable.size > 1000) return;
    this.#unreadable.add(file);
    this.#intake.note(`${file} may not be read; it is left out`);
  }
}

async function withFile<T>(
  file: string,
  work: (handle: NonNullable<Followed['handle']>) => Promise<T>,
): Promise<T | null> {
  let handle: NonNullable<Followed['handle']>;
  try {
    handle = await open(file, 'r');
  } catch {
    return null;
  }
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

const isPacked = (file: string): Promise<boolean | null> =>
  withFile(file, async (handle) => {
    const magic = await readAt(handle, 0, 2);
    return magic[0] === 0x1f && magic[1] === 0x8b;
  });

async function sameContent(entry: Entry, f: Followed, packed: boolean): Promise<boolean> {
  if (!packed)
    return entry.size >= f.mark.offset && (await withFile(entry.path, (handle) => holds(handle, f.mark))) === true;
  try {
    return await packedHolds(entry.path, f.mark);
  } catch {
    return false; // broken, or still being written
  }
}

/** Packed, UTF-16, or JSON that is no JSON lines. */
function isDocument(start: Buffer, complete: boolean): boolean {
  if (start[0] === 0x1f && start[1] === 0x8b) return true;
  if (start.length >= 4 && start.readUInt32LE() === 0xfd2fb528) return true;
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) return true;
  const [shape] = shapesOf(start, complete);
  return shape !== undefined && shape.container !== null;
}
