/**
 * The STIX pattern as a value: what `parse.ts` makes of text, and what evaluation, decomposition and SQL read.
 * Grammar: OASIS STIX 2.0 part 5 and STIX 2.1 chapter 9 (https://docs.oasis-open.org/cti/stix/v2.1/os/, read 2026-11).
 */

/** A step into an object: a property or dictionary key, the element of a list, or every element. */
export type Step = { readonly key: string } | { readonly index: number } | { readonly every: true };

/** `domain-name:resolves_to_refs[*].value`: the type of the object, then steps, the first of which is a key. */
export type ObjectPath = { readonly type: string; readonly steps: readonly Step[] };

/** A constant. `binary` holds one character of code 0 to 255 for each byte; `time` is kept as written. */
export type Literal =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'binary'; readonly value: string }
  | { readonly kind: 'time'; readonly value: string };

export const operators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'IN',
  'LIKE',
  'MATCHES',
  'ISSUBSET',
  'ISSUPERSET',
  'EXISTS',
] as const;
export type Operator = (typeof operators)[number];

/** One comparison; `values` has one member but for IN (any number) and EXISTS (none). */
export type Comparison = {
  readonly node: 'comparison';
  readonly path: ObjectPath;
  readonly operator: Operator;
  readonly negated: boolean;
  readonly values: readonly Literal[];
};

/** What stands inside square brackets; all of it must hold of the same object. */
export type Condition = Comparison | { readonly node: 'all' | 'any'; readonly parts: readonly Condition[] };

/** One or more observations; a qualifier holds for all that is in `of`. `then` is FOLLOWEDBY, from left to right. */
export type Observed =
  | { readonly node: 'observation'; readonly condition: Condition }
  | { readonly node: 'all' | 'any' | 'then'; readonly parts: readonly Observed[] }
  | { readonly node: 'repeats'; readonly times: number; readonly of: Observed }
  | { readonly node: 'within'; readonly seconds: number; readonly of: Observed }
  /** From `start` on and before `stop`: times as written, which need not exist (30 February). */
  | { readonly node: 'between'; readonly start: string; readonly stop: string; readonly of: Observed };

export type StixVersion = '2.0' | '2.1';

/** What a pattern text is: a pattern, or what is wrong with it and where (1-based column, in UTF-16 units). */
export type Reading =
  /** `twice`: a kind of qualifier that stands more than once behind one observation, which STIX 2.1 forbids. */
  | { readonly ok: true; readonly pattern: Observed; readonly twice: string | null }
  | { readonly ok: false; readonly why: string; readonly column: number };

/** How a path is written, keys quoted where they need it. */
export function writePath({ type, steps }: ObjectPath): string {
  const written = steps.map((step, i) => {
    if ('every' in step) return '[*]';
    if ('index' in step) return `[${step.index}]`;
    return `${i === 0 ? '' : '.'}${writeKey(step.key)}`;
  });
  return `${type}:${written.join('')}`;
}

const writeKey = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : quote(key));

/** Text as a pattern holds it. */
export const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
