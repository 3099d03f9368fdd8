/** Lines out of a stream of text, in bounded memory. */

/** A line without its end; `cut` where it was longer than the limit and the rest was passed over. */
export type Line = { readonly text: string; readonly cut: boolean };

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Every line of the chunks in order, also empty ones and a last one without an end; `\n` and `\r\n` end a line, a byte
 * order mark before the first is dropped. At most `limit` characters of a line are kept, so that a line of any length
 * needs no more memory than that and one chunk.
 */
export async function* splitLines(chunks: AsyncIterable<string>, limit: number): AsyncGenerator<Line> {
  let held = '';
  let first = true;
  for await (const chunk of chunks) {
    const text: string = first && chunk.startsWith(BYTE_ORDER_MARK) ? chunk.slice(1) : chunk;
    first = first && chunk === '';
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      yield finish(held + text.slice(start, end), limit);
      held = '';
      start = end + 1;
    }
    held = keep(held, text.slice(start), limit);
  }
  if (held !== '') yield finish(held, limit);
}

/** Two characters more than the limit tell a line that is too long from one of just the limit and a `\r`. */
function keep(held: string, more: string, limit: number): string {
  return held.length + more.length > limit + 2 ? (held + more.slice(0, limit + 2)).slice(0, limit + 2) : held + more;
}

function finish(held: string, limit: number): Line {
  const text = held.endsWith('\r') ? held.slice(0, -1) : held;
  return text.length > limit ? { text: text.slice(0, limit), cut: true } : { text, cut: false };
}
