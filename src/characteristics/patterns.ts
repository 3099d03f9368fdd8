/** Text as an RE2 pattern of ASCII letters, digits, `_`, `-` and \x{…} alone: nothing in it ends a literal or repeats. */
export const literalPattern = (text: string): string =>
  [...text].map((c) => (/[A-Za-z0-9_-]/.test(c) ? c : `\\x{${(c.codePointAt(0) ?? 0).toString(16)}}`)).join('');

/** Patterns longer than this are no template of anybody's. */
const MAX_WORDS = 2000;

/** A path of any of the directories, ended by one of the files with one of the extensions; null where there are no files. */
export function wordPattern(
  dirs: readonly string[],
  files: readonly string[],
  extensions: readonly string[],
): string | null {
  if (files.length === 0 || files.length + dirs.length > MAX_WORDS) return null;
  const any = (words: readonly string[]): string => `(?:${[...new Set(words)].map(literalPattern).join('|')})`;
  const directory = dirs.length === 0 ? '' : `(?:/${any(dirs)})+`;
  const end = extensions.length === 0 ? '' : `(?:[.]${any(extensions)})${extensions.includes('') ? '?' : ''}`;
  return `${directory}/${any(files)}${end}`;
}
