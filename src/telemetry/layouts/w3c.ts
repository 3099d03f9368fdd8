import type { Head, W3cHeader } from '../head.ts';
import type { Layout } from '../layout.ts';
import { noRecord, quote } from '../sql.ts';

const WORD = '("(?:[^"]|"")*"|\\[[^\\]]*\\]|[^\\s]+)';

/** The W3C extended log format: columns named by `#Fields:`, divided by blanks or tabs, quoted where they hold one; `-` is unset. */
export const w3cLines: Layout = {
  id: 'w3c',
  file: null,
  lines: (source, head) => {
    const header = headerOf(head);
    const place = new Map(header.fields.map((name, i) => [name, i + 1]));
    const cell = (name: string): string => (place.has(name) ? `cells[${place.get(name)}]` : 'CAST(NULL AS VARCHAR)');
    const cells = header.tabs ? `string_split(raw, chr(9))` : `regexp_extract_all(raw, ${quote(WORD)}, 1)`;
    return {
      select: `SELECT line, raw, list_transform(${cells}, v -> CASE WHEN v NOT IN ('-', '', '"-"', '""') THEN CASE WHEN starts_with(v, '"') AND ends_with(v, '"') THEN replace(v[2:-2], '""', '"') ELSE v END END) AS cells FROM ${source}`,
      fields: { text: cell, list: (name) => `CASE WHEN ${cell(name)} IS NOT NULL THEN [${cell(name)}] END` },
      ordered: true,
      skip: `CASE WHEN starts_with(raw, '#') THEN CASE WHEN starts_with(raw, '#Fields:') AND rtrim(raw) <> ${quote(header.own.trimEnd())} THEN error('another W3C header stands in the middle of the file') ELSE true END ELSE ${noRecord} END`,
      reason: `CASE WHEN len(cells) <> ${header.fields.length} THEN 'wrong-column-count' END`,
    };
  },
  unpack: (raw, head) => {
    const header = headerOf(head);
    const cells = header.tabs
      ? raw.split('\t')
      : [...raw.slice(0, 65536).matchAll(new RegExp(WORD, 'g'))].map((m) => m[1] ?? '');
    return Object.fromEntries(
      header.fields.map((name, i) => [name, (cells[i] ?? '-').replace(/^"(.*)"$/, '$1')]).filter(([, v]) => v !== '-'),
    );
  },
};

function headerOf(head: Head): W3cHeader {
  if (!head.w3c) throw new Error('a W3C layout was chosen for a file without a #Fields line');
  return head.w3c;
}
