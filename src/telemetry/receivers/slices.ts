import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Damage } from '../../packing/damage.ts';
import { holds, type Mark, markAt, readAt, stillHas } from './fingerprint.ts';
import { type Followed, positionText } from './followed.ts';
import { formatOf, headerOf, laterHeader } from './header.ts';
import { lookAt, type Opened, openListed } from './opened.ts';
import { restOfPacked, startOfPacked } from './packed.ts';
import { finished, isDocument } from './pieces.ts';
import type { Intake } from './receiver.ts';
import type { BatchFacts } from './spool.ts';
import { count } from './standard-input.ts';

/** A document or packed file is taken when nothing was written to it for this long, in milliseconds. */
const QUIET = 2000;
/** And one that does not look finished after this long. */
const STUCK = 60_000;
/** An unfinished last line of a file that bears another name now is taken after this long. */
export const ASIDE = 5000;
/** Open files at the same time: a file that is removed while it is open can still be read to its end. */
const MAX_OPEN = 256;
const HEAD_BYTES = 65536;

/** Nothing was written to it for a while, by its own clock: one that is ahead of ours counts, too. */
export const isQuiet = (mtime: number, now: number, quiet = QUIET): boolean => Math.abs(now - mtime) >= quiet;

/** Puts what was written to followed files into the spool, each slice with how far its content is read then. */
export class Slices {
  readonly #source: string;
  readonly #intake: Intake;
  readonly #open = new Set<Followed>();
  /** Keys of contents that are no longer remembered; the next batch says so. */
  readonly forgotten: string[] = [];

  constructor(source: string, intake: Intake) {
    this.#source = source;
    this.#intake = intake;
  }

  async read(f: Followed): Promise<void> {
    if (f.whole || f.packed || f.file.size <= f.mark.offset) return;
    if (f.mark.offset === 0 && (await this.#asOnePiece(f))) return;
    // A log that was put aside gets no end for its last line any more.
    await this.readLines(f, f.moved && isQuiet(f.file.mtime, this.#intake.now(), ASIDE));
  }

  /** Packed files and documents are no streams of lines: taken when they are still. */
  async #asOnePiece(f: Followed): Promise<boolean> {
    const handle = await this.open(f);
    if (!handle) return true;
    const start = await readAt(handle, 0, HEAD_BYTES);
    if (!isDocument(start, f.file.size <= HEAD_BYTES)) return false;
    const quiet = (await finished(handle, start, f.file.size)) ? QUIET : STUCK;
    if (!isQuiet(f.file.mtime, this.#intake.now(), quiet)) return true;
    await this.#intake.spool.room();
    const before = f.mark;
    f.mark = await markAt(handle, f.file.size);
    f.whole = true;
    try {
      if ((await lookAt(handle, f.file)).entry.stamp !== f.file.stamp) throw new StillWritten();
      await this.#intake.spool.adopt(this.#facts(f, f.file.size, 0, null), f.file.path, handle);
      this.forgotten.length = 0;
    } catch (error) {
      f.whole = false;
      f.mark = before;
      if (!(error instanceof StillWritten)) throw error;
    }
    await this.shut(f);
    return true;
  }

  /** What was written since, in whole lines; with `last`, also a line without an end. */
  async readLines(f: Followed, last: boolean): Promise<void> {
    const { spool, limits } = this.#intake;
    if (!last && spool.waiting().length > 2 && f.file.size - f.mark.offset < limits.batchBytes / 8) return;
    while (f.file.size > f.mark.offset) {
      await spool.room();
      const handle = await this.open(f);
      if (!handle) return;
      const bytes = await readAt(handle, f.mark.offset, Math.min(limits.batchBytes, f.file.size - f.mark.offset));
      const end = bytes.lastIndexOf(10) + 1 || (last || bytes.length >= limits.batchBytes ? bytes.length : 0);
      f.unfinished = end === 0 ? bytes.length : 0;
      if (end === 0) return;
      const slice = bytes.subarray(0, end);
      const mark = await markAt(handle, f.mark.offset + end);
      if (!(await this.#untouched(f, handle, slice))) {
        f.file = { ...f.file, stamp: '' }; // truncated under our hands: the next round tells what it is
        return;
      }
      await this.#put(f, slice, mark, () => readAt(handle, 0, HEAD_BYTES));
    }
  }

  /** Whoever truncates a file and writes to it again changes what it held; all that was read before this look is of one content. */
  async #untouched(f: Followed, handle: FileHandle, slice: Buffer): Promise<boolean> {
    const { entry } = await lookAt(handle, f.file);
    return (
      entry.size >= f.mark.offset + slice.length &&
      (await holds(handle, f.mark)) &&
      (await stillHas(handle, f.mark.offset, slice))
    );
  }

  /** The rest of a content that was packed before it was read to its end. */
  async readPacked(f: Followed, { handle, entry }: Opened): Promise<void> {
    const { spool, limits } = this.#intake;
    await this.shut(f);
    f.packed = true;
    try {
      for await (const { bytes, mark } of restOfPacked(handle, f.mark, limits.batchBytes)) {
        await spool.room();
        await this.#put(f, bytes, mark, () => startOfPacked(handle, HEAD_BYTES));
      }
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.#intake.note(`${entry.path} is broken (${error.message}); it was read as far as it goes`);
    }
  }

  async #put(f: Followed, bytes: Buffer, mark: Mark, beginning: () => Promise<Buffer>): Promise<void> {
    const text = bytes.toString('utf8');
    const header = await headerFor(f, beginning);
    const own = formatOf(header + text.slice(0, HEAD_BYTES));
    f.format = own ?? f.format;
    const before = { mark: f.mark, lines: f.lines };
    const ended = bytes[bytes.length - 1] === 10 ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);
    f.mark = mark;
    f.lines += count(ended);
    const lineBase = before.lines - count(Buffer.from(header));
    const facts = this.#facts(f, ended.length, lineBase, own === null ? f.format : null);
    try {
      await this.#intake.spool.put(facts, header === '' ? [ended] : [Buffer.from(header), ended]);
      f.header = laterHeader(`\n${text}`) ?? f.header;
      this.forgotten.length = 0;
    } catch (error) {
      f.mark = before.mark;
      f.lines = before.lines;
      throw error;
    }
  }

  #facts(f: Followed, bytes: number, lineBase: number, as: string | null): BatchFacts {
    const now = this.#intake.now();
    return {
      id: randomUUID(),
      source: this.#source,
      name: f.file.path,
      as,
      lineBase,
      positions: [{ key: f.key, value: positionText(f) }, ...this.forgotten.map((key) => ({ key, value: null }))],
      receipts: [],
      bytes,
      first: now,
      last: now,
      held: null,
    };
  }

  /** The content's file, open; null where its name stands for another one now, or it may not be read. */
  async open(f: Followed): Promise<FileHandle | null> {
    if (f.handle) return f.handle;
    const opened = await openListed(f.file);
    if (opened === 'moved' || opened === 'closed') return null;
    const [oldest] = this.#open.size < MAX_OPEN ? [] : [...this.#open].sort((a, b) => a.file.mtime - b.file.mtime);
    if (oldest) await this.shut(oldest);
    f.handle = opened.handle;
    this.#open.add(f);
    return f.handle;
  }

  async shut(f: Followed): Promise<void> {
    const { handle } = f;
    f.handle = null;
    this.#open.delete(f);
    await handle?.close();
  }

  async close(): Promise<void> {
    for (const f of [...this.#open]) await this.shut(f);
  }
}

class StillWritten extends Error {}

/** What goes before a slice; the first slice has it already. */
async function headerFor(f: Followed, beginning: () => Promise<Buffer>): Promise<string> {
  if (f.mark.offset === 0) return '';
  if (f.header !== null) return f.header;
  const start = (await beginning()).toString('utf8');
  const whole = start.slice(0, start.lastIndexOf('\n') + 1);
  f.header = headerOf(whole);
  f.format ??= formatOf(whole);
  return f.header;
}
