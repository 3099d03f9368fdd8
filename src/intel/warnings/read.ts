/** Warning lists from files and folders in MISP's format (`list.json`): https://github.com/MISP/misp-warninglists (checked 2026-11-24). */
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { readDocument } from '../document.ts';
import { FileFault, openText } from '../open.ts';
import { codeOf, walk } from '../walk.ts';
import { kindsFor } from './attributes.ts';
import { compileEntry } from './expression.ts';
import { rangeOf } from './ranges.ts';
import { effects, type ListType, listTypes, type WarningList } from './warning-list.ts';

/** What became of one file: a list, with entries = accepted + refused; or why it is none. */
export type ReadList = {
  readonly file: string;
  readonly list: WarningList | null;
  readonly entries: number;
  readonly refused: Readonly<Record<string, number>>;
  /** In words; null where the whole list was taken. */
  readonly fault: string | null;
};

/** Largest list of MISP, times ten. */
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_ENTRY = 2048;

/** `category` is what MISP's server exports; `effect` is ours. Unknown members are let pass. */
const schema = z.object({
  name: z.string().trim().min(1).max(300),
  version: z.union([z.number(), z.string().max(100)]).transform(String),
  description: z.string().max(5000).default(''),
  type: z.enum(listTypes),
  category: z.string().optional(),
  effect: z.enum(effects).optional(),
  matching_attributes: z.array(z.string()).default([]),
  list: z.array(z.unknown()),
});

/** Everything under `paths`, a list or why not for each file. Throws `VirgaError` for a path that is missing. */
export async function readWarningLists(paths: readonly string[]): Promise<readonly ReadList[]> {
  const read: ReadList[] = [];
  for (const found of walk(paths)) if (found.skip === null) read.push(await readList(found.file));
  return read;
}

/** One file. */
export async function readList(file: string): Promise<ReadList> {
  const none = (fault: string): ReadList => ({ file, list: null, entries: 0, refused: {}, fault });
  try {
    const source = { name: file, licence: null, file };
    const text = openText(createReadStream(file), MAX_BYTES);
    const read = await readDocument({ source, text, maxDocument: MAX_BYTES });
    return 'document' in read ? fromDocument(file, read.document) : none('not valid JSON');
  } catch (error) {
    if (error instanceof FileFault) return none(error.message);
    if (codeOf(error) !== '') return none(`the file cannot be read (${codeOf(error)})`);
    throw error;
  }
}

function fromDocument(file: string, document: unknown): ReadList {
  const parsed = schema.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const fault = `no warning list: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
    return { file, list: null, entries: 0, refused: {}, fault };
  }
  const { name, version, description, type, list, matching_attributes: attributes } = parsed.data;
  const refused: Record<string, number> = {};
  const entries = list.flatMap((given) => {
    const entry = typeof given === 'number' ? String(given) : typeof given === 'string' ? given.trim() : '';
    const fault = faultOf(entry, type);
    if (fault !== null) refused[fault] = (refused[fault] ?? 0) + 1;
    return fault === null ? [entry] : [];
  });
  // A "known" list of MISP's server names what is known, not what is a mistake.
  const effect = parsed.data.effect ?? (parsed.data.category === 'known' ? 'inform' : null);
  const kinds = kindsFor(attributes);
  const made: WarningList = { name, version, description, type, effect, attributes, kinds, entries };
  return { file, list: made, entries: list.length, refused, fault: null };
}

function faultOf(entry: string, type: ListType): string | null {
  if (entry === '') return 'no-text';
  if (entry.length > MAX_ENTRY) return 'too-long';
  if (type === 'cidr') return rangeOf(entry) === null ? 'no-range' : null;
  if (type === 'regex') return compileEntry(entry) === null ? 'no-expression' : null;
  return null;
}

/** The lists that count: of one name the latest version, and of one version the later file. */
export function newest(lists: readonly WarningList[]): readonly WarningList[] {
  const byName = new Map<string, WarningList>();
  for (const list of lists) {
    const before = byName.get(list.name);
    if (before === undefined || !isOlder(list.version, before.version)) byName.set(list.name, list);
  }
  return [...byName.values()];
}

const isOlder = (one: string, other: string): boolean => one.localeCompare(other, 'en', { numeric: true }) < 0;
