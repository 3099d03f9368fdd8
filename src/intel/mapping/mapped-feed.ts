/** A mapping as a reader of intelligence like any other. */
import type { IntelSource } from '../../model/indicator.ts';
import { sourceBook } from '../builder.ts';
import type { Role } from '../columns.ts';
import { asText, inBatches, readText } from '../document.ts';
import { type Feed, type FeedRecord, refusal } from '../feed.ts';
import { flatten } from '../flat-object.ts';
import { documentsOf } from '../json-documents.ts';
import { observe } from '../observe.ts';
import { type Cell, readRecord } from '../record.ts';
import { membersAt, pathOf } from './member.ts';
import type { IntelMapping, Source } from './schema.ts';

/** Told of each item that was read, for a dry run. */
export type Watch = (record: FeedRecord, unmapped: readonly string[]) => void;

export function mappedFeed(mapping: IntelMapping, watch?: Watch): Feed {
  const used = usedFields(mapping);
  return {
    id: mapping.id,
    name: `JSON by the mapping ${mapping.id}`,
    blindTo: ['whatever the mapping file has no field for'],
    detect: () => true,
    async *read(input) {
      const text = await readText(input);
      if (typeof text !== 'string') yield [text];
      else for (const batch of inBatches(records(text, mapping, input.source, used, watch))) yield batch;
    },
  };
}

function* records(
  text: string,
  mapping: IntelMapping,
  fallback: IntelSource,
  used: ReadonlySet<string>,
  watch: Watch | undefined,
): Generator<FeedRecord> {
  const source = sourceBook(fallback);
  let count = 0;
  for (const parsed of documentsOf(text)) {
    if ('fault' in parsed) {
      yield refusal('bad-json', parsed.line, 'not valid JSON', parsed.fault);
      continue;
    }
    for (const item of itemsIn(parsed.document, mapping)) {
      const record = readItem(item, parsed.line ?? ++count, mapping, source);
      watch?.(record, watch === undefined ? [] : unmappedIn(item, used));
      yield record;
      if (parsed.line !== null) count++;
    }
  }
  if (count === 0) yield refusal('no-indicators', 1, `nothing stands at ${mapping.items ?? 'the top of the document'}`);
}

function* itemsIn(document: unknown, { items }: IntelMapping): Generator<unknown> {
  for (const found of items === undefined ? [document] : membersAt(document, pathOf(items)))
    if (Array.isArray(found)) yield* found;
    else yield found;
}

const MAX_VALUES = 100;

/** One item is one record; a list of values makes further indicators of it. */
function readItem(
  item: unknown,
  line: number,
  mapping: IntelMapping,
  source: ReturnType<typeof sourceBook>,
): FeedRecord {
  const cell = cellOf(item, mapping);
  const values = textsOf(item, mapping.fields.value, mapping.unset).slice(0, MAX_VALUES);
  const [first, ...more] = values;
  if (first === undefined)
    return refusal('missing-value', line, 'an item without a value', JSON.stringify(item)?.slice(0, 200));
  const record = readRecord(first, 'any', line, cell, source);
  if (!('indicator' in record)) return record;
  const also = more.flatMap((value, i) => {
    const seen = observe(value);
    const { indicator } = record;
    return seen.ok ? [{ ...indicator, id: `${indicator.id}#${i + 1}`, kind: seen.kind, value: seen.value }] : [];
  });
  const unread = also.length < more.length ? ({ note: 'unread-alternative' } as const) : {};
  return { ...record, ...(also.length > 0 && { also }), ...unread };
}

const roleFields: Partial<Record<Role, keyof IntelMapping['fields']>> = {
  type: 'kind',
  id: 'id',
  valid_from: 'valid_from',
  valid_until: 'valid_until',
  recorded: 'recorded',
  confidence: 'confidence',
  description: 'description',
  source: 'source',
  licence: 'licence',
  tlp: 'tlp',
  detect: 'detect',
  revoked: 'revoked',
};

function cellOf(item: unknown, { fields, unset }: IntelMapping): Cell {
  const all = (source: Source | undefined): readonly string[] =>
    source === undefined ? [] : textsOf(item, source, unset);
  return (role) => {
    if (role === 'labels') return [...all(fields.labels), ...endpointLabel(all(fields.endpoint)[0])].join(',');
    const field = roleFields[role];
    return field === undefined ? '' : (all(fields[field])[0] ?? '');
  };
}

/** The labels by which an indicator says whose endpoint it was. */
const endpointLabel = (word = ''): readonly string[] =>
  /^compromised$/i.test(word) ? ['compromised'] : /^acquired$/i.test(word) ? ['adversary-owned'] : [];

/** What a source says, as texts; empty where it says nothing. */
function textsOf(item: unknown, source: Source, unset: string | undefined): readonly string[] {
  if (typeof source === 'string') return found(item, [source], unset);
  if ('constant' in source) return [source.constant];
  const fields = typeof source.field === 'string' ? [source.field] : source.field;
  return found(item, fields, unset).map((text) => scaled(worded(text, source.words), source.scale));
}

function found(item: unknown, fields: readonly string[], unset: string | undefined): readonly string[] {
  for (const field of fields) {
    const texts = [...membersAt(item, pathOf(field))].flat().flatMap((member) => {
      const text = typeof member === 'boolean' ? String(member) : asText(member)?.trim();
      return text === undefined || text === unset ? [] : [text];
    });
    if (texts.length > 0) return texts;
  }
  return [];
}

const worded = (text: string, words: Readonly<Record<string, string>> = {}): string =>
  Object.hasOwn(words, text) ? (words[text] ?? text) : text;

function scaled(text: string, scale: number | undefined): string {
  if (scale === undefined || !/^\d+(?:\.\d+)?$/.test(text)) return text;
  return String(Math.round(Math.min(1, Number(text) / scale) * 100));
}

const sourcesOf = ({ fields }: IntelMapping): readonly Source[] =>
  Object.values(fields).flatMap((source) => (source === undefined ? [] : [source]));

/** Fields that the mapping reads, as `flatten` names them. */
function usedFields(mapping: IntelMapping): ReadonlySet<string> {
  return new Set(
    sourcesOf(mapping).flatMap((source) => {
      if (typeof source === 'string') return [flatName(source)];
      if ('constant' in source) return [];
      return [source.field].flat().map(flatName);
    }),
  );
}

const flatName = (path: string): string => path.replaceAll('.', '_').replaceAll('_*', '');

const unmappedIn = (item: unknown, used: ReadonlySet<string>): readonly string[] =>
  flatten(item).names.filter((name) => !used.has(flatName(name)));
