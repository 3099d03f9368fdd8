import type { Format } from './format.ts';
import { formats } from './formats/index.ts';
import type { Head } from './head.ts';

const general = formats.filter((f) => f.general === true);
const specific = formats.filter((f) => f.general !== true);

/** The format of a text by its content, or null when none knows it. */
export const detectFormat = (head: Head): Format | null => knownFormat(head) ?? generalFormat(head);

/** The format made for this text; the general ones are not asked. */
export const knownFormat = (head: Head): Format | null => firstOf(specific, head);

/** A format that reads well-known fields of whatever product. */
export const generalFormat = (head: Head): Format | null => firstOf(general, head);

const firstOf = (among: readonly Format[], head: Head): Format | null =>
  head.lines.length === 0 ? null : (among.find((f) => f.detect(head)) ?? null);

/** The format of that id, or null. */
export const formatById = (id: string): Format | null => formats.find((f) => f.id === id) ?? null;
