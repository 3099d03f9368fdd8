import type { Layout } from '../layout.ts';
import { identifier, noRecord, quote } from '../sql.ts';

/** A field of a quoted line: which stretch between quotation marks (1-based), and SQL that cuts it out of that stretch. */
type Cut = { readonly stretch: number; readonly cut: (stretch: string) => string };

/**
 * Lines in the manner of the combined log: plain words, then stretches in double quotation marks with `\"` inside.
 * Splitting at the marks is several times faster than a regular expression. `stretches` is how many there must be.
 */
export function quoted(id: string, stretches: number, cuts: Readonly<Record<string, Cut>>): Layout {
  // Cut in a step of its own: nullif computes what it is given twice.
  const column = (name: string): string => identifier(`cut ${name}`);
  const cell = (name: string): string => (cuts[name] ? `nullif(nullif(${column(name)}, '-'), '')` : 'NULL');
  const stretch = (at: number): string => identifier(`stretch ${at}`);
  const used = [...new Set(Object.values(cuts).map((at) => at.stretch))];
  const taken = used.map((at) => `cells[${at}] AS ${stretch(at)}`).join(', ');
  const cut = Object.entries(cuts).map(([name, at]) => `${at.cut(stretch(at.stretch))} AS ${column(name)}`);
  return {
    id,
    file: null,
    lines: (source) => ({
      select: `SELECT line, raw, cells, ${cut.join(', ')} FROM (SELECT line, raw, cells, ${taken} FROM (SELECT line, raw, CASE WHEN contains(raw, '\\') THEN list_transform(string_split(replace(replace(raw, '\\\\', '\x02'), '\\"', '\x01'), '"'), x -> translate(x, '\x01\x02', '"\\')) ELSE string_split(raw, '"') END AS cells FROM ${source}))`,
      fields: {
        text: cell,
        list: (name) => `CASE WHEN ${cell(name)} IS NOT NULL THEN [${cell(name)}] END`,
      },
      ordered: true,
      skip: noRecord,
      reason: `CASE WHEN len(cells) <> ${stretches} THEN ${quote('not-this-format')} END`,
    }),
    unpack: () => ({}), // every stretch is cut into named fields
  };
}
