/** Words of a passage that may name something: found in one pass, each with its place. */
import { isDefanged } from '../observables/defang.ts';
import { parseHash } from '../observables/hash.ts';

/** A word as it is written, and where: `start` and `end` count characters of the passage. */
export type Mention = {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Written so that nobody follows it by accident: its author means it as an indicator. */
  readonly defanged: boolean;
};

/** Marks around a word that are not its own. */
const BEFORE = /^[("'<`*_“‘|=]+/;
const AFTER = /(?:[)"'>`,;:*_”’|]|(?<!\.)\.(?!\.))+$/;
/** A mark that defangs, standing alone between spaces: `evil [.] example`. */
const LONE = /^[[({]\s?(?:\.|dot)\s?[\])}]$/i;
const APART = /[\s|"“”<>`]+/;
/** Values in a row without a space; in a path they may belong to it. */
const IN_A_ROW = /[,;]+/;
/** A longer word is no host, address, hash or URL that anybody wrote by hand. */
const MAX_WORD = 4096;
/** Words of a passage that are looked at. */
const MAX_WORDS = 20_000;

type Word = { readonly word: string; readonly start: number };

export function mentionsIn(text: string): Mention[] {
  return joined(wordsOf(text), text).flatMap(({ word, start }) => {
    const bare = word.replace(BEFORE, '');
    const begin = start + word.length - bare.length;
    const kept = withoutTail(bare);
    return mayName(kept) ? [{ word: kept, start: begin, end: begin + kept.length, defanged: means(kept) }] : [];
  });
}

/** A closing bracket stays where it closes one inside the word. */
function withoutTail(word: string): string {
  const cut = word.replace(AFTER, '');
  const open = cut.split('(').length - cut.split(')').length;
  return open > 0 && word.startsWith(`${cut})`) ? `${cut})` : cut;
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (const word of text.split(APART, MAX_WORDS)) {
    const start = text.indexOf(word, at);
    at = start + word.length;
    if (word !== '' && word.length <= MAX_WORD) words.push(...partsOf(word, start));
  }
  return words;
}

function partsOf(word: string, start: number): Word[] {
  if (word.includes('/') || !IN_A_ROW.test(word)) return [{ word, start }];
  let at = 0;
  return word.split(IN_A_ROW).flatMap((part) => {
    const from = word.indexOf(part, at);
    at = from + part.length;
    return part === '' ? [] : [{ word: part, start: start + from }];
  });
}

/** `evil [.] example` is one word, in three. */
function joined(words: readonly Word[], text: string): Word[] {
  const out: Word[] = [];
  for (let i = 0; i < words.length; i++) {
    const [one, next] = [words[i], words[i + 1]];
    const last = out.at(-1);
    if (!one) continue;
    if (last && next && LONE.test(one.word)) {
      out[out.length - 1] = { word: text.slice(last.start, next.start + next.word.length), start: last.start };
      i++;
    } else out.push(one);
  }
  return out;
}

const mayName = (word: string): boolean =>
  word.length > 3 &&
  (/[a-z0-9]\W{1,5}[a-z0-9]/i.test(word) || word.length >= 32) &&
  /[.:\]})]|^[0-9a-f]{32,}$/i.test(word);

/** Defanged, with letters or digits on both sides of what defangs it; or a hash. */
const means = (word: string): boolean =>
  word.length > 6 && ((isDefanged(word) && /[a-z0-9]\W+[a-z0-9]/i.test(word)) || parseHash(word) !== null);
