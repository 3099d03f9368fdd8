/** How a value of observed data compares with a constant (OASIS STIX 2.1, 9.6.1; types never convert into each other). */
import type { Literal } from './pattern.ts';
import { Bytes, compareText, isByteText, mustReadInstant } from './values.ts';

/**
 * Below 0, 0 or above 0; null where the two have no order by their types. Text and bytes compare as bytes where each
 * character is one; where one is none, NaN: no comparison holds, and the NOT of each does, as OASIS's matcher has it.
 * True and false only tell equal from not.
 */
export function compare(value: unknown, literal: Literal): number | null {
  if (literal.kind === 'time') return typeof value === 'string' ? compareTime(value, literal.value) : null;
  if (literal.kind === 'number') return typeof value === 'number' ? value - literal.value : null;
  if (literal.kind === 'boolean') return value === literal.value ? 0 : null;
  const given = value instanceof Bytes ? value.text : value;
  if (typeof given !== 'string') return null;
  const mixed = value instanceof Bytes !== (literal.kind === 'binary');
  return mixed && !isByteText(given + literal.value) ? Number.NaN : compareText(given, literal.value);
}

function compareTime(value: string, literal: string): number {
  const difference = mustReadInstant(value, 'in the observed data') - mustReadInstant(literal, 'in the pattern');
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const equals = (value: unknown, literal: Literal): boolean => compare(value, literal) === 0;
