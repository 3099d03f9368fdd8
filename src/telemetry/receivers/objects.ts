import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { VirgaError } from '../../model/errors.ts';
import { createAlarm } from './alarm.ts';
import type { Intake, Receiver } from './receiver.ts';

/** Milliseconds between two listings, and how long an object must lie still before it is taken. */
const LIST_EVERY = 1000;
const QUIET = 2000;
const MAX_OBJECTS = 200_000;

/**
 * A directory that holds objects as a bucket does (what `aws s3 sync`, rclone or a mount brings): each file is whole,
 * is read once as one batch, and is known by its key, size and time. An object that is written anew is read again.
 */
export const objects = (root: string): Receiver => ({
  source: `objects:${path.resolve(root)}`,
  start: async (intake) => {
    const directory = path.resolve(root);
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
      throw new VirgaError('path.missing', `There is no directory ${directory}.`);
    const bucket = new Bucket(directory, intake);
    let stopped = false;
    const alarm = createAlarm();
    const loop = async (): Promise<void> => {
      while (!stopped) {
        await bucket.round(() => stopped);
        await alarm.wait(LIST_EVERY);
      }
    };
    const ended = loop();
    ended.catch(() => {});
    return {
      behind: () => ({ unit: 'objects', amount: bucket.waiting, lost: 0 }),
      stop: async () => {
        stopped = true;
        alarm.ring();
        await ended.catch(() => {});
      },
      ended,
    };
  },
});

type Listed = { readonly key: string; readonly tag: string; readonly size: number; readonly mtime: number };

class Bucket {
  readonly #root: string;
  readonly #intake: Intake;
  /** Key → tag of what was taken. */
  readonly #taken: Map<string, string>;
  waiting = 0;

  constructor(root: string, intake: Intake) {
    this.#root = root;
    this.#intake = intake;
    this.#taken = new Map(intake.positions);
  }

  async round(stopped: () => boolean): Promise<void> {
    const listed = list(this.#root);
    const keys = new Set(listed.map((o) => o.key));
    const gone = [...this.#taken.keys()].filter((key) => !keys.has(key));
    const fresh = listed.filter((o) => this.#taken.get(o.key) !== o.tag);
    this.waiting = fresh.length;
    for (const object of fresh) {
      if (stopped()) return;
      if (this.#intake.now() - object.mtime < QUIET) continue;
      await this.#intake.spool.room();
      await this.#take(object, gone.splice(0));
      this.waiting--;
    }
  }

  async #take({ key, tag, size }: Listed, gone: readonly string[]): Promise<void> {
    const now = this.#intake.now();
    const file = path.join(this.#root, key);
    const facts = {
      id: createHash('sha256').update(`${this.#root}\n${key}\n${tag}`).digest('hex'),
      source: `objects:${this.#root}`,
      name: file,
      as: null,
      lineBase: 0,
      positions: [{ key, value: tag }, ...gone.map((k) => ({ key: k, value: null }))],
      receipts: [],
      bytes: size,
      first: now,
      last: now,
      held: null,
    };
    try {
      await this.#intake.spool.adopt(facts, file);
    } catch (error) {
      if (statSync(file, { throwIfNoEntry: false })) throw error;
      return; // removed since it was listed
    }
    this.#taken.set(key, tag);
    for (const k of gone) this.#taken.delete(k);
  }
}

/** In the order of keys, as a bucket lists them. */
function list(root: string): Listed[] {
  const names = readdirSync(root, { recursive: true, withFileTypes: true });
  return names
    .filter((e) => e.isFile() && !e.name.startsWith('.'))
    .slice(0, MAX_OBJECTS)
    .flatMap((e) => {
      const file = path.join(e.parentPath, e.name);
      const facts = statSync(file, { throwIfNoEntry: false });
      return facts
        ? [
            {
              key: path.relative(root, file),
              tag: `${facts.size}-${Math.floor(facts.mtimeMs)}`,
              size: facts.size,
              mtime: facts.mtimeMs,
            },
          ]
        : [];
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
