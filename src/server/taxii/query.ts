/** Filters and paging of TAXII 2.1 (3.4 and 3.5). */
import type { Entry } from './store.ts';

export type Query = {
  readonly addedAfter: string | null;
  /** How many entries were given before. */
  readonly from: number;
  readonly limit: number;
  readonly ids: readonly string[] | null;
  readonly types: readonly string[] | null;
  readonly specVersions: readonly string[] | null;
  /** `first`, `last`, `all` or times. */
  readonly versions: readonly string[];
};

export type Page = { readonly entries: readonly Entry[]; readonly next: string | null };

const MAX_LIMIT = 1000;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
/** Words in one filter; more is no question of a person or a program that means well. */
const MAX_WORDS = 200;

/** The query that a URL asks, or what is wrong with it. */
export function readQuery(params: URLSearchParams): Query | { readonly fault: string } {
  const limit = params.get('limit');
  const next = params.get('next');
  const after = params.get('added_after');
  if (limit !== null && !/^[1-9]\d{0,8}$/.test(limit)) return { fault: 'limit takes a whole number from 1' };
  if (next !== null && !/^[1-9]\d{0,8}$/.test(next)) return { fault: 'next takes what the server gave before' };
  if (after !== null && !TIME.test(after)) return { fault: 'added_after takes a time such as 2026-01-31T00:00:00Z' };
  const versions = listOf(params, 'version') ?? ['last'];
  const odd = versions.find((word) => !['first', 'last', 'all'].includes(word) && !TIME.test(word));
  if (odd !== undefined) return { fault: 'match[version] takes first, last, all and times' };
  return {
    addedAfter: after === null ? null : sortable(after),
    from: Number(next ?? 0),
    limit: Math.min(Number(limit ?? 100), MAX_LIMIT),
    ids: listOf(params, 'id'),
    types: listOf(params, 'type'),
    specVersions: listOf(params, 'spec_version'),
    versions,
  };
}

function listOf(params: URLSearchParams, name: string): readonly string[] | null {
  const words = params.getAll(`match[${name}]`).flatMap((text) => text.split(','));
  return words.length === 0 ? null : words.slice(0, MAX_WORDS);
}

/** Times of different precision in one order. */
const sortable = (time: string): string => {
  const [second = '', fraction = ''] = time.slice(0, -1).split('.');
  return `${second}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
};

/** The page of the entries that the query asks for. */
export function pageOf(entries: readonly Entry[], query: Query): Page {
  const { addedAfter, ids, types, specVersions, from, limit } = query;
  const matching = entries.filter(
    ({ id, type, specVersion }) =>
      (ids?.includes(id) ?? true) && (types?.includes(type) ?? true) && (specVersions?.includes(specVersion) ?? true),
  );
  const chosen = chooseVersions(matching, query.versions);
  const later = addedAfter === null ? chosen : chosen.filter(({ added }) => added > addedAfter);
  const end = from + limit;
  return { entries: later.slice(from, end), next: end < later.length ? String(end) : null };
}

function chooseVersions(entries: readonly Entry[], versions: readonly string[]): readonly Entry[] {
  if (versions.includes('all')) return entries;
  const times = new Set(versions.filter((word) => TIME.test(word)).map(sortable));
  const [first, last] = [ends(entries, -1), ends(entries, 1)];
  return entries.filter(
    (entry) =>
      (versions.includes('last') && last.get(entry.id) === entry) ||
      (versions.includes('first') && first.get(entry.id) === entry) ||
      times.has(sortable(entry.version)),
  );
}

/** The newest (1) or oldest (-1) version of each object. */
function ends(entries: readonly Entry[], sign: 1 | -1): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    const before = found.get(entry.id);
    if (before === undefined || sortable(entry.version) > sortable(before.version) === sign > 0)
      found.set(entry.id, entry);
  }
  return found;
}
