import { createReadStream } from 'node:fs';
import { gunzip } from '../telemetry/gunzip.ts';
import { unzstd } from '../telemetry/unzstd.ts';

/** The bytes of a file, unpacked where its first bytes say that it is gzip or Zstandard; `heard` gets them as they are. */
export async function* unpacked(file: string, heard: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  const source = listened(createReadStream(file, { highWaterMark: 256 * 1024 }), heard);
  const first = await source.next();
  if (first.done) return;
  const head = Buffer.from(first.value.subarray(0, 4)).toString('hex');
  const whole = join(first.value, source);
  if (head.startsWith('1f8b')) yield* gunzip(whole);
  else if (head === '28b52ffd') yield* unzstd(whole);
  else yield* whole;
}

async function* listened(
  source: AsyncIterable<Uint8Array>,
  heard: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    heard(bytes);
    yield bytes;
  }
}

async function* join(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
