/** A pattern's text, one token at a time. Linear: a token is looked at once, and the parser stops at the first fault. */

export type TokenKind = 'text' | 'number' | 'time' | 'binary' | 'hex' | 'word' | 'sign' | 'end';
export type Token = { readonly kind: TokenKind; readonly text: string; readonly at: number };

/** A fault of the text, thrown inside the parser only. */
export class PatternFault extends Error {
  readonly at: number;

  constructor(why: string, at: number) {
    super(why);
    this.at = at;
  }
}

/** White space of the grammar, and comments of both kinds. */
const SKIP =
  /(?:[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*)*/y;

/** Longest first. A time has the digits of a calendar, not its sense: 30 February is a token. */
const TOKENS: readonly (readonly [TokenKind, RegExp])[] = [
  ['time', /t'\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?Z'/y],
  ['hex', /h'(?:[0-9A-Fa-f]{2})*'/y],
  ['binary', /b'(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)'/y],
  ['text', /'[^'\\]*(?:\\['\\][^'\\]*)*'/y],
  ['number', /[+-]?(?:\d*\.\d+|0|[1-9]\d*)/y],
  ['word', /[A-Za-z_][A-Za-z0-9_-]*/y],
  ['sign', /==|!=|<>|<=|>=|[=<>:.,()[\]*]/y],
];

/** At most this much of an unexpected token is quoted. */
const MAX_QUOTE = 40;

export class Tokens {
  readonly #text: string;
  #next: Token;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#read(0);
  }

  /** The token that comes next. */
  get peek(): Token {
    return this.#next;
  }

  /** Takes the next token, whatever it is. */
  take(): Token {
    const token = this.#next;
    this.#next = this.#read(token.at + token.text.length);
    return token;
  }

  /** Takes the next token if it is this sign or word; whether it was. */
  has(text: string): boolean {
    const { kind } = this.#next;
    if (this.#next.text !== text || (kind !== 'word' && kind !== 'sign')) return false;
    this.take();
    return true;
  }

  /** Takes the next token, which must be this sign or word. */
  expect(text: string): void {
    if (!this.has(text)) this.fail(`'${text}'`);
  }

  /** Takes the next token, which must be of this kind. */
  expectKind(kind: TokenKind, name: string): Token {
    if (this.#next.kind !== kind) this.fail(name);
    return this.take();
  }

  fail(expected: string): never {
    const { kind, text, at } = this.#next;
    const short = text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
    throw new PatternFault(`expected ${expected}, found ${kind === 'end' ? 'the end' : JSON.stringify(short)}`, at);
  }

  #read(from: number): Token {
    SKIP.lastIndex = from;
    SKIP.exec(this.#text);
    const at = SKIP.lastIndex;
    if (at >= this.#text.length) return { kind: 'end', text: '', at };
    for (const [kind, shape] of TOKENS) {
      shape.lastIndex = at;
      const found = shape.exec(this.#text);
      if (found !== null) return { kind, text: found[0], at };
    }
    const code = this.#text.codePointAt(at) ?? 0;
    const why =
      code === 0x27
        ? "a quote is not closed, or a backslash in it stands before something else than ' or \\"
        : `${JSON.stringify(String.fromCodePoint(code))} belongs to no pattern`;
    throw new PatternFault(why, at);
  }
}
