import path from 'node:path';
import { beginsAs, hashOf } from './fingerprint.ts';
import type { Followed } from './followed.ts';

/** Known contents by what one can know of a file: where it lies on the disk, how it begins, what it is called. */
export type Lookup = {
  /** Contents that lay in that file when they were seen last; what was read furthest comes first. */
  readonly lyingIn: (inode: string) => readonly Followed[];
  /** Contents that begin like this, as far as they were read; furthest first. */
  readonly beginningAs: (start: Buffer) => readonly Followed[];
  /** Contents whose names differ only in what rotation adds, in the same directory. */
  readonly calledLike: (file: string) => readonly Followed[];
  readonly add: (followed: Followed) => void;
};

export function lookupOf(known: Iterable<Followed>): Lookup {
  const all = [...known];
  const inodes = grouped(all, (f) => f.file.inode);
  const names = grouped(all, (f) => stemOf(f.file.path));
  // Made at the first question: what was open and went is read to its end before.
  let heads: Map<string, Followed[]> | null = null;
  let sizes: ReadonlySet<number> = new Set();
  return {
    lyingIn: (inode) => furthestFirst(inodes.get(inode) ?? []),
    beginningAs: (start) => {
      if (heads === null) {
        heads = grouped(all, (f) => `${f.mark.headBytes} ${f.mark.head}`);
        sizes = new Set(all.map((f) => f.mark.headBytes).filter((size) => size > 0));
      }
      const found: Followed[] = [];
      for (const size of sizes)
        if (size <= start.length) found.push(...(heads.get(`${size} ${hashOf(start.subarray(0, size))}`) ?? []));
      // What was read since the index was made bears another mark.
      return furthestFirst(found.filter((f) => beginsAs(start, f.mark)));
    },
    calledLike: (file) => names.get(stemOf(file)) ?? [],
    add: (followed) => put(names, stemOf(followed.file.path), followed),
  };
}

const furthestFirst = (of: readonly Followed[]): Followed[] => [...of].sort((a, b) => b.mark.offset - a.mark.offset);

/** `dns` of `dns.log`, `dns.log.1` and `dns.2026-11-24.log.gz`. */
const stemOf = (file: string): string => path.join(path.dirname(file), path.basename(file).split('.')[0] ?? '');

function grouped(all: readonly Followed[], by: (f: Followed) => string): Map<string, Followed[]> {
  const groups = new Map<string, Followed[]>();
  for (const f of all) put(groups, by(f), f);
  return groups;
}

function put(groups: Map<string, Followed[]>, key: string, followed: Followed): void {
  const group = groups.get(key);
  if (group) group.push(followed);
  else groups.set(key, [followed]);
}
