import { rmSync } from 'node:fs';
import { type BatchRecord, batchRecord } from '../lake/batches.ts';
import { openLake } from '../lake/lake.ts';
import { version } from '../model/version.ts';
import { readMapping } from '../telemetry/mapping/read.ts';
import { listFiles } from '../telemetry/walk.ts';
import { ingest } from './ingest.ts';
import { temporaryDirectory } from './temporary.ts';

export type IngestFilesOptions = {
  readonly paths: readonly string[];
  readonly workspace: string;
  /** Mapping files: formats of the user's own, asked before all others. */
  readonly mappings?: readonly string[];
  /** The engine's share of memory, such as `700MB`. */
  readonly memory: string;
  readonly stdin?: NodeJS.ReadableStream;
  readonly done?: (file: IngestedFile) => void;
};

/** `already`: the same content is in the workspace; it was not added again. `grown`: it took the place of the same log when it was shorter. */
export type IngestedFile = BatchRecord & { readonly already: boolean; readonly grown: boolean };

/** What `virga ingest --format json` prints; read = accepted + refused, without what was there already. */
export type IngestDocument = {
  readonly virga: string;
  readonly workspace: string;
  readonly files: number;
  readonly already: number;
  readonly read: number;
  readonly accepted: number;
  readonly refused: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly batches: readonly {
    readonly file: string;
    readonly formats: readonly string[];
    readonly already: boolean;
    /** It took the place of the same log when it was shorter. */
    readonly grown: boolean;
    readonly accepted: number;
    readonly refused: number;
    readonly reasons: Readonly<Record<string, number>>;
    readonly start: string | null;
    readonly end: string | null;
  }[];
};

/** Files into the workspace, each wholly in or wholly out, none twice. */
export async function ingestFiles(options: IngestFilesOptions): Promise<IngestDocument> {
  const own = (options.mappings ?? []).map(readMapping);
  const temp = temporaryDirectory();
  const lake = await openLake({ workspace: options.workspace, memory: options.memory, temp: temp.path }).catch(
    (error: unknown) => {
      temp.remove();
      throw error;
    },
  );
  try {
    const records: IngestedFile[] = [];
    for (const file of await listFiles(options.paths, temp.path, options.stdin)) {
      const reports: { seq: number; already: boolean; grown: boolean }[] = [];
      const logs = await ingest(lake, [file], {
        temp: temp.path,
        keep: true,
        own,
        done: (_, report) => reports.push(report),
      });
      await logs.close();
      if (file.startsWith(temp.path)) rmSync(file, { force: true });
      for (const { seq, already, grown } of reports) {
        const record = await batchRecord(lake, seq);
        if (!record) throw new Error(`batch ${seq} has no record`);
        records.push({ ...record, file, already, grown });
        options.done?.({ ...record, file, already, grown });
      }
    }
    return documentOf(options.workspace, records);
  } finally {
    lake.close();
    temp.remove();
  }
}

function documentOf(workspace: string, records: readonly IngestedFile[]): IngestDocument {
  const fresh = records.filter((r) => !r.already);
  const reasons: Record<string, number> = {};
  for (const record of fresh)
    for (const [reason, n] of Object.entries(record.reasons)) reasons[reason] = (reasons[reason] ?? 0) + n;
  const accepted = fresh.reduce((sum, r) => sum + r.accepted, 0);
  const refused = fresh.reduce((sum, r) => sum + r.refused, 0);
  return {
    virga: version,
    workspace,
    files: records.length,
    already: records.length - fresh.length,
    read: accepted + refused,
    accepted,
    refused,
    reasons,
    batches: records.map((r) => ({
      file: r.file,
      formats: r.formats,
      already: r.already,
      grown: r.grown,
      accepted: r.accepted,
      refused: r.refused,
      reasons: r.reasons,
      start: r.first,
      end: r.last,
    })),
  };
}
