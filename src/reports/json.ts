import type { Renderer } from './renderer.ts';
import { rewriteInvisible } from './safe-text.ts';

/** The escapes of JSON for a character, one for each half; a line feed is the document's own layout. */
function escapes(character: string): string {
  if (character === '\n') return character;
  return [...character.split('')].map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** JSON text with escapes for what a terminal could act on; it reads back as it was. */
export const escapeInvisible = (text: string): string => rewriteInvisible(text, escapes);

/**
 * One valid JSON document, indented by one space. Nothing is left out; characters that a terminal could act on or that
 * hide or reorder text are escaped, so that it reads back as it was.
 */
export const json: Renderer = {
  id: 'json',
  says: 'one JSON document with everything, for programs',
  extensions: ['json'],
  render: (document) => `${escapeInvisible(JSON.stringify(document, null, 1))}\n`,
};
