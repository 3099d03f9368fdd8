/** MATCHES and LIKE. Patterns from outside run in linear time only: RE2, and greedy wildcards. */
import { RE2JS, RE2JSException } from 're2js';
import { likeMatcher } from '../observables/like.ts';
import { MatchFault } from './fault.ts';
import { Bytes, isByteText } from './values.ts';

/** RE2 is linear in text × pattern, so both are bounded. */
const MAX_EXPRESSION = 4096;
const MAX_TEXT = 1_048_576;

type Test = (value: unknown) => boolean;

/** A search for the expression anywhere in the text, both in Unicode form C; bytes are searched as bytes. */
export function searcher(expression: string): Test {
  const written = expression.normalize('NFC');
  const compiled = compile(written);
  const forBytes = isByteText(written);
  return (value) => {
    if (value instanceof Bytes) return forBytes && compiled.matcher(bounded(value.text)).find();
    return typeof value === 'string' && compiled.matcher(bounded(value.normalize('NFC'))).find();
  };
}

function compile(expression: string): RE2JS {
  if (expression.length > MAX_EXPRESSION)
    throw new MatchFault(`a regular expression longer than ${MAX_EXPRESSION} characters is not evaluated`);
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new MatchFault(
      `the regular expression is none of RE2, which runs in linear time and has no look-around and back references: ${error.message.slice(0, 120)}`,
    );
  }
}

function bounded(text: string): string {
  if (text.length > MAX_TEXT) throw new MatchFault(`a value longer than ${MAX_TEXT} characters is not searched`);
  return text;
}

/** Wildcards: `%` any run of characters, `_` one; the whole text, in Unicode form C. Bytes are read as UTF-8. */
export function likeness(wildcards: string): Test {
  const fits = likeMatcher(wildcards.normalize('NFC'));
  const forBytes = isByteText(wildcards);
  return (value) => {
    if (value instanceof Bytes) return forBytes && fits(bounded(Buffer.from(value.text, 'latin1').toString('utf8')));
    return typeof value === 'string' && fits(bounded(value).normalize('NFC'));
  };
}
