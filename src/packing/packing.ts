/** The contract of packed bytes: how they are packed, told by their first four; the readers unpack in small steps. */
import { gunzip } from './gunzip.ts';
import { unzstd } from './unzstd.ts';

export type Packing = 'gzip' | 'zstd';

/** By magic number: gzip (RFC 1952) with deflate, Zstandard (RFC 8878) frames, skippable ones too; null where it is neither. */
export function packingOf(head: Uint8Array): Packing | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length < 4) return null;
  const number = Buffer.from(head.subarray(0, 4)).readUInt32LE();
  return number === 0xfd2fb528 || number >>> 4 === 0x184d2a5 ? 'zstd' : null;
}

/**
 * The bytes, unpacked where they are packed. What was unpacked before a damage is yielded first, then `Damage` is thrown.
 * A step holds 8 MiB at most, whatever the bytes claim to become.
 */
export async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  const head = await firstFour(source);
  const whole = joined(head, source);
  const packing = packingOf(head);
  if (packing === 'gzip') yield* gunzip(whole);
  else if (packing === 'zstd') yield* unzstd(whole);
  else yield* whole;
}

/** The first bytes of a stream, four or more unless it ends before. */
async function firstFour(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < 4) {
    const next = await source.next();
    if (next.done) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  return first;
}

async function* joined(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
