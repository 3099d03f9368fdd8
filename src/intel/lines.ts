/** Text in pieces → lines → records: streaming, with a ceiling on every line. */
import { type FeedInput, type FeedRecord, refusal } from './feed.ts';

/** Longer than any URL that a browser takes, with room for the other columns. */
export const MAX_LINE = 131_072;

/** A run of lines without their endings; the first has the 1-based number `first`. An over-long line is cut just above `MAX_LINE`. */
export type LineBatch = { readonly first: number; readonly lines: readonly string[] };

/** Splits at `\n` (a `\r` before it stays for the caller to trim). Memory: one piece and one line. */
export async function* lineBatches(text: AsyncIterable<string>): AsyncGenerator<LineBatch> {
  let rest = '';
  let first = 1;
  for await (const piece of text) {
    const lines = piece.split('\n');
    lines[0] = cut(rest + (lines[0] ?? ''));
    rest = cut(lines.pop() ?? '');
    if (lines.length === 0) continue;
    yield { first, lines };
    first += lines.length;
  }
  if (rest !== '') yield { first, lines: [rest] };
}

/** Keeps one character more than allowed, so that the reader of the line sees that it is too long. */
const cut = (line: string): string => (line.length > MAX_LINE + 1 ? line.slice(0, MAX_LINE + 1) : line);

/**
 * Records of a format whose records end with the line. `parse` gets the line as it stands and its number, and returns
 * null for lines that are no records (blank, comment). Over-long lines are refused here.
 */
export async function* eachLine(
  input: FeedInput,
  parse: (line: string, number: number) => FeedRecord | readonly FeedRecord[] | null,
): AsyncGenerator<readonly FeedRecord[]> {
  for await (const { first, lines } of lineBatches(input.text)) {
    const records: FeedRecord[] = [];
    let number = first;
    for (const line of lines) {
      const parsed = line.length > MAX_LINE ? tooLong(number) : parse(line, number);
      number++;
      if (parsed === null) continue;
      if (isMany(parsed)) records.push(...parsed);
      else records.push(parsed);
    }
    yield records;
  }
}

const isMany = (parsed: FeedRecord | readonly FeedRecord[]): parsed is readonly FeedRecord[] => Array.isArray(parsed);

/** The refusal of a line above `MAX_LINE`. */
export function tooLong(line: number): FeedRecord {
  return refusal('line-too-long', line, `longer than ${MAX_LINE} characters`);
}

/** The first `length` characters of a text (fewer where it is shorter), and the whole text again, from its beginning. */
export async function peek(
  text: AsyncIterable<string>,
  length: number,
): Promise<{ readonly head: string; readonly text: AsyncIterable<string> }> {
  const rest = text[Symbol.asyncIterator]();
  let head = '';
  while (head.length < length) {
    const next = await rest.next();
    if (next.done) break;
    head += next.value;
  }
  return { head: head.slice(0, length), text: replay(head, rest) };
}

async function* replay(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
