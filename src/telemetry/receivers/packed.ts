import type { FileHandle } from 'node:fs/promises';
import { Damage } from '../../packing/damage.ts';
import { gunzip } from '../../packing/gunzip.ts';
import { beginsAs, hashOf, MARK_BYTES, type Mark, readAt } from './fingerprint.ts';

/** Logs that rotation packed, read through an open file: its name may change meanwhile. */

async function* bytesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    const bytes = await readAt(handle, at, 65536);
    if (bytes.length === 0) return;
    at += bytes.length;
    yield bytes;
  }
}

/** By magic number (RFC 1952). */
export const isPacked = (start: Buffer): boolean => start[0] === 0x1f && start[1] === 0x8b;

/** The beginning of what a packed file holds; less where it ends, is broken, or still being written. */
export async function startOfPacked(handle: FileHandle, bytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of orDamage(handle, () => {})) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}

/** True where it holds everything that was read, up to its mark. */
export async function packedHolds(handle: FileHandle, mark: Mark): Promise<boolean> {
  if (!beginsAs(await startOfPacked(handle, MARK_BYTES), mark)) return false;
  let at = 0;
  let end = Buffer.alloc(0);
  for await (const chunk of orDamage(handle, () => {})) {
    const upTo = Math.min(chunk.length, mark.offset - at);
    end = Buffer.concat([end, chunk.subarray(0, upTo)]).subarray(-mark.tailBytes);
    at += chunk.length;
    if (at >= mark.offset) return hashOf(end) === mark.tail;
  }
  return false; // shorter, broken, or still being written
}

/** True where it holds everything that was read, up to its mark, and more. */
export async function packedGoesOn(handle: FileHandle, mark: Mark): Promise<boolean> {
  if (!(await packedHolds(handle, mark))) return false;
  let at = 0;
  for await (const chunk of orDamage(handle, () => {})) {
    at += chunk.length;
    if (at > mark.offset) return true;
  }
  return false;
}

/**
 * What a packed content holds after a mark, in slices of whole lines, each with the mark at its end. Throws `Damage`
 * where the packing breaks.
 */
export async function* restOfPacked(
  handle: FileHandle,
  from: Mark,
  sliceBytes: number,
): AsyncGenerator<{ bytes: Buffer; mark: Mark }> {
  let at = 0;
  let tail = Buffer.alloc(0);
  let held = Buffer.alloc(0);
  let offset = from.offset;
  const slice = (bytes: Buffer): { bytes: Buffer; mark: Mark } => {
    offset += bytes.length;
    tail = Buffer.concat([tail, bytes]).subarray(-MARK_BYTES);
    return { bytes, mark: { ...from, offset, tail: hashOf(tail), tailBytes: tail.length } };
  };
  let damage: Damage | null = null;
  for await (const chunk of orDamage(handle, (found) => {
    damage = found;
  })) {
    const skip = Math.min(chunk.length, Math.max(0, from.offset - at));
    tail = Buffer.concat([tail, chunk.subarray(0, skip)]).subarray(-MARK_BYTES);
    at += chunk.length;
    held = Buffer.concat([held, chunk.subarray(skip)]);
    if (held.length < sliceBytes) continue;
    const end = held.lastIndexOf(10) + 1 || held.length;
    yield slice(held.subarray(0, end));
    held = Buffer.from(held.subarray(end));
  }
  const whole = damage ? held.subarray(0, held.lastIndexOf(10) + 1) : held;
  if (whole.length > 0) yield slice(whole);
  if (damage) throw damage;
}

async function* orDamage(handle: FileHandle, tell: (damage: Damage) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* gunzip(bytesOf(handle));
  } catch (cause) {
    if (!(cause instanceof Damage)) throw cause;
    tell(cause);
  }
}
