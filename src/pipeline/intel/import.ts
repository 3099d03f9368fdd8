/** Import: everything that the files hold becomes revisions in the log, and the import a fact. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type IntelFile, type IntelRefusal, readIntel } from '../../intel/read.ts';
import { type Appended, appendRevisions, type LogFile } from '../../lake/indicator-log.ts';
import { createSpool } from '../../lake/indicator-spool.ts';
import { type Desk, type DeskOptions, filesOf, openDesk, personOf } from './desk.ts';
import { sha256 } from './digest.ts';
import { readIntelMapping } from './mapping.ts';
import { type WarnedImport, watchImport } from './warned-import.ts';
import { warningsAt } from './warning-store.ts';

export type ImportOptions = DeskOptions & {
  /** Who imports; null: the account of the system. */
  readonly by: string | null;
  readonly now: () => Date;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** A mapping file by which every file is read. */
  readonly mapping?: string | null;
};

export type ImportReport = {
  readonly files: readonly Omit<IntelFile, 'notes'>[];
  readonly indicators: Omit<Appended, 'file'>;
  readonly refusals: readonly IntelRefusal[];
  /** What was taken though a warning list names it: kept, and told. */
  readonly warned: WarnedImport;
};

/** At 55 bytes each, this many indicators of a plain list take 5.5 GB of disk; memory does not grow with them. */
const MAX_INDICATORS = 100_000_000;

/** Characters of a pattern: 10,000 comparisons. The spool holds rows of up to four megabytes. */
const MAX_PATTERN = 400_000;

export async function importIntel(paths: readonly string[], options: ImportOptions): Promise<ImportReport> {
  const desk = await openDesk(options);
  try {
    return await importInto(desk, paths, options);
  } finally {
    await desk.close();
  }
}

/** The same at a desk that is open. */
export async function importInto(
  desk: Desk,
  paths: readonly string[],
  options: Pick<ImportOptions, 'by' | 'now' | 'stdin' | 'mapping'>,
): Promise<ImportReport> {
  const spool = createSpool(path.join(desk.temp, `import-${randomUUID()}.csv`));
  const watch = watchImport(await warningsAt(desk));
  const { files, refusals } = await readIntel(paths, {
    take: (indicators) => {
      watch.look(indicators);
      return spool.add(indicators);
    },
    maxIndicators: MAX_INDICATORS,
    maxPattern: MAX_PATTERN,
    ...(options.stdin ? { stdin: options.stdin } : {}),
    ...(options.mapping ? { reader: readIntelMapping(options.mapping) } : {}),
  });
  const imports = await desk.state.facts('intel.imported');
  const at = options.now().getTime();
  const seq = imports.length + 1;
  const before = filesOf(imports, desk.directory);
  const { file, ...counts } = await appendRevisions(desk.engine, spool, before, desk.directory, { seq, learned: at });
  const detail = {
    seq,
    ...(await proofOf(file)),
    ...counts,
    files: files.map(({ file: name, kind, objects, indicators }) => ({ file: name, kind, objects, indicators })),
  };
  await desk.state.append([{ action: 'intel.imported', detail }], {
    who: personOf(options.by),
    at,
    unless: { action: 'intel.imported', after: imports.at(-1)?.n ?? 0 },
  });
  return { files: files.map(({ notes: _, ...row }) => row), indicators: counts, refusals, warned: watch.report() };
}

async function proofOf(file: LogFile | null): Promise<{ file: string | null; sha256: string | null }> {
  return file === null
    ? { file: null, sha256: null }
    : { file: path.basename(file.path), sha256: await sha256(file.path) };
}
