/**
 * The value of a member of a JSON object as it stands in the text, found without parsing the rest: numbers keep their
 * digits and text its escapes. Null where the text is no object, is broken before the member, or has none of that name.
 */
export function memberText(json: string, name: string): string | null {
  const wanted = JSON.stringify(name);
  let at = skipSpace(json, 0);
  if (json[at] !== '{') return null;
  at = skipSpace(json, at + 1);
  while (json[at] === '"') {
    const keyEnd = textEnd(json, at);
    const isWanted = json.slice(at, keyEnd) === wanted;
    at = skipSpace(json, keyEnd);
    if (json[at] !== ':') return null;
    at = skipSpace(json, at + 1);
    const end = valueEnd(json, at);
    if (end <= at) return null;
    if (isWanted) return json.slice(at, end).trimEnd();
    at = skipSpace(json, end);
    if (json[at] !== ',') return null;
    at = skipSpace(json, at + 1);
  }
  return null;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (at < json.length && json.charCodeAt(at) <= 32) at++;
  return at;
}

/** The place after the closing quotation mark; the length of the text where there is none. */
function textEnd(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at++) {
    if (json[at] === '\\') at++;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}

/** The place after a value: of an object or array after its bracket, of anything else before the next comma or bracket. */
function valueEnd(json: string, from: number): number {
  let depth = 0;
  for (let at = from; at < json.length; at++) {
    const char = json[at];
    if (char === '"') {
      at = textEnd(json, at) - 1;
      if (depth === 0) return at + 1;
    } else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (char === ',' && depth === 0) return at;
  }
  return json.length;
}
