import path from 'node:path';
import { createAlarm } from './alarm.ts';
import { Follower } from './follower.ts';
import { listingOf } from './listing.ts';
import type { Receiver } from './receiver.ts';

/** Milliseconds between two looks at the files: polling also works where the system tells of no change (NFS). */
const LOOK_EVERY = 200;

/**
 * Follows a file, or every file under a directory, through rotation by renaming, by copying and truncating, and by
 * packing. A content is known by where its file lies on the disk and by its bytes at the beginning and where it was
 * read to, so that no line is read twice or left out when names change.
 */
export const follow = (root: string): Receiver => ({
  source: `follow:${path.resolve(root)}`,
  start: async (intake) => {
    const list = listingOf(path.resolve(root));
    list();
    const follower = new Follower(`follow:${path.resolve(root)}`, list, intake);
    let stopped = false;
    const alarm = createAlarm();
    const loop = async (): Promise<void> => {
      while (!stopped) {
        await follower.round();
        await alarm.wait(LOOK_EVERY);
      }
      await follower.close();
    };
    const ended = loop();
    ended.catch(() => {});
    return {
      behind: () => ({ unit: 'bytes', amount: follower.behind(), lost: 0 }),
      stop: async () => {
        stopped = true;
        alarm.ring();
        await ended.catch(() => {});
      },
      ended,
    };
  },
});
