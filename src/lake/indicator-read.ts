/** Reading the indicator log: rows of the engine as indicators. */
import type { Indicator, IndicatorKind, IntelSource, StoredIndicator } from '../model/indicator.ts';
import { indicatorKinds } from '../model/indicator.ts';
import type { Engine, Row, Value } from './engine.ts';
import { currentSelect, type LogFile } from './indicator-log.ts';

/** The current statements as of a time, those about one observable behind each other, in order of kind and value. */
export async function* statements(
  engine: Engine,
  files: readonly LogFile[],
  asOf: number,
): AsyncGenerator<readonly StoredIndicator[]> {
  const read = indicatorReader();
  const sql = `${currentSelect(files, asOf)} ORDER BY kind, coalesce(value, pattern), alike, seq, n`;
  for await (const rows of engine.stream(sql)) yield rows.map(read);
}

/** Reads rows of the log; indicators of one source share one object. */
export function indicatorReader(): (row: Row) => StoredIndicator {
  const sources = new Map<string, IntelSource>();
  const sourceOf = (row: Row): IntelSource => {
    const source = {
      name: String(row.source),
      licence: textOrNull(row.licence),
      file: String(row.file),
      from: 'workspace' as const,
    };
    const key = JSON.stringify(source);
    const known = sources.get(key);
    if (known) return known;
    sources.set(key, source);
    return source;
  };
  return (row) => ({
    id: String(row.id),
    kind: kindOf(row.kind),
    value: textOrNull(row.value),
    pattern: textOrNull(row.pattern),
    match: row.alike === true ? 'like' : 'equals',
    source: sourceOf(row),
    confidence: numberOrNull(row.confidence),
    validFrom: numberOrNull(row.valid_from),
    validUntil: numberOrNull(row.valid_until),
    recorded: numberOrNull(row.recorded),
    detect: row.detect === true,
    endpoint: endpointOf(row.endpoint),
    description: textOrNull(row.description),
    labels: Array.isArray(row.labels) ? row.labels.map(String) : [],
    line: Number(row.line),
    learned: Number(row.learned),
    seq: Number(row.seq),
  });
}

const kindOf = (value: Value | undefined): IndicatorKind => indicatorKinds.find((kind) => kind === value) ?? 'pattern';
const endpointOf = (value: Value | undefined): Indicator['endpoint'] =>
  value === 'acquired' || value === 'compromised' ? value : 'unknown';
const textOrNull = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
const numberOrNull = (value: Value | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);
