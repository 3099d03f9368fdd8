import { readMapping } from '../telemetry/mapping/read.ts';
import { isTree, type Tree } from '../telemetry/nest.ts';
import { normalize } from './normalize.ts';

export type TryOptions = { readonly first: number; readonly stdin?: NodeJS.ReadableStream };

/** What a dry run ends with: how many records it read, and which fields no column took in how many of them. */
export type Trial = {
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
  /** By field, the most frequent first. */
  readonly unmapped: Readonly<Record<string, number>>;
};

/** A dry run of a mapping file: the first records as it reads them, then one line that sums all of them up. Nothing is kept. */
export async function* tryMapping(
  mapping: string,
  logs: readonly string[],
  { first, stdin }: TryOptions,
): AsyncGenerator<object> {
  const { id } = readMapping(mapping);
  const refused = new Map<string, number>();
  const unmapped = new Map<string, number>();
  let accepted = 0;
  let shown = 0;
  for await (const record of normalize(logs, {
    schema: 'ocsf',
    as: id,
    mappings: [mapping],
    ...(stdin ? { stdin } : {}),
  })) {
    if (shown++ < first) yield record;
    if ('refused' in record) add(refused, record.refused);
    else {
      accepted++;
      for (const name of Object.keys(restOf(record.event))) add(unmapped, name);
    }
  }
  yield { accepted, refused: counted(refused), unmapped: counted(unmapped) } satisfies Trial;
}

const restOf = (event: object): Tree => ('unmapped' in event && isTree(event.unmapped) ? event.unmapped : {});

const add = (counts: Map<string, number>, name: string): void => {
  if (counts.has(name) || counts.size < 1000) counts.set(name, (counts.get(name) ?? 0) + 1);
};

const counted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
