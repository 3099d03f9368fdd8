import { collector } from './collector.ts';
import type { Receiver } from './receiver.ts';

/** A line without an end is cut here, in bytes: longer ones are refused anyway. */
const MAX_HELD = 2 * 1024 * 1024;

/** Lines of standard input as they come, until its end. A pipe has no acknowledgement; the writer waits when it is full. */
export const standardInput = (stream: NodeJS.ReadableStream): Receiver => ({
  source: 'stdin',
  start: async (intake) => {
    const kept = collector(intake, 'stdin');
    let rest = Buffer.alloc(0);
    let stopped = false;
    let broken: unknown = null;
    const add = (lines: Buffer): void => {
      kept.add({ lines, count: count(lines) }).catch((error: unknown) => {
        broken ??= error;
      });
    };
    const take = async (): Promise<void> => {
      for await (const chunk of stream) {
        const bytes = Buffer.concat([rest, typeof chunk === 'string' ? Buffer.from(chunk) : chunk]);
        const end = bytes.lastIndexOf(10) + 1;
        rest = bytes.subarray(end);
        const lines = bytes.subarray(0, end);
        if (end > 0) add(lines);
        if (rest.length > MAX_HELD) {
          add(Buffer.concat([rest, Buffer.from('\n')]));
          rest = Buffer.alloc(0);
        }
        await kept.room();
        if (broken !== null) throw broken;
        if (stopped) return;
      }
      if (rest.length > 0) add(Buffer.concat([rest, Buffer.from('\n')]));
      await kept.finish();
      if (broken !== null) throw broken;
    };
    const ended = take();
    ended.catch(() => {});
    return {
      behind: () => ({ unit: 'records', amount: kept.held(), lost: 0 }),
      stop: async () => {
        stopped = true;
        if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
        await ended.catch(() => {});
        await kept.finish();
      },
      ended,
    };
  },
});

/** How many line feeds. */
export function count(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
