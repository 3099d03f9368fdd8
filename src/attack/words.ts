import { type JsonObject, textOf, textsOf } from './json.ts';

/** What an object is found by: other names, and its text. Null for what nobody looks for: relations, markings, makers. */
export function wordsOf(object: JsonObject): { readonly also: string; readonly text: string } | null {
  if (UNSEARCHED.has(textOf(object, 'type') ?? '')) return null;
  const also = [...textsOf(object, 'aliases'), ...textsOf(object, 'x_mitre_aliases')].join(' | ');
  return { also, text: textOf(object, 'description') ?? '' };
}

const UNSEARCHED = new Set(['relationship', 'identity', 'marking-definition', 'x-mitre-collection']);
