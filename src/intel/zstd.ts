/** Zstandard files: unpacked in pieces, with a look at every frame's header first (RFC 8878). */
import { Decompress } from 'fzstd';

const MAGIC = 0xfd2fb528;
/** Skippable frames have sixteen magic numbers, 0x184D2A50 to 0x184D2A5F. */
const SKIPPABLE = 0x184d2a50;

/** Whether `bytes` begin as a Zstandard file. */
export function isZstd(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && (word(bytes, 0) === MAGIC || isSkippable(word(bytes, 0)));
}

const isSkippable = (magic: number): boolean => (magic & 0xfffffff0) >>> 0 === SKIPPABLE;
const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const word = (bytes: Uint8Array, at: number): number =>
  (byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24)) >>> 0;

/**
 * The largest window that any frame of the file asks for, in bytes: what unpacking it will hold in memory. Walks frame
 * and block headers only. Frames behind a broken header are not looked at; unpacking fails there too.
 */
export function largestWindow(bytes: Uint8Array): number {
  let largest = 0;
  for (let at = 0; at + 8 < bytes.length; ) {
    const magic = word(bytes, at);
    if (isSkippable(magic)) at += 8 + word(bytes, at + 4);
    else if (magic === MAGIC) {
      const frame = frameHeader(bytes, at);
      largest = Math.max(largest, frame.window);
      at = endOfBlocks(bytes, at + frame.length) + (frame.checksum ? 4 : 0);
    } else return largest;
  }
  return largest;
}

/** RFC 8878 section 3.1.1.1. */
function frameHeader(bytes: Uint8Array, at: number): { window: number; length: number; checksum: boolean } {
  const flags = byte(bytes, at + 4);
  const single = (flags & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeLength = [single ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const sizeAt = at + 5 + (single ? 0 : 1) + dictionary;
  let size = 0;
  for (let i = sizeLength - 1; i >= 0; i--) size = size * 256 + byte(bytes, sizeAt + i);
  if (sizeLength === 2) size += 256;
  const base = 2 ** (10 + (byte(bytes, at + 5) >> 3));
  const window = single ? size : base + (base / 8) * (byte(bytes, at + 5) & 7);
  return { window, length: sizeAt + sizeLength - at, checksum: (flags & 4) !== 0 };
}

/** RFC 8878 section 3.1.1.2: three bytes a block: last, type, size; a run (type 1) is one byte whatever its size. */
function endOfBlocks(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; ) {
    const header = word(bytes, at) & 0xffffff;
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3);
    if (header & 1) return at;
  }
  return bytes.length;
}

/**
 * Bytes of the packed file that are unpacked at a time. Four bytes can say 128 KiB (a run), so one piece gives at most
 * 64 MiB before the caller can look at how much there is.
 */
const PIECE = 2048;

/** Unpacks in pieces. Throws what the library throws where the file is damaged or cut off. */
export function* unpackZstd(bytes: Uint8Array): Generator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const unpacker = new Decompress((piece) => {
    pieces.push(piece);
  });
  for (let at = 0; at < bytes.length; at += PIECE) {
    unpacker.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
    yield* pieces;
    pieces = [];
  }
}
