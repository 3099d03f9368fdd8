/** Indicators of ours as STIX. */
import type { Indicator, IndicatorKind } from '../model/indicator.ts';
import { parsePattern } from '../patterns/parse.ts';
import { ourIdentity, statementMarking, type Tlp, tlpMarking, tlpOf } from './marking.ts';
import { domainObject, type StixObject, stamp } from './object.ts';
import { patternOf } from './pattern.ts';

/** What is written of an indicator: what sources of any kind can tell. */
export type Statement = Pick<
  Indicator,
  | 'id'
  | 'kind'
  | 'value'
  | 'pattern'
  | 'match'
  | 'confidence'
  | 'validFrom'
  | 'validUntil'
  | 'recorded'
  | 'description'
  | 'labels'
> & { readonly source: Pick<Indicator['source'], 'name' | 'licence'> };

/**
 * The indicator with what it refers to: our identity, its TLP and the terms of its source. It is ours, since only the
 * author of an object may change it; the source's own id is an external reference. `unmarked` is the TLP of what has none.
 */
export function indicatorObjects(given: Statement, unmarked: Tlp, now: number): readonly StixObject[] {
  const marks = [
    tlpMarking(tlpOf(given.labels) ?? unmarked),
    ...(given.source.licence === null ? [] : [statementMarking(given.source.licence)]),
  ];
  return [ourIdentity, ...marks, writeIndicator(given, marks, now)];
}

/** The id that the indicator has when it is written. */
const aboutOf = ({ source, kind, value, match, pattern }: Statement): readonly string[] => [
  source.name,
  kind,
  match,
  value ?? pattern ?? '',
];

function writeIndicator(given: Statement, marks: readonly StixObject[], now: number): StixObject {
  const { from, until } = validity(given, now);
  const created = stamp(given.recorded ?? from);
  return domainObject('indicator', aboutOf(given), created, created, {
    created_by_ref: ourIdentity.id,
    object_marking_refs: marks.map(({ id }) => id),
    name: (given.value ?? given.description ?? given.kind).slice(0, 200),
    description: given.description ?? `Listed by ${given.source.name}.`,
    ...patternFacts(given),
    valid_from: stamp(from),
    ...(until !== null && { valid_until: stamp(until) }),
    ...(given.confidence !== null && { confidence: given.confidence }),
    ...(given.labels.length > 0 && { labels: [...new Set(given.labels)] }),
    external_references: [{ source_name: given.source.name, external_id: given.id }],
  });
}

/** The last time that four digits of a year can write: later is without end. */
const LAST = Date.UTC(9999, 11, 31);

/** STIX wants a beginning, and an end after it: where the source tells none, it begins when it was recorded, or now. */
function validity({ validFrom, validUntil, recorded }: Statement, now: number): { from: number; until: number | null } {
  const from = validFrom ?? recorded ?? now;
  if (validUntil === null || validUntil > LAST) return { from, until: null };
  return { from: Math.min(from, validUntil - 1), until: validUntil };
}

function patternFacts({ kind, value, match, pattern, labels }: Statement): Readonly<Record<string, string>> {
  if (kind !== 'pattern' && value !== null) return stixPattern(patternOf(kind, value, match === 'like'));
  const language = labels.find((label) => label.startsWith('pattern:'))?.slice('pattern:'.length);
  return language === undefined ? stixPattern(pattern ?? '') : { pattern: pattern ?? '', pattern_type: language };
}

const stixPattern = (pattern: string): Readonly<Record<string, string>> => ({
  ...{ pattern, pattern_type: 'stix', pattern_version: '2.1' },
});

/** Whether an indicator can be written: its pattern must be one that others read. */
export function isWritable({ kind, value, pattern, labels }: Statement): boolean {
  if (kind !== 'pattern') return value !== null && !(isHash(kind) && ![32, 40, 56, 64, 96, 128].includes(value.length));
  if (pattern === null) return false;
  return labels.some((label) => label.startsWith('pattern:')) || parsePattern(pattern, '2.1').ok;
}

const isHash = (kind: IndicatorKind): boolean => kind === 'hash' || kind === 'certificate';
