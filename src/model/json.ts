/** JSON from outside. */

/** Documents of people nest a dozen levels; what nests deeper is there to break what walks it. */
const MAX_NESTING = 200;

/** As `JSON.parse`; throws `SyntaxError` too for what nests deeper than anybody writes. */
export function parseJson(text: string): unknown {
  if (nestsDeeper(text, MAX_NESTING)) throw new SyntaxError(`it nests deeper than ${MAX_NESTING} levels`);
  return JSON.parse(text);
}

/** One pass over the characters; what stands in quotes does not count. */
function nestsDeeper(text: string, limit: number): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfQuote(text, i + 1);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > limit) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
  }
  return false;
}

const [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT, BACKSLASH] = [0x22, 0x5b, 0x5d, 0x7b, 0x7d, 0x5c];

/** Where the text in quotes ends that begins at `from`; the end of all where it does not. */
function endOfQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH && at - 1 - slashes >= from) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
