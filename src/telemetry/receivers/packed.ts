import { contents } from '../source.ts';
import { hashOf, MARK_BYTES, type Mark } from './fingerprint.ts';

/** What a packed content holds after a mark, in slices of whole lines, each with the mark at its end. */
export async function* restOfPacked(
  path: string,
  from: Mark,
  sliceBytes: number,
): AsyncGenerator<{ bytes: Buffer; mark: Mark }> {
  let at = 0;
  let tail = Buffer.alloc(0);
  let held = Buffer.alloc(0);
  let offset = from.offset;
  const slice = (bytes: Buffer): { bytes: Buffer; mark: Mark } => {
    offset += bytes.length;
    tail = Buffer.concat([tail, bytes]).subarray(-MARK_BYTES);
    return { bytes, mark: { ...from, offset, tail: hashOf(tail), tailBytes: tail.length } };
  };
  for await (const chunk of contents({ path, compression: 'gzip' })) {
    const skip = Math.min(chunk.length, Math.max(0, from.offset - at));
    tail = Buffer.concat([tail, chunk.subarray(0, skip)]).subarray(-MARK_BYTES);
    at += chunk.length;
    held = Buffer.concat([held, chunk.subarray(skip)]);
    if (held.length < sliceBytes) continue;
    const end = held.lastIndexOf(10) + 1 || held.length;
    yield slice(held.subarray(0, end));
    held = Buffer.from(held.subarray(end));
  }
  if (held.length > 0) yield slice(held);
}
