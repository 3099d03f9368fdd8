/** Written reports: free text in which the author defanged what is bad. */
import type { IntelSource } from '../../model/indicator.ts';
import { isDefanged } from '../../observables/defang.ts';
import { parseHash } from '../../observables/hash.ts';
import { indicator } from '../builder.ts';
import { isClaimed } from '../claimed.ts';
import { type Feed, type FeedRecord, refusal } from '../feed.ts';
import { looksLikeCsv } from '../header.ts';
import { eachLine } from '../lines.ts';
import { observe } from '../observe.ts';
import { hasZeekHeader, isJson } from '../shape.ts';
import { plain } from './plain.ts';

/** Links of a report are its references: only what is defanged, and whole hashes, are taken. Lines without any are `other`. */
export const report = {
  id: 'report',
  name: 'Report in plain text with defanged indicators',
  blindTo: ['indicators that are not defanged', 'dates and confidence'],
  detect: (head, file) =>
    !isJson(head) &&
    !looksLikeCsv(head) &&
    !hasZeekHeader(head) &&
    !plain.detect(head, file) &&
    !isClaimed(head) &&
    holdsAny(head),
  read: (input) => eachLine(input, (line, number) => readLine(line, number, input.source)),
} satisfies Feed;

const holdsAny = (head: string): boolean => head.split('\n').some((line) => wordsOf(line).some(isDefanged));

function readLine(line: string, number: number, source: IntelSource): FeedRecord | readonly FeedRecord[] | null {
  const words = wordsOf(line);
  if (words.length > 0) return words.map((word) => readWord(word, number, source));
  return line.trim() === '' ? null : { other: 'text', line: number };
}

function readWord(word: string, number: number, source: IntelSource): FeedRecord {
  const seen = observe(word);
  return seen.ok
    ? { indicator: indicator(seen.kind, seen.value, number, source) }
    : refusal(seen.reason, number, seen.detail, word);
}

/** A line with more words than this is no line of a report. */
const MAX_WORDS = 2000;
/** Marks around a word that are not its own. */
const AROUND = /^[("'<`*]+|(?:[)"'>`,;:*]|(?<!\.)\.(?!\.))+$/g;

function wordsOf(line: string): readonly string[] {
  if (!/[[({\\]|hxxp|[0-9a-f]{32}/i.test(line)) return [];
  return line
    .split(/\s+/, MAX_WORDS)
    .map((word) => word.replace(AROUND, ''))
    .filter((word) => isIndicative(word));
}

/** Defanged, and with letters or digits on both sides of what defangs it; or a hash. */
const isIndicative = (word: string): boolean =>
  word.length > 6 && ((isDefanged(word) && /[a-z0-9]\W+[a-z0-9]/i.test(word)) || parseHash(word) !== null);
