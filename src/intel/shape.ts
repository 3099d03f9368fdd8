/** What a file looks like from its first characters, shared by the readers' `detect`. */

/** Whether the text begins as a JSON object, or as a list of objects, lists or texts. */
export function isJson(head: string): boolean {
  return /^\s*(?:\{\s*["}]|\[\s*[{["\]])/.test(head.slice(0, 2000));
}

/** Whether a line names its columns as Zeek does. */
export function hasZeekHeader(head: string): boolean {
  return /^#fields\t/m.test(head);
}

/** Lines that `detect` tries at most. */
const MAX_LINES = 400;
/** A line of this many words is a sentence. */
const SENTENCE = 5;

/** The first whole lines of a file that are neither blank nor comments, trimmed; the last, perhaps cut line is left out. */
export function contentLines(head: string, max = MAX_LINES): string[] {
  const lines = head.split('\n');
  if (lines.length > 1 && head.length >= 60_000) lines.pop();
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:[#;!]|\/\/)/.test(line))
    .slice(0, max);
}

/**
 * Whether the lines are a list: at least one reads. Where some of the others are sentences, they are fewer than a tenth
 * of all lines, and half of all lines read: else it is a text with a list in it.
 */
export function listShape(head: string, reads: (line: string) => boolean): boolean {
  const lines = contentLines(head);
  const unread = lines.filter((line) => !reads(line));
  const sentences = unread.filter(isSentence).length;
  if (unread.length === lines.length) return false;
  return sentences === 0 || (sentences * 10 < lines.length && unread.length * 2 <= lines.length);
}

function isSentence(line: string): boolean {
  return line.split(/\s+/, SENTENCE).length === SENTENCE;
}
