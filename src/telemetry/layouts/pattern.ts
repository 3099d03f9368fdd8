import type { Layout } from '../layout.ts';
import { identifier, noRecord, quote } from '../sql.ts';

/**
 * One record a line, cut by a regular expression of ours (RE2 in the engine: linear time), one group a field. The first
 * group is never empty in a record: an empty one means that the line did not fit, and it is refused as
 * `not-this-format`. `unset` is how the format writes an absent value.
 */
export function pattern(id: string, groups: readonly string[], regex: string, unset = '-'): Layout {
  const known = new Set(groups);
  const [mandatory = ''] = groups;
  const cell = (name: string): string =>
    known.has(name) ? `nullif(nullif(cells.${identifier(name)}, ${quote(unset)}), '')` : 'NULL';
  const compiled = new RegExp(regex);
  return {
    id,
    file: null,
    lines: (source) => ({
      select: `SELECT line, raw, regexp_extract(raw, ${quote(regex)}, [${groups.map(quote).join(', ')}]) AS cells FROM ${source}`,
      fields: { text: cell, list: (name) => `CASE WHEN ${cell(name)} IS NOT NULL THEN [${cell(name)}] END` },
      ordered: true,
      skip: noRecord,
      reason: `CASE WHEN cells.${identifier(mandatory)} = '' THEN 'not-this-format' END`,
    }),
    unpack: (raw) => {
      const found = compiled.exec(raw);
      return found
        ? Object.fromEntries(groups.map((name, i) => [name, found[i + 1] === unset ? null : (found[i + 1] ?? null)]))
        : {};
    },
  };
}
