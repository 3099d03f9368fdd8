import type { Format } from './format.ts';
import { formats } from './formats/index.ts';
import type { Head } from './head.ts';
import { lineFits } from './text/expressions.ts';

/** Tells for a line which format reads it; null where none of those that may stand beside others does. */
export type LineSorter = (line: string) => Format | null;

const sorters = formats.flatMap((format) => (format.line ? [{ format, fits: lineFits(format.line) }] : []));

export const formatOfLine: LineSorter = (line) => sorters.find(({ fits }) => fits(line))?.format ?? null;

/**
 * Formats whose lines stand among the first ones of a file, each once, the most frequent first: more than one where
 * devices share a relay.
 */
export function formatsOfLines(head: Head): Format[] {
  const counts = new Map<Format, number>();
  for (const line of head.lines) {
    const format = formatOfLine(line);
    if (format) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([format]) => format);
}
