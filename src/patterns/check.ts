/** What a pattern may not say though it reads: as the validator of OASIS has it. */

import { parsePattern } from './parse.ts';
import type { Comparison, Condition, Literal, Observed, Reading, StixVersion } from './pattern.ts';

export type Check = { readonly valid: true } | { readonly valid: false; readonly error: string };

/** Whether a pattern is valid in this version of STIX. Never throws. */
export function checkPattern(text: string, version: StixVersion): Check {
  const reading = parsePattern(text, version);
  if (!reading.ok) return { valid: false, error: sayFault(reading) };
  const twice = version === '2.1' ? reading.twice : null;
  const error = twice === null ? hashFault(reading.pattern) : `the qualifier ${twice} stands twice`;
  return error === null ? { valid: true } : { valid: false, error };
}

export const sayFault = ({ why, column }: Exclude<Reading, { ok: true }>): string => `column ${column}: ${why}`;

function hashFault(observed: Observed): string | null {
  if (observed.node === 'observation') return comparisonFault(observed.condition);
  return 'of' in observed ? hashFault(observed.of) : first(observed.parts, hashFault);
}

function comparisonFault(condition: Condition): string | null {
  return condition.node === 'comparison' ? valueFault(condition) : first(condition.parts, comparisonFault);
}

function first<T>(parts: readonly T[], fault: (part: T) => string | null): string | null {
  for (const part of parts) {
    const found = fault(part);
    if (found !== null) return found;
  }
  return null;
}

/** Hash algorithms by the name of their key (STIX 2.1, hash-algorithm-ov) without hyphens, upper case. */
const hex = (...lengths: readonly number[]): RegExp =>
  new RegExp(`^(?:${lengths.map((length) => `[0-9A-Fa-f]{${length}}`).join('|')})$`);
const hashes: ReadonlyMap<string, RegExp> = new Map([
  ['MD5', hex(32)],
  ['MD6', hex(32, 40, 56, 64, 96, 128)],
  ['RIPEMD160', hex(40)],
  ['SHA1', hex(40)],
  ['SHA224', hex(56)],
  ['SHA256', hex(64)],
  ['SHA384', hex(96)],
  ['SHA512', hex(128)],
  ['SHA3224', hex(56)],
  ['SHA3256', hex(64)],
  ['SHA3384', hex(96)],
  ['SHA3512', hex(128)],
  ['SSDEEP', /^[A-Za-z0-9/+:.]{1,128}$/],
  ['WHIRLPOOL', hex(128)],
]);

/** A hash that is compared with what can be none. Parts of a hash (LIKE, MATCHES) are let pass. */
function valueFault({ path, operator, values }: Comparison): string | null {
  const last = path.steps.at(-1);
  if (last === undefined || !('key' in last) || !['=', '!=', 'IN'].includes(operator)) return null;
  if (!path.steps.some((step) => 'key' in step && step.key === 'hashes')) return null;
  const shape = hashes.get(last.key.toUpperCase().replaceAll('-', ''));
  const wrong = shape === undefined ? undefined : values.find((value) => !shape.test(textOf(value)));
  return wrong === undefined ? null : `${JSON.stringify(textOf(wrong).slice(0, 80))} is no ${last.key} hash`;
}

const textOf = ({ value }: Literal): string => String(value);
