import { lex, ProfileFault, type Token } from './lexer.ts';

/** A statement: `set name "value";`, a call such as `header "Accept" "text/html";`, or a block with an optional variant name. */
export type Statement =
  | { readonly kind: 'set'; readonly name: string; readonly value: string; readonly line: number }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly string[]; readonly line: number }
  | Block;
export type Block = {
  readonly kind: 'block';
  readonly name: string;
  readonly variant: string | null;
  readonly body: readonly Statement[];
  readonly line: number;
};

/** Real profiles nest four deep. */
const MAX_DEPTH = 12;
/** The longest public profile has about three thousand. */
const MAX_STATEMENTS = 200_000;

/** The statements of a profile, in order. Throws ProfileFault. */
export function parseProfile(text: string): Statement[] {
  const reader = readerOf(text);
  const body = readBody(reader, 0);
  const rest = reader.peek();
  if (rest.kind !== 'end') throw new ProfileFault(rest.line, 'a closing brace has no opening one.');
  return body;
}

type Reader = { readonly peek: () => Token; readonly next: () => Token; readonly counted: () => void };

function readerOf(text: string): Reader {
  const tokens = lex(text);
  let ahead: Token | null = null;
  let statements = 0;
  const pull = (): Token => {
    const { value, done } = tokens.next();
    return done || value === undefined ? { kind: 'end', text: '', line: 0 } : value;
  };
  const peek = (): Token => {
    ahead ??= pull();
    return ahead;
  };
  return {
    peek,
    next: () => {
      const token = peek();
      ahead = token.kind === 'end' ? token : null;
      return token;
    },
    counted: () => {
      statements++;
      if (statements > MAX_STATEMENTS)
        throw new ProfileFault(peek().line, `a profile has no more than ${MAX_STATEMENTS} statements.`);
    },
  };
}

function readBody(reader: Reader, depth: number): Statement[] {
  if (depth > MAX_DEPTH) throw new ProfileFault(reader.peek().line, 'blocks nest too deep.');
  const body: Statement[] = [];
  for (;;) {
    const token = reader.peek();
    if (token.kind === 'end' || token.kind === '}') return body;
    if (token.kind === ';') reader.next();
    else body.push(readStatement(reader, depth));
  }
}

function readStatement(reader: Reader, depth: number): Statement {
  reader.counted();
  const first = reader.next();
  if (first.kind !== 'word')
    throw new ProfileFault(first.line, `a statement begins with a word, not with ${shown(first)}.`);
  const values: Token[] = [];
  while (reader.peek().kind === 'string' || reader.peek().kind === 'word') values.push(reader.next());
  const end = reader.next();
  if (end.kind === '{') return readBlock(reader, first, values, depth);
  if (end.kind !== ';') throw new ProfileFault(first.line, `\`${first.text}\` is not ended by a semicolon.`);
  const texts = values.map((v) => v.text);
  if (first.text !== 'set') return { kind: 'call', name: first.text, values: texts, line: first.line };
  const [name, value] = texts;
  if (name === undefined || value === undefined || texts.length > 2)
    throw new ProfileFault(first.line, '`set` takes a name and one value.');
  return { kind: 'set', name, value, line: first.line };
}

function readBlock(reader: Reader, first: Token, values: readonly Token[], depth: number): Block {
  if (values.length > 1) throw new ProfileFault(first.line, `the block \`${first.text}\` has more than one name.`);
  const body = readBody(reader, depth + 1);
  if (reader.next().kind !== '}') throw new ProfileFault(first.line, `the block \`${first.text}\` is never closed.`);
  return { kind: 'block', name: first.text, variant: values[0]?.text ?? null, body, line: first.line };
}

const shown = (token: Token): string =>
  token.kind === 'string' ? 'a string' : token.kind === 'end' ? 'the end of the file' : `\`${token.text}\``;
