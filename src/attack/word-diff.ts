import { diffWordsWithSpace } from 'diff';
import type { WordRun } from '../model/attack-diff.ts';

/** Texts with more than this many words between them are not compared word by word; the time grows with the square. */
const MOST_EDITS = 3000;
/** Characters of both texts together. */
const MOST_TEXT = 200_000;

/** What two texts share and where they part, word by word; null where they are too long or too far apart. */
export function wordDiff(before: string, after: string): WordRun[] | null {
  if (before.length + after.length > MOST_TEXT) return null;
  const runs = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
  return runs ? merge(runs.map((run) => ({ is: run.added ? '+' : run.removed ? '-' : '=', text: run.value }))) : null;
}

/** Changes with nothing but space between them become one: what went, then what came. */
function merge(runs: readonly WordRun[]): WordRun[] {
  const out: WordRun[] = [];
  let [gone, come] = ['', ''];
  const flush = (): void => {
    if (gone !== '') out.push({ is: '-', text: gone });
    if (come !== '') out.push({ is: '+', text: come });
    [gone, come] = ['', ''];
  };
  for (const [i, { is, text }] of runs.entries()) {
    const between = is === '=' && text.trim() === '' && i > 0 && i < runs.length - 1;
    if (is === '-' || between) gone += text;
    if (is === '+' || between) come += text;
    if (is !== '=' || between) continue;
    flush();
    out.push({ is, text });
  }
  flush();
  return out;
}
