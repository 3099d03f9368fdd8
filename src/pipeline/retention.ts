import { openLake } from '../lake/lake.ts';
import { forget, type Stored, storedBatches } from '../lake/retention.ts';
import { temporaryDirectory } from './temporary.ts';

export type RetentionOptions = {
  readonly workspace: string;
  readonly memory: string;
  /** Milliseconds since 1970: batches whose newest event is older go; null: none goes by age. */
  readonly before: number | null;
  /** The events on disk may take this much, in bytes: the oldest batches go until they do; null: any. */
  readonly maxBytes: number | null;
  /** Say what would go, and let nothing go. */
  readonly dryRun: boolean;
};

export type RetentionDocument = {
  readonly workspace: string;
  readonly dry_run: boolean;
  readonly kept: Sum;
  readonly dropped: Sum;
  readonly batches: readonly {
    readonly file: string;
    readonly events: number;
    readonly bytes: number;
    readonly last: string;
    readonly why: 'age' | 'size';
  }[];
};

type Sum = { readonly batches: number; readonly events: number; readonly bytes: number };

/** Lets go of whole batches by age and by size. A batch goes by its newest event, so nothing younger goes with it. */
export async function retain(options: RetentionOptions): Promise<RetentionDocument> {
  const temp = temporaryDirectory();
  try {
    const lake = await openLake({ workspace: options.workspace, memory: options.memory, temp: temp.path });
    try {
      const all = await storedBatches(lake, options.workspace);
      const going = choose(all, options);
      if (!options.dryRun) await forget(lake, options.workspace, [...going.keys()]);
      return {
        workspace: options.workspace,
        dry_run: options.dryRun,
        kept: sum(all.filter((b) => !going.has(b))),
        dropped: sum([...going.keys()]),
        batches: [...going].map(([b, why]) => ({
          file: b.file,
          events: b.accepted,
          bytes: b.bytes,
          last: new Date(b.last).toISOString(),
          why,
        })),
      };
    } finally {
      lake.close();
    }
  } finally {
    temp.remove();
  }
}

/** `all` begins with the oldest. */
function choose(all: readonly Stored[], { before, maxBytes }: RetentionOptions): Map<Stored, 'age' | 'size'> {
  const going = new Map<Stored, 'age' | 'size'>();
  let bytes = all.reduce((total, b) => total + b.bytes, 0);
  for (const batch of all) {
    const why = before !== null && batch.last < before ? 'age' : maxBytes !== null && bytes > maxBytes ? 'size' : null;
    if (why === null) continue;
    going.set(batch, why);
    bytes -= batch.bytes;
  }
  return going;
}

const sum = (batches: readonly Stored[]): Sum => ({
  batches: batches.length,
  events: batches.reduce((n, b) => n + b.accepted, 0),
  bytes: batches.reduce((n, b) => n + b.bytes, 0),
});
