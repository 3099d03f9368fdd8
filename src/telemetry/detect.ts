import type { Format } from './format.ts';
import { formats } from './formats/index.ts';
import type { Head } from './head.ts';

/** The format of a text by its content, or null when none knows it. */
export const detectFormat = (head: Head): Format | null =>
  head.lines.length === 0 ? null : (formats.find((f) => f.detect(head)) ?? null);

/** The format of that id, or null. */
export const formatById = (id: string): Format | null => formats.find((f) => f.id === id) ?? null;
