/** The words of a Malleable C2 profile (the manual: hstechdocs.helpsystems.com, Malleable Command and Control, checked 2026-11-24). */

export type Token = {
  readonly kind: 'word' | 'string' | '{' | '}' | ';' | 'end';
  readonly text: string;
  /** 1-based. */
  readonly line: number;
};

/** What is wrong with a profile, and where. */
export class ProfileFault extends Error {
  readonly line: number;

  constructor(line: number, says: string) {
    super(`line ${line}: ${says}`);
    this.line = line;
  }
}

const isSpace = (c: string): boolean => c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '\f' || c === '\v';
const endsWord = (c: string): boolean => isSpace(c) || c === '"' || c === '{' || c === '}' || c === ';' || c === '#';

/** Cuts a profile into tokens, one look at each character; the last one is `end`. Throws ProfileFault. */
export function* lex(text: string): Generator<Token> {
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const c = text.charAt(at);
    if (c === '\n') line++;
    if (isSpace(c)) at++;
    else if (c === '#') at = endOfLine(text, at);
    else if (c === '{' || c === '}' || c === ';') {
      yield { kind: c, text: c, line };
      at++;
    } else if (c === '"') {
      const end = endOfString(text, at, line);
      const raw = text.slice(at + 1, end);
      yield { kind: 'string', text: unescaped(raw), line };
      line += count(raw, '\n');
      at = end + 1;
    } else {
      const end = endOfWord(text, at);
      yield { kind: 'word', text: text.slice(at, end), line };
      at = end;
    }
  }
  yield { kind: 'end', text: '', line };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function endOfString(text: string, from: number, line: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const c = text.charAt(at);
    if (c === '"') return at;
    if (c === '\\') at++;
  }
  throw new ProfileFault(line, 'a string is never closed.');
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsWord(text.charAt(at))) at++;
  return at;
}

const count = (text: string, c: string): number => text.split(c).length - 1;

const simple: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** `\n`, `\r`, `\t`, `\"`, `\\`, `\xNN` (a byte) and `\uNNNN`; any other backslash stays as it is. */
const unescaped = (raw: string): string =>
  raw.includes('\\')
    ? raw.replace(
        /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|([nrt"\\]))/g,
        (_, byte: string | undefined, unit: string | undefined, one: string | undefined) =>
          one === undefined ? String.fromCharCode(Number.parseInt(byte ?? unit ?? '', 16)) : (simple[one] ?? one),
      )
    : raw;
