/** Constants of a pattern. */
import type { Literal } from './pattern.ts';
import type { Token, Tokens } from './tokens.ts';

/** The text between the quotes, `\'` and `\\` undone. */
export const unquote = (quoted: string): string => quoted.slice(1, -1).replace(/\\(['\\])/g, '$1');

const LITERALS = "a number, text, time, h'…' or b'…'";

/** A constant that has an order: all but true and false. */
export function readOrderable(tokens: Tokens): Literal {
  return literalOf(tokens) ?? tokens.fail(LITERALS);
}

export function readPrimitive(tokens: Tokens): Literal {
  if (tokens.has('true')) return { kind: 'boolean', value: true };
  if (tokens.has('false')) return { kind: 'boolean', value: false };
  return literalOf(tokens) ?? tokens.fail(`${LITERALS.replace(' or', ',')}, true or false`);
}

export function readText(tokens: Tokens): Literal {
  return { kind: 'text', value: unquote(tokens.expectKind('text', 'text in single quotes').text) };
}

/** `(1, 2)`; may be empty. */
export function readSet(tokens: Tokens): readonly Literal[] {
  tokens.expect('(');
  const values: Literal[] = [];
  if (tokens.has(')')) return values;
  do values.push(readPrimitive(tokens));
  while (tokens.has(','));
  tokens.expect(')');
  return values;
}

function literalOf(tokens: Tokens): Literal | null {
  const make = makers[tokens.peek.kind];
  return make === undefined ? null : make(tokens.take());
}

const bytes = (token: Token, encoding: 'hex' | 'base64'): string =>
  Buffer.from(token.text.slice(2, -1), encoding).toString('latin1');

const makers: Readonly<Partial<Record<Token['kind'], (token: Token) => Literal>>> = {
  text: ({ text }) => ({ kind: 'text', value: unquote(text) }),
  number: ({ text }) => ({ kind: 'number', value: Number(text) }),
  time: ({ text }) => ({ kind: 'time', value: text.slice(2, -1) }),
  hex: (token) => ({ kind: 'binary', value: bytes(token, 'hex') }),
  binary: (token) => ({ kind: 'binary', value: bytes(token, 'base64') }),
};
