import { detectFormat } from '../detect.ts';
import { readHead } from '../head.ts';

/**
 * The lines at the beginning of a log that tell what the others mean (`#fields`, the names of columns): they go before
 * every slice of it. Empty where each record speaks for itself. `start` is the beginning of the log, whole lines.
 */
export function headerOf(start: string): string {
  const lines = start.replace(/^\uFEFF/, '').split('\n');
  let directives = 0;
  while (lines[directives]?.startsWith('#')) directives++;
  if (directives > 0) return `${lines.slice(0, directives).join('\n')}\n`;
  const [first = '', ...rest] = lines;
  if (/^\s*[[{]/.test(first) || first.trim() === '') return '';
  const whole = detectFormat(readHead(start, true));
  // Without its first line the log is no longer what it was: the line names the columns.
  return whole && detectFormat(readHead(rest.join('\n'), true)) !== whole ? `${first}\n` : '';
}

/** The last run of directives inside a slice, when it names columns anew; else null. */
export function laterHeader(slice: string): string | null {
  const at = Math.max(slice.lastIndexOf('\n#fields'), slice.lastIndexOf('\n#Fields'));
  if (at < 0) return null;
  let from = at + 1;
  for (;;) {
    const before = slice.lastIndexOf('\n', from - 2) + 1;
    if (before >= from || slice[before] !== '#') break;
    from = before;
  }
  const lines = slice.slice(from).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return end < 0 ? slice.slice(from) : `${lines.slice(0, end).join('\n')}\n`;
}

/** The format that these lines show by themselves, or null. */
export const formatOf = (lines: string): string | null => detectFormat(readHead(lines, true))?.id ?? null;
