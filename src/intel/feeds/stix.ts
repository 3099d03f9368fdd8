/** STIX 2.0 and 2.1: bundles, TAXII envelopes, lists of objects or one object alone. */
import type { IntelSource } from '../../model/indicator.ts';
import { indicator, sourceBook } from '../builder.ts';
import { asList, asObject, asText, inBatches, readDocument } from '../document.ts';
import { type Feed, type FeedRecord, type NoteReason, refusal } from '../feed.ts';
import { type PatternFacts, readPattern } from '../pattern.ts';
import { isJson } from '../shape.ts';
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
  if (language === 'stix') return readPattern(pattern, line, facts, note);
  return { indicator: indicator('pattern', null, line, facts.source, facts), ...(note !== null && { note }) };
}

function factsOf(
  object: Bag,
  pattern: string,
  language: string,
  around: Around,
): { facts: PatternFacts; note: NoteReason | null } {
  const [recorded, validFrom, validUntil] = [object.created, object.valid_from, object.valid_until].map((written) =>
    readTime(asText(written) ?? ''),
  );
  const facts = {
    id: asText(object.id),
    pattern,
    source: around.sourceOf(object),
    confidence: confidenceOf(object.confidence) ?? confidenceOf(openCti(object, 'score')),
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

/** The extension under which OpenCTI exports what STIX has no field for; older versions write `x_opencti_…` (checked 2026-11-24). */
const OPENCTI = 'extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba';

/** `detection` of OpenCTI is no veto: it is off unless somebody turned it on, and its indicators are for detection all the same. */
function openCti(object: Bag, name: string): unknown {
  return asObject(asObject(object.extensions)?.[OPENCTI])?.[name] ?? object[`x_opencti_${name}`];
}

/** STIX 2.1 indicator-type-ov: `benign` names what is not an attack. */
const isBenign = (object: Bag): boolean => asList(object.indicator_types).includes('benign');

function labelsOf(object: Bag, language: string, { marks }: Around): readonly string[] {
  const score = asText(openCti(object, 'score'));
  const words = [...asList(object.indicator_types), ...asList(object.labels), ...asList(object.x_opencti_labels)].map(
    (label) => asText(label) ?? '',
  );
  if (score !== null) words.push(`opencti-score:${score}`);
  const tlps = asList(object.object_marking_refs).map((ref) => marks.get(String(ref))?.tlp ?? null);
  const marked = tlps.flatMap((tlp) => (tlp === null ? [] : [`tlp:${tlp}`]));
  return readLabels(language === 'stix' ? [...words, ...marked] : [...words, ...marked, `pattern:${language}`]);
}
