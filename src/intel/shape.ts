/** What a file looks like from its first characters, shared by the readers' `detect`. */

/** Whether the text begins as a JSON object, or as a list of objects, lists or texts. */
export function isJson(head: string): boolean {
  return /^\s*(?:\{\s*["}]|\[\s*[{["\]])/.test(head.slice(0, 2000));
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

/** Whether the lines are a list: at least one reads, and fewer than a quarter are sentences. */
export function listShape(head: string, reads: (line: string) => boolean): boolean {
  const lines = contentLines(head);
  const sentences = lines.filter(isSentence).length;
  return sentences * 4 < Math.max(lines.length, 1) && lines.some(reads);
}

/** Whether free text: sentences are a quarter of the lines or more, or nothing reads as a list. */
function isSentence(line: string): boolean {
  const uncommented = line.replace(/\s(?:#|;|\/\/).*$/, '');
  return uncommented.split(/\s+/, SENTENCE).length === SENTENCE;
}
