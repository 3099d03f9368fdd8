/** What a report names, as records: indicators and context with their sentence, everything honest as something other. */
import type { IntelSource } from '../model/indicator.ts';
import { type Passage, type PassageReader, ProseFault } from '../prose/passage.ts';
import { indicator } from './builder.ts';
import { type FeedInput, type FeedRecord, refusal } from './feed.ts';
import { itemsIn, type ReportItem } from './report-item.ts';

/** Distinct values of a report whose repetitions are told; beyond it each mention is a record of its own. */
const MAX_KNOWN = 500_000;

/** Reads a report's text with a reader of passages. A page without anything named is no report. */
export async function* readReport(input: FeedInput, reader: PassageReader): AsyncGenerator<readonly FeedRecord[]> {
  const known = new Map<string, number>();
  let records = 0;
  try {
    for await (const items of reportItems(input.text, reader)) {
      const batch = items.map((item) => recordOf(item, input.source, known));
      records += batch.length;
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    if (!(error instanceof ProseFault)) throw error;
    records++;
    yield [refusal('bad-record', 1, `a document of which the rest was not read: ${error.message}`)];
  }
  if (records === 0) yield [refusal('no-indicators', 1, 'a document that names nothing')];
}

/** Everything that a text names, passage by passage. */
export async function* reportItems(
  text: AsyncIterable<string>,
  reader: PassageReader,
): AsyncGenerator<readonly ReportItem[]> {
  const all = (passages: readonly Passage[]): ReportItem[] =>
    passages.flatMap((passage) => itemsIn(passage, reader.publishers()));
  for await (const piece of text) yield all(reader.write(piece));
  yield all(reader.end());
}

function recordOf(item: ReportItem, source: IntelSource, known: Map<string, number>): FeedRecord {
  const { line } = item;
  if (item.as === 'honest') return { other: item.why, line };
  if (item.as === 'trait') return { other: item.kind, line };
  if (item.as === 'unread') return refusal(item.reason, line, item.detail, item.text);
  const key = `${item.kind} ${item.value}`;
  if ((known.get(key) ?? -1) >= item.confidence) return { other: 'named before', line };
  if (known.size < MAX_KNOWN) known.set(key, item.confidence);
  return {
    indicator: indicator(item.kind, item.value, line, source, {
      confidence: item.confidence,
      detect: item.as === 'indicator',
      description: item.sentence.text,
      labels: [...(item.page === null ? [] : [`report:page=${item.page}`]), `report:offset=${item.offset}`],
    }),
  };
}
