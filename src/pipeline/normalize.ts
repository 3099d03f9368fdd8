import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Engine, openEngine } from '../lake/engine.ts';
import { VirgaError } from '../model/errors.ts';
import { formatById } from '../telemetry/detect.ts';
import { toEcs } from '../telemetry/ecs.ts';
import type { Format } from '../telemetry/format.ts';
import { unmapped } from '../telemetry/nest.ts';
import { toOcsf } from '../telemetry/ocsf.ts';
import { type LogPart, openLog } from '../telemetry/open.ts';
import { fieldsRead, selectLines } from '../telemetry/select.ts';
import { listFiles } from '../telemetry/walk.ts';

export type NormalizeOptions = { readonly schema: 'ocsf' | 'ecs'; readonly as: string | null };

/** One record of a log: an event, or why it is none. `line` is 1-based; of a JSON array, the record's number. */
export type Normalized = { readonly file: string; readonly line: number; readonly format: string | null } & (
  | { readonly event: object }
  | { readonly refused: string; readonly detail: string }
);

/**
 * Every record of the files as a standard event, in order, read with care so that each keeps its line. Memory does not
 * grow with the files.
 */
export async function* normalize(paths: readonly string[], options: NormalizeOptions): AsyncGenerator<Normalized> {
  const as = options.as === null ? undefined : formatById(options.as);
  if (as === null) throw new VirgaError('format.unknown', `There is no format ${JSON.stringify(options.as)}.`);
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-'));
  const engine = await openEngine({ file: null, memory: '500MB', temp });
  try {
    for (const file of await listFiles(paths, temp)) yield* normalizeFile(engine, file, as, options.schema, temp);
  } finally {
    engine.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

async function* normalizeFile(
  engine: Engine,
  file: string,
  as: Format | undefined,
  schema: 'ocsf' | 'ecs',
  temp: string,
): AsyncGenerator<Normalized> {
  const log = await openLog(file, { careful: true, temp, as });
  try {
    const refusals = log.refusals.each();
    let next = await refusals.next();
    for (const part of log.parts)
      for await (const record of eventsOf(engine, part, schema)) {
        for (; !next.done && next.value.line < record.line; next = await refusals.next())
          yield refusedLine(file, null, next.value.line, next.value.reason, next.value.detail);
        yield { file, ...record };
      }
    for (; !next.done; next = await refusals.next())
      yield refusedLine(file, null, next.value.line, next.value.reason, next.value.detail);
  } finally {
    await log.close();
  }
}

const refusedLine = (
  file: string,
  format: string | null,
  line: number,
  refused: string,
  detail: string,
): Normalized => ({ file, line, format, refused, detail });

type Printed = { readonly line: number; readonly format: string } & (
  | { readonly event: object }
  | { readonly refused: string; readonly detail: string }
);

/** Names of the raw fields that a column says in full, in every dialect. */
const consumedBy = (format: Format): ReadonlySet<string> => {
  const keeps = new Set(format.keeps ?? []);
  return new Set(
    fieldsRead(format)
      .filter((name) => !keeps.has(name))
      .flatMap((name) => [name, name.replaceAll('.', '_')]),
  );
};

async function* eventsOf(engine: Engine, part: LogPart, schema: 'ocsf' | 'ecs'): AsyncGenerator<Printed> {
  const { format, head } = part;
  const consumed = consumedBy(format);
  const shape = schema === 'ocsf' ? toOcsf : toEcs;
  for await (const rows of engine.stream(selectLines(format, part.lines, head)))
    for (const row of rows) {
      const line = Number(row.line);
      const raw = String(row.raw);
      if (row.verdict !== null)
        yield { line, format: format.id, refused: String(row.verdict), detail: raw.slice(0, 160) };
      else
        yield {
          line,
          format: format.id,
          event: shape(row, format, unmapped(format.layout.unpack(raw, head), consumed)),
        };
    }
}
