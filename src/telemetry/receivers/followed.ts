import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { Mark } from './fingerprint.ts';
import type { Entry } from './listing.ts';

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
  mtime: z.number().default(0),
  moved: z.boolean().default(false),
  grown: z.boolean().default(true),
});

/** One content that is followed, whatever its file is called today. */
export type Followed = {
  readonly key: string;
  /** The file that holds it, or held it last, as it was seen then; its name is what the user calls the content. */
  file: Entry;
  /** It lies in its file, as far as the last look tells. */
  present: boolean;
  /** The round in which it was last seen; 0: not since the start. */
  round: number;
  mark: Mark;
  /** Lines before the mark. */
  lines: number;
  /** The file was taken as one piece (packed, or a document). */
  whole: boolean;
  /** Its file is a packed copy, read to its end: the mark speaks of what is packed. */
  packed: boolean;
  /** Lines that go before every slice; null: not known yet. */
  header: string | null;
  format: string | null;
  handle: FileHandle | null;
  /** Bytes after the mark that are no whole line yet. */
  unfinished: number;
  /** It bears another name than when it was met: nobody goes on writing to it. */
  moved: boolean;
  /** It was written to while it was followed: a log, not a copy that somebody left lying. */
  grown: boolean;
};

const nothing: Mark = { offset: 0, head: '', headBytes: 0, tail: '', tailBytes: 0 };

export const newlyFollowed = (file: Entry): Followed => ({
  key: randomUUID(),
  file,
  present: false,
  round: 0,
  mark: nothing,
  lines: 0,
  whole: false,
  packed: false,
  header: null,
  format: null,
  handle: null,
  unfinished: 0,
  moved: false,
  grown: false,
});

/** As it is kept with a batch. */
export const positionText = ({ file, mark, lines, whole, moved, grown }: Followed): string =>
  JSON.stringify({
    path: file.path,
    inode: file.inode,
    ...mark,
    lines,
    whole,
    size: file.size,
    mtime: file.mtime,
    moved,
    grown,
  });

/** As it was kept; null where the text is none of ours. */
export function readPosition(key: string, text: string): Followed | null {
  const read = positionSchema.safeParse(parsed(text));
  if (!read.success) return null;
  const { path, inode, lines, whole, size, mtime, moved, grown, offset, head, headBytes, tail, tailBytes } = read.data;
  return {
    ...newlyFollowed({ path, inode, size, mtime, stamp: '', own: true }),
    key,
    lines,
    whole,
    moved,
    grown,
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
