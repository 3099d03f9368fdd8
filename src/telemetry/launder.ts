import { Damage } from '../packing/damage.ts';
import { cleanLine, isClean } from './clean.ts';
import type { Cut } from './cutter.ts';
import { type Envelope, unwrap } from './envelope.ts';
import type { Format } from './format.ts';
import type { Head } from './head.ts';
import { LaunderSink } from './launder-sink.ts';
import type { FileFacts } from './layout.ts';
import { lineBlocks } from './line-blocks.ts';
import type { LineSorter } from './mixture.ts';
import { cutterOf } from './records.ts';
import type { RefusalLog } from './refusals.ts';
import { MAX_LINE } from './select.ts';
import type { Shape } from './shape.ts';
import { contents } from './source.ts';

/** Lines of one format, cleaned, in a temporary file. */
export type CleanPart = { readonly format: Format; readonly head: Head; readonly path: string };

export type Laundered = {
  readonly parts: readonly CleanPart[];
  readonly refusals: RefusalLog;
  readonly close: () => Promise<void>;
};

export type LaunderJob = {
  readonly facts: FileFacts;
  readonly shape: Shape;
  /** The format that its beginning shows, or null: lines are refused until a header tells more. */
  readonly format: Format | null;
  /** Read every part as this format, whatever a header says. */
  readonly as: Format | undefined;
  /** Set where lines of several formats stand in the file. */
  readonly sorter?: LineSorter | undefined;
  readonly temp: string;
};

const DIRECTIVE = /^#(?:separator|set_separator|empty_field|unset_field|path|open|fields|types|Fields)(?:[^a-z_]|$)/;

/**
 * Reads a whole file through Node and writes its records, cleaned and numbered, to temporary files that the engine
 * reads without complaint. Bytes come and go in blocks, so memory is bounded whatever the file holds.
 */
export async function launder(job: LaunderJob): Promise<Laundered> {
  const sink = new LaunderSink(job);
  try {
    if (job.shape.container) await launderDocument(job, sink);
    else await launderLines(job, sink);
    return await sink.finish();
  } catch (cause) {
    await sink.close();
    throw cause;
  }
}

async function launderDocument(job: LaunderJob, sink: LaunderSink): Promise<void> {
  const cutter = cutterOf(job.shape.container ?? { kind: 'array' }, MAX_LINE);
  const take = (cuts: readonly Cut[]): void => {
    for (const cut of cuts) {
      if ('bytes' in cut)
        for (const record of unwrap(cleanLine(cut.bytes), job.shape.envelopes)) sink.record(cut.line, record);
      else sink.refuse(cut.line, cut.reason);
    }
  };
  const damage = await eachChunk(job.facts, async (chunk) => {
    take(cutter.push(chunk));
    await sink.flush();
  });
  if (!damage) take(cutter.end());
  else sink.refuse(cutter.reached, damage.reason, damage.message);
}

async function launderLines(job: LaunderJob, sink: LaunderSink): Promise<void> {
  const blocks = lineBlocks(MAX_LINE);
  // Only a Zeek or W3C log, or what is not known yet, has headers; elsewhere such a line is a comment.
  const lines = new LineWalker(
    sink,
    job.shape.envelopes,
    job.format === null || job.shape.head.zeek !== null || !!job.shape.head.w3c,
  );
  const damage = await eachChunk(job.facts, async (chunk) => {
    for (const block of blocks.push(chunk)) {
      if (block.tooLong) lines.tooLong();
      else lines.block(block.bytes);
      await sink.flush();
    }
  });
  const last = blocks.end();
  if (damage) sink.refuse(lines.next, damage.reason, damage.message);
  else if (last.length > 0) lines.block(last);
}

/** Hands over the chunks of a file; returns the damage that ended it early, if any. */
async function eachChunk(facts: FileFacts, each: (chunk: Uint8Array) => Promise<void>): Promise<Damage | null> {
  try {
    for await (const chunk of contents(facts)) await each(chunk);
    return null;
  } catch (cause) {
    if (cause instanceof Damage) return cause;
    throw cause;
  }
}

/** Numbers lines, cleans those that need it, and follows headers. */
class LineWalker {
  next = 1;
  #directives: string[] = [];
  readonly #sink: LaunderSink;
  readonly #envelopes: readonly Envelope[];
  readonly #headers: boolean;

  constructor(sink: LaunderSink, wrapped: readonly Envelope[], headers: boolean) {
    this.#sink = sink;
    this.#envelopes = wrapped;
    this.#headers = headers;
  }

  tooLong(): void {
    this.#settle();
    this.#sink.refuse(this.next++, 'line-too-long');
  }

  /** Whole lines; only the last of a file may lack its end. */
  block(bytes: Buffer): void {
    const lines = this.next > 1 && isClean(bytes) ? split(bytes.toString('utf8')) : cleaned(bytes, this.next === 1);
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    const number = this.next++;
    if (line === '') return;
    if (this.#headers && line.charCodeAt(0) === 35) {
      if (DIRECTIVE.test(line)) this.#directives.push(line);
      return; // comments between directives do not end the header
    }
    if (this.#directives.length > 0) this.#settle();
    for (const record of unwrap(line, this.#envelopes)) this.#sink.record(number, record);
  }

  /** The run of header lines is over: one with `#fields` may begin a new part. */
  #settle(): void {
    if (this.#directives.some((line) => /^#[fF]ields/.test(line))) this.#sink.header(this.#directives);
    this.#directives = [];
  }
}

const split = (text: string): string[] => (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');

/** The lines, cleaned one by one; the first of a file without its byte order mark. */
function cleaned(bytes: Buffer, first: boolean): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    lines.push(cleanLine(bytes.subarray(at, end)));
    at = end + 1;
  }
  if (first && lines[0]) lines[0] = lines[0].replace(/^\uFEFF/, '');
  return lines;
}
