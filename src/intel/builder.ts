/** From what a reader found in a record to an `Indicator`: ids, shared sources, ceilings on text. */
import { hash } from 'node:crypto';
import type { Indicator, IndicatorKind, IntelSource } from '../model/indicator.ts';

/** What a record says beyond kind and value; all that is absent is unknown. */
export type Facts = {
  readonly id?: string | null;
  readonly pattern?: string | null;
  readonly match?: 'equals' | 'like';
  readonly source?: IntelSource;
  readonly confidence?: number | null;
  readonly validFrom?: number | null;
  readonly validUntil?: number | null;
  readonly recorded?: number | null;
  readonly detect?: boolean;
  readonly description?: string | null;
  readonly labels?: readonly string[];
};

const NO_LABELS: readonly string[] = [];
const MAX_DESCRIPTION = 600;
const MAX_ID = 200;

/** The indicator of one record. `source` is used where the facts name none. */
export function indicator(
  kind: IndicatorKind,
  value: string | null,
  line: number,
  source: IntelSource,
  facts: Facts = {},
): Indicator {
  const from = facts.source ?? source;
  const labels = facts.labels ?? NO_LABELS;
  return {
    id: facts.id?.slice(0, MAX_ID) ?? makeId(from.name, kind, value ?? facts.pattern ?? ''),
    kind,
    value,
    pattern: facts.pattern ?? null,
    match: facts.match ?? 'equals',
    source: from,
    confidence: facts.confidence ?? null,
    validFrom: facts.validFrom ?? null,
    validUntil: facts.validUntil ?? null,
    recorded: facts.recorded ?? null,
    detect: facts.detect ?? true,
    endpoint: endpointOf(labels),
    description: facts.description?.trim().slice(0, MAX_DESCRIPTION) || null,
    labels,
    line,
  };
}

/** The same source, kind and value always give the same id: 132 bits of a SHA-256 in base64url, 22 characters. */
function makeId(source: string, kind: string, value: string): string {
  return hash('sha256', `${source}\u0000${kind}\u0000${value}`, 'base64url').slice(0, 22);
}

/** ATT&CK: T1583 is acquire infrastructure, T1584 is compromise infrastructure. */
function endpointOf(labels: readonly string[]): Indicator['endpoint'] {
  if (labels.length === 0) return 'unknown';
  const words = labels.join('\n').toLowerCase();
  if (/compromised|t1584/.test(words)) return 'compromised';
  return /t1583|adversary-owned|attacker-owned|actor-owned/.test(words) ? 'acquired' : 'unknown';
}

/** Beyond this many names of sources in one file they are no longer shared, only made. */
const MAX_SOURCES = 10_000;
const MAX_NAME = 200;

/** Gives the same object for the same name and licence, so that a million indicators share one source. */
export function sourceBook(fallback: IntelSource): (name: string | null, licence?: string | null) => IntelSource {
  const book = new Map<string, IntelSource>();
  return (name, licence = null) => {
    if (name === null && licence === null) return fallback;
    const key = `${name ?? ''}\u0000${licence ?? ''}`;
    const known = book.get(key);
    if (known) return known;
    const source: IntelSource = {
      name: name?.trim().slice(0, MAX_NAME) || fallback.name,
      licence: licence?.trim().slice(0, MAX_NAME) || fallback.licence,
      file: fallback.file,
    };
    if (book.size < MAX_SOURCES) book.set(key, source);
    return source;
  };
}
