import type { Layout } from '../layout.ts';
import { noRecord, quote } from '../sql.ts';

/** Fields of the `System` part of a Windows event, as regular expressions on its XML. */
const system: Readonly<Record<string, string>> = {
  EventID: '<EventID[^>]*>([0-9]+)</EventID>',
  Computer: '<Computer>([^<]*)</Computer>',
  Channel: '<Channel>([^<]*)</Channel>',
  EventRecordID: '<EventRecordID>([0-9]+)</EventRecordID>',
  ProviderName: `<Provider [^>]*Name=["']([^"']*)["']`,
  SystemTime: `<TimeCreated [^>]*SystemTime=["']([^"']*)["']`,
};

const patternOf = (name: string): string => system[name] ?? `<Data Name=["']${name}["'][^>]*>([^<]*)</Data>`;

/** A Windows event as XML on one line (https://learn.microsoft.com/en-us/windows/win32/wes/eventschema-schema); fields by the name of `Data`. */
export const eventXml: Layout = {
  id: 'event-xml',
  file: null,
  lines: (source) => ({
    select: `SELECT line, raw FROM ${source}`,
    fields: { text: cellOf, list: (name) => `CASE WHEN ${cellOf(name)} IS NOT NULL THEN [${cellOf(name)}] END` },
    ordered: true,
    skip: noRecord,
    reason: `CASE WHEN NOT regexp_matches(raw, '^\\s*<Event[\\s>]') OR NOT regexp_matches(raw, '</Event>\\s*$') OR NOT contains(raw, '<EventID') THEN 'not-this-format' END`,
  }),
  unpack: (raw) => {
    const data = [...raw.matchAll(/<Data Name=["']([^"']*)["'][^>]*>([^<]*)<\/Data>/g)].map((m) => [
      m[1] ?? '',
      m[2] ?? '',
    ]);
    const facts = Object.entries(system).map(([name, pattern]) => [name, new RegExp(pattern).exec(raw)?.[1] ?? null]);
    return Object.fromEntries(
      [...facts, ...data].map(([name, value]) => [name, value === null ? null : unescapeXml(String(value))]),
    );
  },
};

const entities = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
] as const;

const cellOf = (name: string): string => {
  const cell = `regexp_extract(raw, ${quote(patternOf(name))}, 1)`;
  const bare = entities.reduce((sql, [from, to]) => `replace(${sql}, ${quote(from)}, ${quote(to)})`, cell);
  return `nullif(nullif(CASE WHEN contains(${cell}, '&') THEN ${bare} ELSE ${cell} END, '-'), '')`;
};

const unescapeXml = (text: string): string => entities.reduce((t, [from, to]) => t.replaceAll(from, to), text);
