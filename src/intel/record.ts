/** One record of named cells (a row of a table, an object of JSON) → one indicator. */
import { type Facts, indicator, type sourceBook } from './builder.ts';
import { type Role, typeHint } from './columns.ts';
import { type FeedRecord, type NoteReason, refusal } from './feed.ts';
import { type Hint, observe } from './observe.ts';
import { readPattern } from './pattern.ts';
import { isNothing, readConfidence, readFlag, readLabels, readTime } from './words.ts';

/** For each role the indices of its cells, in the order in which they are tried. */
export type Columns = ReadonlyMap<Role, readonly number[]>;

/** The text of the first cell of a role that holds any; empty where none does. */
export type Cell = (role: Role) => string;

export const cellOf =
  (cells: readonly string[], columns: Columns): Cell =>
  (role) =>
    firstOf(cells, columns.get(role));

/** The columns that may hold the value, in the order in which they are tried. */
export function valueColumns(columns: Columns): readonly { readonly index: number; readonly hint: Hint }[] {
  return [...columns].flatMap(([role, indices]) => {
    const hint = valueHint(role);
    return hint === null ? [] : indices.map((index) => ({ index, hint }));
  });
}

const valueHints = new Map<Role, Hint>(
  (['any', 'domain', 'url', 'address', 'hash', 'certificate', 'ja3', 'ja4', 'email'] as const).map((hint) => [
    `value:${hint}`,
    hint,
  ]),
);
const valueHint = (role: Role): Hint | null => valueHints.get(role) ?? null;

function firstOf(cells: readonly string[], indices: readonly number[] = []): string {
  for (const index of indices) {
    const cell = (cells[index] ?? '').trim();
    if (cell !== '') return cell;
  }
  return '';
}

/** A table with a column for the host and one for the path names a URL. */
export const withPath = (value: string, path: string): string =>
  path.startsWith('/') ? `${value.trim()}${path}` : value;

/** One record of a table: its value, read as its type or column says, and everything that its other cells tell of it. */
export function readRecord(
  value: string,
  column: Hint,
  line: number,
  cell: Cell,
  source: ReturnType<typeof sourceBook>,
): FeedRecord {
  const type = cell('type');
  const typed = type === '' ? null : typeHint(type);
  if (typed === 'elsewhere') return { other: type, line };
  const seen = observe(value, typed ?? column);
  if (!seen.ok)
    return type !== '' && typed === null ? { other: type, line } : refusal(seen.reason, line, seen.detail, value);
  const notes: NoteReason[] = [];
  const from = source(cell('source') || null, cell('licence') || null);
  const made = indicator(seen.kind, seen.value, line, from, factsOf(cell, notes));
  return notes[0] === undefined ? { indicator: made } : { indicator: made, note: notes[0] };
}

function factsOf(cell: Cell, notes: NoteReason[]): Facts {
  const time = (role: Role): number | null => readTime(cell(role)) ?? noted(cell(role), 'bad-date', notes);
  const description = cell('description');
  return {
    id: stableId(cell('id')),
    confidence: readConfidence(cell('confidence')) ?? noted(cell('confidence'), 'bad-confidence', notes),
    validFrom: time('valid_from'),
    validUntil: time('valid_until'),
    recorded: time('recorded'),
    detect: (readFlag(cell('detect')) ?? true) && readFlag(cell('revoked')) !== true,
    description: isNothing(description) ? null : description,
    labels: labelsOf(cell),
  };
}

/** Null, and a note where something is written that did not read. */
function noted(written: string, reason: NoteReason, notes: NoteReason[]): null {
  if (!isNothing(written) && !/^0+$/.test(written)) notes.push(reason);
  return null;
}

const NO_LABELS: readonly string[] = [];

function labelsOf(cell: Cell): readonly string[] {
  const labels = cell('labels');
  const tlp = cell('tlp')
    .toLowerCase()
    .replace(/^tlp[:\s]*/, '');
  const compromised = readFlag(cell('compromised')) === true;
  if (labels === '' && tlp === '' && !compromised) return NO_LABELS;
  const written = isNothing(labels) ? [] : labels.split(/[,;|]/);
  if (compromised) written.push('compromised');
  return readLabels(isNothing(tlp) ? written : [...written, `tlp:${tlp}`]);
}

/** Only ids that are unique beyond their file: a UUID, alone or behind a STIX type. */
function stableId(written: string): string | null {
  return /^(?:[a-z0-9-]{1,60}--)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(written)
    ? written.toLowerCase()
    : null;
}

/** A row that holds a STIX pattern in place of a value, as OpenCTI exports it; other pattern languages are kept as they are. */
export function readPatternRow(
  pattern: string,
  line: number,
  cell: Cell,
  source: ReturnType<typeof sourceBook>,
): FeedRecord {
  const notes: NoteReason[] = [];
  const facts = { ...factsOf(cell, notes), pattern, source: source(cell('source') || null, cell('licence') || null) };
  if (pattern.startsWith('[')) return readPattern(pattern, line, facts, notes[0] ?? null);
  return { indicator: indicator('pattern', null, line, facts.source, facts) };
}
