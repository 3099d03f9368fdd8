import { createReadStream } from 'node:fs';
import { unpacked as unpackedBytes } from '../packing/packing.ts';

/** The bytes of a file, unpacked where its first bytes say that it is gzip or Zstandard; `heard` gets them as they are. */
export const unpacked = (file: string, heard: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array> =>
  unpackedBytes(listened(createReadStream(file, { highWaterMark: 256 * 1024 }), heard));

async function* listened(
  source: AsyncIterable<Uint8Array>,
  heard: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    heard(bytes);
    yield bytes;
  }
}
