import { type Engine, openEngine, type Row } from '../lake/engine.ts';
import { VirgaError } from '../model/errors.ts';
import { formatById } from '../telemetry/detect.ts';
import { toEcs } from '../telemetry/ecs.ts';
import type { Format } from '../telemetry/format.ts';
import { readMapping } from '../telemetry/mapping/read.ts';
import { type Tree, unmapped } from '../telemetry/nest.ts';
import { toOcsf } from '../telemetry/ocsf.ts';
import type { LogPart, OpenedLog } from '../telemetry/open.ts';
import type { Refusal } from '../telemetry/refusals.ts';
import { fieldsRead, selectLines } from '../telemetry/select.ts';
import { type LogFile, listLogs } from '../telemetry/walk.ts';
import { openAnyLog } from './any-log.ts';
import { temporaryDirectory } from './temporary.ts';

export type NormalizeOptions = {
  readonly schema: 'ocsf' | 'ecs';
  /** Id of the format to read everything as, or null: told from the content. */
  readonly as: string | null;
  /** Mapping files: formats of the user's own, asked before all others. */
  readonly mappings?: readonly string[];
  /** Adds the record as it stands in the log: `raw_data` (OCSF) or `event.original` (ECS). */
  readonly raw?: boolean;
  readonly stdin?: NodeJS.ReadableStream;
  /** Told what the user should know besides the records. */
  readonly note?: (text: string) => void;
};

/** One record of a log: an event, or why it is none. `line` is 1-based; of a JSON array, the record's number. */
export type Normalized = { readonly file: string } & Printed;
type Printed = { readonly line: number; readonly format: string | null } & (
  | { readonly event: object }
  | { readonly refused: string; readonly detail: string }
);

/**
 * Every record of the files as a standard event, in order, read with care so that each keeps its line; a file that
 * cannot be read is one refusal `unreadable`. Memory does not grow with the files.
 */
export async function* normalize(paths: readonly string[], options: NormalizeOptions): AsyncGenerator<Normalized> {
  const own = (options.mappings ?? []).map(readMapping);
  const as = own.find(({ id }) => id === options.as) ?? formatOf(options.as);
  const temp = temporaryDirectory();
  let engine: Engine | null = null;
  try {
    const { files, leftOut } = await listLogs(paths, temp.path, options.stdin);
    if (leftOut > 0) options.note?.(`${leftOut} hidden or special entries of directories were left out`);
    engine = await openEngine({ file: null, memory: '500MB', temp: temp.path });
    for (const file of files)
      for await (const record of recordsOf(engine, file, { options, as, own, temp: temp.path }))
        yield { file: file.name, ...record };
  } finally {
    engine?.close();
    temp.remove();
  }
}

function formatOf(id: string | null): Format | undefined {
  if (id === null) return undefined;
  const format = formatById(id);
  if (!format) throw new VirgaError('format.unknown', `There is no format ${JSON.stringify(id)}.`);
  return format;
}

type Job = {
  readonly options: NormalizeOptions;
  readonly as: Format | undefined;
  readonly own: readonly Format[];
  readonly temp: string;
};

async function* recordsOf(engine: Engine, file: LogFile, job: Job): AsyncGenerator<Printed> {
  let log: OpenedLog;
  try {
    log = await openAnyLog(file.path, { careful: true, temp: job.temp, as: job.as, own: job.own });
  } catch (error) {
    if (!(error instanceof VirgaError) || !error.code.startsWith('path.')) throw error;
    yield { line: 1, format: null, refused: 'unreadable', detail: error.message };
    return;
  }
  try {
    yield* inOrder(eventsOf(engine, log.parts, job.options), log.refusals.each());
  } finally {
    await log.close();
  }
}

/** Two sequences that are each sorted by line, as one. */
async function* inOrder(events: AsyncIterable<Printed>, refusals: AsyncGenerator<Refusal>): AsyncGenerator<Printed> {
  let next = await refusals.next();
  for await (const event of events) {
    for (; !next.done && next.value.line < event.line; next = await refusals.next()) yield printed(next.value);
    yield event;
  }
  for (; !next.done; next = await refusals.next()) yield printed(next.value);
}

const printed = ({ line, reason, detail }: Refusal): Printed => ({ line, format: null, refused: reason, detail });

async function* eventsOf(
  engine: Engine,
  parts: readonly LogPart[],
  options: NormalizeOptions,
): AsyncGenerator<Printed> {
  if (parts.length > 1 && parts.every((part) => part.format.line)) {
    yield* eventsOfMixture(engine, parts, options);
    return;
  }
  for (const part of parts) {
    const print = printerOf(part, options);
    for await (const rows of engine.stream(selectLines(part.format, part.lines, part.head))) yield* rows.map(print);
  }
}

/** Lines of several formats stand in one file: the engine puts their events in order. */
async function* eventsOfMixture(
  engine: Engine,
  parts: readonly LogPart[],
  options: NormalizeOptions,
): AsyncGenerator<Printed> {
  const prints = parts.map((part) => printerOf(part, options));
  const selects = parts.map(
    (part, i) => `SELECT ${i} AS part, * FROM (${selectLines(part.format, part.lines, part.head)})`,
  );
  for await (const rows of engine.stream(`SELECT * FROM (${selects.join(' UNION ALL BY NAME ')}) ORDER BY line`))
    yield* rows.flatMap((row) => prints[Number(row.part)]?.(row) ?? []);
}

function printerOf({ format, head }: LogPart, { schema, raw: withRaw }: NormalizeOptions): (row: Row) => Printed {
  const consumed = consumedBy(format);
  const toEvent = schema === 'ocsf' ? toOcsf : toEcs;
  return (row) => {
    const raw = String(row.raw);
    const start = { line: Number(row.line), format: format.id };
    if (row.verdict !== null) return { ...start, refused: String(row.verdict), detail: raw.slice(0, 160) };
    const event = toEvent(row, format, unmapped(format.layout.unpack(raw, head), consumed));
    if (withRaw) addRaw(event, raw, schema);
    return { ...start, event };
  };
}

function addRaw(event: Tree, raw: string, schema: 'ocsf' | 'ecs'): void {
  if (schema === 'ocsf') event.raw_data = raw;
  else if (typeof event.event === 'object') event.event = { ...event.event, original: raw };
}

/** Names of the raw fields that a column says in full, in every dialect. */
function consumedBy(format: Format): ReadonlySet<string> {
  const keeps = new Set(format.keeps ?? []);
  const said = fieldsRead(format).filter((name) => !keeps.has(name));
  return new Set(said.flatMap((name) => [name, name.replaceAll('.', '_')]));
}
