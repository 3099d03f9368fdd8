import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { Damage } from './damage.ts';

/** Bytes given to zlib at once; deflate grows at most 1032 times, so at most 8 MiB come out of it. */
const STEP = 8192;

/**
 * Unpacks gzip (several members one after the other too). What was unpacked before a damage is yielded first (but for
 * the last 64 KiB at most, where the bytes themselves are broken), then `Damage` is thrown.
 */
export async function* gunzip(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const z = stepper();
  let given = 0;
  try {
    for await (const chunk of input) {
      for (let at = 0; at < chunk.length; at += STEP) {
        yield* await z.step(chunk.subarray(at, at + STEP));
        z.check();
      }
      given += chunk.length;
    }
    yield* await z.finish();
    z.check();
    if (z.consumed() < given) throw new Damage('broken-gzip', `${given - z.consumed()} bytes follow the packed data`);
  } finally {
    z.destroy();
  }
}

/** zlib one step at a time: its output is taken as it comes, so nothing is lost when it fails. */
function stepper() {
  const z: Gunzip = createGunzip({ chunkSize: 65536 });
  let out: Uint8Array[] = [];
  let failure: Error | null = null;
  let wake = (): void => {};
  z.on('data', (chunk: Uint8Array) => out.push(chunk));
  z.on('error', (error) => {
    failure = error;
  });
  z.on('close', () => wake());
  const during = async (start: (done: () => void) => void): Promise<Uint8Array[]> => {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (failure) resolve();
      else start(resolve);
    });
    const got = out;
    out = [];
    return got;
  };
  return {
    step: (bytes: Uint8Array) => during((done) => z.write(bytes, () => done())),
    finish: () =>
      during((done) => {
        z.once('end', done);
        z.end();
      }),
    check: () => {
      if (failure) throw damageOf(failure);
    },
    consumed: () => z.bytesWritten,
    destroy: () => z.destroy(),
  };
}

const damageOf = (failure: Error): Damage =>
  'code' in failure && failure.code === 'Z_BUF_ERROR'
    ? new Damage('truncated-gzip', 'the file ends in the middle of the packed data')
    : new Damage('broken-gzip', `the packed data is broken here: ${failure.message}`);

/** Unpacks a file only to see whether it is whole: throws `Damage` where it is not. */
export async function checkGzip(input: AsyncIterable<Uint8Array>): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done(), highWaterMark: 1 << 20 });
  try {
    await pipeline(input, createGunzip({ chunkSize: 1 << 20 }), nowhere);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')) throw damageOf(cause);
    throw cause;
  }
}
