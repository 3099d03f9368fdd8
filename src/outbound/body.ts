/** Bodies of answers: unpacked, and never larger than agreed. */
import type { Readable } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { VirgaError } from '../model/errors.ts';
import { failure } from './failure.ts';
import type { Answer } from './policy.ts';
import { sayUrl } from './url.ts';

/** The bytes of a body; a bomb is cut off at the limit, whatever it would have become. */
export async function* unpack(
  body: Readable,
  encoding: string,
  url: URL,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  const gunzip = gunzipFor(encoding, url);
  const stream = gunzip === null ? body : body.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes: Uint8Array = chunk;
      length += bytes.length;
      if (length > maxBytes)
        throw new VirgaError('outbound.too-large', `The answer of ${sayUrl(url)} is larger than ${maxBytes} bytes.`);
      yield bytes;
    }
  } catch (error) {
    throw failure(error, url);
  } finally {
    drop(body);
    gunzip?.destroy();
  }
}

/** Ends a body that nobody reads; that it was ended is no error. */
export function drop(body: Readable): void {
  body.on('error', () => undefined).destroy();
}

function gunzipFor(encoding: string, url: URL): Gunzip | null {
  if (encoding === '' || encoding === 'identity') return null;
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  throw new VirgaError('outbound.answer', `${sayUrl(url)} answers packed as ${JSON.stringify(encoding.slice(0, 40))}.`);
}

/** The whole body as text, read as UTF-8; at most `maxBytes`. */
export async function readText(answer: Answer, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body) {
    length += chunk.length;
    if (length > maxBytes)
      throw new VirgaError(
        'outbound.too-large',
        `The answer of ${sayUrl(new URL(answer.url))} is larger than ${maxBytes} bytes.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
