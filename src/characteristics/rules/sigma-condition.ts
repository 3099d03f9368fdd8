import type { Condition } from '../../model/rule.ts';
import { RuleFault } from './tests.ts';

/**
 * Sigma's conditions: `and`, `or`, `not`, brackets, names of searches, `1 of x*`, `all of x*`, `1 of them`. `searches`
 * holds what the names stand for. Throws RuleFault.
 */
export function parseCondition(text: string, searches: ReadonlyMap<string, Condition>): Condition {
  const tokens = text.match(/\(|\)|\||[^\s()|]+/g) ?? [];
  if (tokens.length > MAX_TOKENS) throw new RuleFault('the condition is too long');
  let at = 0;
  const peek = (): string => (tokens[at] ?? '').toLowerCase();
  const either = (depth: number): Condition => {
    if (depth > MAX_DEPTH) throw new RuleFault('the condition nests too deep');
    const parts = [both(depth)];
    while (peek() === 'or') {
      at++;
      parts.push(both(depth));
    }
    return parts.length === 1 && parts[0] ? parts[0] : { any: parts };
  };
  const both = (depth: number): Condition => {
    const parts = [one(depth)];
    while (peek() === 'and') {
      at++;
      parts.push(one(depth));
    }
    return parts.length === 1 && parts[0] ? parts[0] : { all: parts };
  };
  const one = (depth: number): Condition => {
    const token = tokens[at++];
    if (token === undefined) throw new RuleFault('the condition ends too early');
    const word = token.toLowerCase();
    if (word === 'not') return { not: one(depth + 1) };
    if (word === '(') {
      const inner = either(depth + 1);
      if (tokens[at++] !== ')') throw new RuleFault('the condition has a bracket that is never closed');
      return inner;
    }
    if ((word === 'all' || /^\d+$/.test(word)) && peek() === 'of') {
      at++;
      return someOf(word, tokens[at++] ?? '', searches);
    }
    const search = searches.get(token);
    if (!search)
      throw new RuleFault(`the condition names ${JSON.stringify(token.slice(0, 60))}, which the rule does not hold`);
    return search;
  };
  const condition = either(0);
  if (peek() === '|') throw new RuleFault('an aggregation (count, near) needs more than one event');
  if (at < tokens.length)
    throw new RuleFault(`the condition goes on after its end with ${JSON.stringify(tokens[at]?.slice(0, 60))}`);
  return condition;
}

const MAX_TOKENS = 2000;
const MAX_DEPTH = 40;

function someOf(word: string, pattern: string, searches: ReadonlyMap<string, Condition>): Condition {
  const meant = [...searches].filter(([name]) =>
    pattern.toLowerCase() === 'them' ? !name.startsWith('_') : fits(name, pattern),
  );
  if (meant.length === 0)
    throw new RuleFault(`the condition asks for ${JSON.stringify(pattern.slice(0, 60))}, and no search is named so`);
  const of = meant.map(([, search]) => search);
  if (word === 'all') return { all: of };
  const least = Number(word);
  if (least === 1) return { any: of };
  if (least >= of.length) return { all: of };
  throw new RuleFault('the condition asks for some, but neither one nor all, of several searches');
}

/** `selection_*` stands for any name that begins so. */
function fits(name: string, pattern: string): boolean {
  const parts = pattern.split('*');
  let at = 0;
  for (const [i, part] of parts.entries()) {
    const found = i === 0 ? (name.startsWith(part) ? 0 : -1) : name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return pattern.endsWith('*') || parts.length === 1
    ? parts.length > 1 || name === pattern
    : name.endsWith(parts.at(-1) ?? '');
}
