/** All warning lists at once: indices by name and range, so that ten million indicators can be asked about. */
import type { IndicatorKind } from '../../model/indicator.ts';
import { parseUrl } from '../../observables/url.ts';
import type { Classify } from '../guards.ts';
import { compileEntry } from './expression.ts';
import { type Entry, hostOfEntry, type NameIndex, nameIndex, put, putName, type Within, warnedHost } from './names.ts';
import { type RangeIndex, rangeIndex, rangeOf, warnedRange } from './ranges.ts';
import { cutAtHost, type Expression, putPath, warnedBy, warnedPath } from './texts.ts';
import { type Listed, type Warned, type WarningList, type Warnings, warned } from './warning-list.ts';

type Index = {
  readonly names: NameIndex;
  readonly paths: Map<string, Entry[]>;
  readonly texts: Map<string, Entry[]>;
  readonly expressions: Expression[];
  readonly ranges: RangeIndex;
};

/** The lists together. `classify` says whose a name is. */
export function warningsOf(lists: readonly WarningList[], classify: Classify): Warnings {
  const index = indexOf(lists);
  return {
    lists: lists.map(({ name, version }) => ({ name, version })),
    of: (indicator) => (lists.length === 0 ? [] : sorted(lookUp(indicator, index, classify))),
  };
}

const sorted = (found: readonly Warned[]): readonly Warned[] =>
  found.length < 2
    ? found
    : [...new Map(found.toReversed().map((w) => [`${w.list}\u0000${w.effect}`, w])).values()]
        .reverse()
        .sort((a, b) => (a.effect === b.effect ? 0 : a.effect === 'hold' ? -1 : 1));

function indexOf(lists: readonly WarningList[]): Index {
  const names = nameIndex();
  const [paths, texts] = [new Map<string, Entry[]>(), new Map<string, Entry[]>()];
  const expressions: Expression[] = [];
  const ranges: Parameters<typeof rangeIndex>[0][number][] = [];
  for (const list of lists)
    for (const entry of list.entries) {
      const at = { list, entry };
      if (list.type === 'cidr') {
        const range = rangeOf(entry);
        if (range !== null) ranges.push({ ...at, range });
      } else if (list.type === 'regex') {
        const compiled = compileEntry(entry);
        if (compiled !== null) expressions.push({ ...at, compiled });
      } else placeText(at, names, paths, texts);
    }
  return { names, paths, texts, expressions, ranges: rangeIndex(ranges) };
}

function placeText(at: Entry, names: NameIndex, paths: Map<string, Entry[]>, texts: Map<string, Entry[]>): void {
  const { list, entry } = at;
  if (list.type === 'substring' && entry.includes('/') && putPath(paths, at)) return;
  const host = hostOfEntry(entry);
  if (host !== null && !HASH.test(entry)) putName(names, list.type === 'string' ? 'exact' : 'below', host, at);
  if (list.type !== 'hostname') put(texts, textKey(entry), at);
}

const HASH = /^[0-9a-f]{32,128}$/i;

/** Hashes, addresses and URLs as they compare: case-blind, without scheme and last slash. */
const textKey = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/\/$/, '');

function lookUp({ kind, value, match }: Listed, index: Index, classify: Classify): Warned[] {
  if (value === null) return [];
  const within: Within = ({ list }) => list.kinds?.has(kind) ?? true;
  if (kind === 'domain')
    return match === 'like' ? ofWildcard(value, index, classify, within) : ofHost(value, index, classify, within);
  if (match === 'like') return [];
  if (kind === 'url') return ofUrl(value, index, classify, within);
  const whole = (index.texts.get(textKey(value)) ?? []).filter(within).map(held);
  return ADDRESSES.has(kind) ? [...warnedRange(value, index.ranges, within), ...whole] : whole;
}

const ADDRESSES: ReadonlySet<IndicatorKind> = new Set<IndicatorKind>(['ipv4', 'ipv6', 'cidr']);

const held = ({ list, entry }: Entry): Warned => warned(list, entry, list.effect ?? 'hold');

function ofHost(host: string, index: Index, classify: Classify, within: Within): Warned[] {
  const found = warnedHost(host, index.names, classify, within);
  return index.expressions.length === 0 ? found : [...found, ...ofExpressions(host, index, classify, within)];
}

function ofExpressions(value: string, index: Index, classify: Classify, within: Within): Warned[] {
  const cut = index.expressions.length === 0 ? null : cutAtHost(value);
  if (cut === null) return [];
  return index.expressions.filter(within).flatMap((expression) => warnedBy(expression, cut, classify) ?? []);
}

/** A wildcard in front of a name: the name itself is what it names. */
function ofWildcard(pattern: string, index: Index, classify: Classify, within: Within): Warned[] {
  const tail = /^[%_]+\.([^%_]+)$/.exec(pattern)?.[1];
  return tail === undefined ? [] : ofHost(tail, index, classify, within);
}

/**
 * A URL: its host where the path is its root; else lists of whole hosts, unless it is the path that names the customer;
 * lists of exact texts only where the whole URL is on them.
 */
function ofUrl(value: string, index: Index, classify: Classify, within: Within): Warned[] {
  const url = parseUrl(value);
  if (!url.ok) return [];
  const root = url.path === '/' && url.query === null;
  if (url.host === null) return root ? warnedRange(url.address.text, index.ranges, within) : [];
  if (root) return ofHost(url.host, index, classify, within);
  const whole = (index.texts.get(textKey(value)) ?? []).filter(within).map(held);
  const cut = cutAtHost(value);
  const paths = cut === null ? [] : warnedPath(cut, index.paths).filter(within).map(held);
  return [
    ...whole,
    ...paths,
    ...underHost(value, url.host, index, classify, within),
    ...ofExpressions(value, index, classify, within),
  ];
}

const NO_ENTRIES: Map<string, Entry[]> = new Map();

function underHost(value: string, host: string, index: Index, classify: Classify, within: Within): Warned[] {
  const found = warnedHost(host, { ...index.names, exact: NO_ENTRIES }, classify, within);
  if (found.length === 0) return found;
  const { pathScoped, granularity } = classify(value);
  const byPath = pathScoped || granularity === 'shared-apex';
  return byPath ? found.map((w): Warned => ({ ...w, effect: 'inform' })) : found;
}
