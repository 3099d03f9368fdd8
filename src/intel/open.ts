/** From the bytes of a file to its text: unpacked (.gz, .zst, by content), decoded, with ceilings. */
import { StringDecoder } from 'node:string_decoder';
import { Damage } from '../packing/damage.ts';
import { unpacked } from '../packing/packing.ts';
import type { RefusalReason } from './feed.ts';

/** What is wrong with a file as a whole; `message` is a sentence part for people. */
export class FileFault extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FileFault';
    this.reason = reason;
  }
}

/** The bytes, unpacked. Throws `FileFault` when more than `maxBytes` come out, or when the packing is damaged. */
export async function* openBytes(bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  try {
    for await (const piece of unpacked(bytes)) {
      total += piece.length;
      if (total > maxBytes) throw new FileFault('too-large', `unpacked, it is larger than ${maxBytes} bytes`);
      yield piece;
    }
  } catch (error) {
    throw error instanceof Damage ? new FileFault('bad-compression', error.message, { cause: error }) : error;
  }
}

/**
 * The text of unpacked bytes in pieces, without a byte-order mark; UTF-8, or UTF-16 where a mark says so; broken
 * characters become U+FFFD.
 */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: StringDecoder | null = null;
  for await (const piece of bytes) {
    const marked: Mark | null = decoder === null ? markOf(piece) : null;
    decoder ??= new StringDecoder(marked?.encoding ?? 'utf8');
    const text = decoder.write(marked ? Buffer.from(piece.subarray(marked.length)) : piece);
    if (text !== '') yield text;
  }
  const rest = decoder?.end() ?? '';
  if (rest !== '') yield rest;
}

/** Both: the text that packed bytes hold. */
export const openText = (bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string> =>
  textOf(openBytes(bytes, maxBytes));

/** A byte-order mark: what it says, and its bytes. */
type Mark = { readonly encoding: 'utf8' | 'utf16le'; readonly length: number };

function markOf(piece: Uint8Array): Mark | null {
  if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) return { encoding: 'utf8', length: 3 };
  if (piece[0] === 0xff && piece[1] === 0xfe) return { encoding: 'utf16le', length: 2 };
  return null;
}
