/** An object of JSON as named cells, like a row of a table: members of members are joined by `_`, lists by commas. */
import { asObject, asText } from './document.ts';

export type FlatObject = { readonly names: readonly string[]; readonly cells: readonly string[] };

/** Deeper than any feed nests what it says of an indicator. */
const MAX_DEPTH = 6;
const MAX_MEMBERS = 400;

/** `{ file: { hash: { md5: ['a', 'b'] } } }` → `file_hash_md5`: `a,b`. Names keep the case in which they are written. */
export function flatten(value: unknown): FlatObject {
  const names: string[] = [];
  const cells: string[] = [];
  const walk = (name: string, member: unknown, depth: number): void => {
    if (names.length >= MAX_MEMBERS || depth > MAX_DEPTH) return;
    const bag = asObject(member);
    if (bag !== null)
      for (const [key, inner] of Object.entries(bag)) walk(name === '' ? key : `${name}_${key}`, inner, depth + 1);
    else {
      names.push(name);
      cells.push(textOf(member));
    }
  };
  walk('', value, 0);
  return { names, cells };
}

function textOf(member: unknown): string {
  if (typeof member === 'boolean') return String(member);
  if (Array.isArray(member))
    return member
      .slice(0, 100)
      .flatMap((one) => asText(one) ?? [])
      .join(',');
  return asText(member) ?? '';
}
