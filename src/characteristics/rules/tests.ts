import { RE2JS, RE2JSException } from 're2js';
import type { RuleField, RuleTest } from '../../model/rule.ts';
import { parseCidr } from '../../observables/cidr.ts';

/** Why a rule, or a part of one, cannot be compared; a sentence part. */
export class RuleFault extends Error {}

/** Longer expressions take more memory than they are worth. */
const MAX_PATTERN = 4096;

/** A regular expression in linear time. Throws RuleFault where it needs more (look-around, back references). */
export function regexTest(field: RuleField, pattern: string, flags: string): RuleTest {
  if (pattern.length > MAX_PATTERN)
    throw new RuleFault(`a regular expression is longer than ${MAX_PATTERN} characters`);
  const kept = [...new Set(flags)].filter((f) => 'ims'.includes(f)).join('');
  const value = kept === '' ? pattern : `(?${kept})${pattern}`;
  try {
    RE2JS.compile(value);
  } catch (error) {
    if (error instanceof RE2JSException)
      throw new RuleFault('a regular expression is none of RE2 (no look-around, no back references)');
    throw error;
  }
  return { field, op: 'regex', value, cased: true };
}

export function cidrTest(field: RuleField, value: string): RuleTest {
  const range = parseCidr(value);
  if (range === null || !/^\d+\.\d+\.\d+\.\d+/.test(value))
    throw new RuleFault(`${JSON.stringify(value.slice(0, 60))} is no IPv4 range`);
  return { field, op: 'cidr', value, cased: true };
}

/** A plain value, compared without regard to case unless asked to. */
export const plainTest = (field: RuleField, op: RuleTest['op'], value: string, cased: boolean): RuleTest => ({
  field,
  op,
  value: cased ? value : value.toLowerCase(),
  cased,
});

/** Text as a regular expression that means it literally. */
export const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
