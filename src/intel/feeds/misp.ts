/** MISP events: one alone or wrapped, a list, a search response; attributes inside objects too. */
import type { Indicator, IntelSource } from '../../model/indicator.ts';
import { type Facts, indicator, sourceBook } from '../builder.ts';
import { asList, asObject, asText, inBatches, readDocument } from '../document.ts';
import { type Feed, type FeedRecord, refusal } from '../feed.ts';
import { type AttributeType, attributeType } from '../misp-types.ts';
import { type Observed, observe } from '../observe.ts';
import { isJson } from '../shape.ts';
import { readFlag, readLabels, readTime } from '../words.ts';
import { mispManifest } from './misp-manifest.ts';
import { stix } from './stix.ts';

type Bag = Readonly<Record<string, unknown>>;

const EVENT = /"(?:Event|Attribute|Object|Orgc|ShadowAttribute|threat_level_id)"\s*:/;

/**
 * One attribute is one record and at most one indicator; `line` counts the attributes. A deleted attribute stays an
 * indicator that is not for detection, so that its withdrawal reaches those who hold it already.
 */
export const misp = {
  id: 'misp',
  name: 'MISP event',
  blindTo: ['the second value of a pair (domain|ip, ip|port)', 'decay models and sightings of the server'],
  detect: (head) => isJson(head) && EVENT.test(head) && !stix.detect(head) && !mispManifest.detect(head),
  async *read(input) {
    const read = await readDocument(input);
    if (!('document' in read)) yield [read];
    else yield* inBatches(records(read.document, input.source));
  },
} satisfies Feed;

function* records(document: unknown, fallback: IntelSource): Generator<FeedRecord> {
  const events = eventsOf(document, 0);
  const book = sourceBook(fallback);
  if (events.length === 0) yield refusal('no-indicators', 1, 'a MISP document without an event that holds attributes');
  let line = 0;
  for (const event of events) {
    const around = contextOf(event, book);
    for (const attribute of attributesOf(event)) {
      line++;
      const bag = asObject(attribute);
      yield bag === null
        ? refusal('bad-record', line, 'an attribute is a JSON object')
        : readAttribute(bag, line, aroundOf(bag, around, book));
    }
  }
}

/** Lists and wrappers nest a few levels at most; what is deeper is no MISP document. */
const MAX_DEPTH = 5;

function eventsOf(document: unknown, depth: number): readonly Bag[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(document)) return document.flatMap((member) => eventsOf(member, depth + 1));
  const bag = asObject(document);
  if (bag === null) return [];
  if (bag.response) return eventsOf(bag.response, depth + 1);
  if (bag.Event && !bag.Attribute && !bag.Object) return eventsOf(bag.Event, depth + 1);
  return bag.Attribute || bag.Object ? [bag] : [];
}

const attributesOf = (event: Bag): readonly unknown[] => [
  ...asList(event.Attribute),
  ...asList(event.Object).flatMap((object) => asList(asObject(object)?.Attribute)),
];

/** What the event says about all its attributes. */
type Around = { readonly source: IntelSource; readonly info: string | null; readonly tags: readonly string[] };

function contextOf(event: Bag, book: ReturnType<typeof sourceBook>): Around {
  const maker = asText(asObject(event.Orgc)?.name) ?? asText(asObject(event.Org)?.name);
  return { source: book(maker), info: asText(event.info), tags: tagNames(event.Tag) };
}

/** A search for attributes names the event beside each of them. */
function aroundOf(attribute: Bag, outer: Around, book: ReturnType<typeof sourceBook>): Around {
  const event = asObject(attribute.Event);
  return event === null ? outer : contextOf(event, book);
}

const tagNames = (tags: unknown): readonly string[] => asList(tags).map((tag) => asText(asObject(tag)?.name) ?? '');

function readAttribute(attribute: Bag, line: number, around: Around): FeedRecord {
  const type = asText(attribute.type) ?? 'no type';
  const written = asText(attribute.value);
  const known = attributeType(type, written ?? '');
  const flag = readFlag(attribute.to_ids);
  if (flag !== true && known.onlyIfFlagged) return { other: type, line };
  if (written === null) return refusal('missing-value', line, `a ${type} without a value`);
  const value = known.part(written);
  const made = make(value, known, line, factsOf(attribute, flag ?? true, around), around.source);
  if ('reason' in made) return refusal(made.reason, line, made.detail, written);
  const dated = [attribute.timestamp, attribute.first_seen].every((time) => readTime(asText(time) ?? '') !== undefined);
  return dated ? { indicator: made } : { indicator: made, note: 'bad-date' };
}

function make(
  value: string,
  type: AttributeType,
  line: number,
  facts: Facts,
  source: IntelSource,
): Indicator | Exclude<Observed, { ok: true }> {
  if (type.hint === null) return indicator('pattern', value, line, source, { ...facts, pattern: type.pattern(value) });
  const seen = observe(value, type.hint);
  return seen.ok ? indicator(seen.kind, seen.value, line, source, facts) : seen;
}

function factsOf(attribute: Bag, flag: boolean, around: Around): Facts {
  const comment = asText(attribute.comment);
  return {
    id: asText(attribute.uuid),
    recorded: readTime(asText(attribute.timestamp) ?? '') ?? null,
    validFrom: readTime(asText(attribute.first_seen) ?? '') ?? null,
    detect: flag && readFlag(attribute.deleted) !== true,
    description: [around.info, comment].filter((text) => text !== null).join(': ') || null,
    labels: readLabels([...tagNames(attribute.Tag), ...around.tags]),
  };
}
