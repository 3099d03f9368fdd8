/** STIX 2.0 and 2.1: bundles, TAXII envelopes, lists of objects or one object alone. */
import type { Indicator, IntelSource } from '../../model/indicator.ts';
import { sayFault } from '../../patterns/check.ts';
import { type Alternative, decompose, writeAlternative } from '../../patterns/decompose.ts';
import { MAX_PATTERN, parsePattern } from '../../patterns/parse.ts';
import { type Facts, indicator, sourceBook } from '../builder.ts';
import { asList, asObject, asText, inBatches, readDocument } from '../document.ts';
import { type Feed, type FeedRecord, type NoteReason, refusal } from '../feed.ts';
import { type Observed, observe } from '../observe.ts';
import { isJson } from '../shape.ts';
import { propertyHint } from '../stix-properties.ts';
import { readLabels, readTime } from '../words.ts';

type Bag = Readonly<Record<string, unknown>>;

const STIX_ID = /"(?:id|created_by_ref)"\s*:\s*"[a-z0-9-]{2,40}--[0-9a-f-]{36}"/;
const BUNDLE = /"type"\s*:\s*"bundle"/;
const INDICATOR = /"type"\s*:\s*"indicator"/;

/** One object is one record; `line` is its number in the bundle. Objects that are no indicators are `other`. */
export const stix = {
  id: 'stix',
  name: 'STIX 2.0 or 2.1',
  blindTo: [
    'patterns that need more than one thing at once (AND, FOLLOWEDBY, qualifiers, MATCHES) are kept, not matched',
  ],
  detect: (head) => isJson(head) && (BUNDLE.test(head) || STIX_ID.test(head) || INDICATOR.test(head)),
  async *read(input) {
    const read = await readDocument(input);
    if (!('document' in read)) yield [read];
    else yield* inBatches(records(read.document, input.source));
  },
} satisfies Feed;

function* records(document: unknown, fallback: IntelSource): Generator<FeedRecord> {
  const objects = objectsOf(document);
  const around = contextOf(objects, fallback);
  let line = 0;
  for (const object of objects) {
    line++;
    const bag = asObject(object);
    if (bag === null)
      yield refusal('bad-record', line, 'a STIX object is a JSON object', JSON.stringify(object).slice(0, 200));
    else if (bag.type === 'indicator') yield readIndicator(bag, line, around);
    else if (asText(bag.type) === null) yield refusal('bad-record', line, 'a STIX object has a type');
    else yield { other: asText(bag.type) ?? '', line };
  }
}

/** The objects of a bundle or envelope; the members of a list, each of which may be a bundle. */
function objectsOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document.flatMap((member) => bundled(member) ?? [member]);
  return bundled(document) ?? [document];
}

function bundled(document: unknown): readonly unknown[] | null {
  const objects = asObject(document)?.objects;
  if (Array.isArray(objects)) return objects;
  return asObject(document)?.type === 'bundle' ? [] : null;
}

/** What indicators refer to: names of identities, statements of markings. */
type Around = {
  readonly sourceOf: (object: Bag) => IntelSource;
  readonly marks: ReadonlyMap<string, { readonly tlp: string | null; readonly statement: string | null }>;
};

function contextOf(objects: readonly unknown[], fallback: IntelSource): Around {
  const names = new Map<string, string>();
  const marks = new Map<string, { tlp: string | null; statement: string | null }>();
  for (const object of objects) {
    const bag = asObject(object);
    const id = asText(bag?.id);
    if (bag === null || id === null) continue;
    if (bag.type === 'identity') names.set(id, asText(bag.name) ?? id);
    if (bag.type === 'marking-definition') marks.set(id, markOf(bag));
  }
  const book = sourceBook(fallback);
  const sourceOf = (object: Bag): IntelSource => {
    const statements = asList(object.object_marking_refs).map((ref) => marks.get(String(ref))?.statement ?? null);
    return book(names.get(asText(object.created_by_ref) ?? '') ?? null, statements.find((s) => s !== null) ?? null);
  };
  return { sourceOf, marks };
}

function markOf(marking: Bag): { tlp: string | null; statement: string | null } {
  const definition = asObject(marking.definition);
  const name = asText(marking.name);
  const tlp = asText(definition?.tlp) ?? (name !== null && /^tlp:/i.test(name) ? name.replace(/^tlp:/i, '') : null);
  return { tlp: tlp?.toLowerCase() ?? null, statement: asText(definition?.statement) };
}

function readIndicator(object: Bag, line: number, around: Around): FeedRecord {
  const pattern = asText(object.pattern);
  if (pattern === null)
    return refusal('missing-value', line, 'an indicator without a pattern', asText(object.id) ?? '');
  const language = asText(object.pattern_type)?.toLowerCase() ?? 'stix';
  const { facts, note } = factsOf(object, pattern, language, around);
  const made =
    language === 'stix' ? fromPattern(pattern, line, facts) : indicator('pattern', null, line, facts.source, facts);
  if ('reason' in made) return refusal(made.reason, line, made.detail, pattern);
  const { also, unread, ...whole } = 'also' in made ? made : { also: [], unread: false, indicator: made };
  const notes = note ?? (unread ? 'unread-alternative' : null);
  return { ...whole, ...(also.length > 0 && { also }), ...(notes !== null && { note: notes }) };
}

type Fault = Exclude<Observed, { ok: true }>;
/** A pattern of which any of several values is enough: the whole, and each value that we match. */
type Several = { readonly indicator: Indicator; readonly also: readonly Indicator[]; readonly unread: boolean };
type FullFacts = Facts & { readonly source: IntelSource };

/** A comparison that we match, by its kind; any other pattern as it stands, with the value where it is one comparison. */
function fromPattern(pattern: string, line: number, facts: FullFacts): Indicator | Several | Fault {
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
function several(whole: Indicator, alternatives: readonly Alternative[], line: number, facts: FullFacts): Several {
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
function fromAlternative({ path, like, value }: Alternative, line: number, facts: FullFacts): Indicator | Fault | null {
  const hint = propertyHint(path);
  if (hint === null) return null;
  if (like) return fromLike(hint, value, line, facts);
  const seen = observe(value, hint);
  return seen.ok ? indicator(seen.kind, seen.value, line, facts.source, facts) : seen;
}

/** Wildcards: names are case-blind, so their patterns are lower case; only names and URLs have a matcher for wildcards. */
function fromLike(hint: string, value: string, line: number, facts: FullFacts): Indicator | Fault {
  const like: FullFacts = { ...facts, match: 'like' };
  if (hint === 'domain') return indicator('domain', value.toLowerCase(), line, facts.source, like);
  return indicator(hint === 'url' ? 'url' : 'pattern', value, line, facts.source, like);
}

function factsOf(
  object: Bag,
  pattern: string,
  language: string,
  around: Around,
): { facts: FullFacts; note: NoteReason | null } {
  const [recorded, validFrom, validUntil] = [object.created, object.valid_from, object.valid_until].map((written) =>
    readTime(asText(written) ?? ''),
  );
  const facts = {
    id: asText(object.id),
    pattern,
    source: around.sourceOf(object),
    confidence: confidenceOf(object.confidence),
    recorded: recorded ?? null,
    validFrom: validFrom ?? null,
    validUntil: validUntil ?? null,
    detect: object.revoked !== true && !isBenign(object),
    description: asText(object.name) ?? asText(object.description),
    labels: labelsOf(object, language, around),
  };
  return { facts, note: [recorded, validFrom, validUntil].includes(undefined) ? 'bad-date' : null };
}

const confidenceOf = (given: unknown): number | null =>
  typeof given === 'number' && given >= 0 && given <= 100 ? Math.round(given) : null;

/** STIX 2.1 indicator-type-ov: `benign` names what is not an attack. */
const isBenign = (object: Bag): boolean => asList(object.indicator_types).includes('benign');

function labelsOf(object: Bag, language: string, { marks }: Around): readonly string[] {
  const words = [...asList(object.indicator_types), ...asList(object.labels)].map((label) => asText(label) ?? '');
  const tlps = asList(object.object_marking_refs).map((ref) => marks.get(String(ref))?.tlp ?? null);
  const marked = tlps.flatMap((tlp) => (tlp === null ? [] : [`tlp:${tlp}`]));
  return readLabels(language === 'stix' ? [...words, ...marked] : [...words, ...marked, `pattern:${language}`]);
}
