/** Indicators on their way into the log: lines of a temporary file that the engine reads at its own speed. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Indicator, IntelSource } from '../model/indicator.ts';

/** The columns of the spool, in order, as the engine reads them. */
export const spoolColumns = {
  n: 'BIGINT',
  id: 'VARCHAR',
  kind: 'VARCHAR',
  value: 'VARCHAR',
  pattern: 'VARCHAR',
  alike: 'BOOLEAN',
  source_no: 'INTEGER',
  confidence: 'DOUBLE',
  valid_from: 'BIGINT',
  valid_until: 'BIGINT',
  recorded: 'BIGINT',
  detect: 'BOOLEAN',
  endpoint: 'VARCHAR',
  description: 'VARCHAR',
  labels: 'VARCHAR',
  line: 'BIGINT',
} as const;

/** Between labels: no label holds it, since readers cut control characters away at the edge of words only. */
export const LABEL_BREAK = '\u001f';

/** Characters gathered before they are written. */
const FLUSH = 1 << 20;

export type Spool = {
  readonly path: string;
  readonly add: (indicators: readonly Indicator[]) => void;
  /** Writes what is left; afterwards the file is whole. */
  readonly finish: () => { readonly rows: number; readonly sources: readonly IntelSource[] };
};

/** A spool file at `path`, made new. Memory: one megabyte, and the distinct sources. */
export function createSpool(path: string): Spool {
  const file = openSync(path, 'wx', 0o600);
  const sources = new Map<IntelSource, number>();
  let waiting = '';
  let rows = 0;
  const flush = (): void => {
    if (waiting !== '') writeSync(file, waiting);
    waiting = '';
  };
  const numberOf = (source: IntelSource): number => {
    const known = sources.get(source);
    if (known !== undefined) return known;
    sources.set(source, sources.size);
    return sources.size - 1;
  };
  return {
    path,
    add: (indicators) => {
      for (const indicator of indicators) {
        rows++;
        waiting += lineOf(indicator, rows, numberOf(indicator.source));
        if (waiting.length > FLUSH) flush();
      }
    },
    finish: () => {
      flush();
      closeSync(file);
      return { rows, sources: [...sources.keys()] };
    },
  };
}

/** Most rows say nothing but their value; they take the short way, which costs half. */
function lineOf(i: Indicator, n: number, source: number): string {
  const known = `${n},${text(i.id)},${i.kind},${text(i.value)},`;
  if (i.pattern === null && i.confidence === null && i.validFrom === null && i.recorded === null && isBare(i))
    return `${known},false,${source},,,,,true,unknown,,,${i.line}\n`;
  const dated = `${i.confidence ?? ''},${i.validFrom ?? ''},${i.validUntil ?? ''},${i.recorded ?? ''},${i.detect},${i.endpoint},`;
  const labels = i.labels.length === 0 ? '' : text(i.labels.join(LABEL_BREAK));
  return `${known}${text(i.pattern)},${i.match === 'like'},${source},${dated}${text(i.description)},${labels},${i.line}\n`;
}

const isBare = (i: Indicator): boolean =>
  i.validUntil === null &&
  i.description === null &&
  i.labels.length === 0 &&
  i.detect &&
  i.match === 'equals' &&
  i.endpoint === 'unknown';

/**
 * Line feed and carriage return inside a text travel as these, so that a line of the spool is a row; `inLines` brings
 * them back. Other control characters that the engine cannot hold, or that stand for something here, become U+FFFD.
 */
const [FEED, RETURN] = ['\u001d', '\u001e'];
const UNFIT = /[\u0000\u001d\u001e]/g;
const SPECIAL = /[",\r\n\u0000\u001d\u001e]/;

/** A CSV cell; nothing and the empty text are the same. */
function text(cell: string | null): string {
  if (cell === null || cell === '') return '';
  if (!SPECIAL.test(cell)) return cell;
  const line = cell.replace(UNFIT, '\ufffd').replaceAll('\n', FEED).replaceAll('\r', RETURN);
  return `"${line.replaceAll('"', '""')}"`;
}

/** The text of a column with its line feeds and carriage returns, as SQL. */
export const inLines = (column: string): string => `translate(${column}, '${FEED}${RETURN}', chr(10) || chr(13))`;
