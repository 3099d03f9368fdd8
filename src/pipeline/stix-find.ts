/** `virga stix find`: the events that fulfil a STIX pattern, read again from logs or from the workspace. */
import { type EventSource, type Lake, openLake } from '../lake/lake.ts';
import { VirgaError } from '../model/errors.ts';
import { sayFault } from '../patterns/check.ts';
import { parsePattern } from '../patterns/parse.ts';
import type { Observed } from '../patterns/pattern.ts';
import { compileEvents } from '../patterns/sql.ts';
import { listFiles } from '../telemetry/walk.ts';
import { ingest } from './ingest.ts';
import { temporaryDirectory } from './temporary.ts';

export type StixFind = {
  readonly pattern: string;
  /** Logs to read first; may be none where a workspace holds events. */
  readonly logs: readonly string[];
  readonly workspace: string | null;
  readonly memory: string;
  /** At most so many events are given. */
  readonly limit: number;
  /** Told once at the end: what could not be asked of some events, and whether there were more. */
  readonly tell: (words: readonly string[]) => void;
};

/** An event by file and line, with the columns that it fills. */
export type FoundEvent = {
  readonly file: string;
  readonly line: number;
  readonly format: string;
  readonly event: object;
};

/** Throws `VirgaError` for a pattern that does not read, or that one event cannot answer. */
export async function* findEvents(options: StixFind): AsyncGenerator<FoundEvent> {
  const reading = parsePattern(options.pattern, 'any');
  if (!reading.ok) throw new VirgaError('stix.pattern', `The pattern does not read: ${sayFault(reading)}.`);
  const temp = temporaryDirectory();
  const lake = await openLake({ workspace: options.workspace, memory: options.memory, temp: temp.path });
  try {
    const files = await listFiles(options.logs, temp.path);
    const logs = await ingest(lake, files, { temp: temp.path, keep: options.workspace !== null });
    try {
      yield* findIn(lake, reading.pattern, options);
    } finally {
      await logs.close();
    }
  } finally {
    lake.close();
    temp.remove();
  }
}

async function* findIn(lake: Lake, pattern: Observed, { limit, tell }: StixFind): AsyncGenerator<FoundEvent> {
  const words = new Set<string>();
  let left = limit;
  for (const { seq, file } of await lake.engine.rows('SELECT seq, file FROM batch ORDER BY seq'))
    for (const source of await lake.events(Number(seq))) {
      const rows = left > 0 ? await rowsOf(lake, source, pattern, left, words) : [];
      left -= rows.length;
      for (const { line, ...event } of rows)
        yield { file: String(file), line: Number(line), format: source.format, event: withoutNulls(event) };
    }
  if (left === 0) words.add(`the first ${limit} are given; raise --limit for more`);
  tell([...words]);
}

async function rowsOf(lake: Lake, source: EventSource, pattern: Observed, limit: number, words: Set<string>) {
  const query = compileEvents(pattern, new Set(source.columns));
  if (!query.ok && query.answer === 'memory')
    throw new VirgaError('stix.not-one-event', `The pattern is not asked of events: ${query.why}.`);
  if (!query.ok) {
    words.add(`${source.format}: ${query.why}`);
    return [];
  }
  for (const path of query.unseen) words.add(`${source.format}: no column of these events holds ${path}`);
  const columns = [...source.columns, 'line'].join(', ');
  return lake.engine.rows(
    `SELECT ${columns} FROM (${source.select}) WHERE verdict IS NULL AND (${query.where}) ORDER BY line LIMIT ${Math.trunc(limit)}`,
    query.values,
  );
}

const withoutNulls = (event: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null));
