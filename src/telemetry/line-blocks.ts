/** A run of whole lines, or a line that was too long to keep. */
export type LineBlock = { readonly bytes: Buffer; readonly tooLong: false } | { readonly tooLong: true };

/**
 * Regroups bytes into blocks of whole lines; the last line of the stream may lack its end. A line longer than `limit`
 * bytes is told as such and its bytes are let go.
 */
export function lineBlocks(limit: number) {
  let rest: Buffer = Buffer.alloc(0);
  let dropping = false;
  return {
    push: (chunk: Uint8Array): LineBlock[] => {
      let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (dropping) {
        const end = bytes.indexOf(10);
        if (end < 0) return [];
        dropping = false;
        bytes = bytes.subarray(end + 1);
      }
      const last = bytes.lastIndexOf(10);
      const whole = last < 0 ? [] : [join(rest, bytes.subarray(0, last + 1))];
      rest = last < 0 ? join(rest, bytes) : Buffer.from(bytes.subarray(last + 1));
      const blocks = whole.flatMap((block) => split(block, limit));
      if (rest.length <= limit) return blocks;
      rest = Buffer.alloc(0);
      dropping = true;
      return [...blocks, { tooLong: true }];
    },
    /** The last line, if it has no end. */
    end: (): Buffer => rest,
  };
}

const join = (a: Buffer, b: Buffer): Buffer => (a.length === 0 ? b : Buffer.concat([a, b]));

/** Only the first line of a block can be longer than a chunk. */
function split(block: Buffer, limit: number): LineBlock[] {
  const first = block.indexOf(10);
  if (first <= limit) return [{ bytes: block, tooLong: false }];
  const after = block.subarray(first + 1);
  return [{ tooLong: true }, ...(after.length > 0 ? [{ bytes: after, tooLong: false } as const] : [])];
}
