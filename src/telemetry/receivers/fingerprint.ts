import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { contents } from '../source.ts';

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

/** True where the file still begins as it did. */
export const beginsAs = async (handle: FileHandle, mark: Mark): Promise<boolean> =>
  hashOf(await readAt(handle, 0, mark.headBytes)) === mark.head;

/** True where the content holds everything that was read, up to its mark. */
export const holds = async (handle: FileHandle, mark: Mark): Promise<boolean> =>
  (await beginsAs(handle, mark)) &&
  hashOf(await readAt(handle, mark.offset - mark.tailBytes, mark.tailBytes)) === mark.tail;

/** The same of a packed file; what it holds is unpacked as far as the mark. */
export async function packedHolds(path: string, mark: Mark): Promise<boolean> {
  let at = 0;
  let begin: Buffer | null = Buffer.alloc(0);
  let end = Buffer.alloc(0);
  for await (const chunk of contents({ path, compression: 'gzip' })) {
    if (begin) {
      begin = Buffer.concat([begin, chunk]);
      if (begin.length >= mark.headBytes) {
        if (hashOf(begin.subarray(0, mark.headBytes)) !== mark.head) return false;
        begin = null;
      }
    }
    const upTo = Math.min(chunk.length, mark.offset - at);
    end = Buffer.concat([end, chunk.subarray(0, upTo)]).subarray(-mark.tailBytes);
    at += chunk.length;
    if (at >= mark.offset) return begin === null && hashOf(end) === mark.tail;
  }
  return false;
}
