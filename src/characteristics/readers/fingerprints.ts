import { z } from 'zod';
import type { Characteristic, TraitKind, TraitSource } from '../../model/characteristic.ts';
import { parseJson } from '../../model/json.ts';
import { identified, trait } from '../build.ts';
import { csvRows } from '../csv.ts';
import { TraitFault, type TraitFile, type TraitReader, type TraitRefusal } from '../reader.ts';

const JA3 = /^[0-9a-f]{32}$/i;
const JA4 = /^[a-z]\d{2}[di]\d{4}[a-z0-9]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/i;

type Print = {
  readonly kind: TraitKind & ('ja3' | 'ja4');
  readonly value: string;
  readonly software: string;
  readonly caution: string | null;
  readonly date: string | null;
};
type Entry = Print | { readonly refused: string };

function characteristicOf({ kind, value, software, caution, date }: Print, source: TraitSource): Characteristic {
  const name = `${kind.toUpperCase()} ${value}`;
  return identified({
    name,
    software,
    source: { ...source, date: date ?? source.date },
    traits: trait(kind, [value.toLowerCase()]),
    rhythm: null,
    platforms: [],
    caution,
  });
}

function gather(entries: Iterable<readonly [number, Entry | null]>, source: TraitSource): TraitFile {
  const characteristics = new Map<string, Characteristic>();
  const refused: TraitRefusal[] = [];
  let records = 0;
  let other = 0;
  for (const [line, entry] of entries) {
    records++;
    if (entry === null) other++;
    else if ('refused' in entry) refused.push({ line, why: entry.refused });
    else {
      const made = characteristicOf(entry, source);
      if (characteristics.has(made.id)) other++;
      characteristics.set(made.id, made);
    }
  }
  return {
    profile: { fingerprints: characteristics.size },
    characteristics: [...characteristics.values()],
    records,
    other,
    refused,
  };
}

/** Names of columns that hold what is wanted, lower case. */
const columns = {
  ja4: ['ja4'],
  ja3: ['ja3', 'ja3_hash', 'ja3_md5', 'ja3hash', 'md5'],
  software: ['application', 'app', 'desc', 'description', 'listingreason', 'reason', 'name', 'malware', 'software'],
  library: ['library', 'lib'],
  caution: ['notes', 'note'],
  date: ['lastseen', 'last_seen', 'firstseen', 'first_seen', 'listingdate', 'date'],
} as const;

function* fromTable(text: string): Generator<readonly [number, Entry | null]> {
  let head: ((names: readonly string[]) => number) | null = null;
  for (const { cells, line } of csvRows(text, ',')) {
    const first = cells[0]?.trim() ?? '';
    if (cells.length < 2 && !first.startsWith('#')) continue; // blank lines and prose of a licence are no records
    if (head === null) {
      const names = cells.map((c) => c.trim().toLowerCase().replace(/^#\s*/, ''));
      const at = (wanted: readonly string[]): number => names.findIndex((n) => wanted.includes(n));
      if (at(columns.ja4) >= 0 || at(columns.ja3) >= 0) {
        head = at;
        continue;
      }
    }
    if (first.startsWith('#')) continue;
    if (head !== null) yield [line, byColumns(cells, head)];
    else if (JA3.test(first))
      yield [line, { kind: 'ja3', value: first, software: cells[1]?.trim() ?? '', caution: null, date: null }];
    else if (JA4.test(first))
      yield [line, { kind: 'ja4', value: first, software: cells[1]?.trim() ?? '', caution: null, date: null }];
  }
}

function byColumns(cells: readonly string[], at: (names: readonly string[]) => number): Entry | null {
  const cell = (names: readonly string[]): string => cells[at(names)]?.trim() ?? '';
  const [ja4, ja3] = [cell(columns.ja4), cell(columns.ja3)];
  const about = {
    software: cell(columns.software) || cell(columns.library) || 'unnamed',
    caution: cell(columns.caution) || null,
    date: /^\d{4}-\d{2}-\d{2}/.exec(cell(columns.date))?.[0] ?? null,
  };
  if (ja4 === '' && ja3 === '') return null;
  if (ja4 !== '')
    return JA4.test(ja4) ? { kind: 'ja4', value: ja4, ...about } : { refused: 'the JA4 value is malformed' };
  return JA3.test(ja3) ? { kind: 'ja3', value: ja3, ...about } : { refused: 'the JA3 value is no MD5' };
}

const entrySchema = z.object({
  desc: z.string().optional(),
  ja3_hash: z.string().optional(),
  ja4: z.string().optional(),
  ja4_fingerprint: z.string().nullish(),
  application: z.string().nullish(),
});

/** JSON objects one a line, or an array of them. */
function* fromJson(text: string): Generator<readonly [number, Entry | null]> {
  const trimmedText = text.trimStart();
  const list: unknown = trimmedText.startsWith('[') ? jsonOrNothing(trimmedText) : null;
  const items: (readonly [number, unknown])[] = Array.isArray(list)
    ? list.map((item, i) => [i + 1, item] as const)
    : text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [[i + 1, jsonOrNothing(line)] as const]));
  for (const [line, item] of items) yield [line, fromEntry(item)];
}

function fromEntry(item: unknown): Entry | null {
  const entry = entrySchema.safeParse(item);
  if (!entry.success) return { refused: 'not an object with a fingerprint' };
  const { desc, ja3_hash, ja4, ja4_fingerprint, application } = entry.data;
  const value = (ja4 ?? ja4_fingerprint ?? ja3_hash ?? '').trim();
  const about = { software: desc ?? application ?? 'unnamed', caution: null, date: null };
  if (value === '') return null;
  if (JA4.test(value)) return { kind: 'ja4', value, ...about };
  return JA3.test(value) ? { kind: 'ja3', value, ...about } : { refused: 'neither JA3 nor JA4' };
}

function jsonOrNothing(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

const isJson = (text: string): boolean => /^\s*[[{]/.test(text.slice(0, 200));

/** One reader for each fingerprint: a file is the one of which it has more. */
function reader(id: 'ja3' | 'ja4', value: RegExp, key: RegExp): TraitReader {
  return {
    id,
    name: `${id.toUpperCase()} list`,
    blindTo: [
      'who uses the client library: a fingerprint is that of a library, and honest programs share it',
      'JA4S, JA4H, JA4X and JARM columns: the platform answers for the function',
    ],
    detect: (text) =>
      key.test(text.slice(0, 65_536)) &&
      text
        .slice(0, 65_536)
        .split(/[\s",;]+/)
        .some((word) => value.test(word)),
    read: (text, source) => {
      const read = gather(isJson(text) ? fromJson(text) : fromTable(text), source);
      if (read.characteristics.length === 0) throw new TraitFault('no line holds a fingerprint that can be read.');
      return read;
    },
  };
}

export const ja4List = reader('ja4', JA4, /ja4/i);
/** A list of bare hashes is a JA3 list only where the file says so. */
export const ja3List = reader('ja3', JA3, /ja3|[0-9a-f]{32}["']?,\s*"[^"]/i);
