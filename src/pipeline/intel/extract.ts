/** What reports name, item by item, each with its sentence: for people who review it; nothing is kept. */
import { createReadStream } from 'node:fs';
import { peek } from '../../intel/lines.ts';
import { FileFault, openText } from '../../intel/open.ts';
import type { ReportItem } from '../../intel/report-item.ts';
import { reportItems } from '../../intel/report-records.ts';
import { codeOf, walk } from '../../intel/walk.ts';
import { VirgaError } from '../../model/errors.ts';
import { htmlPassages, isHtml } from '../../prose/html.ts';
import { ProseFault } from '../../prose/passage.ts';
import { plainPassages } from '../../prose/plain.ts';

/** A report, unpacked. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Characters that tell what a document is. */
const HEAD = 4096;

export type Extracted = Readonly<Record<string, string | number | null>>;

/** One row for each thing named, in the order of the document. Throws VirgaError for a document that cannot be read. */
export async function* extract(paths: readonly string[], stdin: AsyncIterable<Uint8Array>): AsyncGenerator<Extracted> {
  for (const found of walk(paths)) {
    const { file } = found;
    if (found.skip !== null) throw new VirgaError('intel.unreadable', `${file} is not read: ${found.detail}.`);
    const bytes = file === '-' ? stdin : createReadStream(file, { highWaterMark: 262_144 });
    try {
      const { head, text } = await peek(openText(bytes, MAX_BYTES), HEAD);
      const reader = isHtml(head) ? htmlPassages() : plainPassages();
      for await (const items of reportItems(text, reader)) for (const item of items) yield rowOf(file, item);
    } catch (error) {
      throw faultOf(file, error);
    }
  }
}

function faultOf(file: string, error: unknown): unknown {
  if (error instanceof FileFault || error instanceof ProseFault)
    return new VirgaError('intel.unreadable', `${file}: ${error.message}.`, { cause: error });
  if (codeOf(error) !== '')
    return new VirgaError('path.vanished', `${file} cannot be read (${codeOf(error)}).`, { cause: error });
  return error;
}

function rowOf(file: string, item: ReportItem): Extracted {
  const place = { sentence: item.sentence.text, offset: item.offset, page: item.page, line: item.line };
  const found = { file, text: item.text, as: item.as };
  switch (item.as) {
    case 'indicator':
    case 'context':
      return { ...found, kind: item.kind, value: item.value, confidence: item.confidence, why: null, ...place };
    case 'honest':
      return { ...found, kind: null, value: null, confidence: null, why: item.why, ...place };
    case 'trait':
      return { ...found, kind: item.kind, value: item.text, confidence: null, why: null, ...place };
    case 'unread':
      return { ...found, kind: null, value: null, confidence: null, why: item.detail, ...place };
    default:
      return item satisfies never;
  }
}
