/** A STIX pattern → the value that we match, the values of which any is enough, or the pattern as it stands. */
import type { Indicator, IntelSource } from '../model/indicator.ts';
import { sayFault } from '../patterns/check.ts';
import { type Alternative, decompose, writeAlternative } from '../patterns/decompose.ts';
import { MAX_PATTERN, parsePattern } from '../patterns/parse.ts';
import { type Facts, indicator } from './builder.ts';
import { type FeedRecord, type NoteReason, refusal } from './feed.ts';
import { type Observed, observe } from './observe.ts';
import { propertyHint } from './stix-properties.ts';

/** The record of one pattern; `note` is what its object left open already. */
export function readPattern(pattern: string, line: number, facts: PatternFacts, note: NoteReason | null): FeedRecord {
  const made = fromPattern(pattern, line, facts);
  if ('reason' in made) return refusal(made.reason, line, made.detail, pattern);
  const { also, unread, ...whole } = 'also' in made ? made : { also: [], unread: false, indicator: made };
  const notes = note ?? (unread ? 'unread-alternative' : null);
  return { ...whole, ...(also.length > 0 && { also }), ...(notes !== null && { note: notes }) };
}

type Fault = Exclude<Observed, { ok: true }>;
/** A pattern of which any of several values is enough: the whole, and each value that we match. */
type Several = { readonly indicator: Indicator; readonly also: readonly Indicator[]; readonly unread: boolean };
/** Facts that name their source. */
export type PatternFacts = Facts & { readonly source: IntelSource };

/** A comparison that we match, by its kind; any other pattern as it stands, with the value where it is one comparison. */
function fromPattern(pattern: string, line: number, facts: PatternFacts): Indicator | Several | Fault {
  const asPattern = (value: string | null): Indicator => indicator('pattern', value, line, facts.source, facts);
  if (pattern.length > MAX_PATTERN) return asPattern(null);
  const reading = parsePattern(pattern, 'any');
  if (!reading.ok) return { ok: false, reason: 'bad-pattern', detail: sayFault(reading) };
  const alternatives = decompose(reading.pattern);
  const [only, ...more] = alternatives ?? [];
  if (only === undefined) return asPattern(null);
  if (more.length === 0) return fromAlternative(only, line, facts) ?? asPattern(only.value);
  return several(asPattern(null), [only, ...more], line, facts);
}

/** Each value stands for itself under the id of the object and its number; the whole is kept as the source gave it. */
function several(whole: Indicator, alternatives: readonly Alternative[], line: number, facts: PatternFacts): Several {
  const read = alternatives.map((alternative, i) =>
    fromAlternative(alternative, line, {
      ...facts,
      id: `${whole.id}#${i + 1}`,
      pattern: `[${writeAlternative(alternative)}]`,
    }),
  );
  const also = read.flatMap((made) => (made === null || 'reason' in made ? [] : [made]));
  return { indicator: whole, also, unread: read.some((made) => made !== null && 'reason' in made) };
}

/** Null where no network log shows the property. */
function fromAlternative(
  { path, like, value }: Alternative,
  line: number,
  facts: PatternFacts,
): Indicator | Fault | null {
  const hint = propertyHint(path);
  if (hint === null) return null;
  if (like) return fromLike(hint, value, line, facts);
  const seen = observe(value, hint);
  return seen.ok ? indicator(seen.kind, seen.value, line, facts.source, facts) : seen;
}

/** Wildcards: names are case-blind, so their patterns are lower case; only names and URLs have a matcher for wildcards. */
function fromLike(hint: string, value: string, line: number, facts: PatternFacts): Indicator | Fault {
  const like: PatternFacts = { ...facts, match: 'like' };
  if (hint === 'domain') return indicator('domain', value.toLowerCase(), line, facts.source, like);
  return indicator(hint === 'url' ? 'url' : 'pattern', value, line, facts.source, like);
}
