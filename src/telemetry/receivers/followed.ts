import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { Mark } from './fingerprint.ts';

const positionSchema = z.object({
  path: z.string(),
  inode: z.string(),
  offset: z.number(),
  lines: z.number(),
  head: z.string(),
  headBytes: z.number(),
  tail: z.string(),
  tailBytes: z.number(),
  whole: z.boolean(),
  size: z.number(),
});

/** One content that is followed, whatever its file is called today. */
export type Followed = {
  readonly key: string;
  /** Where it was last seen; what the user calls it. */
  path: string;
  /** `device:inode` of the file that holds it now; empty where no file does. */
  inode: string;
  mark: Mark;
  /** Lines before the mark. */
  lines: number;
  /** The file was taken as one piece (packed, or a document); its size and time then. */
  whole: boolean;
  size: number;
  mtime: number;
  /** Lines that go before every slice; null: not known yet. */
  header: string | null;
  format: string | null;
  handle: FileHandle | null;
  /** Bytes after the mark that are no whole line yet. */
  unfinished: number;
  /** It bears another name than when it was met: nobody goes on writing to it. */
  moved: boolean;
  /** The round in which it was last seen. */
  round: number;
};

const nothing: Mark = { offset: 0, head: '', headBytes: 0, tail: '', tailBytes: 0 };

export const newlyFollowed = (path: string, inode: string): Followed => ({
  key: randomUUID(),
  path,
  inode,
  mark: nothing,
  lines: 0,
  whole: false,
  size: 0,
  mtime: 0,
  header: null,
  format: null,
  handle: null,
  unfinished: 0,
  moved: false,
  round: 0,
});

/** As it is kept with a batch. */
export const positionText = (f: Followed): string =>
  JSON.stringify({ path: f.path, inode: f.inode, ...f.mark, lines: f.lines, whole: f.whole, size: f.size });

/** As it was kept; null where the text is none of ours. */
export function readPosition(key: string, text: string): Followed | null {
  const read = positionSchema.safeParse(parsed(text));
  if (!read.success) return null;
  const { path, inode, lines, whole, size, offset, head, headBytes, tail, tailBytes } = read.data;
  return {
    ...newlyFollowed(path, inode),
    key,
    lines,
    whole,
    size: whole ? size : 0,
    mark: { offset, head, headBytes, tail, tailBytes },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
