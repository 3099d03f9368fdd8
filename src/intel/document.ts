/** Whole JSON documents, with a ceiling. */
import { parseJson } from '../model/json.ts';
import { type FeedInput, type FeedRecord, refusal } from './feed.ts';

/** The whole text, or the one refusal that stands for the file. */
export async function readText(input: Pick<FeedInput, 'text' | 'maxDocument'>): Promise<string | FeedRecord> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of input.text) {
    length += piece.length;
    if (length > input.maxDocument)
      return refusal(
        'too-large',
        1,
        `a JSON document is read whole, up to ${input.maxDocument} characters; split it into smaller ones`,
      );
    pieces.push(piece);
  }
  return pieces.join('');
}

/** The parsed document, or the one refusal that stands for the file. */
export async function readDocument(input: FeedInput): Promise<{ readonly document: unknown } | FeedRecord> {
  const text = await readText(input);
  if (typeof text !== 'string') return text;
  try {
    return { document: parseJson(text) };
  } catch (error) {
    return refusal('bad-json', 1, 'not valid JSON', error instanceof Error ? error.message : '');
  }
}

/** An object of the document, seen as a bag of unknown fields; null for anything else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list that `value` is; a lone value is a list of one; null and undefined are the empty list. */
export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
}

/** Text and finite numbers as text; null for anything else and for blank text. */
export function asText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Yields `records` in batches, so that a large document does not become a second large list. */
export function* inBatches(records: Iterable<FeedRecord>, size = 4096): Generator<readonly FeedRecord[]> {
  let batch: FeedRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
