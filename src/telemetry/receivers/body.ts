import type { IncomingMessage } from 'node:http';
import { createGunzip, createInflate } from 'node:zlib';
import { Unreadable } from './dialect.ts';

/** Bytes on the wire and after unpacking: what a small request can unpack to is bounded, too. */
const MAX_PACKED = 16 * 1024 * 1024;
const MAX_BODY = 32 * 1024 * 1024;

export class TooMuch extends Error {}

/** The body of a request, unpacked. Throws TooMuch past the limits and Unreadable where the packing breaks. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const packing = String(request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (Number(request.headers['content-length'] ?? 0) > MAX_PACKED) throw new TooMuch('the body is larger than 16 MiB');
  // The connection stays whole when reading stops early: the sender is still to hear why.
  const packed = bounded(request.iterator({ destroyOnReturn: false }), MAX_PACKED, 'the body is larger than 16 MiB');
  if (packing === 'identity' || packing === '') return Buffer.concat(await all(packed));
  if (packing !== 'gzip' && packing !== 'x-gzip' && packing !== 'deflate')
    throw new Unreadable(`content-encoding ${JSON.stringify(packing.slice(0, 20))} is not read, use gzip`);
  return unpack(packed, packing === 'deflate' ? createInflate() : createGunzip());
}

async function unpack(packed: AsyncIterable<Buffer>, unpacker: ReturnType<typeof createGunzip>): Promise<Buffer> {
  const feeding = (async () => {
    for await (const chunk of packed) if (!unpacker.write(chunk)) await drained(unpacker);
    unpacker.end();
  })();
  feeding.catch((error: unknown) => unpacker.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    return Buffer.concat(await all(bounded(unpacker, MAX_BODY, 'the body unpacks to more than 32 MiB')));
  } catch (error) {
    if (error instanceof TooMuch) throw error;
    throw new Unreadable('the body is no whole gzip');
  } finally {
    unpacker.destroy();
  }
}

const drained = (unpacker: ReturnType<typeof createGunzip>): Promise<void> =>
  new Promise((resolve) => {
    const on = (): void => {
      for (const event of ['drain', 'close', 'error']) unpacker.off(event, on);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) unpacker.on(event, on);
  });

async function* bounded(stream: AsyncIterable<Buffer>, limit: number, says: string): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw new TooMuch(says);
    yield chunk;
  }
}

async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const list: Buffer[] = [];
  for await (const chunk of chunks) list.push(chunk);
  return list;
}
