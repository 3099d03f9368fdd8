import { type FileHandle, open } from 'node:fs/promises';
import { type Entry, entryOf } from './listing.ts';

/** An open file that is what was listed under its name, with what is true of it now. */
export type Opened = { readonly handle: FileHandle; readonly entry: Entry; readonly links: number };

/** Opens what was listed: `moved` where the name stands for another file by now or for none, `closed` where it may not be read. */
export async function openListed(listed: Entry): Promise<Opened | 'moved' | 'closed'> {
  let handle: FileHandle;
  try {
    handle = await open(listed.path, 'r');
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'moved' : 'closed';
  }
  const opened = await lookAt(handle, listed);
  if (opened.entry.inode === listed.inode) return opened;
  await handle.close();
  return 'moved';
}

/** What is true of an open file now. */
export async function lookAt(handle: FileHandle, { path, own }: Entry): Promise<Opened> {
  const facts = await handle.stat({ bigint: true });
  return { handle, entry: entryOf(path, facts, own), links: Number(facts.nlink) };
}
