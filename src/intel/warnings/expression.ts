/** Expressions of `regex` lists, as MISP writes them: bare, or between slashes with flags. Linear time. */
import { RE2JS } from 're2js';

/** Longer than any that a list holds. */
const MAX_EXPRESSION = 2000;

/** The compiled expression; null where it is none of RE2. */
export function compileEntry(entry: string): RE2JS | null {
  if (entry.length > MAX_EXPRESSION) return null;
  const delimited = /^\/(.*)\/([a-z]*)$/s.exec(entry);
  const [source, flags] = delimited ? [delimited[1] ?? '', delimited[2] ?? ''] : [entry, 'i'];
  try {
    return RE2JS.compile(source, flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0);
  } catch {
    return null;
  }
}
