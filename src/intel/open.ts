/** From the bytes of a file to its text: unpacked (.gz, .zst, by content), decoded, with ceilings. */
import { StringDecoder } from 'node:string_decoder';
import { Damage } from '../packing/damage.ts';
import { unpacked } from '../packing/packing.ts';
import { ProseFault } from '../prose/passage.ts';
import { isPdf, pdfText } from '../prose/pdf.ts';
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

/** A PDF is held in memory as it is. */
const MAX_PDF = 128 * 1024 * 1024;

/** All of it: the text that packed bytes hold, be it a PDF's. */
export async function* openText(bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string> {
  const source = openBytes(bytes, maxBytes);
  const first: IteratorResult<Uint8Array> = await source.next();
  if (first.done) return;
  const whole = joined(first.value, source);
  if (isPdf(first.value)) yield* ofPdf(whole);
  else yield* textOf(whole);
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* ofPdf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > MAX_PDF) throw new FileFault('too-large', `a PDF may have up to ${MAX_PDF} bytes`);
    pieces.push(piece);
  }
  try {
    yield* pdfText(Buffer.concat(pieces, length));
  } catch (error) {
    throw error instanceof ProseFault
      ? new FileFault('bad-pdf', `a PDF, but ${error.message}`, { cause: error })
      : error;
  }
}

/** A byte-order mark: what it says, and its bytes. */
type Mark = { readonly encoding: 'utf8' | 'utf16le'; readonly length: number };

function markOf(piece: Uint8Array): Mark | null {
  if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) return { encoding: 'utf8', length: 3 };
  if (piece[0] === 0xff && piece[1] === 0xfe) return { encoding: 'utf16le', length: 2 };
  return null;
}
