/** Reads intelligence from files: finds them, detects what they are, counts every record. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Indicator } from '../model/indicator.ts';
import { type Feed, type FeedRecord, HEAD_LENGTH, type NoteReason, type RefusalReason, refusal } from './feed.ts';
import { feeds } from './feeds/index.ts';
import { peek } from './lines.ts';
import { FileFault, openText } from './open.ts';
import { isJson } from './shape.ts';
import { codeOf, type Found, walk } from './walk.ts';

/** What one file held: objects = indicators + other + the sum of refused. */
export type IntelFile = {
  /** The path as given, or below the directory as given; `-` is stdin. */
  readonly file: string;
  /** The reader's id; null where no reader took the file. */
  readonly kind: string | null;
  readonly objects: number;
  readonly indicators: number;
  readonly other: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  /** What was left open in indicators that were taken. */
  readonly notes: Readonly<Partial<Record<NoteReason, number>>>;
};

/** One refused record, as an example. */
export type IntelRefusal = {
  readonly file: string;
  readonly line: number;
  readonly reason: RefusalReason;
  readonly detail: string;
};

export type IntelSummary = {
  /** In the order in which they were read. */
  readonly files: readonly IntelFile[];
  /** The first few of each file and reason, 200 in all at most. */
  readonly refusals: readonly IntelRefusal[];
};

export type IntelOptions = {
  /** Gets the indicators in batches, in order; waited for. The same id may come more than once: the later one counts. */
  readonly take: (indicators: readonly Indicator[]) => void | Promise<void>;
  /** What `-` reads. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Ceiling for one file, unpacked, in bytes. */
  readonly maxBytes?: number;
  /** Ceiling for one JSON document, in characters. */
  readonly maxDocument?: number;
  /** Ceiling for one pattern, in characters; longer ones are refused. Without it they are taken as they are. */
  readonly maxPattern?: number;
  /** Reads every file in place of the reader that its content tells: a mapping of the user's own. */
  readonly reader?: Feed;
  /** Ceiling for the whole run. */
  readonly maxIndicators?: number;
};

/** Four gigabytes of plain text hold more names than memory does indicators. */
const MAX_BYTES = 4 * 1024 ** 3;
/** V8 holds no text longer than 2^29 - 24 characters. */
const MAX_DOCUMENT = 512_000_000;
/** At about 300 bytes each, 2.4 GB. */
const MAX_INDICATORS = 8_000_000;

/**
 * Reads everything under `paths`. Throws `VirgaError` for a path that is missing or may not be read; all else is counted
 * in the summary. Memory: one batch, plus one document for JSON.
 */
export async function readIntel(paths: readonly string[], options: IntelOptions): Promise<IntelSummary> {
  const files: IntelFile[] = [];
  const refusals: IntelRefusal[] = [];
  let left = options.maxIndicators ?? MAX_INDICATORS;
  for (const found of walk(paths)) {
    const tally = new Tally(found.file, refusals, left, options.maxPattern ?? Number.POSITIVE_INFINITY);
    for await (const batch of recordsOf(found, options, tally)) {
      const taken = tally.add(batch);
      if (taken.length > 0) await options.take(taken);
      if (tally.full) break;
    }
    left = tally.left;
    files.push(tally.file());
  }
  return { files, refusals };
}

/** Reads everything under `paths` into one list. */
export async function collectIntel(
  paths: readonly string[],
  options: Omit<IntelOptions, 'take'> = {},
): Promise<IntelSummary & { readonly indicators: readonly Indicator[] }> {
  const indicators: Indicator[] = [];
  const take = (batch: readonly Indicator[]): void => {
    for (const indicator of batch) indicators.push(indicator);
  };
  return { ...(await readIntel(paths, { ...options, take })), indicators };
}

/** Every record of one file; what is wrong with the file itself is one more refusal. */
async function* recordsOf(found: Found, options: IntelOptions, tally: Tally): AsyncGenerator<readonly FeedRecord[]> {
  if (found.skip !== null) {
    yield [refusal(found.skip, 1, found.detail)];
    return;
  }
  try {
    yield* readFile(found.file, options, tally);
  } catch (error) {
    if (error instanceof FileFault) yield [refusal(error.reason, 1, error.message)];
    else if (codeOf(error) !== '') yield [refusal('unreadable', 1, `the file cannot be read (${codeOf(error)})`)];
    else throw error;
  }
}

async function* readFile(file: string, options: IntelOptions, tally: Tally): AsyncGenerator<readonly FeedRecord[]> {
  const bytes = file === '-' ? (options.stdin ?? process.stdin) : createReadStream(file, { highWaterMark: 262_144 });
  const { head, text } = await peek(openText(bytes, options.maxBytes ?? MAX_BYTES), HEAD_LENGTH);
  const feed = head.includes('\u0000') ? undefined : (options.reader ?? feeds.find((one) => one.detect(head, file)));
  if (feed === undefined) {
    yield [unknown(head)];
    return;
  }
  tally.kind = feed.id;
  const source = { name: file === '-' ? 'stdin' : path.basename(file), licence: null, file };
  yield* feed.read({ source, text, maxDocument: options.maxDocument ?? MAX_DOCUMENT });
}

function unknown(head: string): FeedRecord {
  if (head.includes('\u0000')) return refusal('unknown-format', 1, 'a binary file');
  if (isJson(head)) return refusal('unknown-format', 1, unknownJson(head));
  if (/^\s*<[!?a-z]/i.test(head)) return refusal('unknown-format', 1, 'an HTML or XML document');
  return refusal('no-indicators', 1, head.trim() === '' ? 'the file is empty' : 'no line reads as an indicator');
}

/** What a JSON file may be, and what to do with it. */
function unknownJson(head: string): string {
  if (
    /"matching_attributes"\s*:|"type"\s*:\s*"(?:hostname|substring|cidr|regex)"/.test(head) &&
    /"list"\s*:/.test(head)
  )
    return 'a warning list: take it in with `virga intel warnings`';
  return 'JSON of a shape that is not known: a mapping file (--mapping) can say what its fields mean';
}

/** Examples kept of one file and reason, and in all. */
const EXAMPLES_EACH = 3;
const EXAMPLES = 200;

/** Counts the records of one file. */
class Tally {
  kind: string | null = null;
  left: number;
  full = false;
  readonly #file: string;
  readonly #refusals: IntelRefusal[];
  readonly #maxPattern: number;
  readonly #refused: Partial<Record<RefusalReason, number>> = {};
  readonly #notes: Partial<Record<NoteReason, number>> = {};
  #indicators = 0;
  #other = 0;
  #objects = 0;

  constructor(file: string, refusals: IntelRefusal[], left: number, maxPattern: number) {
    this.#maxPattern = maxPattern;
    this.#file = file;
    this.#refusals = refusals;
    this.left = left;
  }

  /** Counts a batch and gives the indicators in it that the run still takes. */
  add(batch: readonly FeedRecord[]): readonly Indicator[] {
    const taken: Indicator[] = [];
    for (const record of batch) {
      if (this.full) break;
      this.#objects++;
      if ('refused' in record) this.#refuse(record.refused, record.line, record.detail);
      else if ('other' in record) this.#other++;
      else if ((record.indicator.pattern?.length ?? 0) > this.#maxPattern)
        this.#refuse('pattern-too-long', record.indicator.line, `longer than ${this.#maxPattern} characters`);
      else if (this.left <= (record.also ?? []).length) this.#stop(record.indicator.line);
      else taken.push(...this.#take(record.indicator, record.also ?? [], record.note));
    }
    return taken;
  }

  file(): IntelFile {
    const { kind } = this;
    const counts = { objects: this.#objects, indicators: this.#indicators, other: this.#other };
    return { file: this.#file, kind, ...counts, refused: this.#refused, notes: this.#notes };
  }

  #take(indicator: Indicator, also: readonly Indicator[], note: NoteReason | undefined): readonly Indicator[] {
    const taken = [indicator, ...also];
    this.left -= taken.length;
    this.#indicators++;
    if (note !== undefined) this.#notes[note] = (this.#notes[note] ?? 0) + 1;
    return taken;
  }

  #stop(line: number): void {
    this.full = true;
    this.#refuse('too-many', line, 'this indicator and all behind it were not read');
  }

  #refuse(reason: RefusalReason, line: number, detail: string): void {
    const count = (this.#refused[reason] ?? 0) + 1;
    this.#refused[reason] = count;
    if (count <= EXAMPLES_EACH && this.#refusals.length < EXAMPLES)
      this.#refusals.push({ file: this.#file, line, reason, detail });
  }
}
