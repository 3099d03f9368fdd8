import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Follower } from './follower.ts';
import { type Entry, listingOf } from './listing.ts';
import { type Positions, withWaiting } from './positions.ts';
import { standardLimits } from './receiver.ts';
import { type BatchFacts, openSpool, type Spool } from './spool.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-follow-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

let number = 0;
const lines = (...names: readonly string[]): string => names.map((name) => `${name}\n`).join('');
/** Long enough that a beginning of 1 KiB is one of many lines. */
const many = (label: string, n: number): string[] =>
  Array.from({ length: n }, (_, i) => `${label} ${i} ${'x'.repeat(90)}`);

/** A directory of logs, and a process that follows it, dies and starts again. */
function scene(root = 'logs') {
  const home = path.join(temp, `scene-${number++}`);
  const logs = path.join(home, 'logs');
  mkdirSync(logs, { recursive: true });
  const at = (name: string): string => path.join(logs, name);
  const notes: string[] = [];
  let later = 0;
  let spool: Spool;
  let follower: Follower;
  let list = (): readonly Entry[] => [];
  /** What is in the lake, and how far each content is read with it. */
  let positions: Positions = new Map();
  const stored: (BatchFacts & { readonly content: string[] })[] = [];
  const store = async (): Promise<void> => {
    for (let batch = spool.peek(); batch; batch = spool.peek()) {
      stored.push({ ...batch, content: contentOf(batch.file) });
      positions = withWaiting(positions, [batch]);
      await spool.done(batch);
    }
  };
  const start = (order: 1 | -1 = 1, room: (() => void) | null = null): void => {
    spool = openSpool(path.join(home, 'spool'), 1e9);
    const known = withWaiting(positions, spool.waiting()).get('test') ?? new Map<string, string>();
    list = listingOf(path.join(home, root));
    follower = new Follower('test', () => list(), {
      spool: room === null ? spool : { ...spool, room: async () => room() },
      positions: new Map([...known].sort(([a], [b]) => (a < b ? -order : order))),
      receipts: { has: () => false, add: () => {} },
      limits: standardLimits,
      now: () => Date.now() + later,
      note: (says) => notes.push(says),
    });
  };
  start();
  open.push(() => follower.close());
  return {
    at,
    notes,
    start,
    write: (name: string, ...text: readonly string[]) => writeFileSync(at(name), lines(...text)),
    append: (name: string, ...text: readonly string[]) => appendFileSync(at(name), lines(...text)),
    rename: (from: string, to: string) => {
      if (existsSync(at(from))) renameSync(at(from), at(to));
    },
    pack: (from: string, to: string, keep = false) => {
      writeFileSync(at(`.${to}`), gzipSync(readFileSync(at(from))));
      utimesSync(at(`.${to}`), 1e9, 1e9);
      renameSync(at(`.${to}`), at(to));
      if (!keep) rmSync(at(from));
    },
    /** After the files were listed and before they are looked at. */
    meanwhile: (change: () => void) => {
      const listing = listingOf(path.join(home, root));
      list = () => {
        const listed = listing();
        change();
        list = listing;
        return listed;
      };
    },
    listed: (entries: (of: readonly Entry[]) => readonly Entry[]) => {
      const listing = listingOf(path.join(home, root));
      list = () => entries(listing());
    },
    wait: (milliseconds: number) => {
      later += milliseconds;
    },
    store,
    look: () => follower.round(),
    looks: async (n = 3) => {
      for (let i = 0; i < n; i++) {
        await follower.round();
        await store();
      }
    },
    kill: () => follower.close(),
    behind: () => follower.behind(),
    batches: () => stored,
    taken: () => stored.flatMap((b) => b.content),
  };
}

function contentOf(file: string): string[] {
  const bytes = readFileSync(file);
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

describe('exactly once', () => {
  it('a restart knows a file whose number a gone content had before it, in whichever order both are remembered', async () => {
    const s = scene();
    s.write('a.log', ...many('old', 20));
    await s.looks();
    truncateSync(s.at('a.log'), 0);
    s.append('a.log', ...many('new', 5));
    await s.looks();
    for (const order of [1, -1] as const) {
      await s.kill();
      s.start(order);
      s.append('a.log', `after ${order}`);
      await s.looks();
    }
    expect(s.taken()).toEqual([...many('old', 20), ...many('new', 5), 'after 1', 'after -1']);
  });

  it('a new file that is listed under two names, because it was renamed meanwhile', async () => {
    const s = scene();
    s.write('a.log', 'one', 'two');
    s.listed((entries) => entries.flatMap((e) => [e, { ...e, path: `${e.path}.1` }]));
    await s.looks();
    s.listed((entries) => entries);
    await s.looks();
    expect(s.taken()).toEqual(['one', 'two']);
  });

  it('a hard link is no second log', async () => {
    const s = scene();
    s.write('a.log', 'one');
    linkSync(s.at('a.log'), s.at('b.log'));
    await s.looks();
    s.append('b.log', 'two');
    await s.looks();
    expect(s.taken()).toEqual(['one', 'two']);
  });

  it.each([false, true])(
    'names that move on between the listing and the look (after a restart: %s)',
    async (restart) => {
      const s = scene();
      s.write('a.log', ...many('first', 20));
      await s.looks();
      if (restart) await s.kill();
      if (restart) s.start();
      s.append('a.log', 'more');
      s.meanwhile(() => {
        renameSync(s.at('a.log'), s.at('a.log.1'));
        s.write('a.log', ...many('second', 30));
      });
      await s.looks();
      expect(s.taken()).toEqual([...many('first', 20), 'more', ...many('second', 30)]);
    },
  );

  it('a listing that misses a file while it is renamed', async () => {
    const s = scene();
    s.write('a.log', ...many('first', 20));
    await s.looks();
    copyFileSync(s.at('a.log'), s.at('copy.log'));
    s.append('copy.log', 'of the copy alone');
    s.listed((entries) => entries.filter((e) => !e.path.endsWith('a.log')));
    await s.kill();
    await s.looks(1);
    s.listed((entries) => entries);
    s.append('a.log', 'more');
    await s.looks();
    expect(s.taken()).toEqual([...many('first', 20), 'more']);
  });

  it('a log that is copied and truncated: the copy takes its place when it is truncated, not before', async () => {
    const s = scene();
    s.write('a.log', ...many('first', 20));
    await s.looks();
    s.append('a.log', 'unread');
    s.meanwhile(() => copyFileSync(s.at('a.log'), s.at('a.log.1')));
    await s.looks(1);
    s.append('a.log', 'after the copy');
    await s.looks();
    truncateSync(s.at('a.log'), 0);
    s.append('a.log', 'second');
    await s.looks();
    expect(s.taken().sort()).toEqual([...many('first', 20), 'unread', 'after the copy', 'second'].sort());
  });

  it('what was written between the last look and the copy is read from the copy', async () => {
    const s = scene();
    s.write('a.log', ...many('first', 20));
    await s.looks();
    s.append('a.log', 'unread');
    copyFileSync(s.at('a.log'), s.at('a.log.1'));
    truncateSync(s.at('a.log'), 0);
    await s.looks();
    expect(s.taken()).toEqual([...many('first', 20), 'unread']);
    expect(s.batches().at(-1)?.lineBase).toBe(20);
  });

  it.each(['', 'one\n'])('a copy in the making is not a new log: %j of it so far', async (part) => {
    const s = scene();
    s.write('a.log', 'one', 'two');
    await s.looks();
    writeFileSync(s.at('a.log.1'), part);
    await s.looks();
    copyFileSync(s.at('a.log'), s.at('a.log.1'));
    truncateSync(s.at('a.log'), 0);
    s.append('a.log', 'three');
    await s.looks();
    expect(s.taken()).toEqual(['one', 'two', 'three']);
  });

  it('a log that is truncated and written anew under the very read', async () => {
    const s = scene();
    s.write('a.log', ...many('first', 20));
    await s.looks();
    await s.kill();
    let done = false;
    s.start(1, () => {
      if (done) return;
      done = true;
      copyFileSync(s.at('a.log'), s.at('a.log.1'));
      s.write('a.log', ...many('second', 30));
    });
    s.append('a.log', ...many('unread', 3));
    await s.looks(5);
    expect(s.taken().sort()).toEqual([...many('first', 20), ...many('unread', 3), ...many('second', 30)].sort());
  });

  it('a log that was packed before it was read to its end', async () => {
    const s = scene();
    s.write('a.log', ...many('first', 20));
    await s.looks();
    await s.kill();
    s.append('a.log', 'unread');
    s.pack('a.log', 'a.log.1.gz');
    s.write('a.log', 'second');
    s.start();
    await s.looks(4);
    renameSync(s.at('a.log.1.gz'), s.at('a.log.2.gz'));
    await s.looks();
    await s.kill();
    s.start();
    await s.looks();
    expect(s.taken().sort()).toEqual([...many('first', 20), 'second', 'unread'].sort());
  });

  it('a packed copy beside the living log', async () => {
    const s = scene();
    s.write('a.log', 'one', 'two');
    s.pack('a.log', 'a.log.gz', true);
    await s.looks();
    s.append('a.log', 'three');
    await s.looks();
    expect(s.taken()).toEqual(['one', 'two', 'three']);
  });

  it('a packed log of which nothing was read before, once, whatever it is called later', async () => {
    const s = scene();
    s.write('a.log', 'one', 'two');
    s.pack('a.log', 'a.log.1.gz');
    await s.looks();
    renameSync(s.at('a.log.1.gz'), s.at('a.log.2.gz'));
    await s.looks();
    await s.kill();
    s.start();
    copyFileSync(s.at('a.log.2.gz'), s.at('b.log.gz'));
    utimesSync(s.at('b.log.gz'), 1e9, 1e9);
    await s.looks();
    expect(s.batches().map((b) => b.name)).toEqual([s.at('a.log.1.gz')]);
  });

  it('any order of writing, rotating, copying, packing, looking and dying', async () => {
    const often = ['append', 'append', 'look', 'look', 'look', 'store'] as const;
    const step = fc.constantFrom(...often, 'rotate', 'race', 'copy', 'copy and truncate', 'restart');
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        async (steps, size) => {
          const s = scene();
          const sent: string[] = [];
          let copies = 0;
          const copy = (): void => copyFileSync(s.at('a.log'), s.at(`a.log-${++copies}`));
          const append = (): void => {
            const more = many(`line ${sent.length}`, size);
            sent.push(...more);
            s.append('a.log', ...more);
          };
          const rotate = (): void => {
            for (let i = 20; i >= 2; i--) s.rename(`a.log.${i}.gz`, `a.log.${i + 1}.gz`);
            if (existsSync(s.at('a.log.1'))) s.pack('a.log.1', 'a.log.2.gz');
            s.rename('a.log', 'a.log.1');
            s.write('a.log');
          };
          append();
          for (const what of steps) {
            if (what === 'append') append();
            else if (what === 'rotate') rotate();
            else if (what === 'race') s.meanwhile(rotate);
            else if (what === 'copy') copy();
            else if (what === 'copy and truncate') {
              copy();
              truncateSync(s.at('a.log'), 0);
            } else if (what === 'restart') {
              await s.kill();
              s.start(copies % 2 === 0 ? 1 : -1);
            } else if (what === 'store') await s.store();
            else await s.look();
          }
          await s.looks(4);
          expect([...s.taken()].sort()).toEqual([...sent].sort());
        },
      ),
      { numRuns: Number(process.env.VIRGA_RUNS ?? 60) },
    );
  });
});
