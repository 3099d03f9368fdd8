import { generalFormat, knownFormat } from './detect.ts';
import type { Format } from './format.ts';
import type { Head } from './head.ts';
import { launder } from './launder.ts';
import type { FileFacts } from './layout.ts';
import { formatOfLine, formatsOfLines } from './mixture.ts';
import { noRefusals, type RefusalLog, RefusalSink } from './refusals.ts';
import { cleanLines, engineLines, selectFile, selectLines } from './select.ts';
import { looksClean, type Shape, shapesOf } from './shape.ts';
import { type Beginning, isWhole, readBeginning } from './source.ts';

/** A stretch of a log in one format, as statements that the engine runs. */
export type LogPart = {
  readonly format: Format;
  readonly head: Head;
  /** Events, unnumbered, the fastest way. */
  readonly fast: string;
  /** Events, unnumbered, in the order of the file, also when they are stored on several threads; null where the lines bear numbers of ours. */
  readonly inOrder: string | null;
  /** The lines as a relation with `line` and `raw`, in file order; `selectLines` makes events of it. */
  readonly lines: string;
  /** The same without numbers, read on all cores; null where the lines bear numbers of ours. */
  readonly rawLines: string | null;
};

export type OpenedLog = {
  readonly file: string;
  readonly parts: readonly LogPart[];
  /** Refused before the engine saw them. */
  readonly refusals: RefusalLog;
  /** The lines were cleaned by us: the engine will not stumble over them. */
  readonly careful: boolean;
  /** Removes the temporary files; no statement of `parts` runs after it. */
  readonly close: () => Promise<void>;
};

export type OpenOptions = {
  /** Read the file through Node, cleaning and numbering each line. Without it this is done only where the beginning asks for it. */
  readonly careful: boolean;
  /** Directory for temporary files. */
  readonly temp: string;
  /** Read it as this format, whatever it looks like. */
  readonly as?: Format | undefined;
  /** Formats of the user's own; asked before all others. */
  readonly own?: readonly Format[] | undefined;
};

/**
 * Opens a log: tells its format from its content and how the engine reads it. An empty file has no parts and no
 * refusals. Failures of the world (missing, no permission, full disk) are thrown as VirgaError.
 */
export async function openLog(path: string, options: OpenOptions): Promise<OpenedLog> {
  const beginning = await readBeginning(path);
  const { shape: found, format: likely } = choose(
    shapesOf(beginning.bytes, beginning.complete),
    options.as,
    options.own ?? [],
  );
  const beside = likely?.line && !options.as && !found.container ? formatsOfLines(found.head) : [];
  const format = beside[0] ?? likely;
  const sorter = beside.length > 1 ? formatOfLine : undefined;
  const shape = { ...found, head: { ...found.head, modified: beginning.modified } };
  if (isBinary(beginning, format)) return refuseWhole(path, options.temp);
  const plain =
    shape.container === null &&
    shape.envelopes.length === 0 &&
    !beginning.damaged &&
    !sorter &&
    looksClean(beginning.bytes, beginning.complete);
  if (format && plain && !options.careful && (await isWhole(beginning.facts)))
    return openPlain(beginning.facts, format, shape.head);
  const laundered = await launder({
    facts: beginning.facts,
    shape,
    format,
    as: options.as,
    sorter,
    temp: options.temp,
  });
  const parts = laundered.parts.map(({ format, head, path }) => ({
    format,
    head,
    fast: selectLines(format, cleanLines(path), head, false),
    inOrder: null,
    lines: cleanLines(path),
    rawLines: null,
  }));
  return { file: path, parts, refusals: laundered.refusals, careful: true, close: laundered.close };
}

function openPlain(facts: FileFacts, format: Format, head: Head): OpenedLog {
  const whole = selectFile(format, facts, head);
  const byLine = selectLines(format, engineLines(facts, false), head, false);
  const part = {
    format,
    head,
    fast: whole?.sql ?? byLine,
    inOrder: whole?.ordered ? whole.sql : byLine,
    lines: engineLines(facts, true),
    rawLines: engineLines(facts, false),
  };
  return { file: facts.path, parts: [part], refusals: noRefusals, careful: false, close: async () => {} };
}

/**
 * The first way of cutting whose records a format knows; else one whose records a general format can read in part; else
 * what the syntax says.
 */
function choose(
  shapes: Iterable<Shape>,
  as: Format | undefined,
  own: readonly Format[],
): { shape: Shape; format: Format | null } {
  const seen: Shape[] = [];
  for (const shape of shapes) {
    const mine = own.find((format) => shape.head.lines.length > 0 && format.detect(shape.head));
    if (mine && !as) return { shape, format: mine };
    const known = as ? (shape.head.lines.length > 0 && as.detect(shape.head) ? as : null) : knownFormat(shape.head);
    if (known) return { shape, format: known };
    seen.push(shape);
  }
  const [last] = seen.slice(-1);
  if (!last) throw new Error('a text has at least one shape');
  if (as) return { shape: last, format: as };
  for (const shape of seen) {
    const general = generalFormat(shape.head);
    if (general) return { shape, format: general };
  }
  return { shape: last, format: null };
}

const isBinary = ({ bytes, damaged }: Beginning, format: Format | null): boolean =>
  format === null && !damaged && bytes.includes(0);

async function refuseWhole(file: string, temp: string): Promise<OpenedLog> {
  const sink = new RefusalSink(temp);
  sink.add(1, 'binary');
  return { file, parts: [], refusals: await sink.finish(), careful: true, close: async () => {} };
}
