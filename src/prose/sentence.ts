/** The sentence that a place in a passage stands in. */

export type Sentence = { readonly text: string; readonly start: number };

/** Characters looked at on each side; a longer sentence is cut there. */
const REACH = 300;
/** A full stop, question or exclamation mark with white space behind it, and what may begin a sentence. */
const END = /[.!?]["'”’)\]]*\s+(?=["'“‘([]?[\p{Lu}\d])/gu;

/** The sentence around `start`..`end` of a text, one line, and where it begins. */
export function sentenceAt(text: string, start: number, end: number): Sentence {
  const from = Math.max(0, start - REACH);
  const before = text.slice(from, start);
  let begin = from;
  for (const found of before.matchAll(END)) begin = from + found.index + found[0].length;
  const after = text.slice(end, end + REACH);
  const stop = after.search(END);
  const until = stop < 0 ? end + after.length : end + stop + 1;
  const raw = text.slice(begin, until);
  return { text: raw.replace(/\s+/g, ' ').trim(), start: begin + (raw.length - raw.trimStart().length) };
}
