/** CSV and its relatives with a header: comma, semicolon, tab or pipe; columns found by the names that feeds use. */
import type { IntelSource } from '../../model/indicator.ts';
import { type Facts, indicator, sourceBook } from '../builder.ts';
import { type Role, typeHint } from '../columns.ts';
import { type Feed, type FeedRecord, HEAD_LENGTH, type NoteReason, refusal } from '../feed.ts';
import { findHeader, type Header, looksLikeCsv } from '../header.ts';
import { lineBatches, MAX_LINE, peek, tooLong } from '../lines.ts';
import { type Hint, observe } from '../observe.ts';
import { type Row, RowReader } from '../rows.ts';
import { isJson } from '../shape.ts';
import { isNothing, readConfidence, readFlag, readLabels, readTime } from '../words.ts';

/** Reads also the lists of abuse.ch, whose header stands in a comment. One row is one indicator: its first value. */
export const csv = {
  id: 'csv',
  name: 'CSV with a header (comma, semicolon, tab or pipe)',
  blindTo: ['columns with names that are not known'],
  detect: (head) => !isJson(head) && looksLikeCsv(head),
  async *read(input) {
    const { head, text } = await peek(input.text, HEAD_LENGTH);
    const header = findHeader(head);
    if (header === null) {
      yield [refusal('missing-column', 1, 'no header names a column of values')];
      return;
    }
    const read = rowReader(header, input.source);
    const rows = new RowReader(header.delimiter);
    for await (const { first, lines } of lineBatches(text)) {
      for (let i = 0; i < lines.length; i++) if (first + i > header.line) rows.push(lines[i] ?? '', first + i);
      yield rows.drain().map(read);
    }
    yield rows.finish().map(read);
  },
} satisfies Feed;

type Cell = (role: Role) => string;

/** How the rows of one file are read. */
function rowReader(header: Header, fallback: IntelSource): (row: Row) => FeedRecord {
  const source = sourceBook(fallback);
  const values = valueColumns(header);
  return ({ line, cells, text }) => {
    if (cells === null) return text.length > MAX_LINE ? tooLong(line) : refusal('bad-quotes', line, 'open quote', text);
    const cell: Cell = (role) => firstOf(cells, header.columns.get(role));
    const given = values.find(({ index }) => (cells[index] ?? '').trim() !== '');
    if (given) return readRow(withPath(cells[given.index] ?? '', cell('path')), given.hint, line, cell, source);
    const short = cells.length <= Math.min(...values.map(({ index }) => index));
    return short
      ? refusal('missing-column', line, `${cells.length} columns`, text)
      : refusal('missing-value', line, 'the column of values is empty', text);
  };
}

function valueColumns(header: Header): readonly { readonly index: number; readonly hint: Hint }[] {
  return [...header.columns].flatMap(([role, indices]) => {
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
const withPath = (value: string, path: string): string => (path.startsWith('/') ? `${value.trim()}${path}` : value);

function readRow(
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
    detect: readFlag(cell('detect')) ?? true,
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
  if (labels === '' && tlp === '') return NO_LABELS;
  const written = isNothing(labels) ? [] : labels.split(/[,;|]/);
  return readLabels(isNothing(tlp) ? written : [...written, `tlp:${tlp}`]);
}

/** Only ids that are unique beyond their file: a UUID, alone or behind a STIX type. */
function stableId(written: string): string | null {
  return /^(?:[a-z0-9-]{1,60}--)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(written)
    ? written.toLowerCase()
    : null;
}
