import { RE2JS, RE2JSException } from 're2js';
import { VirgaError } from '../../model/errors.ts';
import type { Layout } from '../layout.ts';
import { identifier, noRecord, quote } from '../sql.ts';

/** Lines that an expression of the user's cuts, one named group a field; both here and in the engine it runs in linear time. */
export type ExpressionLines = { readonly layout: Layout; readonly fits: (line: string) => boolean };

/** Longest part of a line that is looked at here. The engine reads all of it. */
const MAX_LOOK = 65_536;

export function expressionLines(expression: string, unset: string): ExpressionLines {
  const compiled = compile(expression);
  const groups = Object.keys(compiled.namedGroups()).sort((a, b) => numberOf(compiled, a) - numberOf(compiled, b));
  if (groups.length === 0 || groups.length !== compiled.groupCount())
    throw new VirgaError(
      'format.mapping',
      'Every group of the expression needs a name, as in (?P<client>[^ ]+); groups without one are written (?:…).',
    );
  const known = new Set(groups);
  const cell = (name: string): string =>
    known.has(name) ? `nullif(nullif(cells.${identifier(name)}, ${quote(unset)}), '')` : 'NULL';
  const layout: Layout = {
    id: 'own-expression',
    file: null,
    lines: (source) => ({
      select: `SELECT line, raw, CASE WHEN regexp_matches(raw, ${quote(expression)}) THEN regexp_extract(raw, ${quote(expression)}, [${groups.map(quote).join(', ')}]) END AS cells FROM ${source}`,
      fields: { text: cell, list: (name) => `CASE WHEN ${cell(name)} IS NOT NULL THEN [${cell(name)}] END` },
      ordered: true,
      skip: noRecord,
      reason: `CASE WHEN cells IS NULL THEN 'not-this-format' END`,
    }),
    unpack: (raw) => {
      const found = compiled.matcher(raw.slice(0, MAX_LOOK));
      if (!found.find()) return {};
      return Object.fromEntries(groups.map((name) => [name, emptied(found.group(name), unset)]));
    },
  };
  return { layout, fits: (line) => compiled.matcher(line.slice(0, MAX_LOOK)).find() };
}

const emptied = (text: string | null, unset: string): string | null => (text === unset || text === '' ? null : text);

const numberOf = (compiled: RE2JS, name: string): number => compiled.namedGroups()[name] ?? 0;

function compile(expression: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    throw new VirgaError(
      'format.mapping',
      `The expression is none of RE2, which has no look-around and no back references: ${cause.message.slice(0, 160)}.`,
      { cause },
    );
  }
}
