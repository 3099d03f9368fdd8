/** Lists that look into a text: `regex`, and `substring` entries with a path. Only whole names count, never a part of another. */
import type { RE2JS } from 're2js';
import { parseUrl } from '../../observables/url.ts';
import type { Classify } from '../guards.ts';
import { type Entry, hostOfEntry, put } from './names.ts';
import { strangerOf } from './owner.ts';
import { type Warned, warned } from './warning-list.ts';

/** A value cut at its host: of a bare name, all of it is the host. */
export type Cut = { readonly text: string; readonly host: string; readonly start: number; readonly end: number };

/** Null where no host stands in the value. */
export function cutAtHost(value: string): Cut | null {
  const url = parseUrl(value);
  if (!url.ok) return null;
  const host = url.host ?? url.address.text;
  const start = value.toLowerCase().indexOf(host);
  return start < 0 ? null : { text: value, host, start, end: start + host.length };
}

/** An entry `host/path`: under its host (on a border of labels), paths that begin with its path. */
export type PathEntry = Entry & { readonly path: string };

export function putPath(map: Map<string, Entry[]>, entry: Entry): boolean {
  const written = entry.entry.replace(/^[a-z]+:\/\//i, '');
  const slash = written.indexOf('/');
  const host = slash < 1 ? null : hostOfEntry(written.slice(0, slash));
  if (host === null) return false;
  const path: PathEntry = { ...entry, path: written.slice(slash) };
  put(map, host, path);
  return true;
}

const isPath = (entry: Entry): entry is PathEntry => 'path' in entry;

/** The path entries that hold for a cut URL. */
export function warnedPath({ text, host, end }: Cut, paths: ReadonlyMap<string, Entry[]>): Entry[] {
  const path = text.slice(end).replace(/^:\d+/, '');
  const found: Entry[] = [];
  for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1))
    found.push(...(paths.get(name) ?? []).filter((at) => isPath(at) && path.startsWith(at.path)));
  return found;
}

/** An entry with its compiled expression. */
export type Expression = Entry & { readonly compiled: RE2JS };

/**
 * Whether an expression names this value's host: what it matches reaches the end of the host, and begins on a border of
 * labels. One that matches any other customer of the platform as well informs only.
 */
export function warnedBy(expression: Expression, cut: Cut, classify: Classify): Warned | null {
  if (!names(expression.compiled, cut)) return null;
  const { list, entry } = expression;
  const other = strangerOf(cut.host, classify);
  const general =
    other !== null &&
    names(expression.compiled, {
      text: `${cut.text.slice(0, cut.start)}${other}${cut.text.slice(cut.end)}`,
      host: other,
      start: cut.start,
      end: cut.start + other.length,
    });
  return general
    ? warned(list, entry, 'inform', ': it fits any customer of the platform, so it is not held back for that')
    : warned(list, entry, list.effect ?? 'hold');
}

/** Matches tried at most in one value. */
const MAX_TRIES = 16;

function names(compiled: RE2JS, { text, start, end }: Cut): boolean {
  const matcher = compiled.matcher(text);
  for (let tries = 0; tries < MAX_TRIES && matcher.find(); tries++) {
    const [from, to] = [matcher.start(), matcher.end()];
    const border = from <= start || text[from] === '.' || text[from - 1] === '.';
    if (border && from < end && to >= end) return true;
  }
  return false;
}
