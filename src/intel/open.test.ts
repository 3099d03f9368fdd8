import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FileFault, openBytes, textOf } from './open.ts';

async function* bytesOf(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(bytes: Uint8Array, maxBytes = 1_000_000, size = 7): Promise<string> {
  let text = '';
  for await (const piece of textOf(openBytes(bytesOf(bytes, size), maxBytes))) text += piece;
  return text;
}

const reasonOf = (bytes: Uint8Array, maxBytes?: number): Promise<string> =>
  readAll(bytes, maxBytes, 65_536).then(
    () => 'none',
    (error: unknown) => (error instanceof FileFault ? error.reason : String(error)),
  );

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const block = (type: number, size: number, last: boolean): number[] => {
  const header = (size << 3) | (type << 1) | (last ? 1 : 0);
  return [header & 255, (header >> 8) & 255, (header >> 16) & 255];
};
/** A frame of one raw block with the content's size, as RFC 8878 describes it. */
const rawFrame = (text: string): Uint8Array =>
  Buffer.concat([Buffer.from([...MAGIC, 0x20, text.length, ...block(0, text.length, true)]), Buffer.from(text)]);
/** A frame whose blocks each repeat one byte 128 KiB: four bytes that become 131,072. `descriptor` says the window. */
const bombFrame = (blocks: number, descriptor = 0x38): Uint8Array =>
  Buffer.from([
    ...MAGIC,
    0,
    descriptor,
    ...Array.from({ length: blocks }, (_, i) => [...block(1, 131_072, i === blocks - 1), 0x0a]).flat(),
  ]);

describe('openBytes, textOf', () => {
  const text = 'evil.example\nbücher.example\n';
  it.each([
    ['plain', Buffer.from(text)],
    ['with a UTF-8 mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 as Windows saves it', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['gzip', gzipSync(text)],
    ['two gzips in a row', Buffer.concat([gzipSync('evil.example\n'), gzipSync('bücher.example\n')])],
  ])('%s', async (_how, bytes) => {
    expect(await readAll(bytes)).toBe(text);
    expect(await readAll(bytes, 1_000_000, 1)).toBe(text);
  });

  it('zstd, several frames, a skippable one among them', async () => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    expect(await readAll(rawFrame('evil.example\n'))).toBe('evil.example\n');
    expect(await readAll(Buffer.concat([rawFrame('a.example\n'), skippable, rawFrame('b.example\n')]))).toBe(
      'a.example\nb.example\n',
    );
  });

  it('an empty and a tiny file', async () => {
    expect(await readAll(new Uint8Array(0))).toBe('');
    expect(await readAll(Buffer.from('a'))).toBe('a');
  });

  it('says what is wrong with a damaged or cut-off file', async () => {
    const packed = gzipSync(text.repeat(100));
    expect(await reasonOf(packed.subarray(0, packed.length - 9))).toBe('bad-compression');
    expect(await reasonOf(Buffer.concat([packed.subarray(0, 20), Buffer.alloc(20, 7)]))).toBe('bad-compression');
    expect(await reasonOf(rawFrame('evil.example\n').subarray(0, 15))).toBe('bad-compression');
    expect(
      await reasonOf(Buffer.from([...MAGIC, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
    ).not.toBe('none');
  });

  it('stops a bomb at the ceiling', async () => {
    expect(await reasonOf(gzipSync(Buffer.alloc(5_000_000, 0x0a)), 1_000_000)).toBe('too-large');
    expect(await reasonOf(bombFrame(64), 1_000_000)).toBe('too-large');
    expect(await reasonOf(Buffer.alloc(1_000_001, 0x0a), 1_000_000)).toBe('too-large');
  });

  it('refuses a window that would fill the memory, in any frame', async () => {
    const wide = bombFrame(1, 0xa8); // 2^31 bytes
    expect(await reasonOf(Buffer.concat([wide, bombFrame(3)]))).toBe('bad-compression');
    expect(await reasonOf(Buffer.concat([rawFrame('a.example\n'), wide]))).toBe('bad-compression');
  });
});
