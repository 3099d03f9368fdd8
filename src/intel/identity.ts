/** Identity: one observable at one granularity is one indicator, whoever speaks of it. Pure. */
import { createHash } from 'node:crypto';
import type { Indicator } from '../model/indicator.ts';

/** What is the same for every statement about an observable: its kind, how it compares, its normalised text. */
export function observableText({
  kind,
  match,
  value,
  pattern,
}: Pick<Indicator, 'kind' | 'match' | 'value' | 'pattern'>): string {
  return `${kind}\u001f${match}\u001f${value ?? pattern ?? ''}`;
}

/** The key of an observable: 32 hexadecimal digits of a SHA-256. A URL and its host are two observables. */
export function observableKey(indicator: Pick<Indicator, 'kind' | 'match' | 'value' | 'pattern'>): string {
  return createHash('sha256').update(observableText(indicator)).digest('hex').slice(0, 32);
}
