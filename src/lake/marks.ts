import type { Column } from '../model/event.ts';

/**
 * Marks: a pattern in linear time (RE2) that meets every line of text which can hold one of the values, so that only such
 * lines are cut into fields.
 */

/** A value to look for in requests. `uri`: the whole path; `uri-prefix`: its beginning; `uri-pattern`: RE2 that meets the whole path; the others as they stand. */
export type TraitKey = {
  readonly kind: 'uri' | 'uri-prefix' | 'uri-pattern' | 'user-agent' | 'cookie' | 'parameter' | 'referrer' | 'mime';
  readonly value: string;
};

/** More alternatives than this make an automaton that is slower than cutting every line. */
const MAX_MARKS = 1500;

/** A shorter text stands in nearly every line. */
const MIN_RUN = 4;

/**
 * The pattern as the inside of an SQL literal, or null where a value has nothing that a line must hold as it is. A slash
 * may be escaped in JSON; other characters that a log may escape end the part that is looked for.
 */
export function markOf(values: readonly { readonly kind: string; readonly value: string }[]): string | null {
  const marks = values.map((v) => mark(v.kind, v.value));
  if (marks.length === 0 || marks.length > MAX_MARKS) return null;
  const found = marks.filter((m) => m !== null);
  return found.length < marks.length ? null : [...new Set(found)].join('|');
}

/** The mark of requests that show a path or user agent of these, where the log has such columns. */
export const openersMark = (keys: readonly TraitKey[], columns: ReadonlySet<Column>): string | null =>
  markOf(
    keys.filter((k) => k.kind.startsWith('uri') || (k.kind === 'user-agent' && columns.has('http_request_user_agent'))),
  );

/** Printable ASCII that every log writes as it is: no quotes, no backslash. */
const RUN = /[ !#-&(-[\]-~]+/g;

function mark(kind: string, value: string): string | null {
  const longest = (value.match(RUN) ?? []).reduce((a, b) => (b.length > a.length ? b : a), '');
  if (kind === 'uri' && longest === value) return `${pattern(value)}(?:[^A-Za-z0-9_.~/%-]|$)`;
  return longest.length < MIN_RUN ? null : pattern(longest);
}

const pattern = (text: string): string =>
  text.replace(/[^A-Za-z0-9_ -]/g, (c) => (c === '/' ? '\\\\?/' : `\\x{${c.charCodeAt(0).toString(16)}}`));
