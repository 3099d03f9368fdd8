/** JSON of feeds that say of each object what it is: abuse.ch, Elastic's `threat.indicator`, objects with a type and a value. */
import type { IntelSource } from '../../model/indicator.ts';
import { sourceBook } from '../builder.ts';
import { typeHint } from '../columns.ts';
import { asObject, inBatches, readText } from '../document.ts';
import { type Feed, type FeedRecord, refusal } from '../feed.ts';
import { flatten } from '../flat-object.ts';
import { columnsOf } from '../header.ts';
import { documentsOf } from '../json-documents.ts';
import { type Cell, type Columns, cellOf, readRecord, valueColumns } from '../record.ts';
import { isJson } from '../shape.ts';
import { misp } from './misp.ts';
import { mispManifest } from './misp-manifest.ts';
import { stix } from './stix.ts';

/**
 * What tells such a file. Field names are those of ThreatFox, URLhaus and Feodo Tracker exports and answers
 * (https://abuse.ch, checked 2026-11-24) and of the Elastic Common Schema (threat.indicator, 8.x).
 */
const SHAPES: readonly (readonly RegExp[])[] = [
  [/"ioc_type"\s*:/, /"ioc(?:_value)?"\s*:/],
  [/"url_status"\s*:/, /"url"\s*:/],
  [/"ip_address"\s*:/, /"malware"\s*:/],
  [/"threat"\s*:\s*\{\s*"(?:[a-z_.]+"\s*:\s*"[^"]*"\s*,\s*")*indicator"|"threat\.indicator\./],
  [
    /"(?:indicator|value|observable|indicator_value)"\s*:\s*"/,
    /"(?:type|indicator_type|kind)"\s*:\s*"(?:domain|hostname|url|ip|ipv[46]|ip-src|ip-dst|cidr|md5|sha1|sha256|filehash-\w+)"/i,
  ],
];

/** `line` is the number of the object in the document, or its line where each line is one. */
export const json = {
  id: 'json',
  name: 'JSON of ThreatFox, URLhaus, Feodo Tracker, Elastic threat.indicator, or objects with type and value',
  blindTo: ['JSON of other shapes: give a mapping file'],
  detect: (head) =>
    isJson(head) &&
    !stix.detect(head) &&
    !misp.detect(head) &&
    !mispManifest.detect(head) &&
    !/"matching_attributes"\s*:/.test(head) &&
    SHAPES.some((shape) => shape.every((mark) => mark.test(head))),
  async *read(input) {
    const text = await readText(input);
    if (typeof text !== 'string') yield [text];
    else yield* inBatches(records(text, input.source));
  },
} satisfies Feed;

function* records(text: string, source: IntelSource): Generator<FeedRecord> {
  const read = recordReader(source);
  let line = 0;
  for (const parsed of documentsOf(text))
    if ('fault' in parsed) yield refusal('bad-json', parsed.line, 'not valid JSON', parsed.fault);
    else
      for (const object of objectsOf(parsed.document, 0)) {
        line++;
        yield read(object, parsed.line ?? line);
      }
  if (line === 0) yield refusal('no-indicators', 1, 'no object with a value');
}

/** Envelopes nest a few levels at most. */
const MAX_DEPTH = 4;

/** The objects that name something: members of lists, of objects by id, of envelopes. */
function* objectsOf(value: unknown, depth: number): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(value)) {
    for (const member of value) yield* objectsOf(member, depth + 1);
    return;
  }
  const bag = asObject(value);
  if (bag === null || depth > MAX_DEPTH) return;
  if (isRecord(bag)) yield bag;
  else for (const member of Object.values(bag)) yield* objectsOf(member, depth + 1);
}

function isRecord(bag: Readonly<Record<string, unknown>>): boolean {
  const isScalar = (member: unknown): boolean => typeof member === 'string' || typeof member === 'number';
  if ('threat' in bag || Object.keys(bag).some((key) => key.startsWith('threat.indicator.'))) return true;
  return columnsOf(Object.keys(bag).filter((key) => isScalar(bag[key]) || bag[key] === null)) !== null;
}

const TYPE = /(?:^|[_.])type$/;
const PREFIX = /^threat[_.]indicator[_.]/;

/** Objects of one shape have the same names: their roles are looked up once. */
const MAX_LAYOUTS = 256;

function recordReader(fallback: IntelSource): (bag: Readonly<Record<string, unknown>>, line: number) => FeedRecord {
  const source = sourceBook(fallback);
  const layouts = new Map<string, Columns | null>();
  const layoutOf = (names: readonly string[]): Columns | null => {
    const key = names.join('\n');
    const known = layouts.get(key);
    if (known !== undefined) return known;
    const made = rolesOf(names);
    if (layouts.size < MAX_LAYOUTS) layouts.set(key, made);
    return made;
  };
  return (bag, line) => {
    const { names, cells } = flatten(bag);
    const columns = layoutOf(names);
    const type = cells[names.findIndex((name) => TYPE.test(name))] ?? '';
    if (columns === null && typeHint(type) === 'elsewhere') return { other: type, line };
    if (columns === null) return refusal('missing-value', line, 'an object without a value');
    const cell: Cell = cellOf(cells, columns);
    const given = valueColumns(columns).find(({ index }) => (cells[index] ?? '').trim() !== '');
    if (given === undefined)
      return typeHint(type) === 'elsewhere'
        ? { other: type, line }
        : refusal('missing-value', line, 'an object without a value');
    const [value = ''] = given.hint === 'url' ? [cells[given.index]] : (cells[given.index] ?? '').split(',');
    return readRecord(value, given.hint, line, cell, source);
  };
}

/** In Elastic's schema the field says of what kind it is; `type` (`file`) says less. */
function rolesOf(names: readonly string[]): Columns | null {
  const elastic = names.some((name) => PREFIX.test(name));
  const plain = names.map((name) => (elastic ? (PREFIX.test(name) ? name.replace(PREFIX, '') : '') : name));
  const columns = columnsOf(plain);
  if (columns === null || !elastic) return columns;
  return new Map([...columns].filter(([role]) => role !== 'type'));
}
