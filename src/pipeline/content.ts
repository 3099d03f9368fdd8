import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Damage } from '../packing/damage.ts';
import { unpacked } from '../packing/packing.ts';

/** A content: SHA-256 and length of the bytes, unpacked. */
export type Content = { readonly id: string; readonly bytes: number };

/** Packed content that becomes longer than this is known by its packed bytes. */
const MOST = 64 * 1024 ** 3;

/**
 * What a file holds, whether it is packed or not: the same content is the same batch, whatever it is called and after it
 * was rotated and packed. `begins` is the longest of the contents given that this one begins with: the same log when it
 * was shorter. Damaged files are known by their bytes as they are.
 */
export async function contentOf<T extends Content>(
  file: string,
  known: readonly T[],
): Promise<Content & { readonly begins: T | null }> {
  return (await hashed(unpacked(read(file)), known)) ?? { ...((await hashed(read(file), [])) ?? fail()), begins: null };
}

const read = (file: string): AsyncIterable<Uint8Array> => createReadStream(file, { highWaterMark: 1 << 20 });
const fail = (): never => {
  throw new Error('plain bytes cannot be damaged');
};

/** Null where the bytes are damaged or too many. */
async function hashed<T extends Content>(
  bytes: AsyncIterable<Uint8Array>,
  known: readonly T[],
): Promise<(Content & { readonly begins: T | null }) | null> {
  const hash = createHash('sha256');
  const shorter = [...known].sort((a, b) => a.bytes - b.bytes);
  let next = 0;
  let at = 0;
  const met: T[] = [];
  try {
    for await (const chunk of bytes) {
      let used = 0;
      for (let one = shorter[next]; one && one.bytes <= at + chunk.length; one = shorter[++next]) {
        hash.update(chunk.subarray(used, one.bytes - at));
        used = one.bytes - at;
        if (one.bytes > 0 && hash.copy().digest('hex') === one.id) met.push(one);
      }
      hash.update(chunk.subarray(used));
      at += chunk.length;
      if (at > MOST) return null;
    }
  } catch (error) {
    if (error instanceof Damage) return null;
    throw error;
  }
  return { id: hash.digest('hex'), bytes: at, begins: met.filter((one) => one.bytes < at).at(-1) ?? null };
}
