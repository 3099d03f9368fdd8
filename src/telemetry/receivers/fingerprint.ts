import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** Bytes at the beginning, and just before the place reached, by which the content of a log is known again. */
export const MARK_BYTES = 1024;

/** Where a followed content begins and how far it was read: enough to know it again under another name, copied or packed. */
export type Mark = {
  readonly offset: number;
  readonly head: string;
  readonly headBytes: number;
  readonly tail: string;
  readonly tailBytes: number;
};

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/** Bytes of a file from a place on; fewer where it ends. */
export async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await handle.read(bytes, got, length - got, offset + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return bytes.subarray(0, got);
}

/** The mark of a plain file at that place. */
export async function markAt(handle: FileHandle, offset: number): Promise<Mark> {
  const headBytes = Math.min(MARK_BYTES, offset);
  return {
    offset,
    head: hashOf(await readAt(handle, 0, headBytes)),
    headBytes,
    tail: hashOf(await readAt(handle, offset - headBytes, headBytes)),
    tailBytes: headBytes,
  };
}

/** True where a content with this beginning (`MARK_BYTES` of it, or all) may be the marked one. */
export const beginsAs = (start: Buffer, mark: Mark): boolean =>
  start.length >= mark.headBytes && hashOf(start.subarray(0, mark.headBytes)) === mark.head;

/** True where the file holds everything that was read, up to its mark. */
export const holds = async (handle: FileHandle, mark: Mark): Promise<boolean> =>
  mark.offset === 0 ||
  (beginsAs(await readAt(handle, 0, mark.headBytes), mark) &&
    hashOf(await readAt(handle, mark.offset - mark.tailBytes, mark.tailBytes)) === mark.tail);

/** True where the file still holds these bytes there, as far as their beginning and their end tell. */
export async function stillHas(handle: FileHandle, offset: number, bytes: Buffer): Promise<boolean> {
  const some = Math.min(MARK_BYTES, bytes.length);
  const last = bytes.length - some;
  return (
    (await readAt(handle, offset, some)).equals(bytes.subarray(0, some)) &&
    (await readAt(handle, offset + last, some)).equals(bytes.subarray(last))
  );
}

/** Up to a place in a file: where the last whole line ends, and how many there are. */
export async function wholeLines(handle: FileHandle, upTo: number): Promise<{ offset: number; lines: number }> {
  const found = { offset: 0, lines: 0 };
  for (let at = 0; at < upTo; ) {
    const bytes = await readAt(handle, at, Math.min(1 << 20, upTo - at));
    if (bytes.length === 0) break;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, end + 1)) {
      found.offset = at + end + 1;
      found.lines++;
    }
    at += bytes.length;
  }
  return found;
}
