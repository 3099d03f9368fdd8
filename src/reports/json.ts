import type { Renderer } from './renderer.ts';

// JSON.stringify leaves these as they are; a terminal could act on C1 controls, and bidirectional marks reorder text.
const UNQUOTED = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One valid JSON document, indented by one space, in ASCII where a character could act or hide. Nothing is left out. */
export const json: Renderer = {
  id: 'json',
  says: 'one JSON document with everything, for programs',
  extensions: ['json'],
  render: (document) =>
    `${JSON.stringify(document, null, 1).replace(UNQUOTED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`,
};
