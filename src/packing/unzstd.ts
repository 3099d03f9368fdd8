import { Decompress } from 'fzstd';
import { Damage } from './damage.ts';

/** Largest window that a frame may ask for: what the zstd tool allows without `--long`. */
const MAX_WINDOW = 128 * 1024 * 1024;
const SKIPPABLE = 0x184d2a5;
const MAGIC = 0xfd2fb528;

/** A piece of a packed file: a frame's header or one of its blocks. */
type Piece = { readonly bytes: Buffer; readonly is: 'header' | 'block' | 'last block' };

/**
 * Unpacks Zstandard (https://www.rfc-editor.org/rfc/rfc8878), frame after frame. Each block goes to the library by
 * itself, so at most 128 KiB come out of a step; what was unpacked before a damage is yielded, then `Damage` is thrown.
 * Check sums are not verified.
 */
export async function* unzstd(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = [];
  let unpack = new Decompress();
  for await (const piece of pieces(input)) {
    if (piece.is === 'header') unpack = new Decompress((data) => out.push(data));
    try {
      unpack.push(piece.bytes, piece.is === 'last block');
    } catch (cause) {
      throw new Damage('broken-zstd', `the packed data is broken here: ${cause instanceof Error ? cause.message : ''}`);
    }
    yield* out;
    out = [];
  }
}

/** Looks at the frames without unpacking them: throws `Damage` where the file ends early. */
export async function checkZstd(input: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of pieces(input));
}

async function* pieces(input: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  const bytes = reader(input);
  for (;;) {
    const magic = await bytes.take(4);
    if (magic.length === 0) return;
    if (magic.length < 4) throw cut();
    const number = magic.readUInt32LE();
    if (number >>> 4 === SKIPPABLE) await bytes.skip((await bytes.exactly(4)).readUInt32LE());
    else if (number === MAGIC) yield* framePieces(bytes, magic);
    else throw new Damage('broken-zstd', 'bytes that are no frame follow the packed data');
  }
}

const cut = (): Damage => new Damage('truncated-zstd', 'the file ends in the middle of the packed data');

async function* framePieces(bytes: Reader, magic: Buffer): AsyncGenerator<Piece> {
  const header = await frameHeader(bytes);
  yield { bytes: Buffer.concat([magic, header.bytes]), is: 'header' };
  for (;;) {
    const head = await bytes.exactly(3);
    const facts = head.readUIntLE(0, 3);
    const [last, type, size] = [facts & 1, (facts >> 1) & 3, facts >> 3];
    const body = await bytes.exactly(type === 1 ? 1 : size);
    const tail = last && header.checksum ? await bytes.exactly(4) : Buffer.alloc(0);
    yield { bytes: Buffer.concat([head, body, tail]), is: last ? 'last block' : 'block' };
    if (last) return;
  }
}

/** The frame header after the magic number, its window checked before anything is allocated for it. */
async function frameHeader(bytes: Reader): Promise<{ bytes: Buffer; checksum: boolean }> {
  const descriptor = await bytes.exactly(1);
  const flags = descriptor[0] ?? 0;
  const single = (flags >> 5) & 1;
  const window = await bytes.exactly(1 - single);
  const dictionary = await bytes.exactly([0, 1, 2, 4][flags & 3] ?? 0);
  const content = await bytes.exactly([single, 2, 4, 8][flags >> 6] ?? 0);
  const wants = single ? littleEndian(content) : 2 ** (10 + ((window[0] ?? 0) >> 3)) * (1 + ((window[0] ?? 0) & 7) / 8);
  if (wants > MAX_WINDOW) throw new Damage('broken-zstd', 'a frame asks for a window of more than 128 MiB');
  return { bytes: Buffer.concat([descriptor, window, dictionary, content]), checksum: (flags & 4) !== 0 };
}

const littleEndian = (bytes: Buffer): number => bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);

type Reader = ReturnType<typeof reader>;

/** Reads exact numbers of bytes from a stream of chunks. */
function reader(input: AsyncIterable<Uint8Array>) {
  const source = input[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const next = await source.next();
    if (next.done) return false;
    rest = rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([rest, next.value]);
    return true;
  };
  /** That many bytes, or fewer at the end. */
  const take = async (count: number): Promise<Buffer> => {
    while (rest.length < count && (await more()));
    const got = rest.subarray(0, count);
    rest = rest.subarray(got.length);
    return got;
  };
  return {
    take,
    exactly: async (count: number): Promise<Buffer> => {
      const got = await take(count);
      if (got.length < count) throw cut();
      return got;
    },
    skip: async (count: number): Promise<void> => {
      for (let left = count; left > 0; ) {
        const got = await take(Math.min(left, 65536));
        if (got.length === 0) throw cut();
        left -= got.length;
      }
    },
  };
}
