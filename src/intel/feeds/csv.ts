/** CSV and its relatives with a header: comma, semicolon, tab or pipe; columns found by the names that feeds use. */
import type { IntelSource } from '../../model/indicator.ts';
import { sourceBook } from '../builder.ts';
import { namesBeside } from '../c2-pairs.ts';
import { isClaimed } from '../claimed.ts';
import { type Feed, type FeedRecord, HEAD_LENGTH, refusal } from '../feed.ts';
import { findHeader, type Header, looksLikeCsv } from '../header.ts';
import { lineBatches, MAX_LINE, peek, tooLong } from '../lines.ts';
import { type Cell, cellOf, readPatternRow, readRecord, valueColumns, withPath } from '../record.ts';
import { type Row, RowReader } from '../rows.ts';
import { isJson } from '../shape.ts';

/** Reads also the lists of abuse.ch, whose header stands in a comment. One row is one indicator: its first value. */
export const csv = {
  id: 'csv',
  name: 'CSV with a header (comma, semicolon, tab or pipe)',
  blindTo: ['columns with names that are not known'],
  detect: (head) => !isJson(head) && looksLikeCsv(head) && !isClaimed(head),
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

/** How the rows of one file are read. */
function rowReader(header: Header, fallback: IntelSource): (row: Row) => FeedRecord {
  const source = sourceBook(fallback);
  const values = valueColumns(header.columns);
  return ({ line, cells, text }) => {
    if (cells === null) return text.length > MAX_LINE ? tooLong(line) : refusal('bad-quotes', line, 'open quote', text);
    const cell: Cell = cellOf(cells, header.columns);
    const given = values.find(({ index }) => (cells[index] ?? '').trim() !== '');
    if (given) {
      const record = readRecord(withPath(cells[given.index] ?? '', cell('path')), given.hint, line, cell, source);
      return header.columns.has('behind') ? withNames(record, cell) : record;
    }
    if (cell('pattern') !== '') return readPatternRow(cell('pattern'), line, cell, source);
    const short = cells.length <= Math.min(...values.map(({ index }) => index));
    return short
      ? refusal('missing-column', line, `${cells.length} columns`, text)
      : refusal('missing-value', line, 'the column of values is empty', text);
  };
}

/** A server's address with its names beside it. */
function withNames(record: FeedRecord, cell: Cell): FeedRecord {
  const also = 'indicator' in record ? namesBeside(record.indicator, cell) : [];
  return 'indicator' in record && also.length > 0 ? { ...record, also } : record;
}
