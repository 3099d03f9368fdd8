/** Text of a STIX pattern → the pattern, or what is wrong and where. */
import { deeper, type Rules, readCondition } from './condition.ts';
import { unquote } from './literals.ts';
import type { Observed, Reading } from './pattern.ts';
import { PatternFault, Tokens } from './tokens.ts';

/** A megabyte is ten thousand addresses in one pattern; more belongs in a list. */
export const MAX_PATTERN = 1_048_576;
/** Far beyond what people write; bounds the stack of the parser and of all that walks a pattern. */
const MAX_DEPTH = 100;

/** Reads a pattern. Never throws; time and memory grow with the length alone. */
export function parsePattern(text: string, version: Rules['version']): Reading {
  if (text.length > MAX_PATTERN)
    return { ok: false, why: `the pattern is longer than ${MAX_PATTERN} characters`, column: MAX_PATTERN + 1 };
  try {
    const tokens = new Tokens(text);
    let twice: string | null = null;
    const note = (qualifier: string): void => {
      twice ??= qualifier;
    };
    const pattern = readObserved(tokens, { version, depth: MAX_DEPTH, twice: note });
    if (tokens.peek.kind !== 'end') tokens.fail('AND, OR, FOLLOWEDBY, a qualifier or the end');
    return { ok: true, pattern, twice };
  } catch (fault) {
    if (!(fault instanceof PatternFault)) throw fault;
    return { ok: false, why: fault.message, column: fault.at + 1 };
  }
}

/** FOLLOWEDBY binds loosest, then OR, then AND. */
function readObserved(tokens: Tokens, rules: Rules): Observed {
  const qualified = (): Observed => readQualified(tokens, rules);
  const all = (): Observed => chain(tokens, 'AND', 'all', qualified);
  const any = (): Observed => chain(tokens, 'OR', 'any', all);
  return chain(tokens, 'FOLLOWEDBY', 'then', any);
}

function chain(tokens: Tokens, word: string, node: 'all' | 'any' | 'then', read: () => Observed): Observed {
  const first = read();
  const parts = [first];
  while (tokens.has(word)) parts.push(read());
  return parts.length === 1 ? first : { node, parts };
}

function readQualified(tokens: Tokens, rules: Rules): Observed {
  const grouped = tokens.peek.text === '(';
  const seen = new Set<string>();
  let inner = rules;
  let of = readUnqualified(tokens, rules);
  for (let next = readQualifier(tokens, rules, of); next !== null; next = readQualifier(tokens, rules, of)) {
    inner = deeper(tokens, inner);
    if (!grouped && seen.has(next.node)) rules.twice(next.node);
    seen.add(next.node);
    of = next;
  }
  return of;
}

function readUnqualified(tokens: Tokens, rules: Rules): Observed {
  if (tokens.has('(')) {
    const inner = readObserved(tokens, deeper(tokens, rules));
    tokens.expect(')');
    return inner;
  }
  tokens.expect('[');
  const condition = readCondition(tokens, rules);
  tokens.expect(']');
  return { node: 'observation', condition };
}

function readQualifier(tokens: Tokens, rules: Rules, of: Observed): Observed | null {
  if (tokens.has('WITHIN')) {
    const seconds = positive(tokens, /^[+]?(?:\d*\.)?\d+$/, 'a number of seconds');
    tokens.expect('SECONDS');
    return { node: 'within', seconds, of };
  }
  if (tokens.has('REPEATS')) {
    const times = positive(tokens, /^[+]?\d+$/, 'a whole number');
    tokens.expect('TIMES');
    return { node: 'repeats', times, of };
  }
  if (!tokens.has('START')) return null;
  const start = readInstant(tokens, rules);
  tokens.expect('STOP');
  return { node: 'between', start, stop: readInstant(tokens, rules), of };
}

function positive(tokens: Tokens, shape: RegExp, name: string): number {
  if (tokens.peek.kind !== 'number' || !shape.test(tokens.peek.text)) tokens.fail(name);
  return Number(tokens.take().text);
}

/** STIX 2.0 writes these times as text or as times, 2.1 as times. */
function readInstant(tokens: Tokens, { version }: Rules): string {
  const { kind } = tokens.peek;
  if (kind === 'text' && version !== '2.1') return unquote(tokens.take().text);
  if (kind === 'time') return unquote(tokens.take().text.slice(1));
  return tokens.fail("a time such as t'2026-01-31T00:00:00Z'");
}
