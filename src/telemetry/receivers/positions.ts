import type { BatchFacts } from './spool.ts';

/** How far each source is read, by its keys: what the lake has on record and, above it, what waits in the spool. */
export type Positions = Map<string, Map<string, string>>;

export function withWaiting(kept: Positions, waiting: readonly BatchFacts[]): Positions {
  const all: Positions = new Map([...kept].map(([source, positions]) => [source, new Map(positions)]));
  for (const { source, positions } of waiting)
    for (const { key, value } of positions) {
      const of = all.get(source) ?? new Map<string, string>();
      all.set(source, of);
      if (value === null) of.delete(key);
      else of.set(key, value);
    }
  return all;
}
