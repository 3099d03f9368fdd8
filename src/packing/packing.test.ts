import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Damage } from './damage.ts';
import { checkGzip, gunzip } from './gunzip.ts';
import { checkZstd, unzstd } from './unzstd.ts';

async function* inPieces(bytes: Uint8Array, step = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

/** What came out, and the reason of the damage that ended it. */
async function read(chunks: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; reason: string | null }> {
  const got: Uint8Array[] = [];
  try {
    for await (const chunk of chunks) got.push(chunk);
    return { bytes: Buffer.concat(got), reason: null };
  } catch (cause) {
    if (!(cause instanceof Damage)) throw cause;
    return { bytes: Buffer.concat(got), reason: cause.reason };
  }
}

async function verdict(check: Promise<void>): Promise<string | null> {
  try {
    await check;
    return null;
  } catch (cause) {
    if (!(cause instanceof Damage)) throw cause;
    return cause.reason;
  }
}

const text = Buffer.from(Array.from({ length: 40_000 }, (_, i) => `line ${i} ${(i * 7919) % 10_007}\n`).join(''));

describe('gzip', () => {
  const packed = gzipSync(text);
  const unpack = (bytes: Uint8Array) => read(gunzip(inPieces(bytes)));

  it('unpacks one member and several', async () => {
    expect((await unpack(packed)).bytes.equals(text)).toBe(true);
    const two = Buffer.concat([gzipSync(text.subarray(0, 1000)), gzipSync(text.subarray(1000))]);
    expect((await unpack(two)).bytes.equals(text)).toBe(true);
    expect(await verdict(checkGzip(inPieces(two)))).toBeNull();
  });

  it('keeps all that came before a file was cut short', async () => {
    for (const part of [0.2, 0.5, 0.9]) {
      const cut = packed.subarray(0, Math.floor(packed.length * part));
      const { bytes, reason } = await unpack(cut);
      expect(reason).toBe('truncated-gzip');
      expect(bytes.length).toBeGreaterThan(text.length * part * 0.8);
      expect(bytes.equals(text.subarray(0, bytes.length))).toBe(true);
      expect(await verdict(checkGzip(inPieces(cut)))).toBe('truncated-gzip');
    }
  });

  it('sees a wrong check sum, a flipped bit, and bytes that follow', async () => {
    const sum = Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)]);
    const flipped = Buffer.from(packed);
    flipped[packed.length >> 1] = (flipped[packed.length >> 1] ?? 0) ^ 0x10;
    const followed = Buffer.concat([packed, Buffer.from('and more')]);
    for (const broken of [sum, flipped, followed]) {
      const { bytes, reason } = await unpack(broken);
      expect(reason).toBe('broken-gzip');
      expect(bytes.length).toBeGreaterThan(text.length / 4);
      expect(await verdict(checkGzip(inPieces(broken)))).toBe('broken-gzip');
    }
  });

  it('does not blow up: output comes in steps while little input is taken', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    let most = 0;
    let given = 0;
    let taken = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const piece of inPieces(bomb, 65536)) {
        given += piece.length;
        yield piece;
      }
    }
    for await (const chunk of gunzip(counted())) {
      most = Math.max(most, chunk.length);
      taken += chunk.length;
      if (taken > 10_000_000) break;
    }
    expect(most).toBeLessThanOrEqual(65536);
    expect(given).toBeLessThanOrEqual(65536);
  });
});

/** A Zstandard frame of raw blocks, written by hand (RFC 8878, 3.1.1). */
function frame(blocks: readonly Uint8Array[], { checksum = false, window = 0x50 } = {}): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, checksum ? 4 : 0, window]);
  const body = blocks.flatMap((block, i) => {
    const head = Buffer.alloc(3);
    head.writeUIntLE((block.length << 3) | (i === blocks.length - 1 ? 1 : 0), 0, 3);
    return [head, block];
  });
  return Buffer.concat([header, ...body, Buffer.alloc(checksum ? 4 : 0)]);
}

/** A block that repeats one byte. */
function runFrame(byte: number, times: number): Buffer {
  const head = Buffer.alloc(3);
  head.writeUIntLE((times << 3) | 2 | 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x50]), head, Buffer.from([byte])]);
}

describe('zstd', () => {
  const unpack = (bytes: Uint8Array, step?: number) => read(unzstd(inPieces(bytes, step)));
  const halves = [text.subarray(0, 100_000), text.subarray(100_000, 200_000)];

  it('unpacks frames one after the other, check sums and skippable frames among them', async () => {
    const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('abc')]);
    const packed = Buffer.concat([
      skippable,
      frame(halves, { checksum: true }),
      skippable,
      frame([Buffer.from('end')]),
    ]);
    for (const step of [1, 1000]) {
      const { bytes, reason } = await unpack(packed, step);
      expect(reason).toBeNull();
      expect(bytes.equals(Buffer.concat([...halves, Buffer.from('end')]))).toBe(true);
    }
    expect((await unpack(runFrame(65, 1000))).bytes.toString()).toBe('A'.repeat(1000));
    expect(await verdict(checkZstd(inPieces(packed)))).toBeNull();
  });

  it('keeps the whole blocks before a file was cut short', async () => {
    const cut = frame(halves).subarray(0, -10);
    expect(await unpack(cut)).toEqual({ bytes: halves[0], reason: 'truncated-zstd' });
    expect(await verdict(checkZstd(inPieces(cut)))).toBe('truncated-zstd');
  });

  it('refuses what is no frame, and a window larger than 128 MiB before anything is allocated', async () => {
    const followed = Buffer.concat([frame([Buffer.from('ok')]), Buffer.from('not a frame')]);
    expect(await unpack(followed)).toEqual({ bytes: Buffer.from('ok'), reason: 'broken-zstd' });
    expect((await unpack(frame([Buffer.from('x')], { window: 0xa0 }))).reason).toBe('broken-zstd');
    expect((await unpack(frame([Buffer.from('x')], { window: 0x88 }))).reason).toBeNull();
  });
});
