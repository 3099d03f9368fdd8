import type { FileHandle } from 'node:fs/promises';
import { holds, MARK_BYTES, markAt, readAt, wholeLines } from './fingerprint.ts';
import { type Followed, newlyFollowed, readPosition } from './followed.ts';
import { type Entry, eachOnce } from './listing.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { lookAt, type Opened, openListed } from './opened.ts';
import { isPacked, packedGoesOn, packedHolds, startOfPacked } from './packed.ts';
import type { Ingested, Intake } from './receiver.ts';
import { isQuiet, Slices } from './slices.ts';

/** Looks in which a content was not found before a copy of it may take its place: one look may miss a file that is renamed. */
const MISSED = 2;
/** Looks in a row that wait with what is new because a file was renamed under them: it may be the original of what is new. */
const PATIENCE = 10;
/** Looks after which an open file that bears none of our names any more counts as put away; about five seconds. */
const PUT_AWAY = 25;
/** Contents without a file that are remembered, so that a packed copy of one is known again. */
const MAX_GONE = 5000;

/**
 * The contents of followed files, whatever the files are called today. What a file holds is told from the open file
 * alone, never from its name: between the listing and the look, names may have moved on. Where a look cannot be sure,
 * it leaves the file for the next one, so no content is ever met a second time as something new.
 */
export class Follower {
  readonly #list: () => readonly Entry[];
  readonly #intake: Intake;
  readonly #slices: Slices;
  readonly #known = new Map<string, Followed>();
  /** Copies of living contents, by inode: nothing to do until one of both changes. */
  readonly #copies = new Map<string, { readonly stamp: string; readonly original: Followed }>();
  readonly #unreadable = new Set<string>();
  #round = 0;
  /** Looks in a row in which a listed file had moved on before it was opened. */
  #unsettled = 0;
  #moved = false;
  /** Beginnings of files of this look that will take the place of a content that is gone, once that is sure. */
  #pending: Buffer[] = [];

  constructor(source: string, list: () => readonly Entry[], intake: Intake) {
    this.#list = list;
    this.#intake = intake;
    this.#slices = new Slices(source, intake);
    for (const [key, text] of intake.positions) {
      const followed = readPosition(key, text);
      if (followed) this.#known.set(key, followed);
    }
  }

  /** Bytes that were written and not read. */
  behind(): number {
    let bytes = 0;
    for (const f of this.#known.values())
      if (f.present && !f.whole && !f.packed) bytes += Math.max(0, f.file.size - f.mark.offset - f.unfinished);
    return bytes;
  }

  close(): Promise<void> {
    return this.#slices.close();
  }

  /** One look at all files: first those with known numbers, then what bears none, then what was written. */
  async round(): Promise<void> {
    this.#round++;
    this.#moved = false;
    this.#pending = [];
    const lookup = lookupOf(this.#known.values());
    const strangers: Entry[] = [];
    for (const listed of eachOnce(this.#list())) if (!(await this.#recognise(listed, lookup))) strangers.push(listed);
    await this.#leave();
    // What is a copy of something known first. Of new files that begin alike, the longest is the original, and none that is packed.
    let left = strangers.sort((a, b) => b.size - a.size);
    for (const turn of ['copies', 'plain', 'packed'] as const) {
      const later: Entry[] = [];
      for (const listed of left) if (await this.#meet(listed, lookup, turn)) later.push(listed);
      left = later;
    }
    this.#unsettled = this.#moved ? this.#unsettled + 1 : 0;
    for (const f of this.#known.values()) if (f.present && f.round === this.#round) await this.#slices.read(f);
    this.#forget();
  }

  #see(f: Followed, entry: Entry): void {
    f.moved ||= f.file.path !== entry.path;
    f.grown ||= f.round > 0 && f.file.inode === entry.inode && entry.size > f.file.size;
    f.file = entry;
    f.present = true;
    f.round = this.#round;
  }

  /** True where nothing is left to find out in this round. */
  async #recognise(listed: Entry, lookup: Lookup): Promise<boolean> {
    const candidates = lookup.lyingIn(listed.inode);
    const unchanged = candidates.find((f) => f.present && f.file.stamp === listed.stamp);
    if (unchanged) this.#see(unchanged, listed);
    if (unchanged) return true;
    if (candidates.length === 0) return false;
    const open = candidates.find((f) => f.handle)?.handle;
    const opened = open ? await lookAt(open, listed) : await this.#open(listed);
    if (!opened) return true;
    let found = false;
    try {
      // The system gives the number of a removed file to a new one, so several contents may once have lain here.
      for (const f of candidates)
        if (!found && (await liesIn(f, opened))) {
          found = true;
          this.#see(f, opened.entry);
        } else await this.#lose(f);
    } finally {
      if (!open) await opened.handle.close();
    }
    return found;
  }

  /** Its file holds something else now; the content is elsewhere, or gone. */
  async #lose(f: Followed): Promise<void> {
    await this.#slices.shut(f);
    f.present = false;
    f.file = { ...f.file, inode: '', stamp: '' };
    if (f.mark.offset === 0) this.#known.delete(f.key);
  }

  /** Files that were there and are not: what was written to an open one before it went is read to its end. */
  async #leave(): Promise<void> {
    for (const f of this.#known.values()) {
      if (!f.present || f.round === this.#round) continue;
      let gone = true;
      if (f.handle) {
        const { entry, links } = await lookAt(f.handle, f.file);
        gone = links === 0 || this.#round - f.round > PUT_AWAY;
        f.file = entry;
        await this.#slices.readLines(f, gone);
      }
      if (!gone) continue;
      await this.#slices.shut(f);
      f.present = false;
    }
  }

  /** A file that no known content lies in: a copy, a packed content, or something new. True where its turn comes later. */
  async #meet(listed: Entry, lookup: Lookup, turn: 'copies' | 'plain' | 'packed'): Promise<boolean> {
    if (listed.size === 0 || this.#isSettledCopy(listed)) return false;
    this.#copies.delete(listed.inode);
    const opened = await this.#open(listed);
    if (!opened) return false;
    try {
      const start = await readAt(opened.handle, 0, MARK_BYTES);
      const packed = isPacked(start);
      if (packed && turn === 'plain') return true;
      if (packed && !isQuiet(opened.entry.mtime, this.#intake.now())) return false;
      const content = packed ? await startOfPacked(opened.handle, MARK_BYTES) : start;
      const original = await this.#originalOf(opened, { start, content, packed }, lookup);
      if (original === 'unsure') return false;
      if (original) await this.#copied(original, opened, { start, content, packed });
      else if (turn === 'copies') return true;
      else if (this.#pending.some((other) => beginAlike(other, content))) return false;
      else if (opened.entry.own && (!this.#moved || this.#unsettled >= PATIENCE))
        await this.#begin(opened, lookup, packed);
      return false;
    } finally {
      await opened.handle.close();
    }
  }

  /** A copy waits as long as its original lives; what holds no more than was read of it has nothing to add afterwards. */
  #isSettledCopy({ inode, stamp, size }: Entry): boolean {
    const copy = this.#copies.get(inode);
    return copy?.stamp === stamp && (copy.original.present || size <= copy.original.mark.offset);
  }

  async #begin({ handle, entry }: Opened, lookup: Lookup, packed: boolean): Promise<void> {
    const fresh = newlyFollowed(entry);
    const before = await this.#intake.ingested?.(entry.path);
    if (before) await startBehind(fresh, handle, before, packed);
    this.#see(fresh, entry);
    this.#known.set(fresh.key, fresh);
    lookup.add(fresh);
  }

  /**
   * A copy takes the place of a content that is gone; of one that lives it waits. What was only found lying, and never
   * written to, was a copy itself where another file holds more.
   */
  async #copied(original: Followed, opened: Opened, { content, packed }: Beginning): Promise<void> {
    if (original.present && isLying(original)) {
      if (original.mark.offset < original.file.size) return; // it is not read to its end yet
      if (!(await goesOn(original, opened, packed))) {
        this.#copies.set(opened.entry.inode, { stamp: opened.entry.stamp, original });
        return;
      }
      await this.#slices.shut(original);
    } else {
      if (original.present) this.#copies.set(opened.entry.inode, { stamp: opened.entry.stamp, original });
      if (!original.present && this.#round - original.round < MISSED) this.#pending.push(content);
      if (original.present || this.#round - original.round < MISSED) return;
    }
    this.#see(original, opened.entry);
    if (packed && !original.whole) await this.#slices.readPacked(original, opened);
  }

  async #originalOf(opened: Opened, beginning: Beginning, lookup: Lookup): Promise<Followed | null | 'unsure'> {
    const { start, content, packed } = beginning;
    for (const f of new Set([...lookup.beginningAs(start), ...lookup.beginningAs(content)]))
      if (await isCopyOf(f, opened, packed)) return f;
    for (const f of lookup.calledLike(opened.entry.path)) {
      if (!f.present || (f.mark.offset > 0 && f.mark.headBytes <= content.length)) continue;
      const same = await this.#sameBeginning(f, opened, beginning);
      if (same === 'unsure') return 'unsure';
      if (same) return f;
    }
    return null;
  }

  /** Whether a file is a copy, perhaps in the making, of one of which too little was read to know it by its mark. */
  async #sameBeginning(f: Followed, { handle, entry }: Opened, { content, packed }: Beginning) {
    const original = await this.#slices.open(f);
    if (!original) return 'unsure';
    const most = packed ? content.length : Math.min(MARK_BYTES, entry.size);
    const begun = f.packed ? await startOfPacked(original, most) : await readAt(original, 0, most);
    const some = Math.min(begun.length, content.length);
    const end = Math.max(0, entry.size - MARK_BYTES);
    const same =
      begun.subarray(0, some).equals(content.subarray(0, some)) &&
      (packed ||
        f.packed ||
        (await readAt(original, end, MARK_BYTES))
          .subarray(0, entry.size - end)
          .equals(await readAt(handle, end, entry.size - end)));
    const now = await lookAt(original, f.file);
    if (now.entry.size < f.file.size) return 'unsure'; // truncated meanwhile
    return same && some > 0;
  }

  async #open(listed: Entry): Promise<Opened | null> {
    const opened = await openListed(listed);
    if (opened === 'closed') this.#complain(listed.path);
    if (opened === 'moved') this.#moved = true;
    return opened === 'moved' || opened === 'closed' ? null : opened;
  }

  /** The longest gone contents are forgotten; the next batch says so. */
  #forget(): void {
    if (this.#known.size <= MAX_GONE) return;
    const gone = [...this.#known.values()].filter((f) => !f.present && this.#round - f.round >= MISSED);
    gone.sort((a, b) => a.file.mtime - b.file.mtime);
    for (const f of gone.slice(0, Math.max(0, gone.length - MAX_GONE))) {
      this.#known.delete(f.key);
      this.#slices.forgotten.push(f.key);
    }
  }

  #complain(file: string): void {
    if (this.#unreadable.has(file) || this.#unreadable.size > 1000) return;
    this.#unreadable.add(file);
    this.#intake.note(`${file} may not be read; it is left out`);
  }
}

/** What was ingested by name is not read again; a last line that had no end then is. */
async function startBehind(
  fresh: Followed,
  handle: FileHandle,
  { bytes, all }: Ingested,
  packed: boolean,
): Promise<void> {
  if (packed) {
    if (!all) return;
    fresh.mark = await markAt(handle, fresh.file.size);
    fresh.whole = true;
    return;
  }
  const { offset, lines } = await wholeLines(handle, bytes);
  fresh.mark = await markAt(handle, offset);
  fresh.lines = lines;
}

/** How a file begins, and how what it holds begins where it is packed. */
type Beginning = { readonly start: Buffer; readonly content: Buffer; readonly packed: boolean };

/** The same content as before: not shorter than what was read of it, with the same beginning, and the same there. */
async function liesIn(f: Followed, { handle, entry }: Opened): Promise<boolean> {
  if (f.packed) return entry.size === f.file.size && (await packedHolds(handle, f.mark));
  if (f.whole) return entry.size === f.file.size && (await holds(handle, f.mark)); // written anew, it is another one
  return entry.size >= f.mark.offset && (await holds(handle, f.mark));
}

async function isCopyOf(f: Followed, { handle, entry }: Opened, packed: boolean): Promise<boolean> {
  if (f.mark.offset === 0) return false;
  if (f.whole) return entry.size === f.mark.offset && (await holds(handle, f.mark));
  if (packed) return packedHolds(handle, f.mark);
  // What is shorter than what was read of a living content is a copy in the making.
  return entry.size < f.mark.offset ? f.present : holds(handle, f.mark);
}

/** One may be a copy of the other, of which less was written. */
function beginAlike(a: Buffer, b: Buffer): boolean {
  const some = Math.min(a.length, b.length);
  return some > 0 && a.subarray(0, some).equals(b.subarray(0, some));
}

/** Never written to while it was followed, so it may be an earlier copy of something longer. */
const isLying = (f: Followed): boolean => !f.grown && !f.whole && !f.packed;

/** True where the file holds all that was read of a content, and more. */
const goesOn = async ({ mark }: Followed, { handle, entry }: Opened, packed: boolean): Promise<boolean> =>
  packed ? await packedGoesOn(handle, mark) : entry.size > mark.offset && (await holds(handle, mark));
