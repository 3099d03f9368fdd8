/** From the bytes of a file to its text: unpacked (.gz, .zst, by content), decoded, with ceilings. */
import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import type { RefusalReason } from './feed.ts';
import { isZstd, largestWindow, unpackZstd } from './zstd.ts';

/** What is wrong with a file as a whole; `message` is a sentence part for people. */
export class FileFault extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FileFault';
    this.reason = reason;
  }
}

/** zstd's own tools refuse larger windows unless told otherwise (`--long`). */
const MAX_WINDOW = 128 * 1024 * 1024;
/** A packed .zst file is held in memory as it is. */
const MAX_ZSTD = 256 * 1024 * 1024;

/**
 * The text of `bytes` in pieces, without a byte-order mark; UTF-8, or UTF-16 where a mark says so; broken characters
 * become U+FFFD. Throws `FileFault` when more than `maxBytes` come out, or when the packing is damaged.
 */
export async function* openText(bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string> {
  let decoder: StringDecoder | null = null;
  let total = 0;
  for await (const piece of unpacked(bytes)) {
    total += piece.length;
    if (total > maxBytes) throw new FileFault('too-large', `unpacked, it is larger than ${maxBytes} bytes`);
    const marked: Mark | null = decoder === null ? markOf(piece) : null;
    decoder ??= new StringDecoder(marked?.encoding ?? 'utf8');
    const text = decoder.write(marked ? Buffer.from(piece.subarray(marked.length)) : piece);
    if (text !== '') yield text;
  }
  const rest = decoder?.end() ?? '';
  if (rest !== '') yield rest;
}

/** A byte-order mark: what it says, and its bytes. */
type Mark = { readonly encoding: 'utf8' | 'utf16le'; readonly length: number };

function markOf(piece: Uint8Array): Mark | null {
  if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) return { encoding: 'utf8', length: 3 };
  if (piece[0] === 0xff && piece[1] === 0xfe) return { encoding: 'utf16le', length: 2 };
  return null;
}

async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  const first = await atLeast(source, 4);
  const whole = join(first, source);
  if (first[0] === 0x1f && first[1] === 0x8b) yield* gunzipped(whole);
  else if (isZstd(first)) yield* unzstd(whole);
  else yield* whole;
}

/** The first bytes of a stream, `size` or more unless it ends before. */
async function atLeast(source: AsyncIterator<Uint8Array>, size: number): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < size) {
    const next = await source.next();
    if (next.done) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  return first;
}

async function* join(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(bytes, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: 262_144 });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } catch (error) {
    throw isPackingError(error) ? new FileFault('bad-compression', 'damaged or cut-off gzip', { cause: error }) : error;
  } finally {
    source.destroy();
  }
}

/** zlib's own error codes begin with `Z_`. */
const isPackingError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

async function* unzstd(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = await gather(bytes);
  if (largestWindow(packed) > MAX_WINDOW)
    throw new FileFault('too-large', `its zstd window is larger than ${MAX_WINDOW} bytes`);
  const pieces = unpackZstd(packed);
  for (;;) {
    let next: IteratorResult<Uint8Array>;
    try {
      next = pieces.next();
    } catch (error) {
      throw new FileFault('bad-compression', 'damaged or cut-off zstd', { cause: error });
    }
    if (next.done) return;
    yield next.value;
  }
}

async function gather(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > MAX_ZSTD) throw new FileFault('too-large', `a .zst file may have up to ${MAX_ZSTD} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}
