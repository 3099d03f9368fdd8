/** Values from logs and feeds, made safe to show: bounded, nothing invisible, addresses defanged. */
import { defang } from '../observables/defang.ts';

// Controls, format characters (bidirectional marks, soft hyphen, tags), half surrogates, line and paragraph separators,
// and all that Unicode calls ignorable (zero width, fillers, variation selectors): what can hide, reorder or end text.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Longest value shown; what is left out is said. Host names end at 253, so they always fit. */
const LONGEST = 400;

/** The text with every invisible or reordering character written as `write` says. */
export function rewriteInvisible(text: string, write: (character: string) => string): string {
  return text.replace(INVISIBLE, write);
}

/** The text with every invisible or reordering character written as `\u{…}`. */
export function reveal(text: string): string {
  return rewriteInvisible(text, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** At most `longest` characters of a value, revealed; says how many are left out. */
export function show(value: string, longest: number = LONGEST): string {
  if (value.length <= longest) return reveal(value);
  const cut = value.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return `${reveal(cut)}… (${value.length - cut.length} more characters)`;
}

/** A host, URL or address as it may be shown and copied: defanged and safe. */
export function showDefanged(value: string, longest: number = LONGEST): string {
  return show(defang(value.slice(0, 4096)), longest);
}

/** The last two labels of a host or URL: anything at or under them in a sentence belongs to the same story. */
function apexOf(value: string): string | null {
  const host = value
    .slice(0, 4096)
    .toLowerCase()
    .replace(/^[a-z]{1,8}:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '')
    .replace(/:.*$/s, '');
  const labels = host.split('.');
  return labels.length > 1 ? labels.slice(-2).join('.') : null;
}

/**
 * A sentence with the hosts in it defanged: every word at or under the last two labels of one of `known`, and every
 * `http://`. Other words with dots (`dns.query`, file names) stay as they are.
 */
export function showSentence(sentence: string, known: readonly string[] = [], longest: number = 600): string {
  const apexes = known.map(apexOf).filter((a) => a !== null);
  const ours = (word: string) => apexes.some((a) => word === a || word.endsWith(`.${a}`));
  const bounded = show(sentence, longest).replace(/http(s?):\/\//gi, 'hxxp$1://');
  return bounded.replace(/[\w.-]+/g, (word) => {
    const bare = word.replace(/\.$/, '');
    return ours(bare.toLowerCase()) ? bare.replaceAll('.', '[.]') + word.slice(bare.length) : word;
  });
}
