/** What stands inside the square brackets of a pattern: comparisons joined by AND, OR and parentheses. */
import { readOrderable, readPrimitive, readSet, readText, unquote } from './literals.ts';
import type { Comparison, Condition, ObjectPath, Operator, Step, StixVersion } from './pattern.ts';
import type { Tokens } from './tokens.ts';

/** How a pattern is read. `depth` is how far parentheses may still nest. */
export type Rules = {
  /** `any` takes what either version has, and keys with a hyphen that are not quoted: for what feeds publish. */
  readonly version: StixVersion | 'any';
  readonly depth: number;
  /** Told of a qualifier that stands twice behind one observation. */
  readonly twice: (qualifier: string) => void;
};

export const deeper = (tokens: Tokens, rules: Rules): Rules =>
  rules.depth > 0
    ? { ...rules, depth: rules.depth - 1 }
    : tokens.fail('fewer parentheses and qualifiers inside each other');

/** OR of ANDs; AND binds closer. Longer chains stay flat, so that their length costs no depth. */
export function readCondition(tokens: Tokens, rules: Rules): Condition {
  return chain(tokens, 'OR', 'any', () => chain(tokens, 'AND', 'all', () => readTest(tokens, rules)));
}

function chain(tokens: Tokens, word: string, node: 'all' | 'any', read: () => Condition): Condition {
  const first = read();
  const parts = [first];
  while (tokens.has(word)) parts.push(read());
  return parts.length === 1 ? first : { node, parts };
}

function readTest(tokens: Tokens, rules: Rules): Condition {
  if (tokens.has('(')) {
    const inner = readCondition(tokens, deeper(tokens, rules));
    tokens.expect(')');
    return inner;
  }
  if (rules.version !== '2.0') {
    const negated = tokens.has('NOT');
    if (negated && tokens.peek.text !== 'EXISTS') tokens.fail("'EXISTS'");
    if (tokens.has('EXISTS'))
      return { node: 'comparison', path: readPath(tokens, rules), operator: 'EXISTS', negated, values: [] };
  }
  return readComparison(tokens, rules);
}

function readComparison(tokens: Tokens, rules: Rules): Comparison {
  const path = readPath(tokens, rules);
  const negated = tokens.has('NOT');
  const { kind, text } = tokens.peek;
  const known = kind === 'sign' || kind === 'word' ? tests.get(text) : undefined;
  if (known === undefined) return tokens.fail('a comparison operator');
  tokens.take();
  const [operator, read] = known;
  return { node: 'comparison', path, operator, negated, values: read(tokens) };
}

const one =
  (read: typeof readText) =>
  (tokens: Tokens): Comparison['values'] => [read(tokens)];

const tests: ReadonlyMap<string, readonly [Operator, (tokens: Tokens) => Comparison['values']]> = new Map([
  ['=', ['=', one(readPrimitive)]],
  ['==', ['=', one(readPrimitive)]],
  ['!=', ['!=', one(readPrimitive)]],
  ['<>', ['!=', one(readPrimitive)]],
  ['<', ['<', one(readOrderable)]],
  ['<=', ['<=', one(readOrderable)]],
  ['>', ['>', one(readOrderable)]],
  ['>=', ['>=', one(readOrderable)]],
  ['IN', ['IN', readSet]],
  ['LIKE', ['LIKE', one(readText)]],
  ['MATCHES', ['MATCHES', one(readText)]],
  ['ISSUBSET', ['ISSUBSET', one(readText)]],
  ['ISSUPERSET', ['ISSUPERSET', one(readText)]],
]);

/** Words of the grammar; none of them may name a type or, unquoted, a property. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'AND OR NOT FOLLOWEDBY LIKE MATCHES ISSUPERSET ISSUBSET EXISTS LAST IN START STOP SECONDS TIMES WITHIN REPEATS true false'.split(
    ' ',
  ),
);

function readPath(tokens: Tokens, rules: Rules): ObjectPath {
  const { kind, text } = tokens.peek;
  if (kind !== 'word' || KEYWORDS.has(text)) tokens.fail('an object path such as domain-name:value');
  const type = tokens.take().text;
  tokens.expect(':');
  const steps: Step[] = [readKey(tokens, rules)];
  for (;;) {
    if (tokens.has('.')) steps.push(readKey(tokens, rules));
    else if (tokens.has('[')) steps.push(readIndex(tokens));
    else return { type, steps };
  }
}

function readKey(tokens: Tokens, rules: Rules): Step {
  const { kind, text } = tokens.peek;
  if (kind === 'text') return { key: unquote(tokens.take().text) };
  if (kind !== 'word' || KEYWORDS.has(text)) return tokens.fail('the name of a property');
  if (text.includes('-') && rules.version !== 'any') return tokens.fail('quotes around a name with a hyphen');
  return { key: tokens.take().text };
}

function readIndex(tokens: Tokens): Step {
  if (tokens.has('*')) {
    tokens.expect(']');
    return { every: true };
  }
  const { text } = tokens.peek;
  if (!/^[+-]?\d+$/.test(text)) tokens.fail('an index or *');
  const index = Number(tokens.take().text);
  tokens.expect(']');
  return { index };
}
